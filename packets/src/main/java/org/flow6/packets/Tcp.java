package org.flow6.packets;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import org.projectfloodlight.openflow.types.IPAddress;

/**
 * A TCP segment (RFC 9293 §3.1). Its reserved bits are read as they come and sent as zero.
 *
 * @param sourcePort 0 to 65535
 * @param destinationPort 0 to 65535
 * @param sequence 0 to 2³²−1
 * @param acknowledgment 0 to 2³²−1
 * @param flags 8 bits; the constants of this record name some
 * @param window 0 to 65535
 * @param urgent 0 to 65535
 * @param options as they are on the wire: a multiple of 4 octets, 40 at most
 */
public record Tcp(
        int sourcePort,
        int destinationPort,
        long sequence,
        long acknowledgment,
        int flags,
        int window,
        int urgent,
        Bytes options,
        Bytes payload)
        implements UpperLayer {
    /** Octets of a header without options. */
    public static final int HEADER_LENGTH = 20;

    public static final int FIN = 1;
    public static final int SYN = 2;
    public static final int RST = 4;
    public static final int ACK = 16;

    private static final int CHECKSUM = 16;
    private static final int MAX_OPTIONS = 40;
    private static final long SEQUENCES = 1L << 32;

    public Tcp {
        if (sourcePort >>> 16 != 0 || destinationPort >>> 16 != 0 || window >>> 16 != 0 || urgent >>> 16 != 0) {
            throw new IllegalArgumentException("ports " + sourcePort + ", " + destinationPort + ", window " + window
                    + ", urgent " + urgent + " (16 bits)");
        }
        if (sequence >>> 32 != 0 || acknowledgment >>> 32 != 0 || flags >>> 8 != 0) {
            throw new IllegalArgumentException(
                    "sequence " + sequence + ", acknowledgment " + acknowledgment + ", flags " + flags);
        }
        if (options.length() % 4 != 0 || options.length() > MAX_OPTIONS) {
            throw new IllegalArgumentException("options of " + options.length() + " octets");
        }
    }

    /** Decodes the segment of a packet. */
    public static Decoded<Tcp> decode(Ipv6 packet) {
        PseudoHeader pseudo = new PseudoHeader(packet.source(), packet.finalDestination(), NextHeader.TCP);
        return decode(packet.nextHeader(), packet.isPart(), packet.payload(), pseudo);
    }

    /** Decodes the segment of an IPv4 packet. */
    public static Decoded<Tcp> decode(Ipv4 packet) {
        PseudoHeader pseudo = new PseudoHeader(packet.source(), packet.destination(), NextHeader.TCP);
        return decode(packet.protocol(), packet.isPart(), packet.payload(), pseudo);
    }

    private static Decoded<Tcp> decode(NextHeader protocol, boolean part, Bytes octets, PseudoHeader pseudo) {
        if (!protocol.equals(NextHeader.TCP)) {
            return Decoded.malformed(MalformedReason.NOT_TCP);
        }
        if (part) {
            return Decoded.malformed(MalformedReason.TCP_FRAGMENT);
        }
        if (octets.length() < HEADER_LENGTH) {
            return Decoded.malformed(MalformedReason.TCP_TRUNCATED);
        }
        int header = (octets.unsignedByte(12) >>> 4) * 4;
        if (header < HEADER_LENGTH) {
            return Decoded.malformed(MalformedReason.TCP_DATA_OFFSET);
        }
        if (header > octets.length()) {
            return Decoded.malformed(MalformedReason.TCP_TRUNCATED);
        }
        if (!pseudo.verifies(octets)) {
            return Decoded.malformed(MalformedReason.TCP_CHECKSUM);
        }
        return Decoded.ok(new Tcp(
                octets.unsignedShort(0),
                octets.unsignedShort(2),
                octets.unsignedInt(4),
                octets.unsignedInt(8),
                octets.unsignedByte(13),
                octets.unsignedShort(14),
                octets.unsignedShort(18),
                octets.slice(HEADER_LENGTH, header),
                octets.slice(header)));
    }

    public boolean has(int flag) {
        return (flags & flag) != 0;
    }

    /** The answer to a segment for a port where nobody listens; it must not be a reset itself (RFC 9293 §3.10.7.1). */
    public Tcp reset() {
        if (has(ACK)) {
            return back(acknowledgment, 0, RST);
        }
        int length = payload.length() + (has(SYN) ? 1 : 0) + (has(FIN) ? 1 : 0);
        long next = (sequence + length) % SEQUENCES;
        return back(0, next, RST | ACK);
    }

    private Tcp back(long ownSequence, long next, int bits) {
        int from = destinationPort;
        int to = sourcePort;
        return new Tcp(from, to, ownSequence, next, bits, 0, 0, Bytes.EMPTY, Bytes.EMPTY);
    }

    @Override
    public NextHeader nextHeader() {
        return NextHeader.TCP;
    }

    @Override
    public Bytes encode(IPAddress<?> source, IPAddress<?> finalDestination) {
        int header = HEADER_LENGTH + options.length();
        byte[] octets = new byte[header + payload.length()];
        ByteBuf out = Unpooled.wrappedBuffer(octets).clear();
        out.writeShort(sourcePort)
                .writeShort(destinationPort)
                .writeInt((int) sequence)
                .writeInt((int) acknowledgment)
                .writeByte((header / 4) << 4)
                .writeByte(flags)
                .writeShort(window)
                .writeShort(0)
                .writeShort(urgent);
        options.writeTo(out);
        payload.writeTo(out);
        out.setShort(CHECKSUM, new PseudoHeader(source, finalDestination, NextHeader.TCP).checksum(Bytes.wrap(octets)));
        return Bytes.wrap(octets);
    }
}
