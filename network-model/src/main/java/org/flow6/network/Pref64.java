package org.flow6.network;

import java.util.Set;

/**
 * A prefix by which a NAT64 makes IPv6 addresses of IPv4 ones (RFC 8781).
 *
 * @param prefix IPv6, of one of the {@link #LENGTHS}; bits 64 to 71 are zero (RFC 6052 §2.2)
 * @param lifetime seconds, 0 to {@link #MAX_LIFETIME}; on the wire the next multiple of 8 (RFC 8781 §4.1)
 */
public record Pref64(IpPrefix prefix, int lifetime) {
    /** RFC 6052 §2.2. */
    public static final Set<Integer> LENGTHS = Set.of(96, 64, 56, 48, 40, 32);
    /** 13 bits that count 8 seconds each (RFC 8781 §4.1). */
    public static final int MAX_LIFETIME = 65_528;

    public Pref64 {
        if (!prefix.isIpv6() || !LENGTHS.contains(prefix.length())) {
            throw new IllegalArgumentException("no NAT64 has the prefix " + prefix);
        }
        if (lifetime < 0 || lifetime > MAX_LIFETIME) {
            throw new IllegalArgumentException("lifetime of " + lifetime + " s");
        }
    }
}
