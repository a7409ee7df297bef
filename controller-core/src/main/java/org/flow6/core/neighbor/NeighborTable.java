package org.flow6.core.neighbor;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.LongSupplier;
import org.flow6.core.neighbor.CacheEntry.Event;
import org.flow6.core.neighbor.CacheEntry.Output;
import org.flow6.core.neighbor.CacheEntry.State;
import org.flow6.network.Id;
import org.flow6.network.Network;
import org.flow6.network.NetworkAddress;
import org.flow6.network.PortKey;

/**
 * The neighbor cache of a switch with the packets that wait, bounded. Does nothing by itself: every call gives what is to
 * be done, in order. For one thread.
 *
 * <p>Where it is full, an unresolved neighbor gives way first, of the port that has most of them; then the one that has been
 * stale longest, of the network that has most; one that is in use only for a network that has less than that one's share.
 *
 * @param <P> a packet that waits
 */
public final class NeighborTable<P> {
    /** Neighbors of a switch. */
    public static final int MOST = 1024;

    /** Packets that wait for one neighbor (RFC 4861 §7.2.2 asks for one at least). */
    public static final int MOST_WAITING = 3;

    private final LongSupplier reachableTime;
    private final Map<NetworkAddress, Slot<P>> slots = new LinkedHashMap<>();
    private final List<Effect<P>> effects = new ArrayList<>();

    /** What is to be done. */
    public sealed interface Effect<P> {
        NetworkAddress neighbor();

        /** Ask all who may be the neighbor. */
        record AskAll<P>(NetworkAddress neighbor) implements Effect<P> {}

        /** Ask the neighbor where it was last. */
        record AskAlone<P>(NetworkAddress neighbor, LinkAddress address) implements Effect<P> {}

        /** Flows are to have the address. */
        record Learn<P>(NetworkAddress neighbor, LinkAddress address) implements Effect<P> {}

        /** Flows are not to have an address any more. */
        record Forget<P>(NetworkAddress neighbor) implements Effect<P> {}

        record Send<P>(NetworkAddress neighbor, LinkAddress address, P packet) implements Effect<P> {}

        /** Nobody is there: the sender of the packet is to be told. */
        record Unreachable<P>(NetworkAddress neighbor, P packet) implements Effect<P> {}

        /** The packet gave way to a newer one for the same neighbor. */
        record QueueFull<P>(NetworkAddress neighbor, P packet) implements Effect<P> {}

        /** The packet had to go, for there is no place for its neighbor. */
        record TableFull<P>(NetworkAddress neighbor, P packet) implements Effect<P> {}

        /** Whether somebody sends to the neighbor is of interest from now on. */
        record Watch<P>(NetworkAddress neighbor) implements Effect<P> {}
    }

    private static final class Slot<P> {
        final PortKey asker;
        final Deque<P> waiting = new ArrayDeque<>();
        CacheEntry entry;

        Slot(PortKey asker, CacheEntry entry) {
            this.asker = asker;
            this.entry = entry;
        }

        State state() {
            return entry.state();
        }
    }

    /** @param reachableTime how long a neighbor counts as reachable, asked anew each time; nanoseconds */
    public NeighborTable(LongSupplier reachableTime) {
        this.reachableTime = reachableTime;
    }

    /** A packet is for a neighbor that flows do not know. */
    public List<Effect<P>> send(NetworkAddress neighbor, P packet, PortKey asker, long now) {
        Slot<P> known = slots.get(neighbor);
        if (known == null) {
            if (!makeRoom(asker, neighbor.network())) {
                effects.add(new Effect.TableFull<>(neighbor, packet));
                return take();
            }
            Slot<P> slot = new Slot<>(asker, CacheEntry.incomplete(now));
            slot.waiting.add(packet);
            slots.put(neighbor, slot);
            effects.add(new Effect.AskAll<>(neighbor));
        } else if (known.state() == State.INCOMPLETE) {
            known.waiting.add(packet);
            if (known.waiting.size() > MOST_WAITING) {
                effects.add(new Effect.QueueFull<>(neighbor, known.waiting.remove()));
            }
        } else {
            effects.add(new Effect.Send<>(neighbor, known.entry.known(), packet));
            step(neighbor, known, new Event.Used(), now);
        }
        return take();
    }

    /** Something happened to a neighbor; to one that is not known it means nothing (RFC 4861 §7.2.5). */
    public List<Effect<P>> on(NetworkAddress neighbor, Event event, long now) {
        Slot<P> known = slots.get(neighbor);
        if (known != null) {
            step(neighbor, known, event, now);
        }
        return take();
    }

    /** A neighbor was known before this table was. Where there is no place for it, it is to be forgotten. */
    public List<Effect<P>> remember(NetworkAddress neighbor, LinkAddress address, PortKey port, long now) {
        if (!slots.containsKey(neighbor)) {
            if (slots.size() >= MOST) {
                effects.add(new Effect.Forget<>(neighbor));
            } else {
                slots.put(neighbor, new Slot<>(port, CacheEntry.stale(address, now)));
                effects.add(new Effect.Watch<>(neighbor));
            }
        }
        return take();
    }

    /** A resolved neighbor is not to be known any more. */
    public List<Effect<P>> forget(NetworkAddress neighbor) {
        Slot<P> known = slots.get(neighbor);
        if (known != null && known.state() != State.INCOMPLETE) {
            drop(neighbor);
        }
        return take();
    }

