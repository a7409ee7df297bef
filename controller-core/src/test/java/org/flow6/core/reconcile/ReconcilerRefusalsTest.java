package org.flow6.core.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Stream;
import org.flow6.flow.Action;
import org.flow6.flow.Flow;
import org.flow6.flow.Match;
import org.flow6.flow.Priority;
import org.flow6.flow.Table;
import org.flow6.network.PortKey;
import org.junit.jupiter.api.Test;
import org.projectfloodlight.openflow.types.OFPort;

/** Flows that a switch does not take, and what becomes of the others. */
class ReconcilerRefusalsTest extends ReconcilerScene {
    /** OVS takes no flow that sends to port ANY. */
    private static Flow unacceptable(int key) {
        return flow(Table.BRIDGE, key, Action.output(OFPort.ANY));
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
}
