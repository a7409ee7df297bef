package org.flow6.packets;

/** The sum of 16-bit words in one's complement (RFC 1071). */
final class InternetChecksum {
    private InternetChecksum() {}

    /** The checksum to send for octets whose checksum field is zero, 0 to 65535. */
    static int of(Bytes octets) {
        return ~sum(octets, 0) & 0xffff;
    }

    /** Whether the checksum in the octets holds. */
    static boolean verifies(Bytes octets) {
        return sum(octets, 0) == 0xffff;
    }

    /**
     * The words of octets, the last one filled up with zero, and of what is summed already.
     *
     * @param start sums of words, not folded
     * @return 0 to 65535
     */
    static int sum(Bytes octets, long start) {
        // 64 bits hold the sum of four gigaoctets of words: carries are folded once, at the end.
        long sum = start;
        int even = octets.length() & ~1;
        for (int i = 0; i < even; i += 2) {
            sum += octets.unsignedShort(i);
        }
        if (even < octets.length()) {
            sum += (long) octets.unsignedByte(even) << 8;
        }
        while (sum >>> 16 != 0) {
            sum = (sum & 0xffff) + (sum >>> 16);
        }
        return (int) sum;
    }
}
