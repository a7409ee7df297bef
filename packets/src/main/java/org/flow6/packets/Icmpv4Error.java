package org.flow6.packets;

import java.util.Optional;
import java.util.Set;

/**
 * An ICMP error message about an IPv4 packet (RFC 792). The factories keep the packet it is in within 576 octets (RFC 1812
 * §4.3.2.3).
 *
 * @param code 0 to 255; the constants of this record name those of destination unreachable
 * @param detail the 32 bits after the checksum: in the last 16 of them the MTU, where fragmentation is needed (RFC 1191
 *     §4); in the first 8 the pointer of parameter problem; else unused
 * @param body the start of the packet that the message is about, from its IPv4 header on
 */
public record Icmpv4Error(Kind kind, int code, long detail, Bytes body) implements Icmpv4 {
    /** Unreachable, code: no route to the network (RFC 1812 §5.2.7.1). */
    public static final int NETWORK_UNREACHABLE = 0;
    /** Unreachable, code: address resolution failed, for instance. */
    public static final int HOST_UNREACHABLE = 1;
    /** Unreachable, code: nobody speaks the protocol. */
    public static final int PROTOCOL_UNREACHABLE = 2;
    /** Unreachable, code: nobody listens at the port. */
    public static final int PORT_UNREACHABLE = 3;
    /** Unreachable, code: too big, and not to be fragmented. */
    public static final int FRAGMENTATION_NEEDED = 4;

    private static final int MAX_LENGTH = 576;
    private static final int MAX_INVOKING = MAX_LENGTH - Ipv4.HEADER_LENGTH - HEADER_LENGTH;
    /** Of which RFC 792, RFC 950, RFC 1256 and RFC 8335 say that they ask or answer; an error is about every other one. */
    private static final Set<Integer> QUERIES = Set.of(0, 8, 9, 10, 13, 14, 15, 16, 17, 18, 42, 43);

    /** What went wrong. */
    public enum Kind {
        DESTINATION_UNREACHABLE(3),
        TIME_EXCEEDED(11),
        PARAMETER_PROBLEM(12);

        private final int type;

        Kind(int type) {
            this.type = type;
        }

        /** The ICMP type. */
        public int type() {
            return type;
        }

        static Optional<Kind> of(int type) {
            return switch (type) {
                case 3 -> Optional.of(DESTINATION_UNREACHABLE);
                case 11 -> Optional.of(TIME_EXCEEDED);
                case 12 -> Optional.of(PARAMETER_PROBLEM);
                default -> Optional.empty();
            };
        }
    }

    public Icmpv4Error {
        if (code >>> Byte.SIZE != 0 || detail >>> Integer.SIZE != 0) {
            throw new IllegalArgumentException("code " + code + " (8 bits), detail " + detail + " (32 bits)");
        }
    }

    /** Destination unreachable. */
    public static Icmpv4Error unreachable(int code, Ipv4 invoking) {
        return new Icmpv4Error(Kind.DESTINATION_UNREACHABLE, code, 0, start(invoking));
    }

    /**
     * Fragmentation needed (RFC 1191 §4).
     *
     * @param mtu octets of the largest packet for the next link, 68 to 65535
     */
    public static Icmpv4Error tooBig(int mtu, Ipv4 invoking) {
        return new Icmpv4Error(Kind.DESTINATION_UNREACHABLE, FRAGMENTATION_NEEDED, mtu, start(invoking));
    }

    /** Time to live exceeded in transit. */
    public static Icmpv4Error timeExceeded(Ipv4 invoking) {
        return new Icmpv4Error(Kind.TIME_EXCEEDED, 0, 0, start(invoking));
    }

    private static Bytes start(Ipv4 invoking) {
        Bytes octets = invoking.encode();
        return octets.slice(0, Math.min(octets.length(), MAX_INVOKING));
    }

    /**
     * Whether an error may be sent for this packet (RFC 1812 §4.3.2.7). Left to the caller: packets that came by link-layer
     * multicast or broadcast, broadcasts to a subnet, and the rate.
     */
    public static boolean mayBeSentFor(Ipv4 packet) {
        if (!isHost(packet.source().getInt())
                || packet.destination().isMulticast()
                || packet.destination().isBroadcast()) {
            return false;
        }
        boolean icmp = packet.protocol().equals(NextHeader.ICMPV4);
        return packet.fragmentOffset() == 0
                && (!icmp
                        || (!packet.payload().isEmpty()
                                && QUERIES.contains(packet.payload().unsignedByte(0))));
    }

    /** Not of network 0, a loopback, multicast or reserved address (RFC 1812 §5.3.7). */
    private static boolean isHost(int address) {
        int network = address >>> 24;
        return network != 0 && network != 127 && network < 224;
    }

    @Override
    public int type() {
        return kind.type;
    }
}
