package org.flow6.apps.nd;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.flow6.network.Id;
import org.flow6.network.IpPrefix;
import org.flow6.network.Port;
import org.flow6.network.RouterInterface;
import org.flow6.network.Subnet;
import org.flow6.packets.LinkLocal;
import org.projectfloodlight.openflow.types.IPv6Address;
import org.projectfloodlight.openflow.types.MacAddress;

/**
 * A router's end of a link.
 *
 * @param addresses its IPv6 addresses, link-local ones first; at least one, and that is link-local
 */
record RouterLink(Id<Port> port, MacAddress mac, List<OnLink> addresses) {
    private static final int LINK_LOCAL_LENGTH = 64;

    RouterLink {
        addresses = List.copyOf(addresses);
    }

    /** An address, and the prefix that it is in. */
    record OnLink(IPv6Address address, IpPrefix prefix) {
        /** How many bits of the prefix another address begins with (RFC 6724 §2.2). */
        int inCommonWith(IPv6Address other) {
            int length = 0;
            while (length < prefix.length() && IpPrefix.of(address, length + 1).contains(other)) {
                length++;
            }
            return length;
        }
    }

    static RouterLink of(RouterInterface router) {
        Port port = router.port();
        Map<IPv6Address, OnLink> linkLocal = new LinkedHashMap<>();
        Map<IPv6Address, OnLink> others = new LinkedHashMap<>();
        for (Port.FixedIp fixed : port.fixedIps()) {
            if (fixed.ipAddress() instanceof IPv6Address address) {
                (LinkLocal.includes(address) ? linkLocal : others)
                        .put(address, new OnLink(address, prefix(router, fixed, address)));
            }
        }
        IPv6Address ofMac = LinkLocal.of(port.macAddress());
        linkLocal.putIfAbsent(ofMac, new OnLink(ofMac, IpPrefix.of(ofMac, LINK_LOCAL_LENGTH)));
        List<OnLink> addresses = new ArrayList<>(linkLocal.values());
        addresses.addAll(others.values());
        return new RouterLink(port.id(), port.macAddress(), addresses);
    }

    private static IpPrefix prefix(RouterInterface router, Port.FixedIp fixed, IPv6Address address) {
        return router.subnets().stream()
                .filter(subnet -> subnet.id().equals(fixed.subnetId()))
                .map(Subnet::cidr)
                .filter(cidr -> cidr.contains(address))
                .findFirst()
                .orElse(IpPrefix.host(address));
    }

    /** The address that it advertises itself by (RFC 4861 §4.2). */
    IPv6Address linkLocal() {
        return addresses.get(0).address();
    }

    boolean has(IPv6Address address) {
        return addresses.stream().anyMatch(own -> own.address().equals(address));
    }

    /**
     * The source of what it sends to an address, by rules 2 and 8 of RFC 6724 §5: of the same scope first, then of the
     * longest prefix in common, and of several the first.
     */
    IPv6Address sourceTo(IPv6Address destination) {
        OnLink best = addresses.get(0);
        if (!LinkLocal.includes(destination)) {
            int longest = -1;
            for (OnLink own : addresses) {
                int length = LinkLocal.includes(own.address()) ? -1 : own.inCommonWith(destination);
                if (length > longest) {
                    best = own;
                    longest = length;
                }
            }
        }
        return best.address();
    }
}
