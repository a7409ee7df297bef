package org.flow6.core;

import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.flow6.network.Host;
import org.flow6.network.Id;
import org.flow6.network.NetworkModel;
import org.flow6.network.Port;
import org.jspecify.annotations.Nullable;

/**
 * The ports that have moved to another host a moment ago. Hosts learn of it one after the other, so for a while a port is
 * on both: the old host goes on with it, and all others send to both. For one thread.
 */
final class Moves {
    /** For how long: longer than any host takes to have its flows. */
    static final long MILLIS = 5000;

    private final Map<Id<Port>, Move> moves = new HashMap<>();

    /** @param until in nanoseconds, as {@link System#nanoTime} has them */
    private record Move(Id<Host> from, long until) {}

    /**
     * Takes note of the ports of which a network says that they are on another of its hosts than before.
     *
     * @return whether there are any
     */
    boolean note(NetworkModel before, NetworkModel after, long now) {
        boolean some = false;
        for (Id<Port> id : after.portsSince(before)) {
            Port is = after.ports().get(id);
            Id<Host> from = hostOf(before.ports().get(id));
            Id<Host> to = hostOf(is);
            if (is == null || to == null) {
                moves.remove(id);
            } else if (from != null && !from.equals(to) && after.hosts().containsKey(to)) {
                moves.put(id, new Move(from, now + TimeUnit.MILLISECONDS.toNanos(MILLIS)));
                some = true;
            }
        }
        return some;
    }

    private static @Nullable Id<Host> hostOf(@Nullable Port port) {
        return port == null ? null : port.hostId().map(Id::<Host>of).orElse(null);
    }

    /** Forgets those whose time is over. */
    void forget(long now) {
        moves.values().removeIf(move -> move.until() - now <= 0);
    }

    /** Which host each of them was on. */
    Map<Id<Port>, Id<Host>> from() {
        return moves.entrySet().stream().collect(Collectors.toUnmodifiableMap(Map.Entry::getKey, move -> move.getValue()
                .from()));
    }

    /** Whether a port was on a host until a moment ago. */
    boolean isFrom(Id<Host> host, Id<Port> port) {
        Move move = moves.get(port);
        return move != null && Objects.equals(move.from(), host);
    }
}
