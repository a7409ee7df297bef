package org.flow6.core;

import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.flow6.core.openflow.SwitchSession;
import org.flow6.flow.Announcement;
import org.flow6.flow.Origin;

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

    /**
     * Sends an announcement now and then, for as long as there is what it is about: a port that has moved to another host
     * is that host's to announce. On the thread. What is too much is left out.
     */
    void announce(SwitchSession session, Origin origin, Announcement announcement) {
        if (waiting.get() + announcement.times() > WAITING) {
            return;
        }
        long now = System.nanoTime();
        next = Math.max(now, next + SPACING_NANOS);
        for (int i = 0; i < announcement.times(); i++) {
            waiting.incrementAndGet();
            long delay = next - now + i * announcement.interval().toNanos();
            var unused = thread.schedule(() -> send(session, origin, announcement), delay, TimeUnit.NANOSECONDS);
        }
    }

    private void send(SwitchSession session, Origin origin, Announcement announcement) {
        waiting.decrementAndGet();
        if (!session.closed().isDone() && !origin.isGone()) {
            Punts.send(session, announcement.packet());
        }
    }
}
