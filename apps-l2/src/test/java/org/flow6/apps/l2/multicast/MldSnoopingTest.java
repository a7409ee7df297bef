package org.flow6.apps.l2.multicast;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.flow6.flow.Action;
import org.flow6.flow.Field;
import org.flow6.flow.Flow;
import org.flow6.flow.GoldenFlows;
import org.flow6.flow.Table;
import org.flow6.network.Id;
import org.flow6.network.MulticastListener;
import org.flow6.network.MulticastRole;
import org.flow6.network.Network;
import org.flow6.network.NetworkSnapshot;
import org.flow6.network.Receiver;
import org.flow6.network.SourceFilter;
import org.flow6.network.SourceFilter.Mode;
import org.flow6.network.Tunnel;
import org.junit.jupiter.api.Test;
import org.projectfloodlight.openflow.types.IPv6Address;
import org.projectfloodlight.openflow.types.OFPort;

class MldSnoopingTest {
    private static final MldSnooping APP = new MldSnooping();
    private static final Id<Network> BLUE = Id.of("blue");
    private static final IPv6Address GROUP = IPv6Address.of("ff15::77");
    private static final IPv6Address SOURCE = IPv6Address.of("2001:db8:1::1");
    private static final Receiver HOST_B = new Receiver.OnHost(Id.of("hostB"));

    private static final String NETWORK = """
            hosts:
              - {name: hostA, tunnel_ip: "fd00::1"}
              - {name: hostB, tunnel_ip: "fd00::2"}
              - {name: hostC, tunnel_ip: "fd00::3"}
            networks: [{id: blue, flow6: {trusted_router: [router]}}]
            ports:
              - {id: vm1, network_id: blue, mac_address: "02:00:00:00:00:01", "binding:host_id": hostA}
              - {id: vm2, network_id: blue, mac_address: "02:00:00:00:00:02", "binding:host_id": hostA}
              - {id: fresh, network_id: blue, mac_address: "02:00:00:00:00:03", "binding:host_id": hostA}
              - {id: router, network_id: blue, mac_address: "02:00:00:00:00:04", "binding:host_id": hostA}
              - {id: there, network_id: blue, mac_address: "02:00:00:00:00:05", "binding:host_id": hostB}
              - {id: where, network_id: blue, mac_address: "02:00:00:00:00:06", "binding:host_id": hostC}
            """;

    private static Receiver port(String id) {
        return new Receiver.OnPort(Id.of(id));
    }

    private static MulticastListener listener(Receiver at, SourceFilter filter) {
        return new MulticastListener(BLUE, GROUP, at, filter);
    }

    private static NetworkSnapshot snapshot(List<MulticastRole> roles, MulticastListener... listeners) {
        return GoldenFlows.network(NETWORK, Map.of("vm1", 1, "vm2", 2, "fresh", 3, "router", 4))
                .edit()
                .host("hostA")
                .tunnel(Optional.of(new Tunnel(OFPort.of(99), Tunnel.Type.GENEVE)))
                .multicastRoles(roles)
                .multicastListeners(List.of(listeners))
                .update()
                .after();
    }

    /** All but the port that was not asked yet, and the host that has told nothing yet. */
    private static List<MulticastRole> known() {
        return List.of(
                new MulticastRole(BLUE, port("vm1"), MulticastRole.Kind.LISTENER),
                new MulticastRole(BLUE, port("vm2"), MulticastRole.Kind.LISTENER),
                new MulticastRole(BLUE, port("router"), MulticastRole.Kind.ROUTER),
                new MulticastRole(BLUE, HOST_B, MulticastRole.Kind.LISTENER));
    }

    private static List<Flow> flows(NetworkSnapshot snapshot, Table table) {
        return GoldenFlows.flows(APP, snapshot).stream()
                .filter(flow -> flow.table() == table)
                .toList();
    }

