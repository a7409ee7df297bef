package org.flow6.core;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import org.flow6.core.Status.SwitchStatus;
import org.flow6.network.file.NetworkFile;
import org.junit.jupiter.api.Test;

/** Which ports and switches a controller serves, over changes, restarts and failures of them. */
class ControllerTest extends ControllerScene {
    @Test
    void bindsPortsByIfaceId() throws Exception {
        startWithTwoPorts(app);
        assertThat(classified()).containsExactly("1");
        ifaceId("p2", "vm2");
        await("both bound", status -> inStep(status) && status.portsBound() == 2);
        assertThat(classified()).containsExactly("1", "2");
        ifaceId("p1", "");
        await("one bound", status -> inStep(status) && status.portsBound() == 1);
        assertThat(classified()).containsExactly("2");
        ifaceId("p2", "unknown");
        await("none bound", status -> inStep(status) && status.portsBound() == 0);
        assertThat(classified()).isEmpty();
        ifaceId("p2", "vm1");
        await("bound under another name", status -> inStep(status) && status.portsBound() == 1);
        assertThat(classified()).containsExactly("2");
    }

    @Test
    void followsPortsThatComeAndGo() throws Exception {
        startWithTwoPorts(app);
        ovs.vsctl("del-port", "br0", "p1");
        await("unbound", status -> status.portsBound() == 0);
        addPort("p9", 9);
        ifaceId("p9", "vm1");
        await("bound to another", status -> inStep(status) && status.portsBound() == 1);
        assertThat(classified()).containsExactly("9");
    }

    @Test
    void twoInterfacesOfOnePortAreAConflictThatIsNamed() throws Exception {
        startWithTwoPorts(app);
        ifaceId("p2", "vm1");
        Status status = await("a conflict", one -> !one.lastErrors().isEmpty());
        assertThat(status.lastErrors().get(0).message()).contains("vm1", "p2");
        assertThat(classified()).containsExactly("1");
    }

    @Test
    void bindsByNameWithoutADatabase() throws Exception {
        NetworkFile.Reading reading = NetworkFile.parse("net.yaml", """
                networks: [{id: net}]
                ports:
                  - {id: vm1, network_id: net, mac_address: "02:00:00:00:00:01", "binding:profile": {interface_name: p1}}
                  - {id: vm2, network_id: net, mac_address: "02:00:00:00:00:02", "binding:profile": {interface_name: p2}, "binding:host_id": there}
                  - {id: own, network_id: net, mac_address: "02:00:00:00:00:03", "binding:profile": {interface_name: br0}, "binding:host_id": here}
                """);
        start(false, app);
        controller.network(((NetworkFile.Valid) reading).model());
        await("two bound", status -> inStep(status) && status.portsBound() == 2);
        assertThat(classified()).containsExactly("1", "LOCAL");
        assertThat(only().refused()).isZero();
    }

    @Test
    void aRestartWithAnUnchangedNetworkSendsNothing() throws Exception {
        startWithTwoPorts(app);
        int installed = only().flows().installed();
        controller.close();
        assertThat(classified()).containsExactly("1");
        start(true, app);
        controller.network(network("vm1", "vm2"));
        Status status = await("in step again", ControllerScene::inStep);
        assertThat(status.switches().get(0).lastReconcile().flowMods()).isZero();
        assertThat(status.switches().get(0).lastReconcile().kept()).isEqualTo(installed);
    }

    @Test
    void takesNoFlowAwayBeforeTheNetworkIsKnown() throws Exception {
        startWithTwoPorts(app);
        controller.close();
        start(true, app);
        await("connected", status -> status.switches().stream().anyMatch(SwitchStatus::connected));
        assertThat(classified()).containsExactly("1");
        assertThat(only().inStep()).isFalse();
        controller.network(network("vm1"));
        await("in step", ControllerScene::inStep);
        assertThat(classified()).containsExactly("1");
    }

    @Test
    void fillsASwitchThatWasRestarted() throws Exception {
        startWithTwoPorts(app);
        ovs.killSwitch();
        await("away", status -> !status.switches().get(0).connected());
        ovs.startSwitch();
        await("in step", status -> inStep(status) && status.portsBound() == 1);
        assertThat(classified()).containsExactly("1");
        assertThat(controller.status().join().healthy()).isTrue();
    }

    @Test
    void fillsABridgeThatWasMadeAnew() throws Exception {
        startWithTwoPorts(app);
        String before = only().dpid();
        ovs.vsctl("del-br", "br0");
        ovs.addBridge("br0");
        addPort("p1", 1);
        ifaceId("p1", "vm1");
        Status status = await("healthy", one -> one.healthy() && one.portsBound() == 1);
        assertThat(status.switches()).hasSize(1).extracting(SwitchStatus::dpid).doesNotContain(before);
        assertThat(classified()).containsExactly("1");
    }

    @Test
    void leavesAnotherBridgeAlone() throws Exception {
        ovs.addBridge("br1");
        try {
            ovs.ofctl("add-flow", "br1", "priority=7,actions=NORMAL");
            controller = controller(List.of(management("br1")), database(), app);
            controller.start();
            controller.network(network("vm1"));
            await("said", status -> status.lastErrors().stream()
                    .anyMatch(error -> error.message().contains("br0")));
            assertThat(ovs.ofctl("dump-flows", "br1")).contains("priority=7 actions=NORMAL");
        } finally {
            ovs.vsctl("del-br", "br1");
        }
    }

    @Test
    void keepsTwoBridgesWithoutADatabase() throws Exception {
        ovs.addBridge("br1");
        ovs.addPorts("br1", "q1");
        try {
            controller = controller(List.of(management("br0"), management("br1")), Optional.empty(), app);
            controller.start();
            NetworkFile.Reading reading = NetworkFile.parse("net.yaml", """
                    networks: [{id: net}]
                    ports:
                      - {id: a, network_id: net, mac_address: "02:00:00:00:00:01", "binding:profile": {interface_name: p2}}
                      - {id: b, network_id: net, mac_address: "02:00:00:00:00:02", "binding:profile": {interface_name: q1}}
                    """);
            controller.network(((NetworkFile.Valid) reading).model());
            await(
                    "both in step",
                    status -> status.healthy() && status.switches().size() == 2);
            assertThat(controller.status().join().portsBound()).isEqualTo(2);
            assertThat(classified()).containsExactly("2");
            assertThat(ovs.ofctl("dump-flows", "br1", "table=0")).contains("in_port=");
        } finally {
            ovs.vsctl("del-br", "br1");
        }
    }

    @Test
    void putsBackWhatSomebodyElseRemoves() throws Exception {
        startWithTwoPorts(app);
        int installed = only().flows().installed();
        ovs.ofctl("del-flows", "br0");
        await(
                "put back",
                status -> ovs.ofctl("dump-flows", "br0")
                                .lines()
                                .filter(line -> line.contains("cookie"))
                                .count()
                        == installed);
        ovs.ofctl("del-meters", "br0");
        await("meters put back", status -> ovs.ofctl("dump-meters", "br0").contains("meter=41"));
        await("in step", ControllerScene::inStep);
        assertThat(ovs.ofctl("dump-flows", "br0", "table=100")).contains("meter:41");
    }
}
