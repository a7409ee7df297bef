package org.flow6.core;

import io.netty.buffer.ByteBuf;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.flow6.core.openflow.FlowFilter;
import org.flow6.core.openflow.SwitchSession;
import org.flow6.core.reconcile.Reconciler;
import org.flow6.flow.Table;
import org.flow6.network.NetworkAddress;

/** Looks at the flows of neighbors to see who is sent to. For the switch's thread. */
final class NeighborUse {
    private final Neighbors.Surroundings surroundings;
    private final Consumer<NetworkAddress> used;
    private final Map<NetworkAddress, Count> counts = new HashMap<>();

    /** How many packets a flow had sent to a neighbor when it was looked at last. */
    private record Count(long cookie, long packets) {}

    /** @param used is told of each neighbor that was sent to since it was looked at before */
    NeighborUse(Neighbors.Surroundings surroundings, Consumer<NetworkAddress> used) {
        this.surroundings = surroundings;
        this.used = used;
    }

    void forget(NetworkAddress neighbor) {
        counts.remove(neighbor);
    }

    void look(NetworkAddress neighbor) {
        Optional<Long> cookie = surroundings.flowsOf(neighbor).stream()
                .filter(flow -> flow.flow().table() == Table.NEXT_HOP)
                .findFirst()
                .map(Reconciler::cookie);
        Optional<SwitchSession> session = surroundings.openSession();
        if (cookie.isPresent() && session.isPresent()) {
            long known = cookie.get();
            var unused = session.get()
                    .aggregateFlows(FlowFilter.cookie(known, -1))
                    .thenApply(ByteBuf::readLong)
                    .thenAccept(
                            packets -> surroundings.thread().run(() -> looked(neighbor, new Count(known, packets))));
        }
    }

    private void looked(NetworkAddress neighbor, Count now) {
        Count before = counts.put(neighbor, now);
        if (before != null && before.cookie() == now.cookie() && before.packets() != now.packets()) {
            used.accept(neighbor);
        }
    }
}
