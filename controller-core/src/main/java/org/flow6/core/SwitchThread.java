package org.flow6.core;

import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.projectfloodlight.openflow.types.DatapathId;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The thread of a switch. What a task throws is told, and whatever comes after the thread's end is left out. */
final class SwitchThread implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(SwitchThread.class);

    private final DatapathId datapathId;
    private final ErrorLog errorLog;
    private final ScheduledThreadPoolExecutor executor;

    SwitchThread(DatapathId datapathId, ErrorLog errorLog) {
        this.datapathId = datapathId;
        this.errorLog = errorLog;
        executor = new ScheduledThreadPoolExecutor(1, task -> {
            Thread t = new Thread(task, "switch-" + datapathId);
            t.setDaemon(true);
            return t;
        });
        executor.setRemoveOnCancelPolicy(true);
    }

    void run(Runnable task) {
        unlessClosed(() -> executor.execute(guarded(task)));
    }

    void runIn(long millis, Runnable task) {
        unlessClosed(() -> {
            var unused = executor.schedule(guarded(task), millis, TimeUnit.MILLISECONDS);
        });
    }

    void runEvery(long seconds, Runnable task) {
        unlessClosed(() -> {
            var unused = executor.scheduleWithFixedDelay(guarded(task), seconds, seconds, TimeUnit.SECONDS);
        });
    }

    private void unlessClosed(Runnable schedule) {
        try {
            schedule.run();
        } catch (RejectedExecutionException e) {
            LOG.debug("switch {}: closed", datapathId);
        }
    }

    /** For those who schedule for themselves, and mind their own failures. */
    ScheduledExecutorService executor() {
        return executor;
    }

    /** An executor swallows what its tasks throw. */
    private Runnable guarded(Runnable task) {
        return () -> {
            try {
                task.run();
            } catch (RuntimeException e) {
                LOG.error("switch {}: {}", datapathId, e.toString(), e);
                errorLog.add("switch " + datapathId + ": " + e);
            }
        };
    }

    @Override
    public void close() {
        executor.shutdownNow();
    }
}
