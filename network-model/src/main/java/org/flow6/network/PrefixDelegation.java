package org.flow6.network;

/**
 * Which prefixes routers on a subnet may get by DHCPv6 (RFC 8415 §6.3).
 *
 * @param pool the IPv6 prefix that the delegated ones are cut from
 * @param length of each delegated prefix in bits, from that of the pool to 64
 * @param lifetimes of each delegated prefix
 */
public record PrefixDelegation(IpPrefix pool, int length, Lifetimes lifetimes) {
    /** Hosts need a /64 (RFC 4291 §2.5.1), so nothing longer is worth delegating. */
    public static final int MAX_LENGTH = 64;

    public PrefixDelegation {
        if (!pool.isIpv6() || length < pool.length() || length > MAX_LENGTH) {
            throw new IllegalArgumentException("prefixes of length " + length + " from " + pool);
        }
    }
}
