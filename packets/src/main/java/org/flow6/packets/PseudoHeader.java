package org.flow6.packets;

import org.projectfloodlight.openflow.types.IPAddress;
import org.projectfloodlight.openflow.types.IPv4Address;
import org.projectfloodlight.openflow.types.IPv6Address;

/**
 * What an upper-layer checksum covers beside the upper layer itself (RFC 8200 §8.1; RFC 793 §3.1, RFC 768 for IPv4).
 *
 * @param source of the destination's family
 * @param destination the final one, {@link Ipv6#finalDestination}
 */
record PseudoHeader(IPAddress<?> source, IPAddress<?> destination, NextHeader nextHeader) {
    /** The checksum to send for octets whose checksum field is zero, 0 to 65535 (RFC 4443 §2.3, RFC 1071). */
    int checksum(Bytes upper) {
        return ~sum(upper) & 0xffff;
    }

    /** Whether the checksum in the octets holds. */
    boolean verifies(Bytes upper) {
        return sum(upper) == 0xffff;
    }

    private int sum(Bytes upper) {
        return InternetChecksum.sum(
                upper, (long) upper.length() + nextHeader.value() + words(source) + words(destination));
    }

    private static long words(IPAddress<?> address) {
        if (address instanceof IPv6Address ipv6) {
            long sum = 0;
            for (int word = 0; word < 8; word++) {
                sum += ipv6.getUnsignedShortWord(word);
            }
            return sum;
        }
        int ipv4 = ((IPv4Address) address).getInt();
        return (long) (ipv4 >>> 16) + (ipv4 & 0xffff);
    }
}
