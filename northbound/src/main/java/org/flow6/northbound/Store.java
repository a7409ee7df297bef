package org.flow6.northbound;

import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionStage;

/** Where the network is kept. For all threads. */
public interface Store extends AutoCloseable {

    /** All that is committed. */
    StoreState state();

    /** How it fares. */
    StoreStatus status();

    /** The hosts that are there now; empty where that is not known. */
    default Optional<Set<String>> presentHosts() {
        return Optional.empty();
    }

    /**
     * Follows the store from a state on.
     *
     * @param watcher told of every change of that state, if only of its revision, in order, by a thread of the store's; until
     *     the store is closed
     * @return the state that the first change is one of
     */
    StoreState watch(Watcher watcher);

    /**
     * Changes the store.
     *
     * @return done when the outcome is certain and kept; with a {@link StoreException} where it cannot be kept, or where
     *     too many wait
     */
    CompletionStage<Transaction.Outcome> commit(Transaction transaction);

    /** Why nothing can be committed, for users; empty: it can. */
    default Optional<String> readOnly() {
        return Optional.empty();
    }

    /** Whether {@link #state} is all there is; else {@link #refresh} makes it so. */
    default boolean isCurrent() {
        return true;
    }

    /**
     * The revision of a state that was the newest one at some time since this was called, as all who write know it. Takes
     * some time where others write, too; the state may be told later.
     *
     * @throws StoreException if that is not to be known now
     */
    default long newest() {
        return state().revision();
    }

    /** Takes some time: looks at what is there, and tells watchers of it before it returns. */
    default void refresh() {}

    /** Waits for what is being committed. */
    @Override
    void close();

    /** Who follows a store. */
    @FunctionalInterface
    interface Watcher {
        /** @param difference from the state before; empty: the object is gone */
        void changed(StoreState now, Map<ObjectKey, Optional<Document>> difference);
    }
}
