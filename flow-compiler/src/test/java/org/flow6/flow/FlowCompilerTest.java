package org.flow6.flow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.flow6.network.MacView;
import org.flow6.network.NetworkKey;
import org.flow6.network.NetworkSnapshot;
import org.flow6.network.NetworkUpdate;
import org.flow6.network.PortKey;
import org.flow6.network.PortView;
import org.junit.jupiter.api.Test;
import org.projectfloodlight.openflow.types.OFPort;

class FlowCompilerTest {
    private static final String HEALTHY = "healthy";
    private static final String FAILING = "failing";

    private record Output(PortKey port, OFPort ofPort) {}

    private final List<Output> computed = new ArrayList<>();
    private final Set<OFPort> poison = new HashSet<>();
    private NetworkSnapshot snapshot = NetworkSnapshot.EMPTY;

    private static Stream<Output> outputs(PortView port) {
        return port.ofPort().stream().map(ofPort -> new Output(port.key(), ofPort));
    }

    private List<Flow> deliver(Output unit) {
        computed.add(unit);
        if (poison.contains(unit.ofPort())) {
            throw new IllegalStateException("cannot deliver to " + unit);
        }
        return List.of(flow(Table.DELIVER, 1, unit.port().value(), unit.ofPort().getPortNumber()));
    }

    /** A flow whose key is table, rank and source port, and whose action is the output. */
    private static Flow flow(Table table, int rank, int source, int output) {
        return Flow.of(
                table,
                Priority.rank(rank),
                Match.ANY.and(Field.SOURCE_PORT, new PortKey(source)),
                Action.output(OFPort.of(output)));
    }

    private TestApp delivering(String name) {
        return new TestApp(name).with(Scope.PORT, FlowCompilerTest::outputs, this::deliver);
    }

    private static TestApp constant(String name, Flow... flows) {
        return new TestApp(name).with(Scope.ALWAYS, Stream::of, always -> List.of(flows));
    }

    private static FlowCompiler compiler(FlowApp... apps) {
        FlowCompiler compiler = new FlowCompiler(List.of(apps));
        for (FlowApp app : apps) {
            compiler.enable(app.name(), true);
        }
        return compiler;
    }

    private FlowDelta update(FlowCompiler compiler, NetworkUpdate update) {
        snapshot = update.after();
        return compiler.update(update);
    }

    private FlowDelta bind(FlowCompiler compiler, String port, int ofPort) {
        return update(compiler, SampleNetwork.bind(snapshot, port, ofPort));
    }

    private void twoPorts(FlowCompiler compiler) {
        update(
                compiler,
                SampleNetwork.update(
                        snapshot,
                        SampleNetwork.network("n"),
                        SampleNetwork.port("a", "n", 1),
                        SampleNetwork.port("b", "n", 2)));
    }

    private static List<Integer> outputs(Iterable<OwnedFlow> flows) {
        List<Integer> outputs = new ArrayList<>();
        for (OwnedFlow flow : flows) {
            for (Action action : flow.flow().actions()) {
                outputs.add(((Action.Output) action).port().getPortNumber());
            }
        }
        return outputs;
    }

    private static FlowCompiler.Health health(FlowCompiler compiler, String app) {
        return Objects.requireNonNull(compiler.health().get(app));
    }

    private static List<Integer> wanted(FlowCompiler compiler) {
        return outputs(compiler.flows().toList());
    }

    @Test
    void runsOnlyWhatAnUpdateTouches() {
        FlowCompiler compiler = compiler(delivering(HEALTHY));
        twoPorts(compiler);
        assertThat(outputs(bind(compiler, "a", 1).added())).containsExactly(1);
        computed.clear();
        assertThat(outputs(bind(compiler, "b", 2).added())).containsExactly(2);
        // Made once to compare, and once more for whoever asks for the flow.
        assertThat(computed).extracting(Output::ofPort).containsOnly(OFPort.of(2));
        assertThat(update(compiler, snapshot.edit().update()).isEmpty()).isTrue();
        assertThat(wanted(compiler)).containsExactlyInAnyOrder(1, 2);
    }

