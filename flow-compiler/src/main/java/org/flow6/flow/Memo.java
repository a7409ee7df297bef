package org.flow6.flow;

import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** What a derivation gave so far: the units of each part of its scope. Flows are not kept: their units give them again. */
final class Memo<K, V, U> {
    /** How far apart an update moves what stays, at most, for it to be seen as staying. */
    private static final int NEAR = 16;

    private final String app;
    private final Derivation<K, V, U> derivation;
    private final Map<K, List<U>> units = new HashMap<>();
    private final Map<U, Held> held = new HashMap<>();

    Memo(String app, Derivation<K, V, U> derivation) {
        this.app = app;
        this.derivation = derivation;
    }

    /** A unit, and how many parts give it. */
    private final class Held extends Origin {
        private final U unit;
        private int references;

        Held(U unit) {
            this.unit = unit;
        }

        @Override
        public String app() {
            return app;
        }

        @Override
        List<Flow> flows() {
            return derivation.flows().apply(unit);
        }

        @Override
        public List<Announcement> announcements() {
            return derivation.announcements().apply(unit);
        }

        @Override
        public String toString() {
            return app + " " + derivation.name() + " " + unit;
        }
    }

    /** How a change alters the number of parts that give a unit. */
    private final class Tally {
        private final Held unit;
        private int change;

        Tally(Held unit) {
            this.unit = unit;
        }
    }

    /** What an update changes here; nothing is changed before {@link #commit}. */
    final class Change {
        private final Map<K, List<U>> next = new LinkedHashMap<>();
        private final Map<U, Tally> tallies = new LinkedHashMap<>();

        void set(K part, List<U> now) {
            List<U> before = units.getOrDefault(part, List.of());
            if (differ(before, now)) {
                next.put(part, now);
            }
        }

        /** Tallies what only one of two lists has; those of a large part, a network for instance, have most in common. */
        private boolean differ(List<U> before, List<U> now) {
            boolean differ = false;
            int i = 0;
            int j = 0;
            while (i < before.size() && j < now.size()) {
                U one = before.get(i);
                U other = now.get(j);
                if (one.equals(other)) {
                    i++;
                    j++;
                    continue;
                }
                differ = true;
                int gone = distance(before, i, other);
                int come = gone > 0 ? 0 : distance(now, j, one);
                int both = gone + come > 0 ? 0 : 1;
                i = tally(before, i, gone + both, -1);
                j = tally(now, j, come + both, 1);
            }
            differ |= i < before.size() || j < now.size();
            tally(before, i, before.size() - i, -1);
            tally(now, j, now.size() - j, 1);
            return differ;
        }

        /** How far ahead a unit is, if it is near; else 0. */
        private int distance(List<U> units, int from, U unit) {
            int end = Math.min(units.size(), from + NEAR);
            for (int i = from + 1; i < end; i++) {
                if (units.get(i).equals(unit)) {
                    return i - from;
                }
            }
            return 0;
        }

        /** Returns the first index behind those that are tallied. */
        private int tally(List<U> units, int from, int count, int change) {
            for (int i = from; i < from + count; i++) {
                tally(units.get(i)).change += change;
            }
            return from + count;
        }

        private Tally tally(U unit) {
            Tally tally = tallies.get(unit);
            if (tally == null) {
                Held known = held.get(unit);
                tally = new Tally(known == null ? new Held(unit) : known);
                tallies.put(unit, tally);
            }
            return tally;
        }

        /** The units that are new, and those that are gone. */
        void units(Consumer<Origin> added, Consumer<Origin> removed) {
            tallies.values().forEach(tally -> {
                int before = tally.unit.references;
                int after = before + tally.change;
                if (before == 0 && after > 0) {
                    added.accept(tally.unit);
                } else if (before > 0 && after == 0) {
                    removed.accept(tally.unit);
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
            tallies.forEach((unit, tally) -> {
                tally.unit.references += tally.change;
                if (tally.unit.references == 0) {
                    held.remove(unit);
                    tally.unit.end();
                } else {
                    held.put(tally.unit.unit, tally.unit);
                }
            });
        }
    }

    /** The change that an update makes; with all parts looked at, or only those that it touches. */
    Change change(Views views, boolean all) {
        Change change = new Change();
        Views looked = all ? views.all() : views;
        for (Views.Part<K, V> part : looked.of(derivation.scope())) {
            change.set(part.key(), unitsOf(part));
        }
        if (all) {
            Set<K> parts = looked.parts(derivation.scope());
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

    /** The units that have flows of their own. */
    Stream<Origin> origins() {
        return held.values().stream().filter(Origin::isGiving).map(unit -> unit);
    }

    /** The units of a part of a scope, if it is the scope of the derivation. */
    Stream<Origin> originsOf(Scope<?, ?> scope, Object part) {
        return derivation.scope() == scope
                ? units.getOrDefault(part, List.of()).stream().flatMap(unit -> Stream.ofNullable(held.get(unit)))
                : Stream.empty();
    }

    int unitCount() {
        return held.size();
    }

    private List<U> unitsOf(Views.Part<K, V> part) {
        // Most parts give one unit or none: a stream's list of one is twice as large as this.
        return part.view()
                .map(view -> List.copyOf(derivation.units().apply(view).toList()))
                .orElse(List.of());
    }
}
