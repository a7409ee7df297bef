package org.flow6.apps.l2;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.flow6.flow.Action;
import org.flow6.flow.Field;
import org.flow6.flow.Flow;
import org.flow6.flow.GoldenFlows;
import org.flow6.flow.Table;
import org.flow6.network.Id;
import org.flow6.network.NetworkSnapshot;
import org.flow6.network.Port;
import org.flow6.network.Tunnel;
import org.junit.jupiter.api.Test;
import org.projectfloodlight.openflow.types.OFPort;

/** Networks that are part of a physical network, beside one of a tenant's. */
class ProviderFlowsTest {
    private static final String NETWORKS = """
            hosts:
              - {name: hostA, tunnel_ip: "fd00::1", physical_networks: [physnet1]}
              - {name: hostB, tunnel_ip: "fd00::2", physical_networks: [physnet1]}
            networks:
              - {id: net, "provider:network_type": vlan, "provider:physical_network": physnet1, "provider:segmentation_id": 7}
              - {id: blue}
            ports:
              - {id: vm1, network_id: net, mac_address: "02:00:00:00:00:01", "binding:host_id": hostA}
              - {id: vm2, network_id: net, mac_address: "02:00:00:00:00:02", "binding:host_id": hostB}
              - {id: vm3, network_id: blue, mac_address: "02:00:00:00:00:03", "binding:host_id": hostA}
              - {id: vm4, network_id: blue, mac_address: "02:00:00:00:00:04", "binding:host_id": hostB}
            """;

    private static NetworkSnapshot snapshot(Map<String, Integer> bindings) {
        return GoldenFlows.network(NETWORKS, bindings)
                .edit()
                .host("hostA")
                .tunnel(Optional.of(new Tunnel(OFPort.of(99), Tunnel.Type.VXLAN)))
                .update()
                .after();
    }

    private static final NetworkSnapshot ATTACHED = snapshot(Map.of("vm1", 1, "vm3", 3, "provider/net", 9));

    private static List<Flow> flows(NetworkSnapshot snapshot, Table table) {
        return GoldenFlows.flows(new L2(), snapshot).stream()
                .filter(flow -> flow.table() == table)
                .toList();
    }

    private static boolean isOf(Flow flow, String port) {
        var network = ATTACHED.port(Id.<Port>of(port)).orElseThrow().networkKey();
        return flow.match().terms().stream()
                .anyMatch(term ->
                        term.field().equals(Field.NETWORK) && term.value().equals(Field.NETWORK.encode(network)));
    }

    @Test
    void sendsOutWhatIsNotHere() throws Exception {
        GoldenFlows.check("provider-network.flows", GoldenFlows.flows(new L2(), ATTACHED));
    }

    /** The wire carries it: two ways would be a loop. */
    @Test
    void noTunnelCarriesThem() {
        assertThat(flows(ATTACHED, Table.TUNNEL_NETWORK)).isNotEmpty().noneMatch(flow -> isOf(flow, "vm1"));
        for (Table table : List.of(Table.BRIDGE, Table.FLOOD_HOSTS)) {
            assertThat(flows(ATTACHED, table).stream().filter(flow -> isOf(flow, "vm1")))
                    .as(table.title())
                    .isNotEmpty()
                    .noneMatch(flow -> flow.actions().contains(Action.goTo(Table.TUNNEL))
                            || flow.actions().contains(Action.resubmit(Table.TUNNEL)));
            assertThat(flows(ATTACHED, table).stream().filter(flow -> isOf(flow, "vm3")))
                    .isNotEmpty();
        }
    }

    @Test
    void whatIsForAllIsNotMissedWhereNobodyIs() {
        NetworkSnapshot alone = snapshot(Map.of("provider/net", 9));
        assertThat(flows(alone, Table.FLOOD)).singleElement().satisfies(flow -> {
            assertThat(isOf(flow, "vm1")).isTrue();
            assertThat(flow.actions()).isEmpty();
        });
    }

    @Test
    void whereTheHostIsNotAttachedNothingGoesOut() {
        NetworkSnapshot apart = snapshot(Map.of("vm1", 1));
        assertThat(flows(apart, Table.FLOOD_HOSTS)).noneMatch(flow -> isOf(flow, "vm1"));
        assertThat(flows(apart, Table.BRIDGE).stream().filter(flow -> isOf(flow, "vm1")))
                .hasSize(1)
                .allMatch(flow -> flow.match().terms().stream()
                        .anyMatch(term -> term.field().equals(Field.ETH_DST)));
    }
}
