package org.flow6.core.openflow;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.flow6.core.endpoint.Endpoint;

/**
 * How switches are met.
 *
 * @param listen where switches connect to us; with {@code tls}, by TLS only
 * @param connect switches we connect to
 * @param tls certificates, needed for {@code ssl:} endpoints too
 * @param limits bounds and times
 */
public record OpenFlowSettings(
        List<Endpoint.Tcp> listen, List<Endpoint> connect, Optional<TlsFiles> tls, Limits limits) {

    /**
     * @throws IllegalArgumentException if an {@code ssl:} endpoint has no certificates
     */
    public OpenFlowSettings {
        listen = List.copyOf(listen);
        connect = List.copyOf(connect);
        if (tls.isEmpty() && connect.stream().anyMatch(Endpoint::isTls)) {
            throw new IllegalArgumentException("tls is needed for " + connect);
        }
    }

    /**
     * Bounds and times of connections.
     *
     * @param connections how many switches may be connected to us at once, greeted or not
     * @param handshake in which a connection must be greeted and known
     * @param echoInterval silence after which the peer is asked for a sign of life
     * @param deadAfter silence after which the connection is given up; a multiple of the echo interval
     * @param request in which a request, or the next part of its answer, must be answered
     * @param firstRetry wait before the second attempt to connect; doubled each time
     * @param lastRetry the longest wait between attempts; each is shortened at random by up to a half
     */
    public record Limits(
            int connections,
            Duration handshake,
            Duration echoInterval,
            Duration deadAfter,
            Duration request,
            Duration firstRetry,
            Duration lastRetry) {
        public static final Limits DEFAULT = new Limits(
                64,
                Duration.ofSeconds(5),
                Duration.ofSeconds(5),
                Duration.ofSeconds(15),
                Duration.ofSeconds(10),
                Duration.ofMillis(100),
                Duration.ofSeconds(1));

        /**
         * @throws IllegalArgumentException if a bound or time is not positive, or the times contradict each other
         */
        public Limits {
            if (connections < 1 || firstRetry.isZero() || echoInterval.isZero()) {
                throw new IllegalArgumentException("%d connections, first retry %s, echo interval %s"
                        .formatted(connections, firstRetry, echoInterval));
            }
            if (deadAfter.compareTo(echoInterval) < 0 || lastRetry.compareTo(firstRetry) < 0) {
                throw new IllegalArgumentException("dead after %s with echo interval %s, retries from %s to %s"
                        .formatted(deadAfter, echoInterval, firstRetry, lastRetry));
            }
        }
    }

    /** Settings for one place to listen, with the default limits. */
    public static OpenFlowSettings listening(Endpoint.Tcp listen) {
        return new OpenFlowSettings(List.of(listen), List.of(), Optional.empty(), Limits.DEFAULT);
    }

    /** Settings for one switch to connect to, with the default limits. */
    public static OpenFlowSettings connecting(Endpoint switchEndpoint) {
        return new OpenFlowSettings(List.of(), List.of(switchEndpoint), Optional.empty(), Limits.DEFAULT);
    }
}
