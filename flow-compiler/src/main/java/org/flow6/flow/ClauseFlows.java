package org.flow6.flow;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The flows of an app that are clauses of conjunctions. A switch holds one flow for a match, so what several units say of
 * one match is one flow here, with the clauses of all of them. For one thread.
 */
final class ClauseFlows {
    private final String app;
    private final Map<FlowKey, Merged> flows = new HashMap<>();

    ClauseFlows(String app) {
        this.app = app;
    }

    /** One flow, and how many units give each of its clauses. */
    private static final class Merged extends Origin {
        private final String app;
        private final Flow flow;
        private final SortedMap<Action.Conjunction, Integer> units;

        Merged(String app, Flow shape, SortedMap<Action.Conjunction, Integer> units) {
            this.app = app;
            this.units = units;
            flow = new Flow(shape.table(), shape.priority(), shape.match(), List.copyOf(units.keySet()));
        }

        @Override
        public String app() {
            return app;
        }

        @Override
        List<Flow> flows() {
            return List.of(flow);
        }

        @Override
        boolean isMerged() {
            return true;
        }

        @Override
        public List<Announcement> announcements() {
            return List.of();
        }

        @Override
        public String toString() {
            return app + " clauses of " + units.size() + " conjunctions " + flow.match();
        }
    }

    /** What a change of units makes of these flows; nothing is changed before {@link #commit}. */
    final class Change {
        private final Map<FlowKey, Tally> tallies = new LinkedHashMap<>();
        private final Map<FlowKey, @Nullable Merged> next = new LinkedHashMap<>();

        private record Tally(Flow shape, Map<Action.Conjunction, Integer> changes) {}

        /** A unit gives this flow from now on. */
        void add(OwnedFlow flow) {
            tally(flow, 1);
        }

        /** A unit gives this flow no more. */
        void remove(OwnedFlow flow) {
            tally(flow, -1);
        }

        private void tally(OwnedFlow owned, int change) {
            Flow flow = owned.flow();
            Tally tally = tallies.computeIfAbsent(owned.key(), key -> new Tally(flow, new HashMap<>()));
            for (Action action : flow.actions()) {
                tally.changes.merge((Action.Conjunction) action, change, Integer::sum);
            }
        }

        /** The flows that this adds to a switch, and those that it removes. */
        void flows(Consumer<OwnedFlow> added, Consumer<OwnedFlow> removed) {
            tallies.forEach((key, tally) -> {
                Merged before = flows.get(key);
                SortedMap<Action.Conjunction, Integer> units = new TreeMap<>(before == null ? Map.of() : before.units);
                tally.changes.forEach((clause, change) -> units.merge(clause, change, ClauseFlows::sum));
                Merged after = units.isEmpty() ? null : new Merged(app, tally.shape, units);
                next.put(key, after);
                if (!Objects.equals(flow(before), flow(after))) {
                    if (before != null) {
                        before.ownedFlows().forEach(removed);
                    }
                    if (after != null) {
                        after.ownedFlows().forEach(added);
                    }
                } else if (before != null && after != null && before.marks() != null) {
                    after.mark(before.marks());
                }
            });
        }

        void commit() {
            next.forEach((key, after) -> {
                if (after == null) {
                    flows.remove(key);
                } else {
                    flows.put(key, after);
                }
            });
        }
    }

    private static @Nullable Flow flow(@Nullable Merged merged) {
        return merged == null ? null : merged.flow;
    }

    /** No entry where nothing is left. */
    private static @Nullable Integer sum(int before, int change) {
        return before + change == 0 ? null : (Integer) (before + change);
    }

    /** Each flow, as an origin of its own. */
    Stream<Origin> origins() {
        return new ArrayList<Origin>(flows.values()).stream();
    }
}
