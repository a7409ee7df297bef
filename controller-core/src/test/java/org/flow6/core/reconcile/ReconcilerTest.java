package org.flow6.core.reconcile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionException;
import java.util.stream.Stream;
import org.flow6.core.openflow.FlowFilter;
import org.flow6.core.openflow.FlowRemoved;
import org.flow6.core.openflow.SwitchSession;
import org.flow6.core.ovs.OvsFixture;
import org.flow6.flow.Action;
import org.flow6.flow.Field;
import org.flow6.flow.Flow;
import org.flow6.flow.FlowDelta;
import org.flow6.flow.Match;
import org.flow6.flow.Meter;
import org.flow6.flow.Origin;
import org.flow6.flow.Priority;
import org.flow6.flow.PuntReason;
import org.flow6.flow.Table;
import org.flow6.network.ConjunctionKey;
import org.flow6.network.PortKey;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.projectfloodlight.openflow.types.OFPort;

class ReconcilerTest {
    private static final PuntReason PUNT = new PuntReason(1, "test", 50, 100);

    private static OvsFixture ovs;

    private final FlowList app = new FlowList();
    private final List<Origin> installed = new ArrayList<>();
    private Attachment attachment;
    private SwitchSession session;
    private Reconciler reconciler;

    @BeforeAll
    static void startSwitch() {
        ovs = OvsFixture.start();
    }

    @AfterAll
    static void stopSwitch() {
        ovs.close();
    }

    @BeforeEach
    void connect() throws Exception {
        ovs.addBridge("br0");
        ovs.addPorts("br0", "p1", "p2");
        begin();
    }

    @AfterEach
    void disconnect() {
        attachment.close();
        ovs.vsctl("--if-exists", "del-br", "br0");
    }

    private void begin() throws Exception {
        attachment = new Attachment(ovs, "br0", installed::add);
        session = attachment.session();
        reconciler = attachment.reconciler();
    }

    private static Flow flow(Table table, int key, Action... actions) {
        return Flow.of(table, Priority.rank(1), Match.ANY.and(Field.SOURCE_PORT, new PortKey(key)), actions);
    }

    /** Bridge flows 1 to n, named by their keys. */
    private void flows(int n) {
        for (int key = 1; key <= n; key++) {
            app.put("" + key, flow(Table.BRIDGE, key, Action.output(OFPort.of(1))));
        }
    }

    /** OVS takes no flow that sends to port ANY. */
    private static Flow unacceptable(int key) {
        return flow(Table.BRIDGE, key, Action.output(OFPort.ANY));
    }

    private Reconciler.Outcome synchronizeAll() {
        return reconciler.synchronize(app::wanted);
    }

    private static List<String> shown() {
        return Attachment.shown(ovs, "br0");
    }

    private static String firstCookie() {
        return Attachment.dump(ovs, "br0").get(0).replaceFirst(",.*", "");
    }

    private static String bridge(int key, String actions) {
        return "table=70, priority=1000,reg1=0x%x actions=%s".formatted(key, actions);
    }

    /** When each flow was added, by cookie, in milliseconds of some clock. */
    private Map<Long, Long> ages() {
        Map<Long, Long> ages = new HashMap<>();
        session.dumpFlows(
                        FlowFilter.ALL,
                        flow -> ages.put(
                                flow.cookie(), flow.durationSeconds() * 1000 + flow.durationNanoseconds() / 1_000_000))
                .join();
        return ages;
    }

    private void limit(Table table, int flows) {
        ovs.vsctl(
                "--",
                "--id=@limit",
                "create",
                "Flow_Table",
                "flow_limit=" + flows,
                "--",
                "set",
                "bridge",
                "br0",
                "flow_tables:" + table.number() + "=@limit");
    }

