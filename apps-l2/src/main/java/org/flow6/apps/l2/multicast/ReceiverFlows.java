package org.flow6.apps.l2.multicast;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.flow6.apps.l2.Pages;
import org.flow6.apps.l2.Pages.Page;
import org.flow6.flow.Action;
import org.flow6.flow.Derivation;
import org.flow6.flow.Field;
import org.flow6.flow.Flow;
import org.flow6.flow.Match;
import org.flow6.flow.Priority;
import org.flow6.flow.Scope;
import org.flow6.flow.Table;
import org.flow6.network.HostKey;
import org.flow6.network.IpPrefix;
import org.flow6.network.MulticastGroupView;
import org.flow6.network.MulticastGroupView.Wish;
import org.flow6.network.MulticastView;
import org.flow6.network.NetworkKey;
import org.flow6.network.PortKey;
import org.flow6.packets.SolicitedNode;
import org.jspecify.annotations.Nullable;
import org.projectfloodlight.openflow.types.IPv6Address;
import org.projectfloodlight.openflow.types.MacAddress;

/**
 * Who gets which multicast packets: by group and source those who listen, then those who get everything. First what is here,
 * as what is set for a tunnel stays on the packet.
 */
final class ReceiverFlows {
    private static final MacAddress MULTICAST_BIT = MacAddress.of("01:00:00:00:00:00");
    private static final IpPrefix ALL = IpPrefix.parse("ff00::/8");
    private static final IpPrefix ALL_NODES = IpPrefix.parse("ff02::1/128");
    private static final IpPrefix SOLICITED_NODES = IpPrefix.parse("ff02::1:ff00:0/104");

    /** In no VLAN of a port's own, which is not of the network. */
    static final Match MULTICAST = Match.ANY
            .and(Field.ETH_DST, MULTICAST_BIT, MULTICAST_BIT)
            .and(Field.VLAN_VID, 0)
            .and(Field.ETH_TYPE, 0x86dd)
            .andIpv6(Field.IPV6_DST, ALL);

    /** Ports that listen to a group. */
    private record Listeners(Destination to, Page<PortKey> page, List<HostKey> hosts) {}

    /** @param source null: every one that has no flow of its own */
    private record Destination(
            NetworkKey network, IPv6Address group, @Nullable IPv6Address source) {
        Match match() {
            Match match = Match.IPV6.and(Field.NETWORK, network).and(Field.IPV6_DST, group);
            return source == null ? match : match.and(Field.IPV6_SRC, source);
        }

        Priority priority() {
            return Priority.rank(source == null ? 3 : 4);
        }
    }

    private record Everything(NetworkKey network, Page<PortKey> page) {}

    private record Outside(NetworkKey network) {}

    private record EverythingElsewhere(NetworkKey network, Page<HostKey> page) {}

    private ReceiverFlows() {}

    static List<Derivation<?, ?, ?>> derivations() {
        return List.of(
                new Derivation<>("listeners", Scope.MULTICAST_GROUP, ReceiverFlows::listeners, ReceiverFlows::deliver),
                new Derivation<>("all here", Scope.MULTICAST, ReceiverFlows::here, ReceiverFlows::deliver),
                new Derivation<>("all elsewhere", Scope.MULTICAST, ReceiverFlows::elsewhere, ReceiverFlows::send),
                new Derivation<>("all outside", Scope.MULTICAST, ReceiverFlows::outside, ReceiverFlows::send));
    }

    /** What is the same for all networks. */
    static List<Flow> common() {
        List<Flow> flows = new ArrayList<>();
        for (int flags = 0; flags < 16; flags++) {
            for (int scope = 0; scope < 2; scope++) {
                IpPrefix prefix = IpPrefix.parse("ff%x%x::/16".formatted(flags, scope));
                flows.add(flow(7, Match.IPV6.andIpv6(Field.IPV6_DST, prefix), Action.drop(MulticastDrop.SCOPE)));
            }
        }
        flows.add(flow(
                5,
                Match.IPV6.andIpv6(Field.IPV6_DST, ALL_NODES),
                Action.resubmit(Table.FLOOD),
                Action.goTo(Table.FLOOD_HOSTS)));
        // Other hosts are not told who listens to these: each host has some of its own.
        flows.add(flow(
                2,
                Match.IPV6.andIpv6(Field.IPV6_DST, SOLICITED_NODES),
                Action.resubmit(Table.MULTICAST_PORTS),
                Action.goTo(Table.FLOOD_HOSTS)));
        flows.add(flow(1, Match.IPV6, Action.resubmit(Table.MULTICAST_PORTS), Action.goTo(Table.MULTICAST_HOSTS)));
        return flows;
    }

