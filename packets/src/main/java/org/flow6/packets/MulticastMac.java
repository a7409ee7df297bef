package org.flow6.packets;

import org.projectfloodlight.openflow.types.IPv6Address;
import org.projectfloodlight.openflow.types.MacAddress;

/** The MAC addresses of IPv6 multicast groups, 33:33 and the group's low 32 bits (RFC 2464 §7). */
public final class MulticastMac {
    private MulticastMac() {}

    /**
     * The MAC address that a group's packets are sent to.
     *
     * @throws IllegalArgumentException for an address that is not multicast
     */
    public static MacAddress of(IPv6Address group) {
        if (!group.isMulticast()) {
            throw new IllegalArgumentException("not a multicast address: " + group);
        }
        long low = (long) group.getUnsignedShortWord(6) << 16 | group.getUnsignedShortWord(7);
        return MacAddress.of(0x3333_0000_0000L | low);
    }
}
