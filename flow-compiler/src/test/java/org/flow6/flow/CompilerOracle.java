package org.flow6.flow;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.flow6.network.NetworkSnapshot;
import org.flow6.network.NetworkUpdate;

/**
 * Runs a random history through a compiler, and after each step compares the flows that its deltas add up to with those
 * of a compiler that sees the network for the first time.
 */
public final class CompilerOracle {
    private static final int REBUILD_EVERY = 10;

    private final RandomHistory history;
    private final List<FlowApp> apps;
    private final FlowCompiler compiler;
    private final Map<String, Boolean> enabled = new HashMap<>();
    private final Map<FlowKey, Flow> accumulated = new HashMap<>();
    private long changes;

    /** @param apps whose flows do not clash, whatever the network is */
    public CompilerOracle(RandomHistory history, List<FlowApp> apps) {
        this.history = history;
        this.apps = apps;
        this.compiler = new FlowCompiler(apps);
        apps.forEach(app -> toggle(app.name()));
    }

    /** Goes through so many steps; returns how many flows were added and removed on the way. */
    public long run(int steps) {
        for (int step = 0; step < steps; step++) {
            if (history.random().nextInt(20) == 0) {
                toggle(apps.get(history.random().nextInt(apps.size())).name());
            } else {
                accumulate(compiler.update(history.step()));
            }
            String when = "after step " + step;
            compiler.health()
                    .forEach((app, health) -> assertThat(health.failure()).isEmpty());
            compare(when, asMap(compiler.flows()));
            compare(when + ", compiled anew", fresh(history.snapshot()));
            if (step % REBUILD_EVERY == 0) {
                compare(when + ", put together anew", fresh(history.rebuilt()));
            }
        }
        return changes;
    }

    private void toggle(String app) {
        boolean on = !enabled.getOrDefault(app, false);
        enabled.put(app, on);
        accumulate(compiler.enable(app, on));
    }

    private void accumulate(FlowDelta delta) {
        for (OwnedFlow flow : delta.removed()) {
            assertThat(accumulated.remove(flow.key())).isEqualTo(flow.flow());
        }
        for (OwnedFlow flow : delta.added()) {
            assertThat(accumulated.put(flow.key(), flow.flow())).isNull();
        }
        changes += delta.added().size() + delta.removed().size();
    }

    private Map<FlowKey, Flow> fresh(NetworkSnapshot snapshot) {
        FlowCompiler other = new FlowCompiler(apps);
        other.update(NetworkUpdate.all(snapshot));
        enabled.forEach((app, on) -> {
            if (on) {
                other.enable(app, true);
            }
        });
        return asMap(other.flows());
    }

    private static Map<FlowKey, Flow> asMap(Stream<OwnedFlow> flows) {
        Map<FlowKey, Flow> map = new HashMap<>();
        flows.forEach(flow -> map.put(flow.key(), flow.flow()));
        return map;
    }

    private void compare(String when, Map<FlowKey, Flow> expected) {
        if (!accumulated.equals(expected)) {
            assertThat(without(accumulated, expected)).as("%s: too many", when).isEmpty();
            assertThat(without(expected, accumulated)).as("%s: missing", when).isEmpty();
        }
    }

    private static List<Flow> without(Map<FlowKey, Flow> flows, Map<FlowKey, Flow> others) {
        return flows.values().stream()
                .filter(flow -> !others.containsValue(flow))
                .toList();
    }
}