    /** Does what is due by now. */
    public List<Effect<P>> advance(long now) {
        for (NetworkAddress neighbor : List.copyOf(slots.keySet())) {
            Slot<P> slot = slots.get(neighbor);
            if (slot != null && slot.entry.deadline() - now <= 0) {
                step(neighbor, slot, new Event.TimeOut(), now);
            }
        }
        return take();
    }

    /** When {@link #advance} has something to do next. */
    public OptionalLong nextDeadline() {
        return slots.values().stream()
                .mapToLong(slot -> slot.entry.deadline())
                .reduce((one, other) -> one - other < 0 ? one : other);
    }

    /** What is known of a neighbor. */
    public Optional<CacheEntry> entry(NetworkAddress neighbor) {
        return Optional.ofNullable(slots.get(neighbor)).map(slot -> slot.entry);
    }

    /** The neighbors in a state. */
    public List<NetworkAddress> in(State state) {
        return slots.entrySet().stream()
                .filter(slot -> slot.getValue().state() == state)
                .map(Map.Entry::getKey)
                .toList();
    }

    /** How many there are in each state. */
    public Map<State, Integer> counts() {
        Map<State, Integer> counts = new EnumMap<>(State.class);
        for (State state : State.values()) {
            counts.put(state, 0);
        }
        slots.values().forEach(slot -> counts.merge(slot.state(), 1, Integer::sum));
        return counts;
    }

    private void step(NetworkAddress neighbor, Slot<P> slot, Event event, long now) {
        State before = slot.state();
        CacheEntry.Step step = slot.entry.step(event, now, reachableTime.getAsLong());
        step.next().ifPresent(next -> slot.entry = next);
        for (Output output : step.outputs()) {
            switch (output) {
                case ASK_ALL -> effects.add(new Effect.AskAll<>(neighbor));
                case ASK_ALONE -> effects.add(new Effect.AskAlone<>(neighbor, slot.entry.known()));
                case LEARN -> effects.add(new Effect.Learn<>(neighbor, slot.entry.known()));
                case SEND_WAITING -> {
                    slot.waiting.forEach(
                            packet -> effects.add(new Effect.Send<>(neighbor, slot.entry.known(), packet)));
                    slot.waiting.clear();
                }
                case UNREACHABLE ->
                    slot.waiting.forEach(packet -> effects.add(new Effect.Unreachable<>(neighbor, packet)));
            }
        }
        if (step.next().isEmpty()) {
            slots.remove(neighbor);
            if (before != State.INCOMPLETE) {
                effects.add(new Effect.Forget<>(neighbor));
            }
        } else if (slot.state() == State.STALE && before != State.STALE) {
            effects.add(new Effect.Watch<>(neighbor));
        }
    }

    private boolean makeRoom(PortKey asker, Id<Network> network) {
        return slots.size() < MOST || dropUnresolved(asker) || dropStale() || dropOfTheLargest(network);
    }

    private boolean dropUnresolved(PortKey asker) {
        Map<PortKey, Integer> unresolved = new HashMap<>();
        slots.values().stream()
                .filter(slot -> slot.state() == State.INCOMPLETE)
                .forEach(slot -> unresolved.merge(slot.asker, 1, Integer::sum));
        // Of two that have as many, the one who asks for more.
        Optional<PortKey> most = unresolved.keySet().stream()
                .max(Comparator.<PortKey>comparingInt(unresolved::get).thenComparing(asker::equals));
        return most.flatMap(port -> slots.entrySet().stream()
                        .filter(slot -> slot.getValue().state() == State.INCOMPLETE
                                && slot.getValue().asker.equals(port))
                        .map(Map.Entry::getKey)
                        .findFirst())
                .map(this::drop)
                .isPresent();
    }

    private boolean dropStale() {
        Map<Id<Network>, Integer> sizes = sizes();
        return slots.entrySet().stream()
                .filter(slot -> slot.getValue().state() == State.STALE)
                .min(Comparator.<Map.Entry<NetworkAddress, Slot<P>>>comparingInt(
                                slot -> -sizes.getOrDefault(slot.getKey().network(), 0))
                        .thenComparingLong(slot -> slot.getValue().entry.deadline()))
                .map(slot -> drop(slot.getKey()))
                .isPresent();
    }

    private boolean dropOfTheLargest(Id<Network> network) {
        Map<Id<Network>, Integer> sizes = sizes();
        int own = sizes.getOrDefault(network, 0);
        return slots.keySet().stream()
                .filter(neighbor -> sizes.getOrDefault(neighbor.network(), 0) > own + 1)
                .max(Comparator.comparingInt(neighbor -> sizes.getOrDefault(neighbor.network(), 0)))
                .map(this::drop)
                .isPresent();
    }

    private Map<Id<Network>, Integer> sizes() {
        Map<Id<Network>, Integer> sizes = new HashMap<>();
        slots.keySet().forEach(neighbor -> sizes.merge(neighbor.network(), 1, Integer::sum));
        return sizes;
    }

    private boolean drop(NetworkAddress neighbor) {
        Slot<P> slot = slots.remove(neighbor);
        if (slot != null) {
            slot.waiting.forEach(packet -> effects.add(new Effect.TableFull<>(neighbor, packet)));
            if (slot.state() != State.INCOMPLETE) {
                effects.add(new Effect.Forget<>(neighbor));
            }
        }
        return true;
    }

    private List<Effect<P>> take() {
        List<Effect<P>> taken = List.copyOf(effects);
        effects.clear();
        return taken;
    }
}
