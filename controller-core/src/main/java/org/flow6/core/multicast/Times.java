package org.flow6.core.multicast;

import java.util.concurrent.TimeUnit;

/**
 * How long what listeners said holds on a network (RFC 3810 §9), in nanoseconds.
 *
 * @param interval from one general query to the next
 * @param robustness how often each message is sent that may be lost, 1 to 7
 */
public record Times(long interval, int robustness) {
    /** Query Response Interval at most (RFC 3810 §9.3). */
    private static final long RESPONSE = TimeUnit.SECONDS.toNanos(10);

    /** Last Listener Query Interval (RFC 3810 §9.8). */
    public static final long LAST_LISTENER_INTERVAL = TimeUnit.SECONDS.toNanos(1);

    /** Robustness Variable (RFC 3810 §9.1). */
    public static final int ROBUSTNESS = 2;

    public Times {
        if (interval <= 0 || robustness < 1) {
            throw new IllegalArgumentException(interval + " ns, robustness " + robustness);
        }
    }

    /** The network's own. */
    public static Times of(int seconds) {
        return new Times(TimeUnit.SECONDS.toNanos(seconds), ROBUSTNESS);
    }

    /** Query Response Interval, which is less than the interval (RFC 3810 §9.3). */
    public long response() {
        return Math.min(RESPONSE, interval / 2);
    }

    /** Multicast Address Listening Interval, and Older Version Host Present Timeout (RFC 3810 §9.4, §9.13). */
    public long listening() {
        return robustness * interval + response();
    }

    /** Other Querier Present Timeout (RFC 3810 §9.5). */
    public long otherQuerier() {
        return robustness * interval + response() / 2;
    }

    /** Last Listener Query Time (RFC 3810 §9.10). */
    public long lastListener() {
        return robustness * LAST_LISTENER_INTERVAL;
    }

    /** Startup Query Interval (RFC 3810 §9.6). */
    public long startup() {
        return interval / 4;
    }
}
