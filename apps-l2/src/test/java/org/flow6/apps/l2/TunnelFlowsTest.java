package org.flow6.apps.l2;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.flow6.flow.Action;
import org.flow6.flow.Field;
import org.flow6.flow.Flow;
import org.flow6.flow.GoldenFlows;
import org.flow6.flow.Match;
import org.flow6.flow.Priority;
import org.flow6.flow.Table;
import org.flow6.network.HostKey;
import org.flow6.network.Id;
import org.flow6.network.Network;
import org.flow6.network.NetworkKey;
import org.flow6.network.NetworkSnapshot;
import org.flow6.network.PortKey;
import org.flow6.network.Tunnel;
import org.junit.jupiter.api.Test;
import org.projectfloodlight.openflow.types.IPv4Address;
import org.projectfloodlight.openflow.types.MacAddress;
import org.projectfloodlight.openflow.types.OFPort;

/** Networks on more than one host. */
class TunnelFlowsTest {
    private static final L2 APP = new L2();
    private static final OFPort TUNNEL_PORT = OFPort.of(99);
    private static final String SHARED_MAC = "02:00:00:00:00:77";

    private static final String THREE_HOSTS = """
            hosts:
              - {name: hostA, tunnel_ip: "fd00::1"}
              - {name: hostB, tunnel_ip: "fd00::2"}
              - {name: hostC, tunnel_ip: "fd00::3"}
            networks: [{id: blue}, {id: red}, {id: off, admin_state_up: false}]
            subnets: [{id: blue6, network_id: blue, ip_version: 6, cidr: "2001:db8:1::/64"}]
            ports:
              - {id: vm1, network_id: blue, mac_address: "02:00:00:00:00:01", "binding:host_id": hostA,
                 allowed_address_pairs: [{ip_address: "2001:db8:1::77", mac_address: "02:00:00:00:00:77"}]}
              - {id: vm2, network_id: blue, mac_address: "02:00:00:00:00:02", "binding:host_id": hostB,
                 allowed_address_pairs: [{ip_address: "2001:db8:1::77", mac_address: "02:00:00:00:00:77"}]}
              - {id: vm3, network_id: blue, mac_address: "02:00:00:00:00:03", "binding:host_id": hostC}
              - {id: down, network_id: blue, mac_address: "02:00:00:00:00:04", "binding:host_id": hostB,
                 admin_state_up: false}
              - {id: other, network_id: red, mac_address: "02:00:00:00:00:01", "binding:host_id": hostC}
              - {id: dark, network_id: off, mac_address: "02:00:00:00:00:05", "binding:host_id": hostB}
            """;

    private static NetworkSnapshot snapshot(String yaml, Tunnel.Type type) {
        return GoldenFlows.network(yaml, Map.of("vm1", 1))
                .edit()
                .host("hostA")
                .tunnel(Optional.of(new Tunnel(TUNNEL_PORT, type)))
                .update()
                .after();
    }

    private static List<Flow> flows(NetworkSnapshot snapshot) {
        return GoldenFlows.flows(APP, snapshot);
    }

    private static List<Flow> flows(String yaml, Tunnel.Type type, Table table) {
        return flows(snapshot(yaml, type)).stream()
                .filter(flow -> flow.table() == table)
                .toList();
    }

    @Test
    void reachesThreeHostsByGeneve() throws Exception {
        GoldenFlows.check("tunnels.flows", flows(snapshot(THREE_HOSTS, Tunnel.Type.GENEVE)));
    }

    @Test
    void vxlanOverIpv4TellsNoPort() {
        String yaml = THREE_HOSTS.replaceAll("fd00::([123])", "192.0.2.$1");
        HostKey hostB = key(snapshot(yaml, Tunnel.Type.VXLAN), "hostB");
        assertThat(flows(yaml, Tunnel.Type.VXLAN, Table.CLASSIFY))
                .contains(Flow.of(
                        Table.CLASSIFY,
                        Priority.rank(3),
                        Match.ANY.and(Field.IN_PORT, TUNNEL_PORT).and(Field.TUN_IPV4_SRC, IPv4Address.of("192.0.2.2")),
                        Action.set(Field.FROM_TUNNEL, true),
                        Action.goTo(Table.TUNNEL_NETWORK)));
        assertThat(flows(yaml, Tunnel.Type.VXLAN, Table.TUNNEL))
                .contains(Flow.of(
                        Table.TUNNEL,
                        Priority.rank(1),
                        Match.ANY.and(Field.DESTINATION_HOST, hostB),
                        Action.set(Field.TUN_IPV4_DST, IPv4Address.of("192.0.2.2")),
                        Action.move(Field.NETWORK, Field.TUN_ID),
                        Action.output(TUNNEL_PORT)));
    }

