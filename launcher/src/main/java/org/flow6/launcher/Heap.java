package org.flow6.launcher;

import com.sun.management.HotSpotDiagnosticMXBean;
import java.lang.management.ManagementFactory;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Java's heap: while a network is taken in, it grows in large steps, for each step costs a collection of all that is
 * there; when nothing has come for a while it gives back nearly all that is free, which costs one more.
 */
final class Heap implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(Heap.class);

    /** How often it is looked at. */
    private static final int LOOK_MILLIS = 500;
    /** After so many looks in which it has not grown nothing is coming. */
    static final int QUIET = 8;

    private final @Nullable HotSpotDiagnosticMXBean machine =
            ManagementFactory.getPlatformMXBean(HotSpotDiagnosticMXBean.class);
    private final ScheduledExecutorService looks = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread thread = new Thread(task, "heap");
        thread.setDaemon(true);
        return thread;
    });
    private boolean open = true;
    private long size;
    private int quiet;

    /** Of the heap, in per cent: with less that is free it grows, with more it shrinks. */
    private record Free(int least, int most) {
        /** As bin/flow6 has it from the start. */
        static final Free OPEN = new Free(50, 60);

        static final Free SETTLED = new Free(5, 8);
    }

    /** Looks after it from now on. */
    static Heap start() {
        Heap heap = new Heap();
        var unused = heap.looks.scheduleWithFixedDelay(
                () -> heap.look(Runtime.getRuntime().totalMemory()), 0, LOOK_MILLIS, TimeUnit.MILLISECONDS);
        return heap;
    }

    /** @param now its size in octets */
    void look(long now) {
        quiet = now > size ? 0 : quiet + 1;
        size = now;
        if (!open && quiet == 0) {
            open = true;
            keep(Free.OPEN);
        } else if (open && quiet >= QUIET) {
            open = false;
            keep(Free.SETTLED);
            System.gc();
            size = Runtime.getRuntime().totalMemory();
        }
    }

    private void keep(Free free) {
        try {
            if (machine != null) {
                // The least must never be above the most.
                machine.setVMOption("MinHeapFreeRatio", "0");
                machine.setVMOption("MaxHeapFreeRatio", Integer.toString(free.most));
                machine.setVMOption("MinHeapFreeRatio", Integer.toString(free.least));
            }
        } catch (IllegalArgumentException e) {
            // Another Java, or another collector.
            log.debug("the heap stays as it is", e);
        }
    }

    @Override
    public void close() {
        looks.shutdownNow();
    }
}