    @Test
    void fillsAnEmptySwitch() {
        flows(3);
        Reconciler.Outcome outcome = synchronizeAll();
        assertThat(outcome.added()).isEqualTo(3);
        assertThat(outcome.removed()).isZero();
        assertThat(shown())
                .containsExactlyInAnyOrder(bridge(1, "output:1"), bridge(2, "output:1"), bridge(3, "output:1"));
        assertThat(reconciler.installed()).isEqualTo(3);
        assertThat(reconciler.flowMods()).isEqualTo(3);
        assertThat(installed).hasSize(3);
    }

    @Test
    void sendsNothingToASwitchThatIsInStep() throws Exception {
        flows(500);
        synchronizeAll();
        Map<Long, Long> before = ages();
        attachment.close();
        begin();
        Reconciler.Outcome outcome = synchronizeAll();
        assertThat(outcome.added() + outcome.removed()).isZero();
        assertThat(outcome.kept()).isEqualTo(500);
        assertThat(reconciler.flowMods()).isZero();
        Map<Long, Long> after = ages();
        assertThat(after).hasSameSizeAs(before);
        after.forEach((cookie, age) -> assertThat(age).isGreaterThanOrEqualTo(before.get(cookie)));
        assertThat(installed).hasSize(500);
    }

    @Test
    void unchangedFlowsAreFoundWithoutBeingMadeAgain() throws Exception {
        flows(500);
        synchronizeAll();
        app.put("500", flow(Table.BRIDGE, 500, Action.output(OFPort.of(2))));
        app.delta();
        int made = app.made();
        attachment.close();
        begin();
        Reconciler.Outcome outcome = synchronizeAll();
        assertThat(outcome.kept()).isEqualTo(499);
        assertThat(outcome.added()).isEqualTo(1);
        assertThat(app.made()).isEqualTo(made + 1);
        assertThat(shown()).contains(bridge(500, "output:2")).doesNotContain(bridge(500, "output:1"));
    }

    @Test
    void removesForeignFlowsWhateverTheirCookies() {
        flows(2);
        synchronizeAll();
        ovs.ofctl("add-flow", "br0", "table=0,priority=5,actions=NORMAL");
        ovs.ofctl("add-flow", "br0", "table=0,priority=6,in_port=1,actions=NORMAL");
        ovs.ofctl("add-flow", "br0", "table=70,priority=7,actions=drop");
        ovs.ofctl("add-flow", "br0", "cookie=0x1234,table=253,actions=drop");
        synchronizeAll();
        assertThat(shown()).containsExactlyInAnyOrder(bridge(1, "output:1"), bridge(2, "output:1"));
        assertThat(synchronizeAll().removed()).isZero();
    }

    @Test
    void removesForeignFlowsThatCarryAKnownCookie() {
        flows(2);
        synchronizeAll();
        String cookie = firstCookie();
        ovs.ofctl("add-flow", "br0", cookie + ",table=70,priority=9,actions=drop");
        ovs.ofctl("add-flow", "br0", cookie + ",table=3,priority=9,actions=drop");
        synchronizeAll();
        assertThat(shown()).containsExactlyInAnyOrder(bridge(1, "output:1"), bridge(2, "output:1"));
    }

    @Test
    void takesNoFlowOfAnotherTableForItsOwn() {
        flows(1);
        synchronizeAll();
        String cookie = firstCookie();
        ovs.ofctl("del-flows", "br0");
        ovs.ofctl("add-flow", "br0", cookie + ",table=3,priority=9,actions=drop");
        synchronizeAll();
        assertThat(shown()).containsExactly(bridge(1, "output:1"));
    }

    @Test
    void putsBackWhatIsMissing() {
        flows(3);
        synchronizeAll();
        ovs.ofctl("del-flows", "br0", "table=70,reg1=2");
        Reconciler.Outcome outcome = synchronizeAll();
        assertThat(outcome.added()).isEqualTo(1);
        assertThat(outcome.kept()).isEqualTo(2);
        assertThat(shown()).hasSize(3);
    }

