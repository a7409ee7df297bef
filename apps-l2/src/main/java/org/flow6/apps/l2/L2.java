package org.flow6.apps.l2;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.flow6.flow.Action;
import org.flow6.flow.Derivation;
import org.flow6.flow.Field;
import org.flow6.flow.Flow;
import org.flow6.flow.FlowApp;
import org.flow6.flow.Match;
import org.flow6.flow.Priority;
import org.flow6.flow.Scope;
import org.flow6.flow.Table;
import org.flow6.network.MacView;
import org.flow6.network.NetworkKey;
import org.flow6.network.NetworkView;
import org.flow6.network.PortKey;
import org.flow6.network.PortView;
import org.projectfloodlight.openflow.types.MacAddress;
import org.projectfloodlight.openflow.types.OFPort;

/**
 * Bridges each network: a packet's port tells its network, and it reaches only ports of that network. Destinations are
 * known, never learned: unicast goes to the ports that may use the MAC address, multicast to all members.
 */
public final class L2 implements FlowApp {
    /**
     * Members in one flow: a page ends at a member whose key ends in so many zeros, not by count, so that one member
     * more or less changes its own page alone. Keys are hashes. More than the most would outgrow OpenFlow's 64 KiB.
     */
    private static final int LEAST_IN_PAGE = 64;

    private static final int END_OF_PAGE = 0x7f;
    private static final int MOST_IN_PAGE = 1024;

    private static final MacAddress MULTICAST_BIT = MacAddress.of("01:00:00:00:00:00");

    private record Attachment(OFPort ofPort, PortKey port, NetworkKey network) {}

    /** More than one port may use a virtual MAC address (allowed address pairs); each then gets its packets. */
    private record Station(NetworkKey network, MacAddress mac, List<PortKey> ports) {}

    private record Members(NetworkKey network, int page, List<PortKey> ports, boolean last) {}

    @Override
    public String name() {
        return "l2";
    }

    @Override
    public List<Derivation<?, ?, ?>> derivations() {
        return List.of(
                new Derivation<>("ports", Scope.PORT, L2::attachment, L2::attach),
                new Derivation<>("stations", Scope.MAC, L2::station, L2::bridge),
                new Derivation<>("members", Scope.NETWORK, L2::members, L2::flood),
                new Derivation<>("multicast", Scope.ALWAYS, Stream::of, always -> List.of(multicast())));
    }

    private static Stream<Attachment> attachment(PortView port) {
        return port.ofPort().stream().map(ofPort -> new Attachment(ofPort, port.key(), port.networkKey()));
    }

    private static List<Flow> attach(Attachment port) {
        return List.of(
                Flow.of(
                        Table.CLASSIFY,
                        Priority.rank(1),
                        Match.ANY.and(Field.IN_PORT, port.ofPort()),
                        Action.set(Field.NETWORK, port.network()),
                        Action.set(Field.SOURCE_PORT, port.port()),
                        Action.goTo(Table.GUARD)),
                Flow.of(
                        Table.DELIVER,
                        Priority.rank(1),
                        Match.ANY.and(Field.DESTINATION_PORT, port.port()),
                        Action.output(port.ofPort())));
    }

    private static Stream<Station> station(MacView view) {
        return Stream.of(new Station(view.network(), view.mac(), view.boundPorts()));
    }

    private static List<Flow> bridge(Station station) {
        Match match = Match.ANY.and(Field.NETWORK, station.network()).and(Field.ETH_DST, station.mac());
        List<Action> actions = station.ports().size() == 1
                ? List.of(Action.set(Field.DESTINATION_PORT, station.ports().get(0)), Action.goTo(Table.INGRESS))
                : Action.deliverToEach(station.ports());
        return List.of(new Flow(Table.BRIDGE, Priority.rank(1), match, actions));
    }

    /** Ahead of the stations, so that one datapath flow serves all multicast groups of a network. */
    private static Flow multicast() {
        return Flow.of(
                Table.BRIDGE,
                Priority.rank(2),
                Match.ANY.and(Field.ETH_DST, MULTICAST_BIT, MULTICAST_BIT),
                Action.goTo(Table.FLOOD));
    }

    private static Stream<Members> members(NetworkView view) {
        List<PortKey> ports = view.boundPorts();
        List<Members> pages = new ArrayList<>();
        int from = 0;
        for (int i = 0; i < ports.size(); i++) {
            int count = i + 1 - from;
            boolean last = i == ports.size() - 1;
            boolean end = (ports.get(i).value() & END_OF_PAGE) == 0 && count >= LEAST_IN_PAGE;
            if (end || last || count == MOST_IN_PAGE) {
                pages.add(new Members(view.key(), pages.size(), List.copyOf(ports.subList(from, i + 1)), last));
                from = i + 1;
            }
        }
        return pages.stream();
    }

    private static List<Flow> flood(Members members) {
        List<Action> actions = new ArrayList<>(Action.deliverToEach(members.ports()));
        if (!members.last()) {
            actions.add(Action.set(Field.FLOOD_PAGE, members.page() + 1));
            actions.add(Action.resubmit(Table.FLOOD));
        }
        Match match = Match.ANY.and(Field.NETWORK, members.network()).and(Field.FLOOD_PAGE, members.page());
        return List.of(new Flow(Table.FLOOD, Priority.rank(1), match, actions));
    }
}
