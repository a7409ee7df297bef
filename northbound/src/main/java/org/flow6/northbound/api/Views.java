package org.flow6.northbound.api;

import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.flow6.northbound.Store;
import org.flow6.northbound.StoreException;
import org.flow6.northbound.StoreState;

/** What is known of a store, as it is told of it. For all threads. */
final class Views {
    private static final long TOLD_NANOS = TimeUnit.SECONDS.toNanos(3);

    private final Object changing = new Object();
    private volatile View newest;

    /** A store's state, and all of its objects. */
    record View(StoreState state, Catalog catalog) {}

    private Views(View first) {
        newest = first;
    }

    /** @param empty a catalog of all resources, without objects */
    static Views of(Store store, Catalog empty) {
        Views views = new Views(new View(StoreState.EMPTY, empty));
        synchronized (views.changing) {
            StoreState start = store.watch((now, difference) -> {
                synchronized (views.changing) {
                    views.newest = new View(now, views.newest.catalog().with(difference));
                    views.changing.notifyAll();
                }
            });
            views.newest = new View(start, empty.with(StoreState.EMPTY.differenceTo(start)));
        }
        return views;
    }

    View newest() {
        return newest;
    }

    /** What others have changed may be on its way here: waits for it, longer each time, for a second in ten attempts. */
    void awaitChange(View known, int attempt) {
        long most = TimeUnit.MILLISECONDS.toNanos(1L << attempt);
        await(() -> newest.state().revision() != known.state().revision(), most);
    }

    /** @throws StoreException if it is not told in time */
    void awaitRevision(long revision) {
        if (!await(() -> newest.state().revision() >= revision, TOLD_NANOS)) {
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