    @Test
    void exchangesWhatHasChanged() throws Exception {
        flows(3);
        synchronizeAll();
        attachment.close();
        begin();
        app.put("2", flow(Table.BRIDGE, 2, Action.output(OFPort.of(2)))).remove("3");
        app.put("4", flow(Table.FLOOD, 4, Action.output(OFPort.of(1))));
        Reconciler.Outcome outcome = synchronizeAll();
        assertThat(outcome.kept()).isEqualTo(1);
        assertThat(outcome.added()).isEqualTo(2);
        assertThat(shown())
                .containsExactlyInAnyOrder(
                        bridge(1, "output:1"),
                        bridge(2, "output:2"),
                        "table=75, priority=1000,reg1=0x4 actions=output:1");
    }

    @Test
    void appliesDifferences() {
        flows(3);
        synchronizeAll();
        Map<Long, Long> before = ages();
        app.put("2", flow(Table.BRIDGE, 2, Action.output(OFPort.of(2)))).remove("3");
        app.put("4", flow(Table.FLOOD, 4, Action.output(OFPort.of(1))));
        reconciler.apply(app.delta());
        assertThat(shown())
                .containsExactlyInAnyOrder(
                        bridge(1, "output:1"),
                        bridge(2, "output:2"),
                        "table=75, priority=1000,reg1=0x4 actions=output:1");
        assertThat(reconciler.flowMods()).isEqualTo(3 + 3);
        assertThat(reconciler.installed()).isEqualTo(3);
        assertThat(ages().keySet()).containsAnyElementsOf(before.keySet());
        assertThat(synchronizeAll().kept()).isEqualTo(3);
    }

    @Test
    void anEmptyDifferenceSendsNothing() {
        flows(1);
        synchronizeAll();
        reconciler.apply(app.delta());
        reconciler.apply(FlowDelta.NONE);
        assertThat(reconciler.flowMods()).isEqualTo(1);
    }

    @Test
    void leavesOutRefusedFlowsAndNamesThem() {
        flows(2);
        app.put("bad", unacceptable(7)).put("worse", unacceptable(8)).put("3", flow(Table.FLOOD, 3));
        Reconciler.Outcome outcome = synchronizeAll();
        assertThat(outcome.added()).isEqualTo(3);
        assertThat(shown()).hasSize(3);
        assertThat(reconciler.refused()).hasSize(2).allSatisfy(refusal -> assertThat(refusal.toString())
                .contains("OFPBAC_BAD_OUT_PORT", "list items Item[name=", "table bridge"));
        assertThat(reconciler.refused().stream().map(Object::toString).toList())
                .anyMatch(text -> text.contains("name=bad"))
                .anyMatch(text -> text.contains("name=worse"));
    }

    @Test
    void aRefusedDifferenceLeavesTheRest() {
        flows(1);
        synchronizeAll();
        app.put("bad", unacceptable(7)).put("2", flow(Table.BRIDGE, 2, Action.output(OFPort.of(2))));
        reconciler.apply(app.delta());
        assertThat(shown()).containsExactlyInAnyOrder(bridge(1, "output:1"), bridge(2, "output:2"));
        assertThat(reconciler.refused()).hasSize(1);
        app.remove("bad");
        reconciler.apply(app.delta());
        assertThat(reconciler.refused()).isEmpty();
        assertThat(shown()).hasSize(2);
    }

    @Test
    void aFlowWhoseReplacementIsRefusedGoes() {
        flows(2);
        synchronizeAll();
        app.put("1", unacceptable(1));
        reconciler.apply(app.delta());
        assertThat(shown()).containsExactly(bridge(2, "output:1"));
        assertThat(reconciler.refused()).hasSize(1);
        assertThat(reconciler.installed()).isEqualTo(1);
        flows(1);
        reconciler.apply(app.delta());
        assertThat(shown()).hasSize(2);
        assertThat(reconciler.refused()).isEmpty();
    }

