package org.flow6.core;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Future;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.flow6.core.openflow.SwitchSession;
import org.flow6.flow.Action;
import org.flow6.flow.Beacon;
import org.flow6.flow.Moment;
import org.flow6.flow.PacketOut;
import org.flow6.network.Id;
import org.flow6.network.Network;
import org.flow6.network.NetworkSnapshot;
import org.flow6.network.NetworkView;
import org.flow6.network.Port;
import org.flow6.network.PortKey;
import org.flow6.network.PortView;
import org.flow6.packets.Ethernet;
import org.jspecify.annotations.Nullable;
import org.projectfloodlight.openflow.types.OFPort;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends the frames of one beacon when they are due (RFC 4861 §6.2.4 to §6.2.6): early ones first, then at random
 * intervals, to single ports that asked, and last words. For the switch's thread.
 */
final class BeaconRunner<U> {
    private static final Logger LOG = LoggerFactory.getLogger(BeaconRunner.class);
    /** A packet-out holds so many outputs easily. */
    private static final int PORTS_AT_ONCE = 1000;

    private final String app;
    private final Beacon<U> beacon;
    private final Beacons.Surroundings surroundings;
    private final Map<Id<Network>, Map<Id<Port>, Sender>> senders = new HashMap<>();
    private final Map<Id<Port>, Farewell<U>> farewells = new HashMap<>();

    /** Last words that are still being said. */
    private record Farewell<U>(U unit, List<Future<?>> rest) {}

    BeaconRunner(String app, Beacon<U> beacon, Beacons.Surroundings surroundings) {
        this.app = app;
        this.beacon = beacon;
        this.surroundings = surroundings;
    }

    String name() {
        return beacon.name();
    }

    /** Follows a change of networks. */
    void look(NetworkSnapshot before, NetworkSnapshot after, Set<Id<Network>> networks) {
        for (Id<Network> network : networks) {
            try {
                Optional<NetworkView> now = after.network(network);
                Map<Id<Port>, U> units = units(now);
                Map<Id<Port>, Sender> known = senders.computeIfAbsent(network, id -> new HashMap<>());
                Map.copyOf(known).forEach((source, sender) -> {
                    U next = units.get(source);
                    if (next == null || !beacon.isContinuedBy(sender.unit, next)) {
                        known.remove(source);
                        end(sender, ports(before, network, source), now);
                    }
                });
                now.ifPresent(view -> units.forEach((source, unit) -> put(known, view, source, unit)));
                if (known.isEmpty()) {
                    senders.remove(network);
                }
            } catch (RuntimeException | LinkageError e) {
                complain("on network " + network, e);
            }
        }
    }

    private Map<Id<Port>, U> units(Optional<NetworkView> view) {
        Map<Id<Port>, U> units = new LinkedHashMap<>();
        view.stream().flatMap(beacon::units).forEach(unit -> units.putIfAbsent(beacon.source(unit), unit));
        return units;
    }

    private void put(Map<Id<Port>, Sender> known, NetworkView now, Id<Port> source, U unit) {
        Sender sender = known.get(source);
        if (sender != null && sender.unit.equals(unit)) {
            return;
        }
        var unused = surroundings.facts().apply(beacon.started(unit, now, moment()));
        if (sender == null) {
            Farewell<U> farewell = farewells.get(source);
            if (farewell != null && beacon.isContinuedBy(farewell.unit, unit)) {
                cancel(farewell.rest);
                farewells.remove(source);
            }
            known.put(source, new Sender(now.network().id(), source, unit));
        } else {
            sender.unit = unit;
            sender.startAgain();
        }
    }

    /** All that runs is new again to a switch that was away. */
    void startAgain() {
        senders.values().forEach(some -> some.values().forEach(Sender::startAgain));
    }

    /** Says the last words for everything. */
    void stop(NetworkSnapshot snapshot) {
        senders.forEach((network, some) -> {
            Optional<NetworkView> now = snapshot.network(network);
            some.values().forEach(sender -> end(sender, ports(snapshot, network, sender.source), now));
        });
        senders.clear();
    }

    void solicited(Id<Port> source, OFPort port) {
        for (Map<Id<Port>, Sender> some : senders.values()) {
            Sender sender = some.get(source);
            if (sender != null) {
                sender.solicited(port);
            }
        }
    }

    /** At once, whenever the last one was: hosts are to know before they send anything more (RFC 4861 §6.2.5). */
    private void end(Sender sender, List<OFPort> ports, Optional<NetworkView> now) {
        sender.cancel();
        try {
            U unit = sender.unit;
            var unused = surroundings.facts().apply(beacon.ended(unit, now, moment()));
            List<Future<?>> rest = new ArrayList<>();
            send(() -> beacon.farewell(unit, now, moment()), ports);
            Beacon.Timing timing = beacon.timing(unit);
            for (int i = 1; i < timing.farewells(); i++) {
                rest.add(later(
                        () -> send(() -> beacon.farewell(unit, now, moment()), ports),
                        i * timing.gap().toNanos()));
            }
            farewells.put(sender.source, new Farewell<>(unit, rest));
        } catch (RuntimeException | LinkageError e) {
            complain("of port " + sender.source, e);
        }
    }

