package org.flow6.apps.l2.multicast;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.flow6.apps.l2.Pages;
import org.flow6.apps.l2.Pages.Page;
import org.flow6.flow.Action;
import org.flow6.flow.Field;
import org.flow6.flow.Flow;
import org.flow6.flow.Match;
import org.flow6.flow.Priority;
import org.flow6.flow.Table;
import org.flow6.network.MulticastView;
import org.flow6.network.NetworkKey;
import org.flow6.network.PortKey;
import org.flow6.network.PortView;
import org.flow6.packets.Mld;
import org.flow6.packets.Mldv2Report;
import org.flow6.packets.MulticastRouterDiscovery;
import org.flow6.packets.NeighborSolicitation;

/** What becomes of messages about multicast, which have to come before the multicast itself. */
final class MessageFlows {
    /** RFC 2710 §3, RFC 3810 §5.2. */
    private static final List<Integer> REPORTS = List.of(Mld.Report.TYPE, Mld.Done.TYPE, Mldv2Report.TYPE);

    /**
     * RFC 4286 §3.2, §5.1. A Termination has 4 octets, and OVS reads no type of ICMPv6 messages of less than 8: it is told by
     * where it goes.
     */
    private static final List<Match> OF_ROUTERS = List.of(
            ofRouters(MulticastRouterDiscovery.Advertisement.TYPE),
            ofRouters(MulticastRouterDiscovery.Termination.TYPE),
            Match.ICMPV6.and(Field.ICMPV6_TYPE, 0).and(Field.IPV6_DST, MulticastRouterDiscovery.ALL_SNOOPERS));

    /** A port behind which there may be a multicast router. */
    record Querier(PortKey port) {}

    /** Ports of a network that get reports; so does a physical network that it goes on on. */
    record Routers(NetworkKey network, Page<PortKey> page, boolean outside) {}

    private MessageFlows() {}

    static List<Flow> flows() {
        List<Flow> flows = new ArrayList<>();
        flows.add(Flow.of(Table.BRIDGE, Priority.rank(3), ReceiverFlows.MULTICAST, Action.goTo(Table.MULTICAST)));
        // RFC 4541 §2.1.1: reports go to multicast routers alone. Of other hosts' routers those are told by Flow6
        // there.
        for (int type : REPORTS) {
            flows.add(Flow.of(Table.MULTICAST, Priority.rank(8), message(type), Action.punt(MldSnooping.REPORT)));
        }
        flows.add(Flow.of(
                Table.MULTICAST,
                Priority.rank(8),
                message(Mld.Query.TYPE).and(Field.FROM_TUNNEL, false),
                Action.drop(MulticastDrop.QUERIER)));
        OF_ROUTERS.forEach(message -> flows.add(Flow.of(
                Table.BRIDGE,
                Priority.rank(4),
                message.and(Field.FROM_TUNNEL, false),
                Action.drop(MulticastDrop.QUERIER))));
        // What asks for neighbors goes to all where nothing else answers it: it must work before anybody reported.
        flows.add(Flow.of(
                Table.MULTICAST,
                Priority.rank(8),
                message(NeighborSolicitation.TYPE),
                Action.resubmit(Table.FLOOD),
                Action.goTo(Table.FLOOD_HOSTS)));
        flows.addAll(ReceiverFlows.common());
        return flows;
    }

    static Stream<Querier> querier(PortView port) {
        return port.ofPort().isPresent() && port.mayRoute() ? Stream.of(new Querier(port.key())) : Stream.empty();
    }

    /** A query is for all, here alone: other hosts ask their own (RFC 3810 §7). */
    static List<Flow> heed(Querier querier) {
        List<Flow> flows = new ArrayList<>();
        flows.add(Flow.of(
                Table.MULTICAST,
                Priority.rank(9),
                message(Mld.Query.TYPE).and(Field.SOURCE_PORT, querier.port()),
                Action.puntCopy(MldSnooping.QUERY),
                Action.goTo(Table.FLOOD)));
        OF_ROUTERS.forEach(message -> flows.add(Flow.of(
                Table.BRIDGE,
                Priority.rank(5),
                message.and(Field.SOURCE_PORT, querier.port()),
                Action.puntCopy(MldSnooping.ROUTER),
                Action.goTo(Table.MULTICAST))));
        return flows;
    }

    static Stream<Routers> routers(MulticastView view) {
        List<Page<PortKey>> pages = Pages.of(view.routers(), PortKey::value);
        if (pages.isEmpty() && view.outside()) {
            pages = List.of(new Page<>(0, List.of(), true));
        }
        return pages.stream().map(page -> new Routers(view.network(), page, view.outside()));
    }

    static List<Flow> pass(Routers routers) {
        Page<PortKey> page = routers.page();
        List<Flow> flows = new ArrayList<>();
        for (int type : REPORTS) {
            List<Action> actions = new ArrayList<>();
            if (page.number() == 0) {
                actions.add(Action.puntCopy(MldSnooping.REPORT));
            }
            actions.addAll(page.actions(Action.deliverToEach(page.receivers()), Table.MULTICAST));
            if (page.number() == 0 && routers.outside()) {
                actions.add(Action.goTo(Table.FLOOD_HOSTS));
            }
            Match match = message(type).and(Field.NETWORK, routers.network()).and(Field.FLOOD_PAGE, page.number());
            flows.add(new Flow(Table.MULTICAST, Priority.rank(9), match, actions));
        }
        return flows;
    }

    private static Match ofRouters(int type) {
        return ReceiverFlows.MULTICAST.and(Field.IP_PROTO, 58).and(Field.ICMPV6_TYPE, type);
    }

    private static Match message(int type) {
        return Match.ICMPV6.and(Field.ICMPV6_TYPE, type);
    }
}
