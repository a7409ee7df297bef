package org.flow6.core;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Future;
import org.flow6.core.BeaconOutput.Hearer;
import org.flow6.flow.Beacon;
import org.flow6.network.Id;
import org.flow6.network.Network;
import org.flow6.network.NetworkSnapshot;
import org.flow6.network.NetworkView;
import org.flow6.network.Port;
import org.jspecify.annotations.Nullable;

/** Keeps a sender for each unit of one beacon, and says the last words of those that are gone. For the switch's thread. */
final class BeaconRunner<U> {
    private final Beacon<U> beacon;
    private final BeaconOutput output;
    /** By the port that each sends from; no network has an empty map. */
    private final Map<Id<Network>, Map<Id<Port>, BeaconSender<U>>> senders = new HashMap<>();

    private final Map<Place, Farewell> farewells = new HashMap<>();

    private record Place(Id<Network> network, Id<Port> source) {}

    BeaconRunner(String app, Beacon<U> beacon, Beacons.Surroundings surroundings) {
        this.beacon = beacon;
        this.output = new BeaconOutput(app, beacon, surroundings);
    }

    String name() {
        return beacon.name();
    }

    /** Follows a change of networks. A network whose units cannot be told keeps those that it has. */
    void look(NetworkSnapshot before, NetworkSnapshot after, Set<Id<Network>> networks) {
        for (Id<Network> network : networks) {
            output.guard("on network " + network, () -> look(before, network, after.network(network)));
        }
    }

    private void look(NetworkSnapshot before, Id<Network> network, Optional<NetworkView> now) {
        Map<Id<Port>, U> units = new LinkedHashMap<>();
        now.stream().flatMap(beacon::units).forEach(unit -> units.putIfAbsent(beacon.source(unit), unit));
        Map<Id<Port>, BeaconSender<U>> known = senders.computeIfAbsent(network, id -> new HashMap<>());
        Map.copyOf(known)
                .forEach((source, sender) -> output.guard("of port " + source, () -> {
                    U next = units.get(source);
                    if (next == null || !beacon.isContinuedBy(sender.unit(), next)) {
                        known.remove(source);
                        end(new Place(network, source), sender, before, now);
                    }
                }));
        now.ifPresent(view -> units.forEach(
                (source, unit) -> output.guard("of port " + source, () -> put(known, view, source, unit))));
        if (known.isEmpty()) {
            senders.remove(network);
        }
    }

    /** Everything that the app is asked comes first: if it fails, all is as before. */
    private void put(Map<Id<Port>, BeaconSender<U>> known, NetworkView now, Id<Port> source, U unit) {
        BeaconSender<U> sender = known.get(source);
        if (sender != null && sender.unit().equals(unit)) {
            return;
        }
        Beacon.Timing timing = beacon.timing(unit);
        output.apply(moment -> beacon.started(unit, now, moment));
        if (sender == null) {
            Id<Network> network = now.network().id();
            Long last = cutShort(new Place(network, source), unit);
            known.put(source, new BeaconSender<>(output, beacon, network, unit, last));
        } else {
            sender.change(unit, timing);
        }
    }

    /** Ends the last words of one that the unit continues, and tells when the last of them was said. */
    private @Nullable Long cutShort(Place place, U unit) {
        Farewell farewell = farewells.get(place);
        if (farewell == null || !beacon.isContinuedBy(farewell.unit, unit)) {
            return null;
        }
        farewells.remove(place);
        return farewell.cancel();
    }

    /** All that runs is new again to a switch that was away. */
    void startAgain() {
        senders.values().forEach(some -> some.values().forEach(BeaconSender::startAgain));
    }

    /** Says the last words for everything. */
    void stop(NetworkSnapshot snapshot) {
        senders.forEach((network, some) -> {
            Optional<NetworkView> now = snapshot.network(network);
            some.forEach((source, sender) -> end(new Place(network, source), sender, snapshot, now));
        });
        senders.clear();
    }

    /** A port asked for what is sent from another. */
    void solicited(Id<Port> source, Id<Port> asker) {
        for (Map<Id<Port>, BeaconSender<U>> some : senders.values()) {
            BeaconSender<U> sender = some.get(source);
            if (sender != null) {
                sender.solicited(asker);
            }
        }
    }

    /** @param before with the ports that heard it */
    private void end(Place place, BeaconSender<U> sender, NetworkSnapshot before, Optional<NetworkView> now) {
        sender.cancel();
        String where = "of port " + place.source();
        output.guard(where, () -> output.apply(moment -> beacon.ended(sender.unit(), now, moment)));
        List<Hearer> hearers = BeaconOutput.hearers(before, place.network(), place.source());
        Farewell farewell = new Farewell(place, sender, now, hearers);
        farewells.put(place, farewell);
        output.guard(where, farewell::say);
    }

    /**
     * The last words of a unit, to the ports that heard it: the first at once, whenever the last frame was, for hosts are
     * to know before they send anything more (RFC 4861 §6.2.5). Kept until a gap after the last of them, so that what
     * continues the unit keeps its distance.
     */
    private final class Farewell {
        private final Place place;
        private final U unit;
        private final Beacon.Timing timing;
        private final Optional<NetworkView> now;
        private final List<Hearer> hearers;
        private int left;
        private @Nullable Long last;
        private @Nullable Future<?> next;

        Farewell(Place place, BeaconSender<U> sender, Optional<NetworkView> now, List<Hearer> hearers) {
            this.place = place;
            this.unit = sender.unit();
            this.timing = sender.timing();
            this.now = now;
            this.hearers = hearers;
            this.left = timing.farewells();
        }

        void say() {
            if (left == 0) {
                farewells.remove(place, this);
                return;
            }
            left--;
            next = output.later(
                    "of port " + place.source(), this::say, timing.gap().toNanos());
            last = System.nanoTime();
            output.send(moment -> beacon.farewell(unit, now, moment), output.portsOf(hearers));
        }

        /** Says no more, and when the last was said. */
        @Nullable
        Long cancel() {
            if (next != null) {
                next.cancel(false);
            }
            return last;
        }
    }
}
