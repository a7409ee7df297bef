package org.flow6.core;

import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.flow6.core.openflow.SwitchSession;
import org.flow6.flow.Announcement;

/** Sends what apps announce, each as often as it asks, and many a little apart: a thousand ports may come at once. */
final class Announcer {
    private static final long SPACING_NANOS = TimeUnit.MILLISECONDS.toNanos(1);
    private static final int WAITING = 20_000;

    private final ScheduledExecutorService thread;
    private final AtomicInteger waiting = new AtomicInteger();
    private long next = System.nanoTime();

    Announcer(ScheduledExecutorService thread) {
        this.thread = thread;
    }

    /** Sends an announcement now and then; on the thread. What is too much is left out. */
    void announce(SwitchSession session, Announcement announcement) {
        if (waiting.get() + announcement.times() > WAITING) {
            return;
        }
        long now = System.nanoTime();
        next = Math.max(now, next + SPACING_NANOS);
        for (int i = 0; i < announcement.times(); i++) {
            waiting.incrementAndGet();
            long delay = next - now + i * announcement.interval().toNanos();
            var unused = thread.schedule(() -> send(session, announcement), delay, TimeUnit.NANOSECONDS);
        }
    }

    private void send(SwitchSession session, Announcement announcement) {
        waiting.decrementAndGet();
        if (!session.closed().isDone()) {
            Punts.send(session, announcement.packet());
        }
    }
}
