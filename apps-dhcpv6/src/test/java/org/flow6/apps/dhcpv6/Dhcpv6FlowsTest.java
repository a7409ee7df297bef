package org.flow6.apps.dhcpv6;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.flow6.flow.Action;
import org.flow6.flow.Field;
import org.flow6.flow.Flow;
import org.flow6.flow.GoldenFlows;
import org.flow6.flow.Table;
import org.flow6.network.Id;
import org.flow6.network.Network;
import org.flow6.network.NetworkKey;
import org.junit.jupiter.api.Test;

class Dhcpv6FlowsTest {
    private static final Dhcpv6 APP = new Dhcpv6();

    private final Scene scene = new Scene();

    private List<Flow> flowsOf(Scene of, String network) {
        NetworkKey key =
                of.snapshot.network(Id.<Network>of(network)).orElseThrow().key();
        return GoldenFlows.flows(APP, of.snapshot).stream()
                .filter(flow -> flow.match().terms().stream()
                        .anyMatch(term ->
                                term.field() == Field.NETWORK && term.value().equals(Field.NETWORK.encode(key))))
                .toList();
    }

    @Test
    void puntsWhatIsForServers() throws Exception {
        GoldenFlows.check("dhcpv6.flows", GoldenFlows.flows(APP, scene.snapshot));
    }

    @Test
    void takesAllToTheServerAndNothingElse() {
        List<Flow> flows = GoldenFlows.flows(APP, scene.snapshot);
        assertThat(flows).allMatch(flow -> flow.table() == Table.SERVICES);
        assertThat(flows).allMatch(flow -> flow.actions().equals(List.of(Action.punt(Dhcpv6.PUNT))));
        assertThat(flowsOf(scene, "blue")).hasSize(2 + 3);
        assertThat(flowsOf(scene, "green")).hasSize(2 + 4);
    }

    /** They are bridged like everything. */
    @Test
    void leavesNetworksWithoutServerAlone() {
        assertThat(flowsOf(scene, "plain")).isEmpty();
        Scene disabled = new Scene(Scene.YAML.replace(
                "ipv6_ra_mode: dhcpv6-stateless, ipv6_address_mode: dhcpv6-stateless,", "enable_dhcp: false,"));
        assertThat(flowsOf(disabled, "green")).isEmpty();
        assertThat(flowsOf(new Scene(Scene.YAML.replace("{id: green}", "{id: green, admin_state_up: false}")), "green"))
                .isEmpty();
        // No port of it is bound here.
        assertThat(flowsOf(scene, "far")).isEmpty();
    }

    @Test
    void limitsEachPort() {
        assertThat(APP.answers()).containsOnlyKeys(Dhcpv6.PUNT);
        assertThat(Dhcpv6.PUNT.packetsPerSecond()).isEqualTo(50);
        assertThat(Dhcpv6.PUNT.reassembled()).isTrue();
    }
}
