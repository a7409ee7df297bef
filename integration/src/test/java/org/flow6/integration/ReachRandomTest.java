package org.flow6.integration;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.collect.Sets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.stream.Collectors;
import org.flow6.flow.Action;
import org.flow6.flow.Field;
import org.flow6.flow.Flow;
import org.flow6.flow.FlowApp;
import org.flow6.flow.FlowCompiler;
import org.flow6.flow.Match;
import org.flow6.flow.OwnedFlow;
import org.flow6.flow.Pipeline;
import org.flow6.flow.RandomHistory;
import org.flow6.network.Host;
import org.flow6.network.Id;
import org.flow6.network.Network;
import org.flow6.network.NetworkModel;
import org.flow6.network.NetworkSnapshot;
import org.flow6.network.NetworkUpdate;
import org.flow6.network.Port;
import org.flow6.network.Router;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Whatever happens to a network, packets of own ports, and those that tunnels bring for them, meet the same flows whether
 * the switch has all of the network or what its own ports can reach.
 */
class ReachRandomTest {
    private static final int STEPS = 100;

    private final List<FlowApp> apps = new ArrayList<>();
    /** One that ports and routers name, or one that nobody does. */
    private String host = "";

    private Set<Long> networks = Set.of();
    private Set<Long> routers = Set.of();

    ReachRandomTest() {
        ServiceLoader.load(FlowApp.class).forEach(apps::add);
        apps.add(0, new Pipeline(List.copyOf(apps)));
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4})
    void packetsOfOwnPortsMeetTheSameFlows(long seed) {
        follow(seed, new RandomHistory.Size(3, 2, 10, 0));
    }

    /** And many are beyond reach, some of them behind gateways on other hosts. */
    @ParameterizedTest
    @ValueSource(longs = {6, 8})
    void packetsOfOwnPortsMeetTheSameFlowsInALargerNetwork(long seed) {
        int outlines = follow(seed, new RandomHistory.Size(2, 1, 10, 4));
        assertThat(outlines).as("how often networks are outlined").isGreaterThan(STEPS / 10);
    }

    /** Returns how often networks were outlined. */
    private int follow(long seed, RandomHistory.Size size) {
        host = seed % 2 == 0 ? "here" : "nobodys";
        ReachHistory history = new ReachHistory(seed, size, host);
        FlowCompiler compiler = compiler();
        int met = 0;
        int spared = 0;
        int outlines = 0;
        for (int step = 0; step < STEPS; step++) {
            history.step();
            String when = "seed " + seed + ", after step " + step;
            assertThat(history.part()).as(when).isEqualTo(history.freshPart());
            compiler.update(history.update());
            Set<Flow> all = fresh(history.wholly());
            follow(all, history.model(), history.bound().keySet(), history.wholly());
            Set<Flow> few = compiler.flows().map(OwnedFlow::flow).collect(Collectors.toSet());
            Set<Flow> metOfAll = met(all);
            Set<Flow> metOfFew = met(few);
            assertThat(Sets.difference(metOfAll, metOfFew))
                    .as("%s: missing", when)
                    .isEmpty();
            assertThat(Sets.difference(metOfFew, metOfAll))
                    .as("%s: too many", when)
                    .isEmpty();
            met += metOfAll.size();
            spared += Sets.difference(all, few).size();
            outlines += history.outlined().size();
        }
        assertThat(met).as("how many flows are met").isGreaterThan(STEPS * 50);
        assertThat(spared).as("how many flows are spared").isGreaterThan(STEPS / 2);
        return outlines;
    }

    private FlowCompiler compiler() {
        FlowCompiler compiler = new FlowCompiler(apps);
        apps.forEach(app -> compiler.enable(app.name(), true));
        return compiler;
    }

    private Set<Flow> fresh(NetworkSnapshot snapshot) {
        FlowCompiler compiler = compiler();
        compiler.update(NetworkUpdate.all(snapshot));
        return compiler.flows().map(OwnedFlow::flow).collect(Collectors.toSet());
    }

    /**
     * Finds on which networks and in which routers packets may be: from where they come in, by whatever flow that they may
     * meet there.
     */
    private void follow(Set<Flow> flows, NetworkModel model, Set<Id<Port>> bound, NetworkSnapshot snapshot) {
        Set<Id<Network>> from = model.ports().values().stream()
                .filter(port -> bound.contains(port.id())
                        || port.hostId().map(host::equals).orElse(false)
                        || isOfGatewayHere(port, model))
                .map(Port::networkId)
                .collect(Collectors.toSet());
        networks = from.stream()
                .flatMap(id -> snapshot.network(id).stream())
                .map(view -> Integer.toUnsignedLong(view.key().value()))
                .collect(Collectors.toCollection(HashSet::new));
        routers = new HashSet<>();
        boolean more = true;
        while (more) {
            more = false;
            for (Flow flow : flows) {
                if (isMet(flow)) {
                    for (Action action : flow.actions()) {
                        more |= action instanceof Action.Set set && note(set);
                    }
                }
            }
        }
    }

    private boolean isOfGatewayHere(Port port, NetworkModel model) {
        Router router = port.deviceId().isEmpty() || !port.isRouterInterface()
                ? null
                : model.routers().get(Id.<Router>of(port.deviceId()));
        return router != null
                && router.gatewayHosts().contains(Id.<Host>of(host))
                && !port.deviceOwner().equals("network:router_gateway");
    }

    private boolean note(Action.Set set) {
        if (set.field() == Field.NETWORK) {
            return networks.add(set.value().getLsb());
        }
        return set.field() == Field.ROUTER && routers.add(set.value().getLsb());
    }

    private Set<Flow> met(Set<Flow> flows) {
        return flows.stream().filter(this::isMet).collect(Collectors.toSet());
    }

    /** Whether a packet on those networks and in those routers may meet a flow. */
    private boolean isMet(Flow flow) {
        return flow.match().terms().stream().allMatch(this::mayBe);
    }

    private boolean mayBe(Match.Term term) {
        long value = term.value().getLsb();
        if (term.field() == Field.NETWORK || term.field() == Field.TUN_ID) {
            return networks.contains(value);
        }
        return term.field() != Field.ROUTER || routers.contains(value);
    }
}
