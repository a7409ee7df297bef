package org.flow6.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.flow6.core.Status.SwitchStatus;
import org.flow6.core.endpoint.Endpoint;
import org.flow6.core.openflow.OpenFlowSettings;
import org.flow6.core.ovs.OvsFixture;
import org.flow6.core.ovsdb.OvsdbConfig;
import org.flow6.flow.FlowApp;
import org.flow6.network.NetworkModel;
import org.flow6.network.file.NetworkFile;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A controller, a real switch and its database. */
class ControllerTest {
    private static final long PATIENCE = TimeUnit.SECONDS.toNanos(30);
    private static final String FRAME = "ffffffffffff" + "020000000001" + "88b5" + "00".repeat(46);

    private static OvsFixture ovs;

    private final PortApp app = new PortApp("ports", 1);
    private final PortApp other = new PortApp("others", 2);
    private Controller controller = controller(List.of(), Optional.empty());

    @BeforeAll
    static void startSwitch() {
        ovs = OvsFixture.start();
    }

    @AfterAll
    static void stopSwitch() {
        ovs.close();
    }

    @BeforeEach
    void addBridge() {
        ovs.addBridge("br0");
        addPort("p1", 1);
        addPort("p2", 2);
    }

    private static void addPort(String name, int ofPort) {
        ovs.vsctl("add-port", "br0", name, "--", "set", "interface", name, "type=internal", "ofport_request=" + ofPort);
    }

    @AfterEach
    void close() {
        controller.close();
        ovs.vsctl("--if-exists", "del-br", "br0");
    }

    private static NetworkModel network(String... ports) {
        String list = Arrays.stream(ports)
                .map(port -> "  - {id: %s, network_id: net, mac_address: \"02:00:00:00:00:%02x\"}"
                        .formatted(port, port.hashCode() & 0x7f))
                .collect(Collectors.joining("\n"));
        NetworkFile.Reading reading = NetworkFile.parse("net.yaml", "networks: [{id: net}]\nports:\n" + list + "\n");
        assertThat(reading).isInstanceOf(NetworkFile.Valid.class);
        return ((NetworkFile.Valid) reading).model();
    }

    private static Controller controller(List<Endpoint> switches, Optional<OvsdbConfig> database, FlowApp... apps) {
        OpenFlowSettings openFlow =
                new OpenFlowSettings(List.of(), switches, Optional.empty(), OpenFlowSettings.Limits.DEFAULT);
        return new Controller(new Controller.Settings("here", openFlow, database, Map.of()), List.of(apps));
    }

    private static Endpoint management(String bridge) {
        return new Endpoint.Unix(ovs.managementSocket(bridge));
    }

    private static Optional<OvsdbConfig> database() {
        Endpoint socket = new Endpoint.Unix(ovs.databaseSocket());
        return Optional.of(new OvsdbConfig(socket, "br0", Optional.empty()));
    }

    private void start(boolean database, FlowApp... apps) throws Exception {
        controller = controller(List.of(management("br0")), database ? database() : Optional.empty(), apps);
        controller.start();
    }

    private void startWithTwoPorts(FlowApp... apps) throws Exception {
        ifaceId("p1", "vm1");
        start(true, apps);
        controller.network(network("vm1", "vm2"));
        await("in step with vm1", status -> inStep(status) && status.portsBound() == 1);
    }

    private static void ifaceId(String device, String id) {
        if (id.isEmpty()) {
            ovs.vsctl("remove", "interface", device, "external_ids", "iface-id");
        } else {
            ovs.vsctl("set", "interface", device, "external_ids:iface-id=" + id);
        }
    }

    private static boolean inStep(Status status) {
        return status.switches().size() == 1 && status.switches().get(0).inStep();
    }

