package org.flow6.packets;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import org.projectfloodlight.openflow.types.IPAddress;

/**
 * A UDP datagram (RFC 768) over IPv6 (RFC 8200 §8.1) or IPv4.
 *
 * @param sourcePort 0 to 65535; 0 where no answer is expected
 * @param destinationPort 0 to 65535
 * @param payload at most 65527 octets
 */
public record Udp(int sourcePort, int destinationPort, Bytes payload) implements UpperLayer {
    /** Octets of ports, length and checksum. */
    public static final int HEADER_LENGTH = 8;

    private static final int LENGTH = 4;
    private static final int CHECKSUM = 6;
    private static final int MAX = 0xffff;

    public Udp {
        if (sourcePort < 0 || sourcePort > MAX || destinationPort < 0 || destinationPort > MAX) {
            throw new IllegalArgumentException("UDP ports " + sourcePort + ", " + destinationPort + " (0-65535)");
        }
        if (payload.length() > MAX - HEADER_LENGTH) {
            throw new IllegalArgumentException("UDP payload of " + payload.length() + " octets (at most 65527)");
        }
    }

    /**
     * Decodes the datagram of a packet. Octets of the packet after the datagram's own Length are left out, and the
     * checksum is that of the Length (RFC 8200 §8.1).
     */
    public static Decoded<Udp> decode(Ipv6 packet) {
        PseudoHeader pseudo = new PseudoHeader(packet.source(), packet.finalDestination(), NextHeader.UDP);
        return decode(packet.nextHeader(), packet.isPart(), packet.payload(), pseudo, true);
    }

    /** Decodes the datagram of an IPv4 packet, which may be without a checksum (RFC 768). */
    public static Decoded<Udp> decode(Ipv4 packet) {
        PseudoHeader pseudo = new PseudoHeader(packet.source(), packet.destination(), NextHeader.UDP);
        return decode(packet.protocol(), packet.isPart(), packet.payload(), pseudo, false);
    }

    private static Decoded<Udp> decode(
            NextHeader protocol, boolean part, Bytes octets, PseudoHeader pseudo, boolean checksumRequired) {
        if (!protocol.equals(NextHeader.UDP)) {
            return Decoded.malformed(MalformedReason.NOT_UDP);
        }
        if (part) {
            return Decoded.malformed(MalformedReason.UDP_FRAGMENT);
        }
        if (octets.length() < HEADER_LENGTH) {
            return Decoded.malformed(MalformedReason.UDP_TRUNCATED);
        }
        int length = octets.unsignedShort(LENGTH);
        if (length < HEADER_LENGTH || length > octets.length()) {
            return Decoded.malformed(MalformedReason.UDP_LENGTH);
        }
        boolean withoutChecksum = octets.unsignedShort(CHECKSUM) == 0;
        if (withoutChecksum && checksumRequired) {
            return Decoded.malformed(MalformedReason.UDP_CHECKSUM_ABSENT);
        }
        Bytes datagram = octets.slice(0, length);
        if (!withoutChecksum && !pseudo.verifies(datagram)) {
            return Decoded.malformed(MalformedReason.UDP_CHECKSUM);
        }
        return Decoded.ok(new Udp(datagram.unsignedShort(0), datagram.unsignedShort(2), datagram.slice(HEADER_LENGTH)));
    }

    @Override
    public NextHeader nextHeader() {
        return NextHeader.UDP;
    }

    /** Octets of the datagram, header included. */
    public int length() {
        return HEADER_LENGTH + payload.length();
    }

    @Override
    public Bytes encode(IPAddress<?> source, IPAddress<?> finalDestination) {
        byte[] octets = new byte[length()];
        ByteBuf out = Unpooled.wrappedBuffer(octets).clear();
        out.writeShort(sourcePort)
                .writeShort(destinationPort)
                .writeShort(length())
                .writeShort(0);
        payload.writeTo(out);
        int checksum = new PseudoHeader(source, finalDestination, NextHeader.UDP).checksum(Bytes.wrap(octets));
        // Zero would say that there is none: its other form in one's complement is sent instead (RFC 768).
        out.setShort(CHECKSUM, checksum == 0 ? MAX : checksum);
        return Bytes.wrap(octets);
    }
}
