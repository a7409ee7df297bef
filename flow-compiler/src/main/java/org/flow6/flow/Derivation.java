package org.flow6.flow;

import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * A rule by which flows follow from the network: each part of a scope gives units, each unit gives flows. Both functions
 * are pure, and a unit holds everything that its flows depend on, so flows are made once for as long as their unit stays.
 *
 * @param name unique within the app
 * @param units records with value equality; two parts may give the same unit
 * @param announcements packets to send once flows of a new unit are in the switch
 */
public record Derivation<K, V, U>(
        String name,
        Scope<K, V> scope,
        Function<V, Stream<U>> units,
        Function<U, List<Flow>> flows,
        Function<U, List<Announcement>> announcements) {

    public Derivation(String name, Scope<K, V> scope, Function<V, Stream<U>> units, Function<U, List<Flow>> flows) {
        this(name, scope, units, flows, unit -> List.of());
    }
}
