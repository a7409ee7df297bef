package org.flow6.core.openflow;

import java.time.Duration;
import java.util.random.RandomGenerator;

/** Waits between attempts: they double up to a cap, and are shortened at random so that many do not come at once. */
final class Backoff {
    private final Duration first;
    private final Duration last;
    private final RandomGenerator random;
    private Duration next;

    Backoff(Duration first, Duration last, RandomGenerator random) {
        this.first = first;
        this.last = last;
        this.random = random;
        this.next = first;
    }

    /** The wait before the next attempt: between a half of its time and the whole. */
    Duration next() {
        Duration full = next;
        Duration doubled = full.multipliedBy(2);
        next = doubled.compareTo(last) < 0 ? doubled : last;
        return Duration.ofNanos((long) (full.toNanos() * (0.5 + random.nextDouble() / 2)));
    }

    /** Starts again with the first wait. */
    void reset() {
        next = first;
    }
}