    @Test
    void takesFromTunnelsOnlyWhatIsOfKnownHostsAndNetworks() {
        assertThat(flows(THREE_HOSTS, Tunnel.Type.GENEVE, Table.CLASSIFY))
                .contains(Flow.of(
                        Table.CLASSIFY,
                        Priority.rank(2),
                        Match.ANY.and(Field.IN_PORT, TUNNEL_PORT),
                        Action.drop(TunnelFlows.UNKNOWN_HOST)));
        // Of its own host's address nobody else may send, and what is down takes nothing.
        assertThat(flows(THREE_HOSTS, Tunnel.Type.GENEVE, Table.CLASSIFY).stream()
                        .filter(flow -> flow.priority().equals(Priority.rank(3))))
                .hasSize(2);
        assertThat(flows(THREE_HOSTS, Tunnel.Type.GENEVE, Table.TUNNEL_NETWORK)).hasSize(2);
    }

    /** The framework's flows of reasons that concern packets from other hosts rank higher. */
    @Test
    void nothingElseFromATunnelIsPunted() {
        assertThat(flows(THREE_HOSTS, Tunnel.Type.GENEVE, Table.PUNT))
                .containsExactly(Flow.of(
                        Table.PUNT,
                        Priority.rank(2),
                        Match.ANY.and(Field.IN_PORT, TUNNEL_PORT),
                        Action.drop(TunnelFlows.NOT_PUNTED)));
    }

    @Test
    void aSharedMacAddressIsOnEveryHostOfItsPortsAndOneTunnelAway() {
        NetworkSnapshot snapshot = snapshot(THREE_HOSTS, Tunnel.Type.GENEVE);
        PortKey vm1 = snapshot.port(Id.of("vm1")).orElseThrow().key();
        assertThat(station(flows(snapshot), SHARED_MAC))
                .hasSize(2)
                .anySatisfy(flow -> {
                    assertThat(flow.match().terms()).anyMatch(term -> isFromTunnel(term, 0));
                    List<Action> all = new ArrayList<>(Action.deliverToEach(List.of(vm1)));
                    all.addAll(Action.sendToEach(List.of(key(snapshot, "hostB"))));
                    assertThat(flow.actions()).isEqualTo(all);
                })
                .anySatisfy(flow -> {
                    assertThat(flow.match().terms()).anyMatch(term -> isFromTunnel(term, 1));
                    assertThat(flow.actions())
                            .containsExactly(Action.set(Field.DESTINATION_PORT, vm1), Action.goTo(Table.INGRESS));
                });
    }

    /** Both hosts may think that the port is with the other: neither sends back what came from there. */
    @Test
    void whatCameFromATunnelGoesIntoNone() {
        assertThat(flows(THREE_HOSTS, Tunnel.Type.GENEVE, Table.FLOOD_HOSTS))
                .isNotEmpty()
                .allMatch(flow -> flow.match().terms().stream().anyMatch(term -> isFromTunnel(term, 0)));
        List<Flow> tunnel = flows(THREE_HOSTS, Tunnel.Type.GENEVE, Table.TUNNEL);
        Flow loop = Flow.of(
                Table.TUNNEL, Priority.rank(3), Match.ANY.and(Field.FROM_TUNNEL, true), Action.drop(TunnelFlows.LOOP));
        assertThat(tunnel).contains(loop);
        assertThat(tunnel)
                .allMatch(flow -> flow.equals(loop)
                        || flow.priority().value() < loop.priority().value());
    }

