package org.flow6.core.neighbor;

import java.util.List;
import java.util.Optional;
import org.flow6.network.Port;
import org.flow6.network.RouterInterface;
import org.flow6.network.Subnet;
import org.flow6.packets.Arp;
import org.flow6.packets.Ethernet;
import org.flow6.packets.Ipv6;
import org.flow6.packets.LinkLocal;
import org.flow6.packets.MulticastMac;
import org.flow6.packets.NdOption.SourceLinkLayerAddress;
import org.flow6.packets.NeighborSolicitation;
import org.flow6.packets.SolicitedNode;
import org.projectfloodlight.openflow.types.IPAddress;
import org.projectfloodlight.openflow.types.IPv4Address;
import org.projectfloodlight.openflow.types.IPv6Address;
import org.projectfloodlight.openflow.types.MacAddress;

/** What a router sends to find a neighbor: solicitations (RFC 4861 §7.2.2), ARP requests (RFC 826). */
public final class Solicitations {
    private static final int HOP_LIMIT = 255;

    private Solicitations() {}

    /**
     * The frame with which a router asks for an address.
     *
     * @param alone whom to ask; empty: all who may be the neighbor
     * @return empty where the router has no IPv4 address to ask from
     */
    public static Optional<Ethernet> from(RouterInterface router, IPAddress<?> target, Optional<MacAddress> alone) {
        return target instanceof IPv6Address v6
                ? Optional.of(solicitation(router.port().macAddress(), v6, alone))
                : source(router, target).map(own -> request(router, own, (IPv4Address) target, alone));
    }

    /** From the link-local address, which is on every neighbor's link whatever prefixes it knows (RFC 4861 §7.2.2). */
    private static Ethernet solicitation(MacAddress mac, IPv6Address target, Optional<MacAddress> alone) {
        IPv6Address destination = alone.isPresent() ? target : SolicitedNode.of(target);
        NeighborSolicitation question = new NeighborSolicitation(target, List.of(new SourceLinkLayerAddress(mac)));
        return Ethernet.of(
                alone.orElseGet(() -> MulticastMac.of(destination)),
                mac,
                Ipv6.of(HOP_LIMIT, LinkLocal.of(mac), destination, question));
    }

    private static Ethernet request(
            RouterInterface router, IPv4Address own, IPv4Address target, Optional<MacAddress> alone) {
        MacAddress mac = router.port().macAddress();
        return Arp.request(mac, own, target).in(alone.orElse(MacAddress.BROADCAST), mac);
    }

    /** Its address in the target's subnet, or else any. */
    private static Optional<IPv4Address> source(RouterInterface router, IPAddress<?> target) {
        List<Port.FixedIp> own = router.port().fixedIps().stream()
                .filter(fixed -> fixed.ipAddress() instanceof IPv4Address)
                .toList();
        return own.stream()
                .filter(fixed -> router.subnets().stream()
                        .filter(subnet -> subnet.id().equals(fixed.subnetId()))
                        .map(Subnet::cidr)
                        .anyMatch(cidr -> cidr.contains(target)))
                .findFirst()
                .or(() -> own.stream().findFirst())
                .map(fixed -> (IPv4Address) fixed.ipAddress());
    }
}
