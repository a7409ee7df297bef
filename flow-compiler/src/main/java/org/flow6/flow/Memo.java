package org.flow6.flow;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.flow6.network.NetworkUpdate;

/** What a derivation gave so far: the units of each part of its scope. Flows are not kept: their units give them again. */
final class Memo<K, V, U> {
    private final String app;
    private final Derivation<K, V, U> derivation;
    private final Map<K, List<U>> units = new HashMap<>();
    private final Map<U, Integer> references = new HashMap<>();

    Memo(String app, Derivation<K, V, U> derivation) {
        this.app = app;
        this.derivation = derivation;
    }

    /** What an update changes here; nothing is changed before {@link #commit}. */
    final class Change {
        private final Map<K, List<U>> next = new LinkedHashMap<>();
        private final Map<U, Integer> counts = new LinkedHashMap<>();

        void set(K part, List<U> now) {
            List<U> before = units.getOrDefault(part, List.of());
            if (!now.equals(before)) {
                next.put(part, now);
                // The units of a large part, a network for instance, are mostly those it had.
                int start = 0;
                int shorter = Math.min(before.size(), now.size());
                while (start < shorter && before.get(start).equals(now.get(start))) {
                    start++;
                }
                int end = 0;
                while (end < shorter - start && last(before, end).equals(last(now, end))) {
                    end++;
                }
                before.subList(start, before.size() - end).forEach(unit -> counts.merge(unit, -1, Integer::sum));
                now.subList(start, now.size() - end).forEach(unit -> counts.merge(unit, 1, Integer::sum));
            }
        }

        private U last(List<U> units, int fromEnd) {
            return units.get(units.size() - 1 - fromEnd);
        }

        /** The flows of units that are new, and of those that are gone. */
        void flows(Consumer<OwnedFlow> added, Consumer<OwnedFlow> removed) {
            counts.forEach((unit, count) -> {
                int before = references.getOrDefault(unit, 0);
                if (before == 0 && count > 0) {
                    flowsOf(unit).forEach(added);
                } else if (before > 0 && before + count == 0) {
                    flowsOf(unit).forEach(removed);
                }
            });
        }

        void commit() {
            next.forEach((part, now) -> {
                if (now.isEmpty()) {
                    units.remove(part);
                } else {
                    units.put(part, now);
                }
            });
            counts.forEach((unit, count) -> references.compute(unit, (same, before) -> {
                int after = (before == null ? 0 : before) + count;
                return after == 0 ? null : after;
            }));
        }
    }

    /** The change that an update makes; with all parts looked at, or only those that it touches. */
    Change change(NetworkUpdate update, boolean all) {
        Change change = new Change();
        Set<K> parts = derivation.scope().touched(all ? NetworkUpdate.all(update.after()) : update);
        for (K part : parts) {
            change.set(part, unitsOf(update, part));
        }
        if (all) {
            for (K part : new HashSet<>(units.keySet())) {
                if (!parts.contains(part)) {
                    change.set(part, List.of());
                }
            }
        }
        return change;
    }

    /** The change that takes everything away. */
    Change clearance() {
        Change change = new Change();
        units.keySet().forEach(part -> change.set(part, List.of()));
        return change;
    }

    Stream<OwnedFlow> flows() {
        return references.keySet().stream().flatMap(unit -> flowsOf(unit).stream());
    }

    int unitCount() {
        return references.size();
    }

    private List<U> unitsOf(NetworkUpdate update, K part) {
        return derivation
                .scope()
                .view(update.after(), part)
                .map(view -> derivation.units().apply(view).toList())
                .orElse(List.of());
    }

    private List<OwnedFlow> flowsOf(U unit) {
        List<Flow> flows = derivation.flows().apply(unit);
        Origin origin = Origin.of(app, derivation, unit);
        List<OwnedFlow> owned = new ArrayList<>(flows.size());
        for (Flow flow : flows) {
            owned.add(OwnedFlow.of(flow, origin, owned.size()));
        }
        return owned;
    }
}
