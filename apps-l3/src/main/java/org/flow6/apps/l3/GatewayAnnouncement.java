package org.flow6.apps.l3;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.flow6.flow.Action;
import org.flow6.flow.Announcement;
import org.flow6.flow.Field;
import org.flow6.flow.PacketOut;
import org.flow6.flow.Table;
import org.flow6.network.HostKey;
import org.flow6.network.NetworkKey;
import org.flow6.network.NetworkView;
import org.flow6.network.Port;
import org.flow6.network.RouterInterface;
import org.flow6.packets.Ethernet;
import org.flow6.packets.Ipv6;
import org.flow6.packets.LinkLocal;
import org.flow6.packets.LinkLocalMulticast;
import org.flow6.packets.MulticastMac;
import org.flow6.packets.NdFlags;
import org.flow6.packets.NdOption.TargetLinkLayerAddress;
import org.flow6.packets.NeighborAdvertisement;
import org.projectfloodlight.openflow.types.IPv6Address;
import org.projectfloodlight.openflow.types.MacAddress;
import org.projectfloodlight.openflow.types.OFPort;

/**
 * What a host says on a physical network when a gateway has come to it: switches there learn the way, and routers may forget
 * that they had no answer (RFC 4861 §7.2.6). IPv4 addresses are announced by ARP, as those of all routers.
 *
 * @param addresses of the gateway
 * @param standbys the hosts that could have it, too: one that has just been found may have taken it for its own until then
 */
record GatewayAnnouncement(List<IPv6Address> addresses, List<HostKey> standbys) {
    /** RFC 4861 §10. */
    private static final int MAX_NEIGHBOR_ADVERTISEMENT = 3;

    private static final Duration RETRANS_TIMER = Duration.ofSeconds(1);
    private static final int HOP_LIMIT = 255;

    GatewayAnnouncement {
        addresses = List.copyOf(addresses);
        standbys = List.copyOf(standbys);
    }

    /** Of a gateway on a physical network to which this host is attached; of all other ports of routers none. */
    static Optional<GatewayAnnouncement> of(NetworkView network, RouterInterface link) {
        if (!link.isGateway()
                || network.network().segment().isEmpty()
                || network.boundPorts().isEmpty()) {
            return Optional.empty();
        }
        List<IPv6Address> addresses = Stream.concat(
                        Stream.of(LinkLocal.of(link.port().macAddress())),
                        link.port().fixedIps().stream()
                                .map(Port.FixedIp::ipAddress)
                                .filter(IPv6Address.class::isInstance)
                                .map(IPv6Address.class::cast))
                .toList();
        return Optional.of(new GatewayAnnouncement(addresses, link.place().standbys()));
    }

    List<Announcement> packets(NetworkKey network, MacAddress mac) {
        return addresses.stream()
                .map(address ->
                        new Announcement(packet(network, mac, address), MAX_NEIGHBOR_ADVERTISEMENT, RETRANS_TIMER))
                .toList();
    }

    /** To the members here, of which one leads to the physical network. */
    private static PacketOut packet(NetworkKey network, MacAddress mac, IPv6Address address) {
        NeighborAdvertisement advertisement =
                new NeighborAdvertisement(NdFlags.unsolicited(true), address, List.of(new TargetLinkLayerAddress(mac)));
        IPv6Address allNodes = LinkLocalMulticast.ALL_NODES;
        return new PacketOut(
                OFPort.CONTROLLER,
                List.of(
                        Action.set(Field.NETWORK, network),
                        Action.set(Field.FROM_TUNNEL, true),
                        Action.resubmit(Table.FLOOD)),
                Ethernet.of(MulticastMac.of(allNodes), mac, Ipv6.of(HOP_LIMIT, address, allNodes, advertisement)));
    }
}
