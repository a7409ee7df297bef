package org.flow6.packets;

import org.projectfloodlight.openflow.types.IPv6Address;
import org.projectfloodlight.openflow.types.MacAddress;

/** Link-local unicast addresses (RFC 4291 §2.5.6). */
public final class LinkLocal {
    private static final IPv6Address PREFIX = IPv6Address.of("fe80::");
    private static final IPv6Address MASK = IPv6Address.ofCidrMaskLength(10);

    private LinkLocal() {}

    /** The address that a node forms of its MAC address: fe80::/64 and the modified EUI-64. */
    public static IPv6Address of(MacAddress mac) {
        return InterfaceId.eui64(mac).under(PREFIX);
    }

    /** Whether the address is in fe80::/10. */
    public static boolean includes(IPv6Address address) {
        return address.and(MASK).equals(PREFIX);
    }
}