    @Test
    void aReplacedFlowIsRemovedAndAddedUnderOneKey() {
        FlowCompiler compiler = compiler(delivering(HEALTHY));
        twoPorts(compiler);
        bind(compiler, "a", 1);
        FlowDelta moved = bind(compiler, "a", 9);
        assertThat(outputs(moved.removed())).containsExactly(1);
        assertThat(outputs(moved.added())).containsExactly(9);
        assertThat(moved.added().get(0).key()).isEqualTo(moved.removed().get(0).key());
        assertThat(wanted(compiler)).containsExactly(9);
        assertThat(health(compiler, HEALTHY).flows()).isEqualTo(1);
    }

    @Test
    void aUnitOfTwoPartsCountsOnce() {
        // Both ports are on network n, which is what the unit is.
        TestApp app = new TestApp("networks")
                .with(
                        Scope.PORT,
                        port -> port.ofPort().stream().map(bound -> port.networkKey()),
                        (NetworkKey key) -> List.of(flow(Table.BRIDGE, 1, key.value(), 5)));
        FlowCompiler compiler = compiler(app);
        twoPorts(compiler);
        assertThat(bind(compiler, "a", 1).added()).hasSize(1);
        assertThat(bind(compiler, "b", 2).isEmpty()).isTrue();
        assertThat(wanted(compiler)).containsExactly(5);
        assertThat(update(compiler, SampleNetwork.unbind(snapshot, "a")).isEmpty())
                .isTrue();
        assertThat(wanted(compiler)).containsExactly(5);
        assertThat(update(compiler, SampleNetwork.unbind(snapshot, "b")).removed())
                .hasSize(1);
        assertThat(compiler.flows()).isEmpty();
    }

    @Test
    void aUnitThatOnePartGivesTwiceCountsOnce() {
        TestApp app = new TestApp("twice")
                .with(Scope.PORT, port -> outputs(port).flatMap(unit -> Stream.of(unit, unit)), this::deliver);
        FlowCompiler compiler = compiler(app);
        twoPorts(compiler);
        assertThat(bind(compiler, "a", 1).added()).hasSize(1);
        assertThat(update(compiler, SampleNetwork.unbind(snapshot, "a")).removed())
                .hasSize(1);
    }

    @Test
    void aUnitMayMoveFromPartToPart() {
        TestApp app = new TestApp("macs")
                .with(
                        Scope.MAC,
                        (MacView view) -> view.boundPorts().stream(),
                        (PortKey port) -> List.of(flow(Table.BRIDGE, 1, port.value(), 5)));
        FlowCompiler compiler = compiler(app);
        twoPorts(compiler);
        bind(compiler, "a", 1);
        // The same port by another MAC address: the part is another one, the unit is not.
        FlowDelta delta = update(
                compiler, snapshot.edit().put(SampleNetwork.port("a", "n", 77)).update());
        assertThat(delta.isEmpty()).isTrue();
        assertThat(wanted(compiler)).containsExactly(5);
    }

    @Test
    void aFailingAppKeepsItsLastGoodFlowsAndTheOthersGoOn() {
        TestApp other = new TestApp("other")
                .with(
                        Scope.PORT,
                        FlowCompilerTest::outputs,
                        unit -> List.of(flow(
                                Table.FLOOD,
                                1,
                                unit.port().value(),
                                unit.ofPort().getPortNumber() + 50)));
        FlowCompiler compiler = compiler(delivering(FAILING), other, constant(HEALTHY, flow(Table.BRIDGE, 1, 1, 100)));
        twoPorts(compiler);
        bind(compiler, "a", 1);

        poison.add(OFPort.of(2));
        FlowDelta delta = bind(compiler, "b", 2);
        assertThat(outputs(delta.added())).containsExactly(52);
        assertThat(wanted(compiler)).containsExactlyInAnyOrder(1, 51, 52, 100);
        assertThat(health(compiler, FAILING).failure())
                .hasValueSatisfying(failure -> assertThat(failure).contains("cannot deliver to"));
        assertThat(health(compiler, FAILING).flows()).isEqualTo(1);
        assertThat(health(compiler, "other").failure()).isEmpty();
        assertThat(health(compiler, HEALTHY).failure()).isEmpty();
    }