    @Test
    void aPortThatMovesChangesItsStationAlone() {
        Set<Flow> before = new HashSet<>(flows(snapshot(THREE_HOSTS, Tunnel.Type.GENEVE)));
        String moved = THREE_HOSTS.replace(
                "\"02:00:00:00:00:03\", \"binding:host_id\": hostC",
                "\"02:00:00:00:00:03\", \"binding:host_id\": hostB");
        List<Flow> changed = flows(snapshot(moved, Tunnel.Type.GENEVE)).stream()
                .filter(flow -> !before.contains(flow))
                .toList();
        // Besides, nobody of the network is left on the host that it was on.
        assertThat(changed).extracting(Flow::table).containsExactlyInAnyOrder(Table.BRIDGE, Table.FLOOD_HOSTS);
        assertThat(station(changed, "02:00:00:00:00:03")).hasSize(1);
    }

    @Test
    void withoutATunnelNothingIsTakenForOne() {
        NetworkSnapshot none = snapshot(THREE_HOSTS, Tunnel.Type.GENEVE)
                .edit()
                .tunnel(Optional.empty())
                .update()
                .after();
        assertThat(flows(none).stream().map(Flow::table))
                .doesNotContain(Table.TUNNEL, Table.TUNNEL_NETWORK, Table.PUNT);
        // What is for other hosts is dropped by the miss of the tunnels' table, and counted there.
        assertThat(station(flows(none), "02:00:00:00:00:03"))
                .singleElement()
                .satisfies(flow -> assertThat(flow.actions()).last().isEqualTo(Action.goTo(Table.TUNNEL)));
    }

    @Test
    void flowsAreAsManyAsHostsAndNetworks() {
        assertThat(flowsOfTables(20, 30)).isEqualTo(flowsOfTables(10, 10) + 2 * 10 + 20);
    }

    /** How many flows there are of tunnels and of what comes from them, with a port of each network on each host. */
    private static long flowsOfTables(int hosts, int networks) {
        String yaml = "hosts:\n"
                + lines(hosts, i -> "- {name: host%d, tunnel_ip: \"fd00::%x\"}".formatted(i, i + 1))
                + "networks:\n"
                + lines(networks, i -> "- {id: n%d}".formatted(i))
                + "ports:\n"
                + lines(hosts * networks, i -> ("- {id: p%d, network_id: n%d, mac_address: \"02:00:00:00:00:%02x\", "
                                + "\"binding:host_id\": host%d}")
                        .formatted(i, i / hosts, i % hosts, i % hosts));
        NetworkSnapshot snapshot = GoldenFlows.network(yaml, Map.of())
                .edit()
                .host("host0")
                .tunnel(Optional.of(new Tunnel(TUNNEL_PORT, Tunnel.Type.GENEVE)))
                .update()
                .after();
        return flows(snapshot).stream()
                .filter(flow -> Set.of(Table.CLASSIFY, Table.TUNNEL_NETWORK, Table.TUNNEL)
                        .contains(flow.table()))
                .count();
    }

    private static String lines(int count, IntFunction<String> line) {
        return IntStream.range(0, count).mapToObj(line).collect(Collectors.joining("\n", "", "\n"));
    }

    private static Stream<Flow> stationsOf(List<Flow> flows, String mac) {
        return flows.stream().filter(flow -> flow.table() == Table.BRIDGE).filter(flow -> flow.match().terms().stream()
                .anyMatch(term -> term.field().equals(Field.ETH_DST)
                        && term.value().getLsb() == MacAddress.of(mac).getLong()));
    }

    private static List<Flow> station(List<Flow> flows, String mac) {
        return stationsOf(flows, mac).toList();
    }

    private static boolean isFromTunnel(Match.Term term, long value) {
        return term.field().equals(Field.FROM_TUNNEL) && term.value().getLsb() == value;
    }

    private static HostKey key(NetworkSnapshot snapshot, String host) {
        return snapshot.host(Id.of(host)).orElseThrow().key();
    }

    @Test
    void networksAreKnownByTheSameKeyOnEveryHost() {
        for (String network : List.of("blue", "red")) {
            assertThat(snapshot(THREE_HOSTS, Tunnel.Type.GENEVE)
                            .network(Id.<Network>of(network))
                            .orElseThrow()
                            .key())
                    .isEqualTo(NetworkKey.of(Id.of(network)));
        }
    }
}