    @Test
    void fillsAFullTableAndAllOthers() {
        limit(Table.BRIDGE, 5);
        flows(30);
        app.put("flood", flow(Table.FLOOD, 1, Action.output(OFPort.of(1))));
        synchronizeAll();
        assertThat(shown().stream().filter(line -> line.startsWith("table=70"))).hasSize(5);
        assertThat(shown().stream().filter(line -> line.startsWith("table=75"))).hasSize(1);
        assertThat(reconciler.refused()).hasSize(25).allSatisfy(refusal -> assertThat(refusal.error())
                .isEqualTo("OFPFMFC_TABLE_FULL"));

        for (int key = 1; key <= 30; key++) {
            app.remove("" + key);
        }
        reconciler.apply(app.delta());
        assertThat(reconciler.refused()).isEmpty();
        assertThat(shown()).hasSize(1);
    }

    @Test
    void leavesOutFlowsThatNoMessageHolds() {
        flows(1);
        List<PortKey> many =
                Stream.iterate(1, i -> i + 1).limit(2000).map(PortKey::new).toList();
        app.put("huge", new Flow(Table.BRIDGE, Priority.rank(2), Match.ANY, Action.deliverToEach(many)));
        synchronizeAll();
        assertThat(shown()).containsExactly(bridge(1, "output:1"));
        assertThat(reconciler.refused()).hasSize(1).allSatisfy(refusal -> assertThat(refusal.toString())
                .contains("octets", "name=huge"));
        flows(2);
        app.put("huge too", new Flow(Table.FLOOD, Priority.rank(2), Match.ANY, Action.deliverToEach(many)));
        reconciler.apply(app.delta());
        assertThat(shown()).hasSize(2);
        assertThat(reconciler.refused()).hasSize(2);
    }

    private void clause(int key) {
        app.put(
                "clause" + key,
                Flow.of(
                        Table.EGRESS_RULES,
                        Priority.rank(1),
                        Match.ANY.and(Field.RULED_PORT, new PortKey(1)),
                        Action.conjunction(new ConjunctionKey(key), 1, 2)));
    }

    private static String clauses(String shown) {
        return "table=84, priority=1000,reg5=0x1 actions=" + shown;
    }

    @Test
    void clausesOfSeveralUnitsAreOneFlow() throws Exception {
        clause(2);
        clause(1);
        synchronizeAll();
        assertThat(shown()).containsExactly(clauses("conjunction(1,1/2),conjunction(2,1/2)"));
        clause(3);
        app.remove("clause1");
        reconciler.apply(app.delta());
        assertThat(shown()).containsExactly(clauses("conjunction(2,1/2),conjunction(3,1/2)"));
        int made = app.made();
        Reconciler.Outcome again = synchronizeAll();
        assertThat(again.added() + again.removed()).isZero();
        assertThat(again.kept()).isEqualTo(1);
        assertThat(app.made()).isEqualTo(made);
    }

    @Test
    void refusesClausesThatAreTooManyForAFlow() throws Exception {
        for (int key = 1; key <= 5000; key++) {
            clause(key);
        }
        synchronizeAll();
        assertThat(shown()).isEmpty();
        assertThat(reconciler.refused()).hasSize(1).allSatisfy(refusal -> assertThat(refusal.toString())
                .contains("octets", "list clauses of 5000 conjunctions, from 5000 units")
                .hasSizeLessThan(1000));
        for (int key = 3; key <= 5000; key++) {
            app.remove("clause" + key);
        }
        reconciler.apply(app.delta());
        assertThat(shown()).containsExactly(clauses("conjunction(1,1/2),conjunction(2,1/2)"));
        assertThat(reconciler.refused()).isEmpty();
    }

