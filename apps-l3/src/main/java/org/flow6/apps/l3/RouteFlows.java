package org.flow6.apps.l3;

import java.util.ArrayList;
import java.util.List;
import org.flow6.apps.l3.RouteTable.Entry;
import org.flow6.apps.l3.RouteTable.Hop;
import org.flow6.flow.Action;
import org.flow6.flow.Field;
import org.flow6.flow.Flow;
import org.flow6.flow.Match;
import org.flow6.flow.Priority;
import org.flow6.flow.Table;

/** The flows of an entry of a router's table. */
final class RouteFlows {
    private static final int ETHERNET_HEADER = 14;

    /** OVS compares 16 bits of length. */
    private static final int MOST_OCTETS = 0xffff;

    private static final int WHOLE_PATH = 0xffff;

    private RouteFlows() {}

    static List<Flow> of(Entry entry) {
        int length = entry.destination().length();
        Match match = Families.to(entry.destination()).and(Field.ROUTER, entry.router());
        Priority priority = Priority.rank(2).longestPrefix(length);
        return switch (entry.hops().size()) {
            case 0 -> List.of(Flow.of(Table.ROUTE, priority, match, Action.drop(RouteDrop.BLACKHOLE)));
            case 1 ->
                List.of(new Flow(
                        Table.ROUTE, priority, match, send(entry, entry.hops().get(0))));
            default -> {
                List<Flow> flows = new ArrayList<>();
                flows.add(Flow.of(
                        Table.ROUTE,
                        priority,
                        match,
                        Action.choosePath(Paths.COUNT, Field.PATH),
                        Action.goTo(Table.ROUTE_PATH)));
                Paths.among(entry.hops())
                        .forEach(run -> flows.add(new Flow(
                                Table.ROUTE_PATH,
                                Priority.rank(1).longestPrefix(length),
                                match.and(Field.PATH, run.first(), WHOLE_PATH & -run.count()),
                                send(entry, run.hop()))));
                yield flows;
            }
        };
    }

    /** To another host unchanged: the router is there, too, and routes it as here, its table and its paths being the same. */
    private static List<Action> send(Entry entry, Hop hop) {
        return hop.host()
                .map(host -> List.of(Action.set(Field.DESTINATION_HOST, host), Action.goTo(Table.TUNNEL)))
                .orElseGet(() -> route(entry, hop));
    }

    private static List<Action> route(Entry entry, Hop hop) {
        List<Action> actions = new ArrayList<>();
        actions.add(hop.neighbor()
                .map(Families::setNextHop)
                .orElseGet(() ->
                        Families.setNextHopToDestination(entry.destination().isIpv6())));
        actions.add(Action.set(Field.NETWORK, hop.network()));
        actions.add(Action.set(Field.ETH_SRC, hop.source()));
        actions.add(Action.set(Field.ROUTED, true));
        actions.add(Action.decrementHopLimit());
        int octets = hop.mtu().map(mtu -> mtu + ETHERNET_HEADER).orElse(MOST_OCTETS);
        if (octets < MOST_OCTETS) {
            actions.add(Action.checkLarger(octets, Field.TOO_BIG));
            actions.add(Action.goTo(Table.ROUTE_SIZE));
        } else {
            actions.add(Action.goTo(Table.NEXT_HOP));
        }
        return actions;
    }
}