    @Test
    void aFailedAppRecoversWithAllThatItMissed() {
        FlowCompiler compiler = compiler(delivering(FAILING));
        twoPorts(compiler);
        bind(compiler, "a", 1);
        poison.add(OFPort.of(2));
        bind(compiler, "b", 2);
        update(compiler, SampleNetwork.unbind(snapshot, "a"));
        assertThat(wanted(compiler)).containsExactly(1);

        poison.clear();
        FlowDelta delta = update(compiler, snapshot.edit().update());
        assertThat(outputs(delta.removed())).containsExactly(1);
        assertThat(outputs(delta.added())).containsExactly(2);
        assertThat(health(compiler, FAILING).failure()).isEmpty();
        assertThat(wanted(compiler)).containsExactly(2);
    }

    @Test
    void aPartThatVanishedWhileTheAppFailedIsForgotten() {
        FlowCompiler compiler = compiler(delivering(FAILING));
        twoPorts(compiler);
        bind(compiler, "a", 1);
        poison.add(OFPort.of(2));
        bind(compiler, "b", 2);
        update(compiler, SampleNetwork.update(snapshot, SampleNetwork.network("n"), SampleNetwork.port("b", "n", 2)));
        poison.clear();
        update(compiler, snapshot.edit().update());
        assertThat(wanted(compiler)).containsExactly(2);
    }

    @Test
    void anAppWhoseClassesAreMissingFailsAlone() {
        TestApp broken = new TestApp(FAILING).with(Scope.ALWAYS, Stream::of, always -> {
            throw new NoClassDefFoundError("com/example/Missing");
        });
        FlowCompiler compiler = compiler(broken, constant(HEALTHY, flow(Table.BRIDGE, 1, 1, 100)));
        assertThat(health(compiler, FAILING).failure()).isPresent();
        assertThat(wanted(compiler)).containsExactly(100);
    }

    @Test
    void anAppThatGivesNullFails() {
        TestApp broken = new TestApp(FAILING).with(Scope.ALWAYS, Stream::of, FlowCompilerTest::nothing);
        FlowCompiler compiler = compiler(broken, constant(HEALTHY, flow(Table.BRIDGE, 1, 1, 100)));
        assertThat(health(compiler, FAILING).failure()).isPresent();
        assertThat(wanted(compiler)).containsExactly(100);
    }

    @SuppressWarnings("NullAway") // What an app written without its checks may do.
    private static List<Flow> nothing(Boolean always) {
        return null;
    }

    @Test
    void refusesTwoFlowsUnderOneKeyAndNamesBoth() {
        TestApp app = new TestApp("twins")
                .with(
                        Scope.ALWAYS,
                        always -> Stream.of("first", "second"),
                        unit -> List.of(flow(Table.BRIDGE, 1, 1, unit.length())));
        FlowCompiler compiler = compiler(app);
        assertThat(compiler.flows()).isEmpty();
        assertThat(health(compiler, "twins").failure()).hasValueSatisfying(failure -> assertThat(failure)
                .contains("two flows under one key", "twins d0 first", "twins d0 second"));
    }

    @Test
    void refusesAFlowUnderAnotherAppsKeyAndNamesThatApp() {
        FlowCompiler compiler = compiler(
                constant("first", flow(Table.BRIDGE, 1, 1, 10)), constant("second", flow(Table.BRIDGE, 1, 1, 20)));
        assertThat(wanted(compiler)).containsExactly(10);
        assertThat(health(compiler, "first").failure()).isEmpty();
        assertThat(health(compiler, "second").failure()).hasValueSatisfying(failure -> assertThat(failure)
                .contains("two flows under one key", "second d0", "one of first"));
    }

    @Test
    void aKeyThatAnAppGaveUpIsFreeForOthers() {
        FlowCompiler compiler = compiler(
                constant("first", flow(Table.BRIDGE, 1, 1, 10)), constant("second", flow(Table.BRIDGE, 1, 1, 20)));
        assertThat(outputs(compiler.enable("first", false).removed())).containsExactly(10);
        assertThat(outputs(update(compiler, snapshot.edit().update()).added())).containsExactly(20);
        assertThat(health(compiler, "second").failure()).isEmpty();
    }

    @Test
    void disablingTakesAnAppsFlowsAndNoOthers() {
        FlowCompiler compiler = compiler(delivering("first"), constant("second", flow(Table.BRIDGE, 1, 1, 100)));
        twoPorts(compiler);
        bind(compiler, "a", 1);
        FlowDelta off = compiler.enable("first", false);
        assertThat(outputs(off.removed())).containsExactly(1);
        assertThat(off.added()).isEmpty();
        assertThat(wanted(compiler)).containsExactly(100);
        assertThat(health(compiler, "first").enabled()).isFalse();
        assertThat(health(compiler, "first").flows()).isZero();

        assertThat(bind(compiler, "b", 2).isEmpty()).isTrue();
        assertThat(outputs(compiler.enable("first", true).added())).containsExactlyInAnyOrder(1, 2);
        assertThat(wanted(compiler)).containsExactlyInAnyOrder(1, 2, 100);
    }