    private Status await(String what, Predicate<Status> condition) {
        long end = System.nanoTime() + PATIENCE;
        Status status = controller.status().join();
        while (!condition.test(status)) {
            if (System.nanoTime() > end) {
                fail("not " + what + ": " + status);
            }
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(20));
            status = controller.status().join();
        }
        return status;
    }

    private SwitchStatus only() {
        return controller.status().join().switches().get(0);
    }

    /** The OpenFlow ports that table 0 has flows for, in the order of the dump. */
    private static List<String> classified() {
        return Arrays.stream(ovs.ofctl("--no-stats", "--no-names", "dump-flows", "br0", "table=0")
                        .split("\n"))
                .filter(line -> line.contains("in_port="))
                .map(line -> line.replaceFirst(".*in_port=", "").replaceFirst(" .*", ""))
                .sorted()
                .toList();
    }

    private static void inject(int port) {
        ovs.ofctl("packet-out", "br0", "in_port=" + port + " packet=" + FRAME + " actions=resubmit(,0)");
    }

    private Status.AppStatus appStatus(Status status, String name) {
        return Objects.requireNonNull(status.apps().get(name));
    }

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
        Status status = await("in step again", ControllerTest::inStep);
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
        await("in step", ControllerTest::inStep);
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
        await("in step", ControllerTest::inStep);
        assertThat(ovs.ofctl("dump-flows", "br0", "table=100")).contains("meter:41");
    }

    @Test
    void aRefusedFlowIsNamedAndTheRestGoesIn() throws Exception {
        app.refused.add("vm1");
        ifaceId("p1", "vm1");
        ifaceId("p2", "vm2");
        start(true, app, other);
        controller.network(network("vm1", "vm2"));
        Status status = await(
                "filled",
                one -> !one.switches().isEmpty()
                        && one.switches().get(0).refused() == 1
                        && one.flows().installed() == one.flows().wanted() - 1);
        assertThat(classified()).containsExactly("1", "2", "2");
        assertThat(status.healthy()).isFalse();
        assertThat(appStatus(status, "ports").healthy()).isFalse();
        assertThat(appStatus(status, "ports").error())
                .hasValueSatisfying(error -> assertThat(error).contains("OFPBAC_BAD_OUT_PORT", "id=vm1"));
        assertThat(appStatus(status, "others").healthy()).isTrue();
        assertThat(status.lastErrors().toString()).contains("OFPBAC_BAD_OUT_PORT");

        controller.network(network("vm2"));
        Status mended = await("healthy", Status::healthy);
        assertThat(appStatus(mended, "ports").error()).isEmpty();
    }

    @Test
    void anAppThatFailsIsNamedAndTheOthersGoOn() throws Exception {
        startWithTwoPorts(app, other);
        app.failing.add("vm2");
        ifaceId("p2", "vm2");
        Status status = await("failed", one -> !appStatus(one, "ports").healthy());
        assertThat(appStatus(status, "ports").error())
                .hasValueSatisfying(error -> assertThat(error).contains("cannot make flows of vm2"));
        await("the other in step", one -> inStep(one) && classified().equals(List.of("1", "1", "2")));
        app.failing.clear();
        ifaceId("p2", "unknown");
        await("healthy", Status::healthy);
    }

    @Test
    void anAppThatCannotAnnounceHarmsNobody() throws Exception {
        app.mute.add("vm1");
        ifaceId("p1", "vm1");
        start(true, app, other);
        controller.network(network("vm1", "vm2"));
        Status status = await("in step", one -> inStep(one) && one.portsBound() == 1);
        assertThat(classified()).containsExactly("1", "1");
        assertThat(status.lastErrors().toString()).contains("cannot announce vm1");
        app.mute.add("vm2");
        ifaceId("p2", "vm2");
        await("still in step", one -> inStep(one) && one.portsBound() == 2);
        assertThat(classified()).containsExactly("1", "1", "2", "2");
        assertThat(only().flows().installed()).isEqualTo(only().flows().wanted());
    }

    @Test
    void disablesAndEnablesLive() throws Exception {
        startWithTwoPorts(app, other);
        controller.enable("ports", false).get(20, TimeUnit.SECONDS);
        assertThat(classified()).containsExactly("1");
        assertThat(appStatus(controller.status().join(), "ports").enabled()).isFalse();
        controller.enable("ports", true).get(20, TimeUnit.SECONDS);
        assertThat(classified()).containsExactly("1", "1");
        await("in step", ControllerTest::inStep);
    }

    @Test
    void answersPunts() throws Exception {
        startWithTwoPorts(app);
        inject(1);
        await("answered", status -> app.answered.size() == 1);
        assertThat(app.answered.get(0).source().port().id().value()).isEqualTo("vm1");
        Status status = controller.status().join();
        assertThat(status.punts()).containsEntry(PortApp.PUNT.name(), 1L);
        assertThat(status.puntsDropped()).containsEntry(PortApp.PUNT.name(), 0L);
    }

    @Test
    void aFailingAnswerIsCountedAndTheNextOneComes() throws Exception {
        startWithTwoPorts(app);
        app.failing.add("vm1");
        inject(1);
        await("failed", status -> status.drops().getOrDefault("app-failed", 0L) == 1);
        app.failing.clear();
        inject(1);
        await("answered", status -> app.answered.size() == 1);
    }

    @Test
    void metersByTheLimitsOfTheSettings() throws Exception {
        OpenFlowSettings openFlow = new OpenFlowSettings(
                List.of(), List.of(management("br0")), Optional.empty(), OpenFlowSettings.Limits.DEFAULT);
        Map<String, Controller.Limit> limits = Map.of(PortApp.PUNT.name(), new Controller.Limit(7, 1_000_000));
        ifaceId("p1", "vm1");
        controller = new Controller(
                new Controller.Settings(
                        "here", openFlow, database(), Map.of(), limits, Optional.empty(), Optional.empty(), Map.of()),
                List.of(app));
        controller.start();
        controller.network(network("vm1"));
        await("in step", status -> inStep(status) && status.portsBound() == 1);
        assertThat(ovs.ofctl("dump-meters", "br0")).contains("rate=7 burst_size=1000000");
    }

    @Test
    void metersAPortThatPuntsTooMuch() throws Exception {
        startWithTwoPorts(app);
        String many = String.join(",", Collections.nCopies(200, "resubmit(,0)"));
        ovs.ofctl("packet-out", "br0", "in_port=1 packet=" + FRAME + " actions=" + many);
        await(
                "metered",
                status -> ovs.ofctl("meter-stats", "br0").contains("0: packet_count:")
                        && !ovs.ofctl("meter-stats", "br0").contains("0: packet_count:0 "));
        assertThat(controller.status().join().punts().get(PortApp.PUNT.name())).isLessThan(200);
    }
}
