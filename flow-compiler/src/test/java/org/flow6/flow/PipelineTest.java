package org.flow6.flow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.flow6.network.Host;
import org.flow6.network.HostKey;
import org.flow6.network.Id;
import org.flow6.network.NetworkSnapshot;
import org.flow6.network.NetworkUpdate;
import org.flow6.network.Tunnel;
import org.junit.jupiter.api.Test;
import org.projectfloodlight.openflow.types.IPv6Address;
import org.projectfloodlight.openflow.types.OFPort;

class PipelineTest {
    /** An app that punts and drops for the reasons given, and does nothing else. */
    private record Reasons(String name, List<PuntReason> punts, List<DropReason> drops) implements FlowApp {
        @Override
        public List<Derivation<?, ?, ?>> derivations() {
            return List.of();
        }

        @Override
        public Map<PuntReason, Answer> answers() {
            Map<PuntReason, Answer> answers = new LinkedHashMap<>();
            punts.forEach(
                    reason -> answers.put(reason, (packet, snapshot, moment) -> new Answer.Result.Send(List.of())));
            return answers;
        }
    }

    private static FlowApp app(int puntCode, int dropCode) {
        return new Reasons(
                "app" + puntCode + "-" + dropCode,
                List.of(new PuntReason(puntCode, "punt" + puntCode, 10, 20)),
                List.of(new DropReason(dropCode, "drop" + dropCode, "test")));
    }

    private static List<Flow> flows(FlowCompiler compiler) {
        return compiler.flows().map(OwnedFlow::flow).toList();
    }

