package org.flow6.network;

import java.util.ArrayList;
import java.util.List;
import org.pcollections.HashTreePMap;
import org.pcollections.PMap;

/** The ports that claim an address or a MAC address: nearly always one, so a list serves better than a set. */
final class Index<K> {
    private final PMap<K, List<Id<Port>>> ports;

    private Index(PMap<K, List<Id<Port>>> ports) {
        this.ports = ports;
    }

    static <K> Index<K> empty() {
        return new Index<>(HashTreePMap.empty());
    }

    List<Id<Port>> get(K key) {
        return ports.getOrDefault(key, List.of());
    }

    Index<K> with(K key, Id<Port> port) {
        List<Id<Port>> before = get(key);
        if (before.contains(port)) {
            return this;
        }
        List<Id<Port>> after = new ArrayList<>(before);
        after.add(port);
        return new Index<>(ports.plus(key, List.copyOf(after)));
    }

    Index<K> without(K key, Id<Port> port) {
        List<Id<Port>> after = new ArrayList<>(get(key));
        if (!after.remove(port)) {
            return this;
        }
        return new Index<>(after.isEmpty() ? ports.minus(key) : ports.plus(key, List.copyOf(after)));
    }

    Iterable<K> keys() {
        return ports.keySet();
    }
}
