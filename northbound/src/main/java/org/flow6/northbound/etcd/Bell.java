package org.flow6.northbound.etcd;

import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/** Wakes threads that wait for something: whoever changes what they may wait for rings it. */
final class Bell {
    synchronized void ring() {
        notifyAll();
    }

    /**
     * Waits until a condition holds, for some time at most.
     *
     * @param condition looked at now and whenever it rings
     * @return whether it holds
     */
    synchronized boolean await(BooleanSupplier condition, long millis) throws InterruptedException {
        long deadline = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis);
        while (!condition.getAsBoolean()) {
            long left = TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime());
            if (left <= 0) {
                return false;
            }
            wait(left);
        }
        return true;
    }
}