    private static Flow flow(int rank, Match match, Action... actions) {
        return Flow.of(Table.MULTICAST, Priority.rank(rank), match, actions);
    }

    private static Stream<Listeners> listeners(MulticastGroupView view) {
        Set<Optional<IPv6Address>> sources = new LinkedHashSet<>();
        sources.add(Optional.empty());
        Stream.concat(view.ports().stream(), view.hosts().stream())
                .flatMap(wish -> wish.filter().sources().stream())
                .forEach(source -> sources.add(Optional.of(source)));
        return sources.stream().flatMap(source -> listeners(view, source.orElse(null)));
    }

    /** One that only names sources which nobody wants has a flow, too, for these have one of the group otherwise. */
    private static Stream<Listeners> listeners(MulticastGroupView view, @Nullable IPv6Address source) {
        Destination to = new Destination(view.network(), view.group(), source);
        List<HostKey> hosts = who(view.hosts(), source);
        List<Page<PortKey>> pages = Pages.of(who(view.ports(), source), PortKey::value);
        if (pages.isEmpty()) {
            return Stream.of(new Listeners(to, new Page<>(0, List.of(), true), hosts));
        }
        return pages.stream().map(page -> new Listeners(to, page, page.number() == 0 ? hosts : List.of()));
    }

    private static <K> List<K> who(List<Wish<K>> wishes, @Nullable IPv6Address source) {
        return wishes.stream()
                .filter(wish -> source == null
                        ? wish.filter().wantsOthers()
                        : wish.filter().wants(source))
                .map(Wish::of)
                .toList();
    }

    private static List<Flow> deliver(Listeners listeners) {
        Page<PortKey> page = listeners.page();
        Destination to = listeners.to();
        Match match = to.match().and(Field.FLOOD_PAGE, page.number());
        List<Action> here = page.actions(Action.deliverToEach(page.receivers()), Table.MULTICAST);
        if (page.number() > 0) {
            return List.of(new Flow(Table.MULTICAST, to.priority(), match, here));
        }
        here = new ArrayList<>(here);
        here.add(Action.resubmit(Table.MULTICAST_PORTS));
        List<Action> all = new ArrayList<>(here);
        boolean solicited = SolicitedNode.includes(to.group());
        if (!solicited) {
            all.addAll(Action.sendToEach(listeners.hosts()));
        }
        all.add(Action.goTo(solicited ? Table.FLOOD_HOSTS : Table.MULTICAST_HOSTS));
        if (listeners.hosts().isEmpty()) {
            return List.of(new Flow(Table.MULTICAST, to.priority(), match, all));
        }
        return List.of(
                new Flow(Table.MULTICAST, to.priority(), match.and(Field.FROM_TUNNEL, false), all),
                new Flow(Table.MULTICAST, to.priority(), match.and(Field.FROM_TUNNEL, true), here));
    }

    private static Stream<Everything> here(MulticastView view) {
        return Pages.of(view.ports(), PortKey::value).stream().map(page -> new Everything(view.network(), page));
    }

    private static List<Flow> deliver(Everything all) {
        Page<PortKey> page = all.page();
        Match match = Match.ANY.and(Field.NETWORK, all.network()).and(Field.FLOOD_PAGE, page.number());
        List<Action> actions = page.actions(Action.deliverToEach(page.receivers()), Table.MULTICAST_PORTS);
        return List.of(new Flow(Table.MULTICAST_PORTS, Priority.rank(1), match, actions));
    }

    private static Stream<Outside> outside(MulticastView view) {
        return view.outside() ? Stream.of(new Outside(view.network())) : Stream.empty();
    }

    private static List<Flow> send(Outside outside) {
        Match match = Match.ANY.and(Field.NETWORK, outside.network());
        return List.of(Flow.of(Table.MULTICAST_HOSTS, Priority.rank(2), match, Action.goTo(Table.FLOOD_HOSTS)));
    }

    private static Stream<EverythingElsewhere> elsewhere(MulticastView view) {
        return Pages.of(view.hosts(), HostKey::value).stream()
                .map(page -> new EverythingElsewhere(view.network(), page));
    }

    private static List<Flow> send(EverythingElsewhere all) {
        Page<HostKey> page = all.page();
        Match match = Match.ANY
                .and(Field.NETWORK, all.network())
                .and(Field.FLOOD_PAGE, page.number())
                .and(Field.FROM_TUNNEL, false);
        List<Action> actions = page.actions(Action.sendToEach(page.receivers()), Table.MULTICAST_HOSTS);
        return List.of(new Flow(Table.MULTICAST_HOSTS, Priority.rank(1), match, actions));
    }
}
