package org.flow6.launcher.http;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpConnection;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

/**
 * The connections of clients: a bounded number, each closed when it takes too long over a request or an answer, however busy
 * it keeps the line. Used on one event loop only.
 */
final class Connections {
    private final Vertx vertx;
    private final int most;
    private final long patience;
    private final Map<HttpConnection, Long> timers = new HashMap<>();

    /**
     * @param most connections at once; further ones are closed as they come
     * @param patience from the connection or the last answer to the end of the next request's headers, and from there to
     *     the answer's last byte
     */
    Connections(Vertx vertx, int most, Duration patience) {
        this.vertx = vertx;
        this.most = most;
        this.patience = patience.toMillis();
    }

    void opened(HttpConnection connection) {
        if (timers.size() >= most) {
            connection.close();
            return;
        }
        timers.put(connection, timer(connection));
        connection.closeHandler(closed -> {
            Long timer = timers.remove(connection);
            if (timer != null) {
                vertx.cancelTimer(timer);
            }
        });
    }

    /** A request's headers are there, or its answer is sent: the clock begins again. */
    void progressed(HttpConnection connection) {
        Long timer = timers.get(connection);
        if (timer != null) {
            vertx.cancelTimer(timer);
            timers.put(connection, timer(connection));
        }
    }

    private long timer(HttpConnection connection) {
        return vertx.setTimer(patience, late -> connection.close());
    }
}
