package org.flow6.apps.l3;

import java.util.List;
import java.util.stream.Stream;
import org.flow6.flow.Action;
import org.flow6.flow.Field;
import org.flow6.flow.Flow;
import org.flow6.flow.Match;
import org.flow6.flow.Priority;
import org.flow6.flow.Table;
import org.flow6.network.NetworkKey;
import org.flow6.network.NetworkView;
import org.flow6.packets.Arp;
import org.flow6.packets.NeighborAdvertisement;
import org.projectfloodlight.openflow.types.MacAddress;

/** What neighbors answer a router, by its MAC address: it goes to the controller. */
record AdvertisementFlows(NetworkKey network, MacAddress router) {
    private static final Match ADVERTISEMENT = Match.ICMPV6.and(Field.ICMPV6_TYPE, NeighborAdvertisement.TYPE);

    /** Neighbor Advertisements that pass what a switch checks of RFC 4861 §7.1.2. */
    static final Match VALID = ADVERTISEMENT.and(Field.ICMPV6_CODE, 0).and(Field.HOP_LIMIT, 255);

    static Stream<AdvertisementFlows> of(NetworkView network) {
        return network.routers().stream()
                .map(router ->
                        new AdvertisementFlows(network.key(), router.port().macAddress()))
                .distinct();
    }

    List<Flow> flows() {
        return List.of(
                flow(Table.BASE_ICMPV6, 3, VALID, Action.punt(NeighborAnswer.PUNT)),
                flow(Table.BASE_ICMPV6, 2, ADVERTISEMENT, Action.drop(NeighborAnswer.INVALID)),
                flow(Table.SERVICES, 2, Match.ARP.and(Field.ARP_OP, Arp.REPLY), Action.punt(NeighborAnswer.PUNT)));
    }

    private Flow flow(Table table, int rank, Match match, Action action) {
        return Flow.of(
                table, Priority.rank(rank), match.and(Field.NETWORK, network).and(Field.ETH_DST, router), action);
    }
}
