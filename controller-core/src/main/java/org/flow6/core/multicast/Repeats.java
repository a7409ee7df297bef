package org.flow6.core.multicast;

import java.util.concurrent.TimeUnit;

/**
 * When something that may be lost is said again: soon at first, and then after twice the pause each time, as those who are to
 * hear it may be about to start, or be busy. Times are of {@link System#nanoTime}.
 */
public final class Repeats {
    private static final long FIRST = TimeUnit.SECONDS.toNanos(1);

    private long due;
    private long pause;

    /** It is new, and said from this time on. */
    public void begin(long at) {
        due = at;
        pause = FIRST;
    }

    /** When it is due next. */
    public long due() {
        return due;
    }

    public boolean isDue(long now) {
        return due - now <= 0;
    }

    /**
     * It was said now.
     *
     * @param most the longest pause, in nanoseconds
     */
    public void said(long now, long most) {
        due = now + Math.min(pause, most);
        pause = Math.min(2 * pause, most);
    }
}
