package org.flow6.apps.l3;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.flow6.flow.Action;
import org.flow6.flow.Field;
import org.flow6.flow.Flow;
import org.flow6.flow.FlowSyntax;
import org.flow6.flow.GoldenFlows;
import org.flow6.flow.Table;
import org.flow6.network.Host;
import org.flow6.network.HostKey;
import org.flow6.network.Id;
import org.flow6.network.NetworkSnapshot;
import org.flow6.network.Tunnel;
import org.junit.jupiter.api.Test;
import org.projectfloodlight.openflow.types.OFPort;

/** A router on blue whose gateway on out is on hostA or hostB. */
class GatewayTest {
    private static final L3 APP = new L3();
    private static final Id<Host> A = Id.of("hostA");
    private static final Id<Host> B = Id.of("hostB");
    private static final String NETWORK = """
            hosts:
              - {name: hostA, tunnel_ip: "fd00::1", physical_networks: [physnet1]}
              - {name: hostB, tunnel_ip: "fd00::2", physical_networks: [physnet1]}
              - {name: hostC, tunnel_ip: "fd00::3"}
            networks:
              - {id: blue}
              - {id: out, "router:external": true, "provider:network_type": flat, "provider:physical_network": physnet1}
            subnets:
              - {id: blue6, network_id: blue, ip_version: 6, cidr: "2001:db8:1::/64", gateway_ip: "2001:db8:1::1"}
              - {id: out6, network_id: out, ip_version: 6, cidr: "2001:db8:e::/64", gateway_ip: "2001:db8:e::1"}
              - {id: out4, network_id: out, ip_version: 4, cidr: 203.0.113.0/24, gateway_ip: 203.0.113.1}
            routers:
              - id: r1
                routes: [{destination: "2001:db8:9::/48", nexthop: "2001:db8:e::9"}, {destination: "2001:db8:9::/48", nexthop: "2001:db8:1::9"}]
                flow6: {gateway_hosts: [hostA, hostB]}
            ports:
              - {id: r1-blue, network_id: blue, mac_address: "02:00:00:00:01:01", device_owner: "network:router_interface", device_id: r1,
                 fixed_ips: [{ip_address: "2001:db8:1::1"}]}
              - {id: r1-out, network_id: out, mac_address: "02:00:00:00:01:02", device_owner: "network:router_gateway", device_id: r1,
                 fixed_ips: [{ip_address: "2001:db8:e::2"}, {ip_address: 203.0.113.2}]}
            """;

    private static NetworkSnapshot on(Id<Host> host, Set<Id<Host>> unreachable) {
        return GoldenFlows.network(NETWORK, Map.of("provider/out", 7))
                .edit()
                .host(host.value())
                .tunnel(Optional.of(new Tunnel(OFPort.of(9), Tunnel.Type.GENEVE)))
                .unreachable(unreachable)
                .update()
                .after();
    }

    /** What becomes of packets to where the gateway leads: the hosts that they are sent to, or here. */
    private static List<List<Action>> leaving(NetworkSnapshot snapshot) {
        return GoldenFlows.flows(APP, snapshot).stream()
                .filter(flow -> flow.table() == Table.ROUTE || flow.table() == Table.ROUTE_PATH)
                .map(Flow::actions)
                .filter(actions -> actions.contains(Action.goTo(Table.TUNNEL)))
                .distinct()
                .toList();
    }

    private static List<Action> sentTo(NetworkSnapshot snapshot, Id<Host> host) {
        HostKey key = snapshot.host(host).orElseThrow().key();
        return List.of(Action.set(Field.DESTINATION_HOST, key), Action.goTo(Table.TUNNEL));
    }

    private static boolean isEntrance(Flow flow) {
        return flow.table() == Table.ROUTER && FlowSyntax.line(flow).contains("02:00:00:00:01:02");
    }

    private static long entrances(NetworkSnapshot snapshot) {
        return GoldenFlows.flows(APP, snapshot).stream()
                .filter(GatewayTest::isEntrance)
                .count();
    }

    @Test
    void otherHostsSendItUnchanged() {
        NetworkSnapshot snapshot = on(Id.of("hostC"), Set.of());
        assertThat(leaving(snapshot)).containsExactly(sentTo(snapshot, A));
        NetworkSnapshot lost = on(Id.of("hostC"), Set.of(A));
        assertThat(leaving(lost)).containsExactly(sentTo(lost, B));
        assertThat(leaving(on(A, Set.of()))).isEmpty();
        assertThat(leaving(on(B, Set.of(A)))).isEmpty();
        NetworkSnapshot standby = on(B, Set.of());
        assertThat(leaving(standby)).containsExactly(sentTo(standby, A));
    }

    @Test
    void itsHostAloneTakesWhatIsForIt() {
        assertThat(entrances(on(A, Set.of()))).isEqualTo(2);
        assertThat(entrances(on(B, Set.of()))).isZero();
        assertThat(entrances(on(B, Set.of(A)))).isEqualTo(2);
        assertThat(entrances(on(A, Set.of(A, B)))).isZero();
    }

    /** Else a connection would change its path on the way from host to host. */
    @Test
    void pathsAreTheSameOnEveryHost() {
        assertThat(paths(on(Id.of("hostC"), Set.of())))
                .isEqualTo(paths(on(A, Set.of())))
                .hasSizeGreaterThan(2);
    }

    private static List<String> paths(NetworkSnapshot snapshot) {
        return GoldenFlows.flows(APP, snapshot).stream()
                .filter(flow -> flow.table() == Table.ROUTE_PATH)
                .map(flow -> flow.match().toString())
                .sorted()
                .toList();
    }
}