    @Test
    void codesAreUniqueAmongAllApps() {
        assertThat(new Pipeline(List.of(app(1, 100), app(2, 101))).punts()).hasSize(2);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Pipeline(List.of(app(1, 100), app(1, 101))))
                .withMessageContaining("punt");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Pipeline(List.of(app(1, 100), app(2, 100))))
                .withMessageContaining("drop");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Pipeline(List.of(app(1, DropReason.UNKNOWN_PORT.code()))));
    }

    @Test
    void reasonsHaveCodesThatFit() {
        assertThatIllegalArgumentException().isThrownBy(() -> new PuntReason(0, "none", 1, 1));
        assertThatIllegalArgumentException().isThrownBy(() -> new PuntReason(PuntReason.CODES, "many", 1, 1));
        assertThatIllegalArgumentException().isThrownBy(() -> new PuntReason(1, "still", 0, 1));
        assertThatIllegalArgumentException().isThrownBy(() -> new PuntReason(1, "still", 1, 0));
        assertThatIllegalArgumentException().isThrownBy(() -> new DropReason(0, "none", ""));
        assertThatIllegalArgumentException().isThrownBy(() -> new DropReason(0x10000, "many", ""));
    }

    @Test
    void everyTableHasItsMissAndEveryReasonItsCounter() {
        Pipeline pipeline = new Pipeline(List.of(app(3, 100)));
        FlowCompiler compiler = new FlowCompiler(List.of(pipeline));
        compiler.enable("pipeline", true);
        List<Flow> expected = new ArrayList<>();
        for (Table table : Table.values()) {
            if (table.miss() instanceof Table.Miss.Continue next) {
                expected.add(Flow.of(table, Priority.MISS, Match.ANY, Action.goTo(next.table())));
            } else if (table.miss() instanceof Table.Miss.Drop drop) {
                expected.add(Flow.of(table, Priority.MISS, Match.ANY, Action.drop(drop.reason())));
            }
        }
        List<Integer> codes =
                new ArrayList<>(DropReason.COMMON.stream().map(DropReason::code).toList());
        codes.add(100);
        codes.forEach(code -> expected.add(Flow.of(Table.DROP, Priority.rank(1), Match.ANY.and(Field.REASON, code))));
        assertThat(flows(compiler)).containsExactlyInAnyOrderElementsOf(expected);
    }

    @Test
    void everyBoundPortHasAMeterForEachReason() {
        Pipeline pipeline = new Pipeline(List.of(app(3, 100), app(4, 101)));
        FlowCompiler compiler = new FlowCompiler(List.of(pipeline));
        compiler.enable("pipeline", true);
        NetworkSnapshot empty = NetworkSnapshot.EMPTY;
        NetworkUpdate update = SampleNetwork.update(
                empty, SampleNetwork.network("n"), SampleNetwork.port("a", "n", 1), SampleNetwork.port("b", "n", 2));
        assertThat(compiler.update(update).isEmpty()).isTrue();
        FlowDelta bound = compiler.update(SampleNetwork.bind(update.after(), "a", 7));
        assertThat(bound.added().stream().map(flow -> flow.flow().actions()))
                .containsExactlyInAnyOrderElementsOf(Arrays.asList(
                        metered(pipeline.punts().get(0)),
                        metered(pipeline.punts().get(1))));
        assertThat(bound.removed()).isEmpty();
    }

    @Test
    void everyOtherHostHasAMeterForEachReasonThatConcernsIt() {
        FlowApp concerned = new Reasons(
                "app",
                List.of(new PuntReason(3, "own", 10, 20), new PuntReason(4, "all", 10, 20).alsoFromTunnels()),
                List.of());
        Pipeline pipeline = new Pipeline(List.of(concerned));
        NetworkSnapshot snapshot = GoldenFlows.network("""
                hosts: [{name: here, tunnel_ip: "fd00::1"}, {name: there, tunnel_ip: "fd00::2"}]
                """, Map.of())
                .edit()
                .host("here")
                .tunnel(Optional.of(new Tunnel(OFPort.of(9), Tunnel.Type.GENEVE)))
                .update()
                .after();
        HostKey there = snapshot.host(Id.<Host>of("there")).orElseThrow().key();
        assertThat(GoldenFlows.flows(pipeline, snapshot).stream().filter(flow -> flow.table() == Table.PUNT))
                .filteredOn(flow -> !flow.match().equals(Match.ANY))
                .containsExactly(Flow.of(
                        Table.PUNT,
                        Priority.rank(3),
                        Match.ANY
                                .and(Field.IN_PORT, OFPort.of(9))
                                .and(Field.TUN_IPV6_SRC, IPv6Address.of("fd00::2"))
                                .and(Field.REASON, 4),
                        new Action.MeteredController(
                                new Meter.OfHost(there, pipeline.punts().get(1)))));
    }

    private static List<Action> metered(PuntReason reason) {
        return List.of(new Action.MeteredController(new Meter.OfPort(OFPort.of(7), reason)));
    }

    @Test
    void tablesOfRulesAreReturnedFrom() {
        FlowCompiler compiler = new FlowCompiler(List.of(new Pipeline(List.of())));
        compiler.enable("pipeline", true);
        assertThat(flows(compiler))
                .extracting(Flow::table)
                .contains(Table.EGRESS_VERDICT, Table.INGRESS_VERDICT)
                .doesNotContain(
                        Table.EGRESS_RULES, Table.INGRESS_RULES, Table.EGRESS_PACKET_RULES, Table.INGRESS_PACKET_RULES);
    }

    /** Where no app guards or rules, every packet passes. */
    @Test
    void missesLeadFromPortToPort() {
        List<Table> way = new ArrayList<>();
        Table at = Table.GUARD;
        while (at.miss() instanceof Table.Miss.Continue next) {
            way.add(at);
            at = next.table();
        }
        way.add(at);
        assertThat(way)
                .containsExactly(
                        Table.GUARD, Table.BASE_ICMPV6, Table.EGRESS, Table.SERVICES, Table.ROUTER, Table.BRIDGE);
        assertThat(Table.INGRESS.miss()).isEqualTo(new Table.Miss.Continue(Table.DELIVER));
    }
}
