package org.flow6.packets;

import org.projectfloodlight.openflow.types.IPv6Address;

/** The solicited-node multicast addresses, ff02::1:ff00:0/104 (RFC 4291 §2.7.1). */
public final class SolicitedNode {
    private static final IPv6Address PREFIX = IPv6Address.of("ff02::1:ff00:0");
    private static final IPv6Address MASK = IPv6Address.ofCidrMaskLength(104);

    private SolicitedNode() {}

    /** The group that a unicast or anycast address solicits by: the prefix and the address's low 24 bits. */
    public static IPv6Address of(IPv6Address address) {
        return PREFIX.or(address.and(MASK.not()));
    }

    /** Whether the address is any solicited-node address. */
    public static boolean includes(IPv6Address address) {
        return address.and(MASK).equals(PREFIX);
    }
}
