package org.flow6.core.reconcile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletionException;
import java.util.stream.Stream;
import org.flow6.core.openflow.FlowFilter;
import org.flow6.core.openflow.FlowRemoved;
import org.flow6.flow.Action;
import org.flow6.flow.FlowDelta;
import org.flow6.flow.Origin;
import org.flow6.flow.Table;
import org.junit.jupiter.api.Test;
import org.projectfloodlight.openflow.types.OFPort;

/** What a switch has is made what is wanted, whatever it has had. */
class ReconcilerTest extends ReconcilerScene {
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
