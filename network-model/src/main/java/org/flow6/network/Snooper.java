package org.flow6.network;

import org.flow6.packets.LinkLocal;
import org.projectfloodlight.openflow.types.IPv6Address;
import org.projectfloodlight.openflow.types.MacAddress;

/**
 * By which addresses Flow6 itself asks and tells on a network who listens to multicast: the same on every host. The address
 * is higher than those that are made of MAC addresses as cards have them, so that a multicast router there is stays the
 * querier (RFC 3810 §7.6.2).
 */
public record Snooper(MacAddress mac, IPv6Address address) {
    private static final long FIRST = 0xfef6_0000_0000L;

    public static Snooper on(NetworkKey network) {
        MacAddress mac = MacAddress.of(FIRST | network.value());
        return new Snooper(mac, LinkLocal.of(mac));
    }
}