    @Test
    void groupsReachWhoListensHereAndElsewhere() throws Exception {
        NetworkSnapshot snapshot = snapshot(
                known(),
                listener(port("vm1"), SourceFilter.ALL),
                listener(port("vm2"), SourceFilter.of(Mode.INCLUDE, List.of(SOURCE))),
                listener(port("router"), SourceFilter.ALL),
                listener(HOST_B, SourceFilter.of(Mode.EXCLUDE, List.of(SOURCE))));
        GoldenFlows.check("multicast.flows", GoldenFlows.flows(APP, snapshot));
    }

    /** Whoever gets everything gets it once. */
    @Test
    void whoGetsEverythingIsNoListenerBesides() {
        List<Flow> without = GoldenFlows.flows(APP, snapshot(known()));
        assertThat(GoldenFlows.flows(
                        APP,
                        snapshot(
                                known(),
                                listener(port("router"), SourceFilter.ALL),
                                listener(port("fresh"), SourceFilter.ALL),
                                listener(new Receiver.OnHost(Id.of("hostC")), SourceFilter.ALL))))
                .containsExactlyInAnyOrderElementsOf(without);
    }

    @Test
    void listenersOfPortsThatAreNotHereMakeNoFlows() {
        List<Flow> without = GoldenFlows.flows(APP, snapshot(known()));
        assertThat(GoldenFlows.flows(
                        APP,
                        snapshot(
                                known(),
                                listener(port("there"), SourceFilter.ALL),
                                listener(port("nowhere"), SourceFilter.ALL),
                                listener(new Receiver.OnHost(Id.of("unlisted")), SourceFilter.ALL))))
                .containsExactlyInAnyOrderElementsOf(without);
    }

    @Test
    void whatCameFromATunnelGoesIntoNone() {
        NetworkSnapshot snapshot = snapshot(known(), listener(HOST_B, SourceFilter.ALL));
        for (Table table : List.of(Table.MULTICAST, Table.MULTICAST_HOSTS)) {
            assertThat(flows(snapshot, table).stream()
                            .filter(flow -> flow.actions().contains(Action.resubmit(Table.TUNNEL))))
                    .isNotEmpty()
                    .allMatch(flow -> flow.match().terms().stream()
                            .anyMatch(term -> term.field().equals(Field.FROM_TUNNEL)
                                    && term.value().getLsb() == 0));
        }
    }

    @Test
    void aGroupOfManyIsServedPageByPage() {
        int ports = 3000;
        String list = IntStream.range(0, ports)
                .mapToObj(i -> "  - {id: p%d, network_id: blue, mac_address: \"02:00:00:00:%02x:%02x\"}"
                        .formatted(i, i >> 8, i & 0xff))
                .collect(Collectors.joining("\n"));
        Map<String, Integer> bindings =
                IntStream.range(0, ports).boxed().collect(Collectors.toMap(i -> "p" + i, i -> i + 1));
        List<MulticastRole> roles = new ArrayList<>();
        List<MulticastListener> listeners = new ArrayList<>();
        for (String port : bindings.keySet()) {
            roles.add(new MulticastRole(BLUE, port(port), MulticastRole.Kind.LISTENER));
            listeners.add(listener(port(port), SourceFilter.ALL));
        }
        NetworkSnapshot snapshot = GoldenFlows.network("networks: [{id: blue}]\nports:\n" + list + "\n", bindings)
                .edit()
                .multicastRoles(roles)
                .multicastListeners(listeners)
                .update()
                .after();
        Set<Action> delivered = new HashSet<>();
        List<Flow> pages = flows(snapshot, Table.MULTICAST).stream()
                .filter(flow -> flow.actions().contains(Action.resubmit(Table.INGRESS)))
                .toList();
        assertThat(pages).hasSizeBetween(3, 50);
        pages.forEach(page -> page.actions().stream()
                .filter(action ->
                        action instanceof Action.Set set && set.field().equals(Field.DESTINATION_PORT))
                .forEach(action -> assertThat(delivered.add(action)).isTrue()));
        assertThat(delivered).hasSize(ports);
        assertThat(flows(snapshot, Table.MULTICAST_PORTS)).isEmpty();
    }
}
