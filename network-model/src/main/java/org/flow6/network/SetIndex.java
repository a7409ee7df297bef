package org.flow6.network;

import java.util.Set;
import java.util.stream.Stream;
import org.pcollections.HashTreePMap;
import org.pcollections.HashTreePSet;
import org.pcollections.PMap;
import org.pcollections.PSet;

/** Which of many belong to a key; a key without any takes no room. */
final class SetIndex<K, V> {
    private final PMap<K, PSet<V>> sets;

    private SetIndex(PMap<K, PSet<V>> sets) {
        this.sets = sets;
    }

    static <K, V> SetIndex<K, V> empty() {
        return new SetIndex<>(HashTreePMap.empty());
    }

    PSet<V> get(K key) {
        return sets.getOrDefault(key, HashTreePSet.empty());
    }

    boolean isEmpty() {
        return sets.isEmpty();
    }

    Set<K> keys() {
        return sets.keySet();
    }

    /** Every value of every key, in no order. */
    Stream<V> values() {
        return sets.values().stream().flatMap(Set::stream);
    }

    SetIndex<K, V> with(K key, V value) {
        return new SetIndex<>(sets.plus(key, get(key).plus(value)));
    }

    SetIndex<K, V> without(K key, V value) {
        PSet<V> after = get(key).minus(value);
        return new SetIndex<>(after.isEmpty() ? sets.minus(key) : sets.plus(key, after));
    }
}
