package org.flow6.apps.l2;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.flow6.apps.l2.Pages.Page;
import org.flow6.flow.Action;
import org.flow6.flow.Derivation;
import org.flow6.flow.DropReason;
import org.flow6.flow.Field;
import org.flow6.flow.Flow;
import org.flow6.flow.FlowApp;
import org.flow6.flow.Match;
import org.flow6.flow.Priority;
import org.flow6.flow.Scope;
import org.flow6.flow.Table;
import org.flow6.network.HostKey;
import org.flow6.network.MacView;
import org.flow6.network.NetworkKey;
import org.flow6.network.NetworkView;
import org.flow6.network.PortKey;
import org.flow6.network.PortView;
import org.projectfloodlight.openflow.types.MacAddress;
import org.projectfloodlight.openflow.types.OFPort;

/**
 * Bridges each network: a packet's port tells its network, and it reaches only ports of that network. Destinations are
 * known, never learned: unicast goes to the ports that may use the MAC address, multicast to all members; to those on other
 * hosts by {@linkplain TunnelFlows tunnels}, or by the {@linkplain ProviderFlows physical network} that they are all on.
 */
public final class L2 implements FlowApp {
    private static final MacAddress MULTICAST_BIT = MacAddress.of("01:00:00:00:00:00");

    private record Attachment(OFPort ofPort, PortKey port, NetworkKey network, boolean outside) {}

    /** More than one port may use a virtual MAC address (allowed address pairs); each then gets its packets. */
    private record Station(NetworkKey network, MacAddress mac, List<PortKey> ports, List<HostKey> hosts) {}

    private record Members(NetworkKey network, Page<PortKey> page) {}

    @Override
    public String name() {
        return "l2";
    }

    @Override
    public List<Derivation<?, ?, ?>> derivations() {
        List<Derivation<?, ?, ?>> derivations = new ArrayList<>(TunnelFlows.derivations());
        derivations.addAll(List.of(
                new Derivation<>("outside", Scope.NETWORK, ProviderFlows::of, ProviderFlows::flows),
                new Derivation<>("ports", Scope.PORT, L2::attachment, L2::attach),
                new Derivation<>("stations", Scope.MAC, L2::station, L2::bridge),
                new Derivation<>("members", Scope.NETWORK, L2::members, L2::flood),
                new Derivation<>("multicast", Scope.ALWAYS, Stream::of, always -> List.of(multicast()))));
        return derivations;
    }

    @Override
    public List<DropReason> drops() {
        List<DropReason> drops = new ArrayList<>(TunnelFlows.DROPS);
        drops.add(ProviderFlows.TAGGED);
        return drops;
    }

    private static Stream<Attachment> attachment(PortView port) {
        return port.ofPort().stream()
                .map(ofPort -> new Attachment(
                        ofPort, port.key(), port.networkKey(), port.port().isProvider()));
    }

    private static List<Flow> attach(Attachment port) {
        List<Action> classify = new ArrayList<>(
                List.of(Action.set(Field.NETWORK, port.network()), Action.set(Field.SOURCE_PORT, port.port())));
        if (port.outside()) {
            classify.add(Action.set(Field.FROM_OUTSIDE, true));
        }
        classify.add(Action.goTo(Table.GUARD));
        return List.of(
                new Flow(Table.CLASSIFY, Priority.rank(1), Match.ANY.and(Field.IN_PORT, port.ofPort()), classify),
                Flow.of(
                        Table.DELIVER,
                        Priority.rank(1),
                        Match.ANY.and(Field.DESTINATION_PORT, port.port()),
                        Action.output(port.ofPort())));
    }

    private static Stream<Station> station(MacView view) {
        return Stream.of(new Station(view.network(), view.mac(), view.boundPorts(), view.remoteHosts()));
    }

    private static List<Flow> bridge(Station station) {
        Match match = Match.ANY.and(Field.NETWORK, station.network()).and(Field.ETH_DST, station.mac());
        List<PortKey> ports = station.ports();
        List<HostKey> hosts = station.hosts();
        if (hosts.isEmpty()) {
            return List.of(new Flow(Table.BRIDGE, Priority.rank(1), match, deliver(ports)));
        }
        if (ports.isEmpty() && hosts.size() == 1) {
            Action set = Action.set(Field.DESTINATION_HOST, hosts.get(0));
            return List.of(Flow.of(Table.BRIDGE, Priority.rank(1), match, set, Action.goTo(Table.TUNNEL)));
        }
        // What came from a host was sent to all of them by that one.
        List<Action> toAll = new ArrayList<>(Action.deliverToEach(ports));
        toAll.addAll(Action.sendToEach(hosts));
        List<Action> toOwn = ports.isEmpty() ? List.of(Action.goTo(Table.TUNNEL)) : deliver(ports);
        return List.of(
                new Flow(Table.BRIDGE, Priority.rank(1), match.and(Field.FROM_TUNNEL, false), toAll),
                new Flow(Table.BRIDGE, Priority.rank(1), match.and(Field.FROM_TUNNEL, true), toOwn));
    }

    private static List<Action> deliver(List<PortKey> ports) {
        return ports.size() == 1
                ? List.of(Action.set(Field.DESTINATION_PORT, ports.get(0)), Action.goTo(Table.INGRESS))
                : Action.deliverToEach(ports);
    }

    /**
     * Ahead of the stations, so that one datapath flow serves all multicast groups of a network. First what is here: what
     * is set for a tunnel stays on the packet.
     */
    private static Flow multicast() {
        return Flow.of(
                Table.BRIDGE,
                Priority.rank(2),
                Match.ANY.and(Field.ETH_DST, MULTICAST_BIT, MULTICAST_BIT),
                Action.resubmit(Table.FLOOD),
                Action.goTo(Table.FLOOD_HOSTS));
    }

    private static Stream<Members> members(NetworkView view) {
        return Pages.of(view.boundPorts(), PortKey::value).stream().map(page -> new Members(view.key(), page));
    }

    private static List<Flow> flood(Members members) {
        Page<PortKey> page = members.page();
        Match match = Match.ANY.and(Field.NETWORK, members.network()).and(Field.FLOOD_PAGE, page.number());
        List<Action> actions = page.actions(Action.deliverToEach(page.receivers()), Table.FLOOD);
        return List.of(new Flow(Table.FLOOD, Priority.rank(1), match, actions));
    }
}
