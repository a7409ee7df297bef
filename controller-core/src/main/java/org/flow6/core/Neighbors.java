package org.flow6.core;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import org.flow6.core.neighbor.CacheEntry;
import org.flow6.core.neighbor.CacheEntry.Event;
import org.flow6.core.neighbor.CacheEntry.State;
import org.flow6.core.neighbor.LinkAddress;
import org.flow6.core.neighbor.NeighborTable;
import org.flow6.core.neighbor.NeighborTable.Effect;
import org.flow6.core.neighbor.Solicitations;
import org.flow6.core.openflow.SwitchSession;
import org.flow6.flow.Action;
import org.flow6.flow.Answer;
import org.flow6.flow.DropReason;
import org.flow6.flow.Field;
import org.flow6.flow.OwnedFlow;
import org.flow6.flow.PacketOut;
import org.flow6.flow.Table;
import org.flow6.network.Facts;
import org.flow6.network.Id;
import org.flow6.network.Neighbor;
import org.flow6.network.NetworkAddress;
import org.flow6.network.NetworkSnapshot;
import org.flow6.network.NetworkUpdate;
import org.flow6.network.NetworkView;
import org.flow6.network.Port;
import org.flow6.network.PortKey;
import org.flow6.network.PortView;
import org.flow6.network.RouterInterface;
import org.flow6.packets.Ethernet;
import org.projectfloodlight.openflow.types.MacAddress;
import org.projectfloodlight.openflow.types.OFPort;

/**
 * Finds the neighbors of routers on one switch, and keeps an eye on them: does what the table says, and tells it the time.
 * What is learned are facts, which the snapshot shows and flows are made of. For the switch's thread, but for {@link
 * #counts}.
 */
final class Neighbors {
    static final DropReason QUEUE_FULL = new DropReason(
            0xfffc, "neighbor-queue-full", "gave way to newer packets for a neighbor that has not answered");
    static final DropReason TABLE_FULL =
            new DropReason(0xfffb, "neighbor-table-full", "for one of too many neighbors that are not known");

    /** How often the flows of neighbors are looked at that nobody was heard of for a while. */
    private static final long LOOK_MILLIS = TimeUnit.SECONDS.toMillis(5);

    private static final long WITHOUT_SWITCH_MILLIS = TimeUnit.SECONDS.toMillis(1);
    /** A packet-out holds so many ports easily. */
    private static final int PORTS_AT_ONCE = 256;

    private final Surroundings surroundings;
    private final WatchedHops hops;
    private final NeighborTable<WaitingPacket> table = new NeighborTable<>(Neighbors::reachableTime);
    /** The router's port that asked last; what is left of neighbors that are gone is cleared now and then. */
    private final Map<NetworkAddress, Id<Port>> routers = new HashMap<>();

    private final NeighborUse use;
    private volatile Map<State, Integer> counts = table.counts();
    private boolean awaiting;
    private long awaited;
    private boolean looking;
    private boolean away;

    /** Where it runs: what it sends by, looks at and remembers in. */
    interface Surroundings {
        SwitchThread thread();

        /** Empty while the switch is not connected. */
        Optional<SwitchSession> openSession();

        NetworkSnapshot snapshot();

        /** The flows that there are because of a neighbor. */
        List<OwnedFlow> flowsOf(NetworkAddress neighbor);

        FactStore facts();

        /** Whether the link of a port that is bound here is up, as far as that is known. */
        boolean isLinkUp(Id<Port> port);

        /** Whether the network has a port, also where this switch's own ports do not reach it. */
        boolean exists(Id<Port> port);

        /** Whether the network has a port that names another host. */
        boolean isElsewhere(Id<Port> port);
    }

    Neighbors(Surroundings surroundings, WatchedHops hops) {
        this.surroundings = surroundings;
        this.hops = hops;
        use = new NeighborUse(surroundings, neighbor -> act(table.on(neighbor, new Event.Used(), System.nanoTime())));
    }

    /** An app is enabled from now on, or not. */
    void enable(String app, boolean on) {
        hops.enable(app, on, surroundings.snapshot());
        watch();
    }

