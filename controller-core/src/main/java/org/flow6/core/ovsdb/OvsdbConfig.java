package org.flow6.core.ovsdb;

import java.time.Duration;
import java.util.Optional;
import org.flow6.core.endpoint.Endpoint;

/**
 * What a client is to do.
 *
 * @param endpoint a name in it is resolved on the event loop, which waits meanwhile
 * @param bridge the name of the managed bridge
 * @param settings what to set on it; empty: nothing is ever written to the database
 */
public record OvsdbConfig(Endpoint endpoint, String bridge, Optional<BridgeSettings> settings, Timing timing) {
    /**
     * How long to wait.
     *
     * @param connect for a connection to be made
     * @param probe after a silence this long an echo is sent; after as long a silence again, the connection is dead
     * @param reply for the reply to a request
     * @param firstBackoff before the first attempt to connect again, doubled each time up to {@code lastBackoff}, jittered
     */
    public record Timing(
            Duration connect, Duration probe, Duration reply, Duration firstBackoff, Duration lastBackoff) {
        /** What suits a database on the same machine or network. */
        public static final Timing DEFAULT = new Timing(
                Duration.ofSeconds(5),
                Duration.ofSeconds(5),
                Duration.ofSeconds(30),
                Duration.ofMillis(100),
                Duration.ofSeconds(1));

        /** @throws IllegalArgumentException if a time is below 1 ms or the backoffs are in the wrong order */
        public Timing {
            for (Duration time : new Duration[] {connect, probe, reply, firstBackoff, lastBackoff}) {
                if (time.toMillis() < 1 || time.toDays() > 1) {
                    throw new IllegalArgumentException("a time of 1 ms to 1 day, not " + time);
                }
            }
            if (firstBackoff.compareTo(lastBackoff) > 0) {
                throw new IllegalArgumentException("backoff from " + firstBackoff + " to " + lastBackoff);
            }
        }
    }

    /** @throws IllegalArgumentException if the bridge has no name, or the endpoint needs TLS */
    public OvsdbConfig {
        if (endpoint.isTls()) {
            throw new IllegalArgumentException("a database behind TLS: " + endpoint);
        }
        if (bridge.isEmpty()) {
            throw new IllegalArgumentException("a bridge without a name");
        }
    }

    /** With {@link Timing#DEFAULT}. */
    public OvsdbConfig(Endpoint endpoint, String bridge, Optional<BridgeSettings> settings) {
        this(endpoint, bridge, settings, Timing.DEFAULT);
    }
}
