package org.flow6.core.neighbor;

import java.util.ArrayDeque;
import java.util.Deque;
import org.flow6.core.neighbor.CacheEntry.State;
import org.flow6.network.PortKey;
import org.jspecify.annotations.Nullable;

/**
 * A place in the neighbor cache.
 *
 * @param <P> a packet that waits
 */
final class Slot<P> {
    /** Whose packet was for the neighbor first; null where it is only watched. */
    final @Nullable PortKey asker;

    final Deque<P> waiting = new ArrayDeque<>();
    CacheEntry entry;
    /** Whether it is to be known at all times whether the neighbor is there. */
    boolean watched;

    Slot(@Nullable PortKey asker, CacheEntry entry) {
        this.asker = asker;
        this.entry = entry;
    }

    State state() {
        return entry.state();
    }
}