    @Test
    void disablingAFailedAppTakesItsLastGoodFlows() {
        FlowCompiler compiler = compiler(delivering(FAILING));
        twoPorts(compiler);
        bind(compiler, "a", 1);
        poison.add(OFPort.of(2));
        bind(compiler, "b", 2);
        assertThat(outputs(compiler.enable(FAILING, false).removed())).containsExactly(1);
        assertThat(health(compiler, FAILING).failure()).isEmpty();
        assertThat(compiler.flows()).isEmpty();
    }

    @Test
    void enablingTwiceChangesNothing() {
        FlowCompiler compiler = compiler(constant("first", flow(Table.BRIDGE, 1, 1, 10)));
        assertThat(compiler.enable("first", true).isEmpty()).isTrue();
        compiler.enable("first", false);
        assertThat(compiler.enable("first", false).isEmpty()).isTrue();
        assertThatIllegalArgumentException()
                .isThrownBy(() -> compiler.enable("third", true))
                .withMessageContaining("third");
    }

    @Test
    void refusesTwoAppsOfOneName() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new FlowCompiler(List.of(constant("one"), constant("one"))))
                .withMessageContaining("one");
    }

    @Test
    void anAppOfManyDerivationsIsAllOrNothing() {
        TestApp app = delivering(FAILING)
                .with(
                        Scope.PORT,
                        FlowCompilerTest::outputs,
                        unit -> List.of(flow(
                                Table.FLOOD,
                                1,
                                unit.port().value(),
                                unit.ofPort().getPortNumber() + 50)));
        FlowCompiler compiler = compiler(app);
        twoPorts(compiler);
        poison.add(OFPort.of(1));
        assertThat(bind(compiler, "a", 1).isEmpty()).isTrue();
        assertThat(compiler.flows()).isEmpty();
    }

    @Test
    void namesTheOriginOfAFlow() {
        FlowCompiler compiler = compiler(delivering(HEALTHY));
        twoPorts(compiler);
        OwnedFlow flow = bind(compiler, "a", 1).added().get(0);
        assertThat(flow.origin().app()).isEqualTo(HEALTHY);
        assertThat(flow.origin()).hasToString(HEALTHY + " d0 " + computed.get(computed.size() - 1));
        assertThat(flow.origin().announcements()).isEmpty();
    }

    @Test
    void manyUnitsOfOnePartAreTakenApart() {
        TestApp app = new TestApp("many")
                .with(
                        Scope.PORT,
                        port -> port.ofPort().stream().flatMap(of -> IntStream.rangeClosed(1, of.getPortNumber())
                                .boxed()),
                        number -> List.of(flow(Table.BRIDGE, 1, number, number)));
        FlowCompiler compiler = compiler(app);
        twoPorts(compiler);
        assertThat(outputs(bind(compiler, "a", 3).added())).containsExactlyInAnyOrder(1, 2, 3);
        assertThat(outputs(bind(compiler, "b", 5).added())).containsExactlyInAnyOrder(4, 5);
        assertThat(bind(compiler, "a", 1).isEmpty()).isTrue();
        assertThat(outputs(bind(compiler, "b", 2).removed())).containsExactlyInAnyOrder(3, 4, 5);
        assertThat(wanted(compiler)).containsExactlyInAnyOrder(1, 2);
    }

    @Test
    void makesAViewOnceForAllThatLookAtIt() {
        List<PortView> seen = new ArrayList<>();
        TestApp one =
                new TestApp("one").with(Scope.PORT, view -> Stream.of(view).peek(seen::add), view -> List.of());
        TestApp other =
                new TestApp("other").with(Scope.PORT, view -> Stream.of(view).peek(seen::add), view -> List.of());
        twoPorts(compiler(one, other));
        assertThat(seen).hasSize(4);
        assertThat(seen.get(2)).isSameAs(seen.get(0));
        assertThat(seen.get(3)).isSameAs(seen.get(1));
    }
}
