package org.flow6.core.neighbor;

import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.flow6.core.neighbor.CacheEntry.State;
import org.flow6.network.Id;
import org.flow6.network.Network;
import org.flow6.network.NetworkAddress;
import org.flow6.network.PortKey;

/**
 * Which neighbor gives way where the cache is full: an unresolved one first, of the port that has most of them; then the
 * one that has been stale longest, of the network that has most; one that is in use only for a network that has less than
 * that one's share. Never one that is watched.
 */
final class Displacement<P> {
    private final Map<NetworkAddress, Slot<P>> slots;

    Displacement(Map<NetworkAddress, Slot<P>> slots) {
        this.slots = slots;
    }

    /** Who gives way to a neighbor on a network that a port asks for. */
    Optional<NetworkAddress> victim(PortKey asker, Id<Network> network) {
        return unresolved(asker).or(this::stale).or(() -> ofTheLargest(network));
    }

    private Stream<Map.Entry<NetworkAddress, Slot<P>>> in(State state) {
        return slots.entrySet().stream()
                .filter(slot -> !slot.getValue().watched && slot.getValue().state() == state);
    }

    private Optional<NetworkAddress> unresolved(PortKey asker) {
        Map<PortKey, Integer> unresolved = new HashMap<>();
        in(State.INCOMPLETE)
                .flatMap(slot -> Optional.ofNullable(slot.getValue().asker).stream())
                .forEach(port -> unresolved.merge(port, 1, Integer::sum));
        // Of two that have as many, the one who asks for more.
        Optional<PortKey> most = unresolved.keySet().stream()
                .max(Comparator.<PortKey>comparingInt(unresolved::get).thenComparing(asker::equals));
        return most.flatMap(port -> in(State.INCOMPLETE)
                .filter(slot -> port.equals(slot.getValue().asker))
                .map(Map.Entry::getKey)
                .findFirst());
    }

    private Optional<NetworkAddress> stale() {
        Map<Id<Network>, Integer> sizes = sizes();
        return in(State.STALE)
                .min(Comparator.<Map.Entry<NetworkAddress, Slot<P>>>comparingInt(
                                slot -> -sizes.getOrDefault(slot.getKey().network(), 0))
                        .thenComparingLong(slot -> slot.getValue().entry.deadline()))
                .map(Map.Entry::getKey);
    }

    private Optional<NetworkAddress> ofTheLargest(Id<Network> network) {
        Map<Id<Network>, Integer> sizes = sizes();
        int own = sizes.getOrDefault(network, 0);
        return slots.entrySet().stream()
                .filter(slot -> !slot.getValue().watched)
                .map(Map.Entry::getKey)
                .filter(neighbor -> sizes.getOrDefault(neighbor.network(), 0) > own + 1)
                .max(Comparator.comparingInt(neighbor -> sizes.getOrDefault(neighbor.network(), 0)));
    }

    private Map<Id<Network>, Integer> sizes() {
        Map<Id<Network>, Integer> sizes = new HashMap<>();
        slots.keySet().forEach(neighbor -> sizes.merge(neighbor.network(), 1, Integer::sum));
        return sizes;
    }
}
