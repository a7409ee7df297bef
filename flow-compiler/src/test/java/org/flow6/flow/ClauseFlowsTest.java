package org.flow6.flow;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.flow6.network.ConjunctionKey;
import org.flow6.network.NetworkSnapshot;
import org.flow6.network.PortKey;
import org.flow6.network.PortView;
import org.junit.jupiter.api.Test;
import org.projectfloodlight.openflow.types.OFPort;

/** What several units say of one match is one flow. */
class ClauseFlowsTest {
    private static final Match SHARED = Match.ANY.and(Field.RULED_PORT, new PortKey(1));

    private NetworkSnapshot snapshot = NetworkSnapshot.EMPTY;

    private static Action clause(int key) {
        return Action.conjunction(new ConjunctionKey(key), 1, 2);
    }

    private static Flow flow(Action... actions) {
        return Flow.of(Table.EGRESS_RULES, Priority.rank(1), SHARED, actions);
    }

    /** Each bound port says a clause, of the key that is its OpenFlow port; those from 8 on say 8. */
    private static TestApp clauses(String name) {
        return new TestApp(name)
                .with(
                        Scope.PORT,
                        (PortView port) -> port.ofPort().stream().map(of -> of.getPortNumber()),
                        number -> List.of(flow(clause(Math.min(number, 8)))));
    }

    private FlowDelta bind(FlowCompiler compiler, String port, int ofPort) {
        var update = SampleNetwork.bind(snapshot, port, ofPort);
        snapshot = update.after();
        return compiler.update(update);
    }

    private FlowCompiler compiler(FlowApp... apps) {
        FlowCompiler compiler = new FlowCompiler(List.of(apps));
        for (FlowApp app : apps) {
            compiler.enable(app.name(), true);
        }
        var update = SampleNetwork.update(
                snapshot,
                SampleNetwork.network("n"),
                SampleNetwork.port("a", "n", 1),
                SampleNetwork.port("b", "n", 2),
                SampleNetwork.port("c", "n", 3));
        snapshot = update.after();
        compiler.update(update);
        return compiler;
    }

    private static List<Flow> flows(List<OwnedFlow> owned) {
        return owned.stream().map(OwnedFlow::flow).toList();
    }

    @Test
    void clausesOfSeveralUnitsAreOneFlowInOrder() {
        FlowCompiler compiler = compiler(clauses("app"));
        assertThat(flows(bind(compiler, "a", 5).added())).containsExactly(flow(clause(5)));
        FlowDelta second = bind(compiler, "b", 3);
        assertThat(flows(second.removed())).containsExactly(flow(clause(5)));
        assertThat(flows(second.added())).containsExactly(flow(clause(3), clause(5)));
        assertThat(compiler.flows().map(OwnedFlow::flow)).containsExactly(flow(clause(3), clause(5)));
        assertThat(Objects.requireNonNull(compiler.health().get("app")).flows()).isEqualTo(1);
    }

    @Test
    void whatAnotherUnitSaysTooStays() {
        FlowCompiler compiler = compiler(clauses("app"));
        bind(compiler, "a", 8);
        assertThat(bind(compiler, "b", 9).isEmpty()).isTrue();
        assertThat(bind(compiler, "a", 7).removed()).hasSize(1);
        assertThat(compiler.flows().map(OwnedFlow::flow)).containsExactly(flow(clause(7), clause(8)));
    }

    @Test
    void anAppThatIsDisabledTakesItsClausesAlong() {
        FlowCompiler compiler = compiler(clauses("app"));
        bind(compiler, "a", 1);
        bind(compiler, "b", 2);
        assertThat(flows(compiler.enable("app", false).removed())).containsExactly(flow(clause(1), clause(2)));
        assertThat(compiler.flows()).isEmpty();
        assertThat(flows(compiler.enable("app", true).added())).containsExactly(flow(clause(1), clause(2)));
    }

    @Test
    void twoAppsDoNotShareAFlow() {
        FlowCompiler compiler = compiler(clauses("first"), clauses("second"));
        bind(compiler, "a", 1);
        assertThat(Objects.requireNonNull(compiler.health().get("second"))
                        .failure()
                        .orElse(""))
                .contains("two flows under one key");
        assertThat(compiler.flows().map(OwnedFlow::flow)).containsExactly(flow(clause(1)));
    }

    @Test
    void aClauseAndAnotherFlowOfItsMatchAreAConflict() {
        TestApp app = clauses("app")
                .with(
                        Scope.PORT,
                        (PortView port) ->
                                Stream.of(true).filter(bound -> port.ofPort().isPresent()),
                        bound -> List.of(flow(Action.set(Field.ALLOWED, true))));
        FlowCompiler compiler = compiler(app);
        bind(compiler, "a", 1);
        assertThat(Objects.requireNonNull(compiler.health().get("app"))
                        .failure()
                        .orElse(""))
                .contains("two flows under one key");
        assertThat(compiler.flows()).isEmpty();
    }

