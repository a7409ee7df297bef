package org.flow6.flow;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.flow6.network.ConjunctionKey;
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

    /** One flow, and how many units give it and each of its clauses. There may be 20,000, of ten clauses each. */
    private static final class Merged extends Origin {
        private final String app;
        private final Flow shape;
        private final int givers;
        private final long[] clauses;
        private final int[] counts;

        /** @param shape the flow without its clauses */
        Merged(String app, Flow shape, int givers, SortedMap<Action.Conjunction, Integer> counted) {
            this.app = app;
            this.shape = shape;
            this.givers = givers;
            clauses = counted.keySet().stream().mapToLong(Merged::packed).toArray();
            counts = counted.values().stream().mapToInt(count -> count).toArray();
        }

        private static long packed(Action.Conjunction clause) {
            return (long) clause.key().value() << 32 | clause.clause() << 8 | clause.of();
        }

        private Action.Conjunction clause(int at) {
            long packed = clauses[at];
            return new Action.Conjunction(
                    new ConjunctionKey((int) (packed >>> 32)), (int) packed >>> 8 & 0xff, (int) packed & 0xff);
        }

        SortedMap<Action.Conjunction, Integer> counted() {
            SortedMap<Action.Conjunction, Integer> counted = new TreeMap<>();
            for (int i = 0; i < clauses.length; i++) {
                counted.put(clause(i), counts[i]);
            }
            return counted;
        }

        @Override
        public String app() {
            return app;
        }

        @Override
        List<Flow> flows() {
            return List.of(new Flow(
                    shape.table(),
                    shape.priority(),
                    shape.match(),
                    List.copyOf(counted().keySet())));
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
            return app + " clauses of " + clauses.length + " conjunctions, from " + givers + " units, " + shape.match();
        }
    }

    /** What a change of units makes of these flows; nothing is changed before {@link #commit}. */
    final class Change {
        private final Map<FlowKey, Tally> tallies = new LinkedHashMap<>();
        private final Map<FlowKey, @Nullable Merged> next = new LinkedHashMap<>();

        private static final class Tally {
            final Flow shape;
            final Map<Action.Conjunction, Integer> changes = new HashMap<>();
            int givers;

            Tally(Flow of) {
                shape = Flow.of(of.table(), of.priority(), of.match());
            }
        }

        /** A unit gives this flow from now on. */
        void add(Flow flow) {
            tally(flow, 1);
        }

        /** A unit gives this flow no more. */
        void remove(Flow flow) {
            tally(flow, -1);
        }

        private void tally(Flow flow, int change) {
            Tally tally = tallies.computeIfAbsent(FlowKey.of(flow), key -> new Tally(flow));
            tally.givers += change;
            for (Action action : flow.actions()) {
                tally.changes.merge((Action.Conjunction) action, change, Integer::sum);
            }
        }

        /** The flows that this adds to a switch, and those that it removes. */
        void flows(Consumer<OwnedFlow> added, Consumer<OwnedFlow> removed) {
            tallies.forEach((key, tally) -> {
                Merged before = flows.get(key);
                Merged after = merged(before, tally);
                next.put(key, after);
                if (before != null && after != null && Arrays.equals(before.clauses, after.clauses)) {
                    if (before.marks() != null) {
                        after.mark(before.marks());
                    }
                    return;
                }
                if (before != null) {
                    before.ownedFlows().forEach(removed);
                }
                if (after != null) {
                    after.ownedFlows().forEach(added);
                }
            });
        }

        private @Nullable Merged merged(@Nullable Merged before, Tally tally) {
            SortedMap<Action.Conjunction, Integer> counted = before == null ? new TreeMap<>() : before.counted();
            tally.changes.forEach((clause, change) -> counted.merge(clause, change, ClauseFlows::sum));
            int givers = tally.givers + (before == null ? 0 : before.givers);
            return counted.isEmpty() ? null : new Merged(app, tally.shape, givers, counted);
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

    /** No entry where nothing is left. */
    private static @Nullable Integer sum(int before, int change) {
        return before + change == 0 ? null : (Integer) (before + change);
    }

    /** Each flow, as an origin of its own. */
    Stream<Origin> origins() {
        return new ArrayList<Origin>(flows.values()).stream();
    }
}
