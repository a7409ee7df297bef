package org.flow6.packets.dhcpv6;

/** What a client has for some time: an address or a prefix (RFC 8415 §4.2). */
public sealed interface Lease extends Dhcpv6Option, HasOptions permits IaAddress, IaPrefix {
    /** The lifetime without an end (RFC 8415 §7.7). */
    long INFINITY = 0xffff_ffffL;

    /** Seconds, 0 to 2³²−1; clients discard what has more than its valid lifetime. */
    long preferredLifetime();

    /** Seconds, 0 to 2³²−1. */
    long validLifetime();
}
