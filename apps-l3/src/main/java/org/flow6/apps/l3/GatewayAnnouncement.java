package org.flow6.apps.l3;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
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
import org.flow6.packets.Arp;
import org.flow6.packets.Ethernet;
import org.flow6.packets.Ipv6;
import org.flow6.packets.LinkLocal;
import org.flow6.packets.LinkLocalMulticast;
import org.flow6.packets.MulticastMac;
import org.flow6.packets.NdFlags;
import org.flow6.packets.NdOption.TargetLinkLayerAddress;
import org.flow6.packets.NeighborAdvertisement;
import org.projectfloodlight.openflow.types.IPAddress;
import org.projectfloodlight.openflow.types.IPv4Address;
import org.projectfloodlight.openflow.types.IPv6Address;
import org.projectfloodlight.openflow.types.MacAddress;
import org.projectfloodlight.openflow.types.OFPort;

/**
 * What a host says on a physical network when a gateway has come to it: switches there learn the way, and routers may forget
 * that they had no answer (RFC 4861 §7.2.6, RFC 5227 §3).
 *
 * @param addresses of the gateway
 * @param standbys the hosts that could have it, too: one that has just been found may have taken it for its own until then
 */
record GatewayAnnouncement(List<IPAddress<?>> addresses, List<HostKey> standbys) {
    /** RFC 4861 §10. */
    private static final int MAX_NEIGHBOR_ADVERTISEMENT = 3;

    private static final Duration RETRANS_TIMER = Duration.ofSeconds(1);
    private static final int HOP_LIMIT = 255;

    /** RFC 5227 §1.1: ANNOUNCE_NUM and ANNOUNCE_INTERVAL. */
    private static final int ANNOUNCE_NUM = 2;

    private static final Duration ANNOUNCE_INTERVAL = Duration.ofSeconds(2);

    GatewayAnnouncement {
        addresses = List.copyOf(addresses);
        standbys = List.copyOf(standbys);
    }

    /** Of a gateway on a physical network to which this host is attached; of all other ports of routers none. */
    static Optional<GatewayAnnouncement> of(NetworkView network, RouterInterface link) {
        if (!link.isGateway() || network.provider().isEmpty()) {
            return Optional.empty();
        }
        List<IPAddress<?>> addresses = new ArrayList<>();
        addresses.add(LinkLocal.of(link.port().macAddress()));
        link.port().fixedIps().stream().map(Port.FixedIp::ipAddress).forEach(addresses::add);
        return Optional.of(new GatewayAnnouncement(addresses, link.place().standbys()));
    }

    List<Announcement> packets(NetworkKey network, MacAddress mac) {
        return addresses.stream()
                .map(address -> address instanceof IPv6Address v6
                        ? new Announcement(
                                packet(network, advertisement(v6, mac)), MAX_NEIGHBOR_ADVERTISEMENT, RETRANS_TIMER)
                        : new Announcement(
                                packet(network, Arp.announcement((IPv4Address) address, mac)),
                                ANNOUNCE_NUM,
                                ANNOUNCE_INTERVAL))
                .toList();
    }

    /** To the members here, and to the physical network. */
    private static PacketOut packet(NetworkKey network, Ethernet frame) {
        return new PacketOut(
                OFPort.CONTROLLER,
                List.of(
                        Action.set(Field.NETWORK, network),
                        Action.resubmit(Table.FLOOD),
                        Action.resubmit(Table.FLOOD_HOSTS)),
                frame);
    }

    private static Ethernet advertisement(IPv6Address address, MacAddress mac) {
        NeighborAdvertisement advertisement =
                new NeighborAdvertisement(NdFlags.unsolicited(true), address, List.of(new TargetLinkLayerAddress(mac)));
        IPv6Address allNodes = LinkLocalMulticast.ALL_NODES;
        return Ethernet.of(MulticastMac.of(allNodes), mac, Ipv6.of(HOP_LIMIT, address, allNodes, advertisement));
    }
}
