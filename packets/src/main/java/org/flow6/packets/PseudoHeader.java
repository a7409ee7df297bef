package org.flow6.packets;

import org.projectfloodlight.openflow.types.IPv6Address;

/**
 * What an upper-layer checksum covers beside the upper layer itself (RFC 8200 §8.1).
 *
 * @param destination the final one, {@link Ipv6#finalDestination}
 */
record PseudoHeader(IPv6Address source, IPv6Address destination, NextHeader nextHeader) {
    /** The checksum to send for octets whose checksum field is zero, 0 to 65535 (RFC 4443 §2.3, RFC 1071). */
    int checksum(Bytes upper) {
        return ~sum(upper) & 0xffff;
    }

    /** Whether the checksum in the octets holds. */
    boolean verifies(Bytes upper) {
        return sum(upper) == 0xffff;
    }

    private int sum(Bytes upper) {
        // 64 bits hold the sum of four gigaoctets of words: carries are folded once, at the end.
        long sum = (long) upper.length() + nextHeader.value();
        for (int word = 0; word < 8; word++) {
            sum += source.getUnsignedShortWord(word) + destination.getUnsignedShortWord(word);
        }
        int even = upper.length() & ~1;
        for (int i = 0; i < even; i += 2) {
            sum += upper.unsignedShort(i);
        }
        if (even < upper.length()) {
            sum += (long) upper.unsignedByte(even) << 8;
        }
        while (sum >>> 16 != 0) {
            sum = (sum & 0xffff) + (sum >>> 16);
        }
        return (int) sum;
    }
}