    @Test
    void tellsOfFlowsThatSomebodyElseRemoves() throws Exception {
        flows(2);
        synchronizeAll();
        ovs.ofctl("del-flows", "br0", "table=70,reg1=2");
        FlowRemoved removed = attachment.awaitRemoval();
        assertThat(reconciler.isMissing(removed.cookie())).isTrue();
        app.remove("1");
        reconciler.apply(app.delta());
        FlowRemoved ours = attachment.awaitRemoval();
        assertThat(reconciler.isMissing(ours.cookie())).isFalse();
    }

    private static Flow metered(int port) {
        return Flow.of(
                Table.PUNT,
                Priority.rank(1),
                Match.ANY.and(Field.IN_PORT, OFPort.of(port)).and(Field.REASON, PUNT.code()),
                new Action.MeteredController(new Meter.OfPort(OFPort.of(port), PUNT)));
    }

    private static String meters() {
        return ovs.ofctl("dump-meters", "br0");
    }

    @Test
    void makesTheMetersThatFlowsNeed() {
        app.put("1", metered(1)).put("2", metered(2));
        synchronizeAll();
        assertThat(meters()).contains("meter=33 pktps burst stats bands=\ntype=drop rate=50 burst_size=100");
        assertThat(meters()).contains("meter=65 ");
        assertThat(shown())
                .contains(
                        "table=100, priority=1000,reg3=0x10000/0xffff0000,in_port=1 actions=meter:33,CONTROLLER:65535");
        assertThat(reconciler.flowMods()).isEqualTo(2);
    }

    @Test
    void keepsMetersThatAreInUseAndRemovesOthers() throws Exception {
        app.put("1", metered(1)).put("2", metered(2));
        synchronizeAll();
        ovs.ofctl("add-meter", "br0", "meter=7,pktps,bands=type=drop,rate=1");
        app.remove("2");
        attachment.close();
        begin();
        synchronizeAll();
        session.barrier().join();
        assertThat(meters()).contains("meter=33 ").doesNotContain("meter=65 ", "meter=7 ");
        assertThat(shown()).hasSize(1);
    }

    @Test
    void mendsMetersThatSomebodyElseTouched() throws Exception {
        app.put("1", metered(1)).put("2", metered(2));
        synchronizeAll();
        ovs.ofctl("del-meter", "br0", "meter=33");
        assertThat(shown()).hasSize(1);
        FlowRemoved removed = attachment.awaitRemoval();
        assertThat(reconciler.isMissing(removed.cookie())).isTrue();
        ovs.ofctl("mod-meter", "br0", "meter=65,kbps,bands=type=drop,rate=1");
        synchronizeAll();
        session.barrier().join();
        assertThat(shown()).hasSize(2);
        assertThat(meters())
                .contains("meter=33 pktps burst stats bands=\ntype=drop rate=50 burst_size=100")
                .contains("meter=65 pktps burst stats bands=\ntype=drop rate=50 burst_size=100");
    }

    @Test
    void aSessionThatEndsInABundleLeavesTheFlowsAsTheyWere() throws Exception {
        flows(3);
        synchronizeAll();
        flows(20_000);
        assertThatExceptionOfType(CompletionException.class)
                .isThrownBy(() -> reconciler.synchronize(() -> interrupted(10_000, () -> session.disconnect("test"))));
        assertThat(shown()).hasSize(3);
        attachment.close();
        begin();
        Reconciler.Outcome outcome = synchronizeAll();
        assertThat(outcome.kept()).isEqualTo(3);
        assertThat(outcome.added()).isEqualTo(19_997);
    }

    @Test
    void aBridgeThatIsDeletedInABundleEndsIt() {
        flows(20_000);
        assertThatExceptionOfType(CompletionException.class)
                .isThrownBy(() -> reconciler.synchronize(() -> interrupted(10_000, () -> ovs.vsctl("del-br", "br0"))));
    }

    /** All that is wanted; something happens after so many flows. */
    private Stream<Origin> interrupted(int after, Runnable event) {
        int[] count = {0};
        return app.wanted().peek(unit -> {
            if (++count[0] == after) {
                event.run();
            }
        });
    }
}
