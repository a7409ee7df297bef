package org.flow6.packets;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import org.projectfloodlight.openflow.types.IPv6Address;

/**
 * A UDP datagram (RFC 768) over IPv6 (RFC 8200 §8.1).
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
        if (!packet.nextHeader().equals(NextHeader.UDP)) {
            return Decoded.malformed(MalformedReason.NOT_UDP);
        }
        if (packet.fragment().isPresent() && !packet.fragment().get().isWhole()) {
            return Decoded.malformed(MalformedReason.UDP_FRAGMENT);
        }
        Bytes octets = packet.payload();
        if (octets.length() < HEADER_LENGTH) {
            return Decoded.malformed(MalformedReason.UDP_TRUNCATED);
        }
        int length = octets.unsignedShort(LENGTH);
        if (length < HEADER_LENGTH || length > octets.length()) {
            return Decoded.malformed(MalformedReason.UDP_LENGTH);
        }
        if (octets.unsignedShort(CHECKSUM) == 0) {
            return Decoded.malformed(MalformedReason.UDP_CHECKSUM_ABSENT);
        }
        Bytes datagram = octets.slice(0, length);
        if (!new PseudoHeader(packet.source(), packet.finalDestination(), NextHeader.UDP).verifies(datagram)) {
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
    public Bytes encode(IPv6Address source, IPv6Address finalDestination) {
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
