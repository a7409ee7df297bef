package org.flow6.network.file;

import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Which items have a key: nearly always one, sometimes all. */
final class Holders {
    /** An item by itself, or a set of several: there are several keys for each resource. */
    private final Map<Key, Object> items = new HashMap<>();

    Collection<Item> of(Key key) {
        Object found = items.get(key);
        return found == null ? List.of() : found instanceof Item one ? List.of(one) : several(found);
    }

    void add(Key key, Item item) {
        items.merge(key, item, (before, added) -> {
            if (before.equals(item)) {
                return before;
            }
            Set<Item> after = before instanceof Item one ? new HashSet<>(List.of(one)) : several(before);
            after.add(item);
            return after;
        });
    }

    void remove(Key key, Item item) {
        items.computeIfPresent(key, (same, before) -> {
            if (before instanceof Item) {
                return before.equals(item) ? null : before;
            }
            Set<Item> left = several(before);
            left.remove(item);
            return left.size() == 1 ? left.iterator().next() : left;
        });
    }

    @SuppressWarnings("unchecked") // what is not an item was made by add()
    private static Set<Item> several(Object items) {
        return (Set<Item>) items;
    }
}
