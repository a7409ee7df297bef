package org.flow6.core;

import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/** The last errors, for the status; a bounded number, the newest first. For any thread. */
public final class ErrorLog {
    private static final int KEPT = 20;

    private final Deque<Status.ErrorEntry> entries = new ArrayDeque<>();

    public synchronized void add(String message) {
        entries.addFirst(new Status.ErrorEntry(Instant.now(), message));
        if (entries.size() > KEPT) {
            entries.removeLast();
        }
    }

    public synchronized List<Status.ErrorEntry> entries() {
        return List.copyOf(entries);
    }
}