    private void send(Supplier<List<Ethernet>> frames, List<OFPort> ports) {
        SwitchSession session = surroundings.session().get();
        if (session == null || session.closed().isDone() || ports.isEmpty()) {
            return;
        }
        for (Ethernet frame : frames.get()) {
            for (int from = 0; from < ports.size(); from += PORTS_AT_ONCE) {
                List<Action> outputs = new ArrayList<>();
                ports.subList(from, Math.min(ports.size(), from + PORTS_AT_ONCE))
                        .forEach(port -> outputs.add(Action.output(port)));
                Punts.send(session, new PacketOut(OFPort.CONTROLLER, outputs, frame));
            }
        }
    }

    /** The ports of a network that are bound here, but for the one. */
    private static List<OFPort> ports(NetworkSnapshot snapshot, Id<Network> network, Id<Port> source) {
        List<OFPort> ports = new ArrayList<>();
        for (PortKey key :
                snapshot.network(network).map(NetworkView::boundPorts).orElse(List.of())) {
            Optional<PortView> port = snapshot.port(key);
            if (port.isPresent() && !port.get().port().id().equals(source)) {
                port.get().ofPort().ifPresent(ports::add);
            }
        }
        return ports;
    }

    private Moment moment() {
        return surroundings.facts().moment();
    }

    private Future<?> later(Runnable task, long nanos) {
        return surroundings
                .thread()
                .schedule(
                        () -> {
                            try {
                                task.run();
                            } catch (RuntimeException | LinkageError e) {
                                complain("when due", e);
                            }
                        },
                        nanos,
                        TimeUnit.NANOSECONDS);
    }

    private void complain(String where, Throwable e) {
        LOG.error("app {}: beacon {} {} failed", app, beacon.name(), where, e);
        surroundings.errors().add("app " + app + ": beacon " + beacon.name() + " " + where + " failed: " + e);
    }

    private static void cancel(List<Future<?>> futures) {
        futures.forEach(future -> future.cancel(false));
    }

    private static long random(long most) {
        return most <= 0 ? 0 : ThreadLocalRandom.current().nextLong(most + 1);
    }

    /** One who sends. */
    private final class Sender {
        final Id<Network> network;
        final Id<Port> source;
        private final Map<OFPort, Future<?>> asked = new HashMap<>();
        private final Map<OFPort, Long> answered = new HashMap<>();
        private U unit;
        private int early;
        private long due;
        private @Nullable Long last;
        private @Nullable Future<?> next;

        Sender(Id<Network> network, Id<Port> source, U unit) {
            this.network = network;
            this.source = source;
            this.unit = unit;
            startAgain();
        }

        /** Soon, and early ones again. */
        void startAgain() {
            Beacon.Timing timing = beacon.timing(unit);
            early = timing.initialCount();
            scheduleAt(afterGap(timing, last, random(timing.solicitedDelay().toNanos())));
        }

        private void sendToAll() {
            last = System.nanoTime();
            BeaconRunner.cancel(List.copyOf(asked.values()));
            asked.clear();
            answered.clear();
            Beacon.Timing timing = beacon.timing(unit);
            long least = timing.least().toNanos();
            long interval = least + random(timing.most().toNanos() - least);
            early = Math.max(0, early - 1);
            scheduleAt(
                    last + (early > 0 ? Math.min(interval, timing.initialMost().toNanos()) : interval));
            send(
                    () -> beacon.frames(unit, moment()),
                    ports(surroundings.snapshot().get(), network, source));
        }

        /** One port gets it alone; what comes to all by then serves it as well. */
        void solicited(OFPort port) {
            if (asked.containsKey(port)) {
                return;
            }
            Beacon.Timing timing = beacon.timing(unit);
            Long before = answered.getOrDefault(port, last);
            long at = afterGap(timing, before, random(timing.solicitedDelay().toNanos()));
            if (due - at <= 0) {
                return;
            }
            asked.put(
                    port,
                    later(
                            () -> {
                                asked.remove(port);
                                answered.put(port, System.nanoTime());
                                send(() -> beacon.frames(unit, moment()), List.of(port));
                            },
                            at - System.nanoTime()));
        }

        private static long afterGap(Beacon.Timing timing, @Nullable Long before, long delay) {
            long at = System.nanoTime() + delay;
            return before == null ? at : Math.max(at - before, timing.gap().toNanos()) + before;
        }

        private void scheduleAt(long time) {
            if (next != null) {
                next.cancel(false);
            }
            due = time;
            next = later(this::sendToAll, Math.max(0, time - System.nanoTime()));
        }

        void cancel() {
            if (next != null) {
                next.cancel(false);
            }
            BeaconRunner.cancel(List.copyOf(asked.values()));
        }
    }
}
