package org.flow6.flow;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.flow6.network.NetworkSnapshot;
import org.flow6.network.NetworkUpdate;
import org.jspecify.annotations.Nullable;

/** What derivations look at for an update: each view is made once, for all that look at it. */
final class Views {
    private final NetworkUpdate update;
    private final boolean whole;
    private final Map<Scope<?, ?>, List<? extends Part<?, ?>>> made = new HashMap<>();
    private @Nullable Views all;

    /** @param view empty if the part is gone, or gives nothing to see */
    record Part<K, V>(K key, Optional<V> view) {}

    private Views(NetworkUpdate update, boolean whole) {
        this.update = update;
        this.whole = whole;
    }

    /** Those of the parts that an update touches. */
    static Views of(NetworkUpdate update) {
        return new Views(update, false);
    }

    /** Those of every part of a snapshot. */
    static Views all(NetworkSnapshot snapshot) {
        return new Views(NetworkUpdate.all(snapshot), true);
    }

    /** Those of every part of the same snapshot. */
    Views all() {
        if (whole) {
            return this;
        }
        if (all == null) {
            all = all(update.after());
        }
        return all;
    }

    <K> Set<K> parts(Scope<K, ?> scope) {
        return scope.touched(update);
    }

    /** The parts of a scope, with their views. */
    @SuppressWarnings("unchecked") // under a scope is what was made for it
    <K, V> List<Part<K, V>> of(Scope<K, V> scope) {
        List<? extends Part<?, ?>> known = made.get(scope);
        if (known != null) {
            return (List<Part<K, V>>) known;
        }
        Set<K> keys = parts(scope);
        List<Part<K, V>> parts = new ArrayList<>(keys.size());
        for (K key : keys) {
            parts.add(new Part<>(key, scope.view(update.after(), key)));
        }
        made.put(scope, parts);
        return parts;
    }
}