    /** Marks are what comparisons are quick by. */
    @Test
    void aFlowThatStaysKeepsItsMarks() {
        FlowCompiler compiler = compiler(clauses("app"));
        bind(compiler, "a", 8);
        compiler.origins().forEach(origin -> origin.mark(new long[] {42}));
        bind(compiler, "b", 9);
        assertThat(compiler.origins().filter(Origin::isMerged)).singleElement().satisfies(origin -> {
            assertThat(origin.marks()).containsExactly(42);
            assertThat(origin.app()).isEqualTo("app");
            assertThat(origin.toString()).contains("app clauses of 1 conjunctions, from 2 units");
        });
    }

    @Test
    void tellsWhereAFlowComesFrom() {
        FlowCompiler compiler = compiler(clauses("app"));
        bind(compiler, "a", 8);
        bind(compiler, "b", 9);
        bind(compiler, "c", 1);
        assertThat(compiler.origins())
                .singleElement()
                .hasToString("app clauses of 2 conjunctions, from 3 units, " + SHARED);
    }

    /** A comparison with a switch would make the flows of such units again each time. */
    @Test
    void unitsThatGiveClausesAloneAreNoOrigins() {
        TestApp app = new TestApp("app")
                .with(
                        Scope.PORT,
                        (PortView port) -> port.ofPort().stream().map(of -> of.getPortNumber()),
                        number -> number < 5
                                ? List.of(flow(clause(number)))
                                : List.of(flow(clause(number)), output(number), output(number + 1)));
        FlowCompiler compiler = compiler(app);
        bind(compiler, "a", 1);
        bind(compiler, "b", 2);
        assertThat(compiler.origins()).singleElement().matches(Origin::isMerged);
        FlowDelta mixed = bind(compiler, "c", 9);
        assertThat(flows(mixed.added()))
                .containsExactlyInAnyOrder(output(9), output(10), flow(clause(1), clause(2), clause(9)));
        assertThat(compiler.origins()).hasSize(2);
        assertThat(compiler.flows().map(OwnedFlow::lean).map(OwnedFlow::flow))
                .containsExactlyInAnyOrder(output(9), output(10), flow(clause(1), clause(2), clause(9)));
        assertThat(Objects.requireNonNull(compiler.health().get("app")).flows()).isEqualTo(3);
    }

    private static Flow output(int port) {
        return Flow.of(
                Table.DELIVER,
                Priority.rank(1),
                Match.ANY.and(Field.DESTINATION_PORT, new PortKey(port)),
                Action.output(OFPort.of(port)));
    }

    @Test
    void anAppThatFailsLeavesItsClausesAsTheyWere() {
        TestApp app = clauses("app").with(Scope.PORT, (PortView port) -> port.ofPort().stream(), number -> {
            if (number.getPortNumber() == 2) {
                throw new IllegalStateException("two");
            }
            return List.of();
        });
        FlowCompiler compiler = compiler(app);
        bind(compiler, "a", 1);
        assertThat(bind(compiler, "b", 2).isEmpty()).isTrue();
        assertThat(compiler.flows().map(OwnedFlow::flow)).containsExactly(flow(clause(1)));
        assertThat(flows(bind(compiler, "b", 3).added())).containsExactly(flow(clause(1), clause(3)));
        assertThat(flows(bind(compiler, "b", 4).added())).containsExactly(flow(clause(1), clause(4)));
    }

    @Test
    void aUnitMoreIsWorkForItsOwnFlows() {
        List<Integer> made = new ArrayList<>();
        TestApp app = new TestApp("app")
                .with(
                        Scope.PORT,
                        (PortView port) -> port.ofPort().stream()
                                .flatMap(of -> IntStream.range(0, 100 * of.getPortNumber())
                                        .boxed()),
                        number -> {
                            made.add(number);
                            return List.of(Flow.of(
                                    Table.EGRESS_RULES,
                                    Priority.rank(1),
                                    Match.ANY.and(Field.RULED_PORT, new PortKey(1 + number / 10)),
                                    clause(1 + number)));
                        });
        FlowCompiler compiler = compiler(app);
        assertThat(bind(compiler, "a", 10).added()).hasSize(100);
        made.clear();
        FlowDelta more = bind(compiler, "b", 11);
        assertThat(more.added()).hasSize(10);
        assertThat(more.removed()).isEmpty();
        assertThat(made).hasSize(100).allMatch(number -> number >= 1000);
    }
}
