package org.flow6.northbound.api;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;

/** Has something given up that nobody has used for some time. */
final class Idle {
    private final long nanos;
    private final Executor executor;
    private final Runnable giveUp;
    private volatile long used;

    /** @param executor that gives it up */
    Idle(Duration time, Executor executor, Runnable giveUp) {
        nanos = time.toNanos();
        this.executor = executor;
        this.giveUp = giveUp;
    }

    /** It is used now; by any thread. */
    void use() {
        used = System.nanoTime();
    }

    /** It is there from now on, until it is given up. */
    void begin() {
        use();
        look();
    }

    private void look() {
        long left = nanos - (System.nanoTime() - used);
        if (left <= 0) {
            giveUp.run();
        } else {
            CompletableFuture.delayedExecutor(left, TimeUnit.NANOSECONDS, executor)
                    .execute(this::look);
        }
    }
}
