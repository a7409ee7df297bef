package org.flow6.apps.l2;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.flow6.apps.l2.Pages.Page;
import org.flow6.flow.Action;
import org.flow6.flow.Derivation;
import org.flow6.flow.DropReason;
import org.flow6.flow.Field;
import org.flow6.flow.Flow;
import org.flow6.flow.Match;
import org.flow6.flow.Priority;
import org.flow6.flow.Scope;
import org.flow6.flow.Table;
import org.flow6.flow.TunnelMatch;
import org.flow6.network.HostKey;
import org.flow6.network.HostView;
import org.flow6.network.NetworkKey;
import org.flow6.network.NetworkView;
import org.flow6.network.Tunnel;
import org.projectfloodlight.openflow.types.IPAddress;
import org.projectfloodlight.openflow.types.IPv4Address;
import org.projectfloodlight.openflow.types.IPv6Address;
import org.projectfloodlight.openflow.types.OFPort;

/**
 * Carries packets of networks to other hosts and takes theirs: the sender's host has checked them, the receiver's asks its
 * rules. A packet goes through one tunnel at most, so no disagreement of hosts about where a port is makes a loop. Flows are
 * as many as hosts and networks, not as many as pairs of them.
 */
final class TunnelFlows {
    static final DropReason UNKNOWN_HOST =
            new DropReason(150, "tunnel-unknown-host", "from a tunnel, but from no host that the network file lists");
    static final DropReason LOOP =
            new DropReason(153, "tunnel-loop", "from another host and for another host: its port has just moved");
    static final DropReason OWN_HOST_ONLY = new DropReason(
            154,
            "tunnel-own-host-only",
            "solicitations, Router Advertisements, multicast listener queries and DHCPv6, which stay on their host");
    static final DropReason NOT_PUNTED = new DropReason(
            155,
            "tunnel-not-punted",
            "from another host, and for the controller, but to be answered by the sender's host alone");

    static final List<DropReason> DROPS = List.of(UNKNOWN_HOST, LOOP, OWN_HOST_ONLY, NOT_PUNTED);

    private static final int UDP = 17;
    /** Multicast Listener Query (RFC 3810 §5.1), Router Solicitation, Router Advertisement, Neighbor Solicitation. */
    private static final int[] ICMPV6_TYPES = {130, 133, 134, 135};
    /** RFC 8415 §7.2: of clients, of servers and relay agents. */
    private static final int[] DHCPV6_PORTS = {546, 547};

    private record End(Tunnel tunnel) {}

    private record FarEnd(HostKey host, IPAddress<?> address, Tunnel tunnel) {}

    private record TunneledNetwork(NetworkKey key) {}

    private record RemoteMembers(NetworkKey network, Page<HostKey> page) {}

    private TunnelFlows() {}

    static List<Derivation<?, ?, ?>> derivations() {
        return List.of(
                new Derivation<>("tunnel", Scope.TUNNEL, tunnel -> Stream.of(new End(tunnel)), TunnelFlows::checks),
                new Derivation<>("hosts", Scope.HOST, TunnelFlows::farEnd, TunnelFlows::toAndFrom),
                new Derivation<>("tunneled networks", Scope.NETWORK, TunnelFlows::tunneled, TunnelFlows::accept),
                new Derivation<>("remote members", Scope.NETWORK, TunnelFlows::remoteMembers, TunnelFlows::flood));
    }

    /** What may not come from a tunnel, and what may not go into one. */
    private static List<Flow> checks(End end) {
        Match fromTunnel = Match.ANY.and(Field.IN_PORT, end.tunnel().ofPort());
        List<Flow> flows = new ArrayList<>(List.of(
                Flow.of(Table.CLASSIFY, Priority.rank(2), fromTunnel, Action.drop(UNKNOWN_HOST)),
                // What is punted from there all the same ranks higher.
                Flow.of(Table.PUNT, Priority.rank(2), fromTunnel, Action.drop(NOT_PUNTED)),
                Flow.of(Table.TUNNEL, Priority.rank(3), Match.ANY.and(Field.FROM_TUNNEL, true), Action.drop(LOOP))));
        Stream.concat(
                        IntStream.of(ICMPV6_TYPES).mapToObj(type -> Match.ICMPV6.and(Field.ICMPV6_TYPE, type)),
                        IntStream.of(DHCPV6_PORTS)
                                .mapToObj(port ->
                                        Match.IPV6.and(Field.IP_PROTO, UDP).and(Field.UDP_DST, port)))
                .forEach(
                        match -> flows.add(Flow.of(Table.TUNNEL, Priority.rank(2), match, Action.drop(OWN_HOST_ONLY))));
        return flows;
    }

    private static Stream<FarEnd> farEnd(HostView view) {
        return Stream.of(new FarEnd(view.key(), view.host().tunnelIp(), view.tunnel()));
    }

    private static List<Flow> toAndFrom(FarEnd end) {
        OFPort port = end.tunnel().ofPort();
        boolean tellsPort = end.tunnel().type() == Tunnel.Type.GENEVE;
        List<Action> from = new ArrayList<>(List.of(Action.set(Field.FROM_TUNNEL, true)));
        if (tellsPort) {
            from.add(Action.move(Field.TUN_METADATA0, Field.SOURCE_PORT));
        }
        from.add(Action.goTo(Table.TUNNEL_NETWORK));
        List<Action> to =
                new ArrayList<>(List.of(destination(end.address()), Action.move(Field.NETWORK, Field.TUN_ID)));
        if (tellsPort) {
            to.add(Action.move(Field.SOURCE_PORT, Field.TUN_METADATA0));
        }
        to.add(Action.output(port));
        return List.of(
                new Flow(Table.CLASSIFY, Priority.rank(3), TunnelMatch.from(port, end.address()), from),
                new Flow(Table.TUNNEL, Priority.rank(1), Match.ANY.and(Field.DESTINATION_HOST, end.host()), to));
    }

    private static Action destination(IPAddress<?> address) {
        return address instanceof IPv6Address v6
                ? Action.set(Field.TUN_IPV6_DST, v6)
                : Action.set(Field.TUN_IPV4_DST, (IPv4Address) address);
    }

    private static Stream<TunneledNetwork> tunneled(NetworkView view) {
        return view.tunneled() ? Stream.of(new TunneledNetwork(view.key())) : Stream.empty();
    }

    /** Past the guard, the sender's rules and the services: that was done where the packet came from. */
    private static List<Flow> accept(TunneledNetwork network) {
        return List.of(Flow.of(
                Table.TUNNEL_NETWORK,
                Priority.rank(1),
                Match.ANY.and(Field.TUN_ID, network.key()),
                Action.set(Field.NETWORK, network.key()),
                Action.goTo(Table.ROUTER)));
    }

    private static Stream<RemoteMembers> remoteMembers(NetworkView view) {
        return Pages.of(view.remoteHosts(), HostKey::value).stream().map(page -> new RemoteMembers(view.key(), page));
    }

    private static List<Flow> flood(RemoteMembers members) {
        Page<HostKey> page = members.page();
        Match match = Match.ANY
                .and(Field.NETWORK, members.network())
                .and(Field.FLOOD_PAGE, page.number())
                .and(Field.FROM_TUNNEL, false);
        List<Action> actions = page.actions(Action.sendToEach(page.receivers()), Table.FLOOD_HOSTS);
        return List.of(new Flow(Table.FLOOD_HOSTS, Priority.rank(1), match, actions));
    }
}
