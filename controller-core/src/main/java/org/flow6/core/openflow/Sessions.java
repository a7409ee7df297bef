package org.flow6.core.openflow;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import org.projectfloodlight.openflow.types.DatapathId;

/** The one session of each switch. Safe for use by several threads. */
final class Sessions {
    private final Map<DatapathId, SwitchSession> byDatapath = new ConcurrentHashMap<>();

    /**
     * Makes this the session of its switch and ends the one it had. A switch that connects anew has given up its old connection, whatever we
     * think of it.
     *
     * @return completes when the other one, if any, is over and told
     */
    CompletableFuture<Void> enter(SwitchSession session) {
        SwitchSession previous = byDatapath.put(session.datapathId(), session);
        if (previous == null) {
            return CompletableFuture.completedFuture(null);
        }
        previous.disconnect("replaced by a newer connection from " + session.peer());
        return previous.closed().thenAccept(reason -> {});
    }

    void leave(SwitchSession session) {
        byDatapath.remove(session.datapathId(), session);
    }

    Optional<SwitchSession> of(DatapathId datapath) {
        return Optional.ofNullable(byDatapath.get(datapath));
    }

    List<SwitchSession> all() {
        return List.copyOf(byDatapath.values());
    }
}