    /** RFC 4861 §6.3.2. */
    private static long reachableTime() {
        return ThreadLocalRandom.current().nextLong(CacheEntry.REACHABLE / 2, CacheEntry.REACHABLE * 3 / 2);
    }

    /** A packet waits for its next hop. */
    void resolve(Answer.Result.Resolve question, WaitingPacket packet) {
        routers.put(question.nextHop(), question.from());
        PortKey asker = packet.packet().source().key();
        act(table.send(question.nextHop(), packet, asker, System.nanoTime()));
    }

    /** Somebody, who may be the neighbor, said so. */
    void advertised(Answer.Result.Advertised said) {
        Optional<CacheEntry> known = table.entry(said.address());
        boolean silent = said.mac().isEmpty();
        if (known.isEmpty() || (silent && !isAt(known.get(), said.from()))) {
            return;
        }
        Event event = new Event.Advertised(
                said.mac().map(mac -> new LinkAddress(mac, said.from())),
                said.flags().solicited(),
                said.flags().override());
        act(table.on(said.address(), event, System.nanoTime()));
    }

    private static boolean isAt(CacheEntry known, Id<Port> port) {
        LinkAddress address = known.address();
        return address != null && address.port().equals(port);
    }

    /** Takes over what is remembered of earlier, and lets go of what may not be known any more. */
    void update(NetworkUpdate update) {
        NetworkSnapshot after = update.after();
        for (Neighbor neighbor : after.neighbors()) {
            NetworkAddress address = neighbor.networkAddress();
            if (!update.neighbors().contains(address)) {
                continue;
            }
            if (after.neighbor(address).isPresent()) {
                PortKey port = after.port(neighbor.port()).orElseThrow().key();
                LinkAddress where = new LinkAddress(neighbor.mac(), neighbor.port());
                act(table.remember(address, where, port, System.nanoTime()));
            } else if (!surroundings.exists(neighbor.port())) {
                forget(address);
            }
        }
        for (NetworkAddress address : update.neighbors()) {
            if (after.neighbor(address).isEmpty()) {
                act(table.forget(address, System.nanoTime()));
            }
        }
        hops.look(after, update.routers());
        watch();
    }

    /** Probes the next hops that are watched and of which the network does not tell where they are. */
    private void watch() {
        Set<NetworkAddress> asked = hops.asked(surroundings.snapshot(), surroundings::isLinkUp);
        act(table.watch(asked, System.nanoTime()));
    }

    /** How many neighbors there are in each state; for any thread. */
    Map<State, Integer> counts() {
        return counts;
    }

    private void act(List<Effect<WaitingPacket>> effects) {
        effects.forEach(this::act);
        counts = table.counts();
        wakeInTime();
        lookAgain();
    }

    private void act(Effect<WaitingPacket> effect) {
        NetworkAddress neighbor = effect.neighbor();
        if (effect instanceof Effect.AskAll<WaitingPacket>) {
            ask(neighbor, surroundings.snapshot().mayOwn(neighbor), Optional.empty());
        } else if (effect instanceof Effect.AskAlone<WaitingPacket> alone) {
            List<PortKey> port = surroundings.snapshot().port(alone.address().port()).stream()
                    .map(PortView::key)
                    .toList();
            ask(neighbor, port, Optional.of(alone.address().mac()));
        } else if (effect instanceof Effect.Learn<WaitingPacket> learned) {
            LinkAddress where = learned.address();
            Neighbor known = new Neighbor(neighbor.network(), neighbor.address(), where.port(), where.mac());
            var unused = surroundings.facts().apply(Facts.Change.remember(known.fact()));
        } else if (effect instanceof Effect.Forget<WaitingPacket>) {
            forget(neighbor);
        } else if (effect instanceof Effect.Send<WaitingPacket> send) {
            deliver(neighbor, send.address(), send.packet().packet().frame());
        } else if (effect instanceof Effect.Unreachable<WaitingPacket> unreachable) {
            unreachable.packet().unreachable().run();
        } else if (effect instanceof Effect.QueueFull<WaitingPacket> full) {
            full.packet().drop().accept(QUEUE_FULL);
        } else if (effect instanceof Effect.TableFull<WaitingPacket> full) {
            full.packet().drop().accept(TABLE_FULL);
        } else if (effect instanceof Effect.Lost<WaitingPacket>) {
            hops.note(neighbor, /* reached= */ false);
        } else if (effect instanceof Effect.Found<WaitingPacket>) {
            hops.note(neighbor, /* reached= */ true);
        } else if (effect instanceof Effect.Watch<WaitingPacket>) {
            use.forget(neighbor);
            use.look(neighbor);
        }
    }

