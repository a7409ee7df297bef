package org.flow6.network;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/**
 * Keeps what was made, as far as there is anything, so that it is made once; up to a number of them, and others are made again.
 * For all threads.
 */
final class Memo<K, V> {
    private final Map<K, V> made = new ConcurrentHashMap<>();
    private final int most;

    /** @param most so many are kept */
    Memo(int most) {
        this.most = most;
    }

    Optional<V> get(K key, Supplier<Optional<V>> maker) {
        V known = made.get(key);
        if (known != null) {
            return Optional.of(known);
        }
        Optional<V> one = maker.get();
        if (one.isPresent() && made.size() < most) {
            made.put(key, one.get());
        }
        return one;
    }
}
