package org.flow6.network.file;

import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/** Which items have a key: nearly always one, sometimes all. */
final class Holders {
    private final Map<Key, Set<Item>> items = new HashMap<>();

    Collection<Item> of(Key key) {
        return items.getOrDefault(key, Set.of());
    }

    void add(Key key, Item item) {
        items.merge(key, Set.of(item), (before, added) -> {
            if (before.contains(item)) {
                return before;
            }
            Set<Item> after = before.size() == 1 ? new HashSet<>(before) : before;
            after.add(item);
            return after;
        });
    }

    void remove(Key key, Item item) {
        items.computeIfPresent(key, (same, before) -> {
            if (!before.contains(item)) {
                return before;
            }
            if (before.size() == 1) {
                return null;
            }
            before.remove(item);
            return before.size() == 1 ? Set.copyOf(before) : before;
        });
    }
}
