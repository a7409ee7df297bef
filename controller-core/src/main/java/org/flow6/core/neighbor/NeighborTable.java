package org.flow6.core.neighbor;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.TimeUnit;
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
 * <p>Neighbors that are watched are asked for until they answer, and then asked again and again: whether they are there is
 * known without anybody sending to them.
 *
 * @param <P> a packet that waits
 */
public final class NeighborTable<P> {
    /** Neighbors of a switch. */
    public static final int MOST = 1024;

    /** Packets that wait for one neighbor (RFC 4861 §7.2.2 asks for one at least). */
    public static final int MOST_WAITING = 3;

    /** How long an answer of a watched neighbor is waited for; RetransTimer is the router's own (RFC 4861 §6.2.1). */
    public static final long WATCH_RETRANSMIT = TimeUnit.MILLISECONDS.toNanos(500);

    /** How long one that is lost is left alone before it is asked for again. */
    public static final long WATCH_PAUSE = TimeUnit.SECONDS.toNanos(2);

    /** So much of the time that others are reachable those that are watched are. */
    private static final int WATCH_SHARE = 30;
    /** From so many on they are asked less often: what a port may send the controller is limited. */
    private static final int WATCH_CLOSELY = 20;

    private final LongSupplier reachableTime;
    private final Map<NetworkAddress, Slot<P>> slots = new LinkedHashMap<>();
    private final Displacement<P> displacement = new Displacement<>(slots);
    private int watched;
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

        /** One that is watched did not answer, and is asked for on and on. */
        record Lost<P>(NetworkAddress neighbor) implements Effect<P> {}

        /** One that is watched answered. */
        record Found<P>(NetworkAddress neighbor) implements Effect<P> {}

        /** Whether somebody sends to the neighbor is of interest from now on. */
        record Watch<P>(NetworkAddress neighbor) implements Effect<P> {}
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
            step(neighbor, known, new Event.Used(), now);
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

    /** These neighbors, and no others any more, are watched. They have a place, also where there is none. */
    public List<Effect<P>> watch(Set<NetworkAddress> neighbors, long now) {
        slots.forEach((neighbor, slot) -> slot.watched &= neighbors.contains(neighbor));
        watched = neighbors.size();
        for (NetworkAddress neighbor : neighbors) {
            Slot<P> slot = slots.computeIfAbsent(neighbor, added -> new Slot<>(null, CacheEntry.missing(now)));
            if (!slot.watched) {
                slot.watched = true;
                step(neighbor, slot, slot.state() == State.INCOMPLETE ? new Event.Used() : new Event.Doubted(), now);
            }
        }
        return take();
    }

    /** Nobody could be asked for a while: what is not answered is asked again. */
    public List<Effect<P>> askAgain(long now) {
        slots.values().forEach(slot -> slot.entry = slot.entry.unasked(now));
        return advance(now);
    }

    /** A resolved neighbor is not to be known any more; one that is watched is asked for anew. */
    public List<Effect<P>> forget(NetworkAddress neighbor, long now) {
        Slot<P> known = slots.get(neighbor);
        if (known != null && known.state() != State.INCOMPLETE) {
            if (known.watched) {
                known.entry = CacheEntry.missing(now);
                effects.add(new Effect.Forget<>(neighbor));
            } else {
                drop(neighbor);
            }
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

    /** How many there are in each state, those that are asked for on and on without an answer as incomplete. */
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
        CacheEntry.Step step = slot.entry.step(event, now, times(slot));
        step.next().ifPresent(next -> slot.entry = next);
        step.outputs().forEach(output -> effect(neighbor, slot, output));
        if (step.next().isEmpty()) {
            if (before != State.INCOMPLETE) {
                effects.add(new Effect.Forget<>(neighbor));
            }
            if (slot.watched) {
                effects.add(new Effect.Lost<>(neighbor));
                slot.entry = CacheEntry.missing(before == State.INCOMPLETE ? now + WATCH_PAUSE : now);
            } else {
                slots.remove(neighbor);
            }
        } else if (slot.watched) {
            stepOn(neighbor, slot, before, now);
        } else if (slot.state() == State.STALE && before != State.STALE) {
            effects.add(new Effect.Watch<>(neighbor));
        }
    }

    private void stepOn(NetworkAddress neighbor, Slot<P> slot, State before, long now) {
        if (slot.state() != before && (slot.state() == State.REACHABLE || before == State.INCOMPLETE)) {
            effects.add(new Effect.Found<>(neighbor));
        }
        if (slot.state() == State.STALE || slot.state() == State.DELAY) {
            step(neighbor, slot, new Event.Doubted(), now);
        }
    }

    private CacheEntry.Times times(Slot<P> slot) {
        long reachable = reachableTime.getAsLong();
        return slot.watched
                ? new CacheEntry.Times(reachable / WATCH_SHARE * Math.max(1, watched / WATCH_CLOSELY), WATCH_RETRANSMIT)
                : new CacheEntry.Times(reachable, CacheEntry.RETRANSMIT);
    }

    private void effect(NetworkAddress neighbor, Slot<P> slot, Output output) {
        switch (output) {
            case ASK_ALL -> effects.add(new Effect.AskAll<>(neighbor));
            case ASK_ALONE -> effects.add(new Effect.AskAlone<>(neighbor, slot.entry.known()));
            case LEARN -> effects.add(new Effect.Learn<>(neighbor, slot.entry.known()));
            case SEND_WAITING -> {
                slot.waiting.forEach(packet -> effects.add(new Effect.Send<>(neighbor, slot.entry.known(), packet)));
                slot.waiting.clear();
            }
            case UNREACHABLE -> {
                slot.waiting.forEach(packet -> effects.add(new Effect.Unreachable<>(neighbor, packet)));
                slot.waiting.clear();
            }
        }
    }

    private boolean makeRoom(PortKey asker, Id<Network> network) {
        return slots.size() < MOST
                || displacement.victim(asker, network).map(this::drop).isPresent();
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
