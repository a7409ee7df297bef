package org.flow6.apps.l3;

import java.util.List;
import java.util.stream.Stream;
import org.flow6.flow.Action;
import org.flow6.flow.Field;
import org.flow6.flow.Flow;
import org.flow6.flow.Match;
import org.flow6.flow.Priority;
import org.flow6.flow.Table;
import org.flow6.network.NeighborView;
import org.flow6.network.NetworkKey;
import org.flow6.network.PortKey;
import org.flow6.packets.LinkLocalMulticast;
import org.flow6.packets.MulticastMac;
import org.projectfloodlight.openflow.types.IPAddress;
import org.projectfloodlight.openflow.types.IPv4Address;
import org.projectfloodlight.openflow.types.IPv6Address;
import org.projectfloodlight.openflow.types.MacAddress;

/** A neighbor that was asked for: the way there, and a copy of what it tells everybody of itself. */
record LearnedNeighbor(NetworkKey network, IPAddress<?> address, PortKey port, MacAddress mac) {

    static Stream<LearnedNeighbor> of(NeighborView view) {
        return Stream.of(new LearnedNeighbor(view.network(), view.address(), view.port(), view.mac()));
    }

    /** To the port that it was heard by: no other table knows its MAC address. */
    List<Flow> flows() {
        Flow nextHop = Flow.of(
                Table.NEXT_HOP,
                Priority.rank(3),
                Families.by(address).and(Field.NETWORK, network),
                Action.set(Field.ETH_DST, mac),
                Action.set(Field.DESTINATION_PORT, port),
                Action.goTo(Table.INGRESS));
        return List.of(nextHop, address instanceof IPv6Address v6 ? heard(v6) : heard((IPv4Address) address));
    }

    /** RFC 4861 §7.2.6. */
    private Flow heard(IPv6Address target) {
        return Flow.of(
                Table.BASE_ICMPV6,
                Priority.rank(1),
                AdvertisementFlows.VALID
                        .and(Field.NETWORK, network)
                        .and(Field.ETH_DST, MulticastMac.of(LinkLocalMulticast.ALL_NODES))
                        .and(Field.IPV6_DST, LinkLocalMulticast.ALL_NODES)
                        .and(Field.ND_TARGET, target),
                Action.puntCopy(NeighborAnswer.PUNT),
                Action.goTo(Table.EGRESS));
    }

    /** RFC 5227 §2.3, §3: requests and replies alike. */
    private Flow heard(IPv4Address sender) {
        return Flow.of(
                Table.SERVICES,
                Priority.rank(1),
                Match.ARP
                        .and(Field.NETWORK, network)
                        .and(Field.ETH_DST, MacAddress.BROADCAST)
                        .and(Field.ARP_SPA, sender)
                        .and(Field.ARP_TPA, sender),
                Action.puntCopy(NeighborAnswer.PUNT),
                Action.goTo(Table.ROUTER));
    }
}
