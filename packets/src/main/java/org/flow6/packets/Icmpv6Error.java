package org.flow6.packets;

import io.netty.buffer.ByteBuf;

/**
 * An error message about a packet (RFC 4443 §3). The factories keep it within 1280 octets (§2.4(c)).
 *
 * @param code 0 to 255; the constants of this record name those of destination unreachable and parameter problem
 * @param detail the 32 bits after the checksum: the MTU of packet too big, the pointer of parameter problem, else
 *     unused (or what RFC 4884 makes of it)
 * @param invoking the start of the packet, from its IPv6 header on
 */
public record Icmpv6Error(Kind kind, int code, long detail, Bytes invoking) implements Icmpv6 {
    /** Unreachable, code: no route. */
    public static final int NO_ROUTE = 0;
    /** Unreachable, code: a filter forbids it. */
    public static final int PROHIBITED = 1;
    /** Unreachable, code: the source address' scope ends before the destination. */
    public static final int BEYOND_SCOPE = 2;
    /** Unreachable, code: address resolution failed, for instance. */
    public static final int ADDRESS_UNREACHABLE = 3;
    /** Unreachable, code: nobody listens at the port. */
    public static final int PORT_UNREACHABLE = 4;
    /** Unreachable, code: the source address failed an ingress or egress policy. */
    public static final int SOURCE_POLICY = 5;
    /** Unreachable, code: a route says so. */
    public static final int REJECT_ROUTE = 6;

    /** Time exceeded, code: the hop limit came down to zero. */
    public static final int HOP_LIMIT = 0;
    /** Time exceeded, code: fragments are missing. */
    public static final int REASSEMBLY = 1;

    /** Parameter problem, code: a header's field is wrong. */
    public static final int HEADER_FIELD = 0;
    /** Parameter problem, code: a next header is unknown. */
    public static final int UNKNOWN_NEXT_HEADER = 1;
    /** Parameter problem, code: an option is unknown. */
    public static final int UNKNOWN_OPTION = 2;
    /** Parameter problem, code: a first fragment without all headers (RFC 7112 §5). */
    public static final int INCOMPLETE_HEADERS = 3;

    private static final int FIXED_LENGTH = 8;
    private static final int MAX_INVOKING = Ipv6.MIN_MTU - Ipv6.HEADER_LENGTH - FIXED_LENGTH;
    private static final int INFORMATIONAL = 128;

    /** What went wrong. */
    public enum Kind {
        DESTINATION_UNREACHABLE(1),
        PACKET_TOO_BIG(2),
        TIME_EXCEEDED(3),
        PARAMETER_PROBLEM(4);

        private final int type;

        Kind(int type) {
            this.type = type;
        }

        /** The ICMPv6 type. */
        public int type() {
            return type;
        }
    }

    public Icmpv6Error {
        if (code >>> Byte.SIZE != 0 || detail >>> Integer.SIZE != 0) {
            throw new IllegalArgumentException("code " + code + " (8 bits), detail " + detail + " (32 bits)");
        }
    }

    /** Destination unreachable (RFC 4443 §3.1). */
    public static Icmpv6Error unreachable(int code, Ipv6 invoking) {
        return new Icmpv6Error(Kind.DESTINATION_UNREACHABLE, code, 0, start(invoking));
    }

    /**
     * Packet too big (RFC 4443 §3.2).
     *
     * @param mtu octets of the largest packet for the next link
     */
    public static Icmpv6Error tooBig(long mtu, Ipv6 invoking) {
        return new Icmpv6Error(Kind.PACKET_TOO_BIG, 0, mtu, start(invoking));
    }

    /** Time exceeded (RFC 4443 §3.3). */
    public static Icmpv6Error timeExceeded(int code, Ipv6 invoking) {
        return new Icmpv6Error(Kind.TIME_EXCEEDED, code, 0, start(invoking));
    }

    /**
     * Parameter problem (RFC 4443 §3.4).
     *
     * @param pointer the index, in the packet, of the octet that is wrong
     */
    public static Icmpv6Error parameterProblem(int code, long pointer, Ipv6 invoking) {
        return new Icmpv6Error(Kind.PARAMETER_PROBLEM, code, pointer, start(invoking));
    }

    /** Decodes a message of that kind whose checksum holds. */
    static Decoded<Icmpv6> decode(Kind kind, Bytes message) {
        return message.length() < FIXED_LENGTH
                ? Decoded.malformed(MalformedReason.ICMPV6_TRUNCATED)
                : Decoded.ok(new Icmpv6Error(
                        kind, message.unsignedByte(1), message.unsignedInt(4), message.slice(FIXED_LENGTH)));
    }

    /**
     * Whether it may be sent for this packet (RFC 4443 §2.4(e)). Left to the caller: packets that came by link-layer
     * multicast or broadcast, anycast sources, and the rate (§2.4(f)).
     */
    public boolean mayBeSentFor(Ipv6 packet) {
        if (packet.source().isUnspecified() || packet.source().isMulticast()) {
            return false;
        }
        boolean allowedForMulticast =
                kind == Kind.PACKET_TOO_BIG || (kind == Kind.PARAMETER_PROBLEM && code == UNKNOWN_OPTION);
        if (packet.destination().isMulticast() && !allowedForMulticast) {
            return false;
        }
        return !packet.nextHeader().equals(NextHeader.ICMPV6) || isKnownAsNoError(packet);
    }

    /** A later fragment does not tell its type: it counts as an error, lest two nodes answer each other forever. */
    private static boolean isKnownAsNoError(Ipv6 packet) {
        if (packet.isLaterFragment() || packet.payload().isEmpty()) {
            return false;
        }
        int type = packet.payload().unsignedByte(0);
        return type >= INFORMATIONAL && type != Redirect.TYPE;
    }

    private static Bytes start(Ipv6 invoking) {
        Bytes octets = invoking.encode();
        return octets.slice(0, Math.min(octets.length(), MAX_INVOKING));
    }

    @Override
    public int type() {
        return kind.type;
    }

    @Override
    public int length() {
        return FIXED_LENGTH + invoking.length();
    }

    @Override
    public void encodeBody(ByteBuf out) {
        out.writeInt((int) detail);
        invoking.writeTo(out);
    }
}
