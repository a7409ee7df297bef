package org.flow6.apps.l3;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.flow6.apps.l3.errors.RoutePunts;
import org.flow6.flow.Action;
import org.flow6.flow.Field;
import org.flow6.flow.Flow;
import org.flow6.flow.Match;
import org.flow6.flow.Priority;
import org.flow6.flow.Table;
import org.flow6.network.IpPrefix;
import org.flow6.network.NetworkKey;
import org.flow6.network.NetworkView;
import org.flow6.network.RouterInterface;
import org.flow6.network.RouterKey;
import org.projectfloodlight.openflow.types.MacAddress;

/** What is sent to a router, and what of it no router forwards, whichever it is. */
final class Entrances {
    private static final List<IpPrefix> NOBODYS =
            prefixes("::/128", "::1/128", "ff00::/8", "0.0.0.0/8", "127.0.0.0/8", "224.0.0.0/4", "240.0.0.0/4");
    private static final List<IpPrefix> LINK_LOCAL = prefixes("fe80::/10", "169.254.0.0/16");

    private Entrances() {}

    /**
     * A MAC address by which a network reaches a router.
     *
     * @param physical whether the network is part of a physical network
     * @param forAll whether also what comes from outside is routed here
     */
    record Entrance(NetworkKey network, MacAddress mac, RouterKey router, boolean physical, boolean forAll) {
        Match among(Match packets) {
            return forAll ? packets : packets.and(Field.FROM_OUTSIDE, false);
        }
    }

    /** Of two routers with one MAC address, the first has it. */
    static Stream<Entrance> of(NetworkView network) {
        Map<MacAddress, Entrance> entrances = new LinkedHashMap<>();
        for (RouterInterface link : network.routersHere()) {
            MacAddress mac = link.port().macAddress();
            entrances.putIfAbsent(
                    mac,
                    new Entrance(
                            network.key(),
                            mac,
                            link.routerKey(),
                            network.network().segment().isPresent(),
                            link.servesOutside()));
        }
        return entrances.values().stream();
    }

    static List<Flow> flows(Entrance entrance) {
        List<Action> actions = new ArrayList<>(List.of(Action.set(Field.ROUTER, entrance.router())));
        if (entrance.physical() && entrance.forAll()) {
            // From now on it is the router that it comes from.
            actions.add(Action.set(Field.FROM_OUTSIDE, false));
        }
        actions.add(Action.goTo(Table.ROUTE_SOURCE));
        return Stream.of(Match.IPV6, Match.IPV4)
                .map(family -> new Flow(
                        Table.ROUTER,
                        Priority.rank(1),
                        entrance.among(family)
                                .and(Field.NETWORK, entrance.network())
                                .and(Field.ETH_DST, entrance.mac()),
                        actions))
                .toList();
    }

    /** The flows that are the same for all routers, as no others' packets get to their tables. */
    static List<Flow> rules() {
        List<Flow> flows = new ArrayList<>();
        Match tagged = Match.ANY.and(Field.VLAN_VID, Field.VLAN_PRESENT, Field.VLAN_PRESENT);
        flows.add(flow(Table.ROUTE_SOURCE, 3, tagged, Action.drop(RouteDrop.TAGGED)));
        for (IpPrefix prefix : NOBODYS) {
            flows.add(flow(Table.ROUTE_SOURCE, 2, Families.from(prefix), Action.drop(RouteDrop.SOURCE)));
            flows.add(flow(Table.ROUTE, 8, Families.to(prefix), Action.drop(RouteDrop.DESTINATION)));
        }
        for (IpPrefix prefix : LINK_LOCAL) {
            flows.add(flow(
                    Table.ROUTE_SOURCE,
                    2,
                    Families.from(prefix),
                    Action.set(Field.LINK_LOCAL_SOURCE, true),
                    Action.goTo(Table.ROUTE)));
            flows.add(flow(Table.ROUTE, 8, Families.to(prefix), Action.drop(RouteDrop.LINK_LOCAL_DESTINATION)));
        }
        // The router's own addresses may be spoken to from link-local ones, and by the last hop: they rank higher.
        flows.add(flow(
                Table.ROUTE, 7, Match.IPV6.and(Field.LINK_LOCAL_SOURCE, true), Action.punt(RoutePunts.BEYOND_SCOPE)));
        flows.add(flow(
                Table.ROUTE,
                7,
                Match.IPV4.and(Field.LINK_LOCAL_SOURCE, true),
                Action.drop(RouteDrop.LINK_LOCAL_SOURCE)));
        for (Match family : List.of(Match.IPV6, Match.IPV4)) {
            flows.add(flow(Table.ROUTE, 6, family.and(Field.HOP_LIMIT, 0), Action.punt(RoutePunts.HOP_LIMIT)));
            flows.add(flow(Table.ROUTE, 6, family.and(Field.HOP_LIMIT, 1), Action.punt(RoutePunts.HOP_LIMIT)));
        }
        flows.add(flow(Table.ROUTE, 1, Match.ANY, Action.punt(RoutePunts.NO_ROUTE)));
        flows.add(flow(Table.ROUTE_SIZE, 1, Match.ANY.and(Field.TOO_BIG, true), Action.punt(RoutePunts.TOO_BIG)));
        flows.add(flow(Table.NEXT_HOP, 1, Match.ANY, Action.punt(RoutePunts.UNRESOLVED)));
        // A next hop may be behind the port that the packet came from; OVS sends nothing back there.
        flows.add(flow(
                Table.DELIVER,
                2,
                Match.ANY.and(Field.ROUTED, true),
                Action.set(Field.ROUTED, false),
                Action.forgetInPort(),
                Action.resubmit(Table.DELIVER)));
        return flows;
    }

    private static Flow flow(Table table, int rank, Match match, Action... actions) {
        return Flow.of(table, Priority.rank(rank), match, actions);
    }

    private static List<IpPrefix> prefixes(String... texts) {
        return Stream.of(texts).map(IpPrefix::parse).toList();
    }
}
