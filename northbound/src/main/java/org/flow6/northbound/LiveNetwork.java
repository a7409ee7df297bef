package org.flow6.northbound;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.flow6.network.file.NetworkObjects;
import org.flow6.network.file.NetworkObjects.Name;
import org.flow6.network.file.NetworkObjects.Outcome;
import org.flow6.network.file.Violation;

/**
 * The network that a store's objects make, which follows their changes. Before a change is made it can be tried whether
 * the network can be so. For all threads; trying is for one at a time.
 */
public final class LiveNetwork {
    private final NetworkObjects objects = new NetworkObjects();
    private final Consumer<Outcome> listener;
    private StoreState state = StoreState.EMPTY;
    private Outcome newest = objects.change(Map.of());
    /** Tried, and to be expected from the store. */
    private Map<ObjectKey, Optional<String>> ahead = Map.of();

    private LiveNetwork(Consumer<Outcome> listener) {
        this.listener = listener;
    }

    /** @param listener told of the network as it is, and at each change of it; by a thread that must not wait for long */
    public static LiveNetwork of(Store store, Consumer<Outcome> listener) {
        LiveNetwork network = new LiveNetwork(listener);
        synchronized (network) {
            StoreState start = store.watch(network::changed);
            network.changed(start, StoreState.EMPTY.differenceTo(start));
        }
        return network;
    }

    /** One that follows no store, in place of that of a store that nobody writes. */
    public static LiveNetwork still() {
        return new LiveNetwork(outcome -> {});
    }

    private synchronized void changed(StoreState now, Map<ObjectKey, Optional<Document>> difference) {
        if (difference.isEmpty() && state.revision() > 0) {
            state = now;
            return;
        }
        Map<ObjectKey, Optional<String>> writes = new HashMap<>();
        difference.forEach((key, document) -> writes.put(key, document.map(Document::json)));
        if (writes.equals(ahead)) {
            ahead = Map.of();
        } else {
            withdraw();
            newest = change(writes);
        }
        state = now;
        listener.accept(newest);
    }

    private Outcome change(Map<ObjectKey, Optional<String>> writes) {
        Map<Name, Optional<String>> changes = new HashMap<>();
        writes.forEach((key, json) -> {
            if (NetworkObjects.has(key.collection())) {
                changes.put(new Name(key.collection(), key.id()), json);
            }
        });
        return objects.change(changes);
    }

    /**
     * Whether the network can be as these writes would make it. If so, either they are made next or {@link #withdraw} is
     * called.
     *
     * @return what would be wrong with it that is not now; empty: nothing
     */
    public synchronized Optional<Violation> attempt(Map<ObjectKey, Optional<String>> writes) {
        withdraw();
        Set<Violation> known = new HashSet<>(newest.violations());
        Outcome tried = change(writes);
        Optional<Violation> wrong = tried.violations().stream()
                .filter(violation -> !known.contains(violation))
                .findFirst();
        ahead = Map.copyOf(writes);
        newest = tried;
        if (wrong.isPresent()) {
            withdraw();
        }
        return wrong;
    }

    /** What was tried is not made. */
    public synchronized void withdraw() {
        if (ahead.isEmpty()) {
            return;
        }
        Map<ObjectKey, Optional<String>> back = new HashMap<>();
        for (ObjectKey key : ahead.keySet()) {
            back.put(key, Optional.ofNullable(state.objects().get(key)).map(Document::json));
        }
        ahead = Map.of();
        newest = change(back);
    }
}
