package org.flow6.northbound.api;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.flow6.northbound.Document;
import org.flow6.northbound.ObjectKey;
import org.flow6.northbound.Store;
import org.flow6.northbound.StoreException;
import org.flow6.northbound.StoreState;
import org.jspecify.annotations.Nullable;

/**
 * What is known of a store, as it is told of it. The catalog of its objects is there while it is open. For all threads;
 * opening and closing is for one at a time.
 */
final class Views {
    private static final long TOLD_NANOS = TimeUnit.SECONDS.toNanos(3);

    private final Object changing = new Object();
    private final Catalog empty;
    private volatile StoreState state = StoreState.EMPTY;
    private volatile @Nullable View newest;

    /** A store's state, and all of its objects. */
    record View(StoreState state, Catalog catalog) {}

    private Views(Catalog empty) {
        this.empty = empty;
    }

    /** @param empty a catalog of all resources, without objects */
    static Views of(Store store, Catalog empty) {
        Views views = new Views(empty);
        synchronized (views.changing) {
            views.state = store.watch(views::changed);
        }
        return views;
    }

    private void changed(StoreState now, Map<ObjectKey, Optional<Document>> difference) {
        synchronized (changing) {
            state = now;
            View before = newest;
            if (before != null) {
                newest = new View(now, before.catalog().with(difference));
            }
            changing.notifyAll();
        }
    }

    /** Has the catalog from its return on; takes some time for many objects, in which changes of the store do not wait. */
    void open() {
        if (newest != null) {
            return;
        }
        StoreState start = state;
        Catalog catalog = empty.with(StoreState.EMPTY.differenceTo(start));
        synchronized (changing) {
            newest = new View(state, catalog.with(start.differenceTo(state)));
        }
    }

    void close() {
        synchronized (changing) {
            newest = null;
        }
    }

    /** What is known, if it is open. */
    Optional<View> ready() {
        return Optional.ofNullable(newest);
    }

    /** What is known; it must be open. */
    View newest() {
        return ready().orElseThrow(() -> new IllegalStateException("there is no catalog"));
    }

    /** The objects of one collection, without the catalog of all. */
    Catalog only(String collection) {
        Map<ObjectKey, Optional<Document>> objects = new HashMap<>();
        state.objects().forEach((key, document) -> {
            if (key.collection().equals(collection)) {
                objects.put(key, Optional.of(document));
            }
        });
        return empty.with(objects);
    }

    /** A catalog of no objects. */
    Catalog nothing() {
        return empty;
    }

    /** What others have changed may be on its way here: waits for it, longer each time, for a second in ten attempts. */
    void awaitChange(View known, int attempt) {
        long most = TimeUnit.MILLISECONDS.toNanos(1L << attempt);
        await(() -> state.revision() != known.state().revision(), most);
    }

    /** @throws StoreException if it is not told in time */
    void awaitRevision(long revision) {
        if (!await(() -> state.revision() >= revision, TOLD_NANOS)) {
            throw new StoreException("what others have changed is not told in time: try again");
        }
    }

    /** Whether something became true in time. */
    private boolean await(BooleanSupplier condition, long nanos) {
        long end = System.nanoTime() + nanos;
        synchronized (changing) {
            try {
                for (long left = nanos; !condition.getAsBoolean() && left > 0; left = end - System.nanoTime()) {
                    TimeUnit.NANOSECONDS.timedWait(changing, left);
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            return condition.getAsBoolean();
        }
    }
}