    private void forget(NetworkAddress neighbor) {
        use.forget(neighbor);
        var unused = surroundings.facts().apply(Facts.Change.forget(Neighbor.key(neighbor)));
    }

    private void ask(NetworkAddress neighbor, List<PortKey> ports, Optional<MacAddress> alone) {
        router(neighbor)
                .flatMap(router -> Solicitations.from(router, neighbor.address(), alone))
                .ifPresent(frame -> {
                    for (int from = 0; from < ports.size(); from += PORTS_AT_ONCE) {
                        send(neighbor, ports.subList(from, Math.min(ports.size(), from + PORTS_AT_ONCE)), frame);
                    }
                });
    }

    /** The router that asked last, or another one on the network. */
    private Optional<RouterInterface> router(NetworkAddress neighbor) {
        List<RouterInterface> there = surroundings
                .snapshot()
                .network(neighbor.network())
                .map(NetworkView::routers)
                .orElse(List.of());
        Id<Port> last = hops.asker(neighbor).orElse(routers.get(neighbor));
        return there.stream()
                .filter(router -> router.port().id().equals(last))
                .findFirst()
                .or(() -> there.stream().findFirst());
    }

    /** As the neighbor's flow in {@link Table#NEXT_HOP} does, which may not be in the switch yet. */
    private void deliver(NetworkAddress neighbor, LinkAddress where, Ethernet frame) {
        Ethernet addressed = new Ethernet(where.mac(), frame.source(), frame.tags(), frame.type(), frame.payload());
        surroundings.snapshot().port(where.port()).ifPresent(port -> send(neighbor, List.of(port.key()), addressed));
    }

    private void send(NetworkAddress neighbor, List<PortKey> ports, Ethernet frame) {
        Optional<NetworkView> network = surroundings.snapshot().network(neighbor.network());
        Optional<SwitchSession> session = surroundings.openSession();
        if (network.isPresent() && session.isPresent()) {
            List<Action> actions = new ArrayList<>();
            actions.add(Action.set(Field.NETWORK, network.get().key()));
            actions.addAll(Action.deliverToEach(ports));
            Punts.send(session.get(), new PacketOut(OFPort.CONTROLLER, actions, frame));
        }
    }

    /** Has the table told the time when it next needs to know it. */
    private void wakeInTime() {
        OptionalLong deadline = table.nextDeadline();
        if (deadline.isPresent() && (!awaiting || deadline.getAsLong() - awaited < 0)) {
            long left = Math.max(0, deadline.getAsLong() - System.nanoTime());
            wakeIn(deadline.getAsLong(), TimeUnit.NANOSECONDS.toMillis(left) + 1);
        }
    }

    private void wakeIn(long time, long millis) {
        awaiting = true;
        awaited = time;
        surroundings.thread().runIn(millis, () -> {
            if (awaited == time) {
                awaiting = false;
                wake(time);
            }
        });
    }

    /** While the switch is away nobody can be asked, and nobody is given up. */
    private void wake(long time) {
        if (surroundings.openSession().isPresent()) {
            long now = System.nanoTime();
            act(away ? table.askAgain(now) : table.advance(now));
            away = false;
        } else {
            away = true;
            wakeIn(time, WITHOUT_SWITCH_MILLIS);
        }
    }

    /** Looks at the flows of all stale neighbors now and then, for as long as there are neighbors. */
    private void lookAgain() {
        if (!looking && table.nextDeadline().isPresent()) {
            looking = true;
            surroundings.thread().runIn(LOOK_MILLIS, () -> {
                looking = false;
                routers.keySet().removeIf(neighbor -> table.entry(neighbor).isEmpty());
                table.in(State.STALE).forEach(use::look);
                lookAgain();
            });
        }
    }
}
