package org.flow6.apps.dhcpv6;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.flow6.network.Id;
import org.flow6.network.Network;
import org.flow6.network.NetworkView;
import org.flow6.network.Port;
import org.flow6.packets.LinkLocal;
import org.projectfloodlight.openflow.types.IPv6Address;
import org.projectfloodlight.openflow.types.MacAddress;

/**
 * Where the server of a network sends from: Neutron's port for it if the network has one, else the network's first
 * router, else nobody's MAC address. The same on each host.
 *
 * @param addresses by which hosts may reach the server alone, the link-local address that it sends from first
 */
record ServerAddress(MacAddress mac, List<IPv6Address> addresses) {
    private static final long LOCAL = 0x0200_0000_0000L;
    private static final long LOCAL_AND_MULTICAST = 0x0300_0000_0000L;
    private static final long MAC_BITS = 0xffff_ffff_ffffL;

    ServerAddress {
        addresses = List.copyOf(addresses);
    }

    static ServerAddress of(NetworkView view) {
        if (!view.dhcpServers().isEmpty()) {
            Port port = view.dhcpServers().get(0);
            List<IPv6Address> addresses = new ArrayList<>();
            addresses.add(LinkLocal.of(port.macAddress()));
            for (Port.FixedIp fixed : port.fixedIps()) {
                if (fixed.ipAddress() instanceof IPv6Address address && !addresses.contains(address)) {
                    addresses.add(address);
                }
            }
            return new ServerAddress(port.macAddress(), addresses);
        }
        MacAddress mac = view.routers().isEmpty()
                ? derived(view.network().id())
                : view.routers().get(0).port().macAddress();
        return new ServerAddress(mac, List.of(LinkLocal.of(mac)));
    }

    /** The name-based UUID of a network's server (RFC 4122 §4.3), that its DUID is made of as well. */
    static UUID uuid(Id<Network> network) {
        return UUID.nameUUIDFromBytes(("flow6 DHCPv6 server of " + network).getBytes(StandardCharsets.UTF_8));
    }

    /** A locally administered address (RFC 7042 §2.1). */
    private static MacAddress derived(Id<Network> network) {
        long bits = uuid(network).getLeastSignificantBits() & MAC_BITS;
        return MacAddress.of((bits & ~LOCAL_AND_MULTICAST) | LOCAL);
    }

    /** What answers come from. */
    IPv6Address linkLocal() {
        return addresses.get(0);
    }
}
