package org.flow6.core;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Future;
import org.flow6.core.BeaconOutput.Hearer;
import org.flow6.flow.Beacon;
import org.flow6.network.Id;
import org.flow6.network.Network;
import org.flow6.network.NetworkSnapshot;
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
            output.guard("on network " + network, () -> look(before, network, units(after, network)));
        }
    }

    private Map<Id<Port>, U> units(NetworkSnapshot snapshot, Id<Network> network) {
        Map<Id<Port>, U> units = new LinkedHashMap<>();
        snapshot.network(network)
                .ifPresent(view -> beacon.units(view).forEach(unit -> units.putIfAbsent(beacon.source(unit), unit)));
        return units;
    }

    private void look(NetworkSnapshot before, Id<Network> network, Map<Id<Port>, U> units) {
        Map<Id<Port>, BeaconSender<U>> known = senders.computeIfAbsent(network, id -> new HashMap<>());
        for (Id<Port> source : Set.copyOf(known.keySet())) {
            BeaconSender<U> sender = known.get(source);
            if (sender != null && !units.containsKey(source)) {
                known.remove(source);
                end(new Place(network, source), sender, before);
            }
        }
        units.forEach((source, unit) ->
                output.guard("of port " + source, () -> put(known, new Place(network, source), unit)));
        if (known.isEmpty()) {
            senders.remove(network);
        }
    }

    /** Everything that the app is asked comes first: if it fails, all is as before. */
    private void put(Map<Id<Port>, BeaconSender<U>> known, Place place, U unit) {
        BeaconSender<U> sender = known.get(place.source());
        if (sender != null && sender.unit().equals(unit)) {
            return;
        }
        Beacon.Timing timing = beacon.timing(unit);
        output.apply(moment -> beacon.started(unit, moment));
        if (sender == null) {
            Farewell cut = farewells.remove(place);
            Long last = cut == null ? null : cut.cancel();
            known.put(place.source(), new BeaconSender<>(output, beacon, place.network(), unit, last));
        } else {
            sender.change(unit, timing);
        }
    }

    /** All that runs is new again to a switch that was away. */
    void startAgain() {
        senders.values().forEach(some -> some.values().forEach(BeaconSender::startAgain));
    }

    /** Says the last words for everything. */
    void stop(NetworkSnapshot snapshot) {
        senders.forEach(
                (network, some) -> some.forEach((source, sender) -> end(new Place(network, source), sender, snapshot)));
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

    private void end(Place place, BeaconSender<U> sender, NetworkSnapshot snapshot) {
        sender.cancel();
        output.guard("of port " + place.source(), () -> output.apply(moment -> beacon.ended(sender.unit(), moment)));
        Farewell farewell =
                new Farewell(place, sender, BeaconOutput.hearers(snapshot, place.network(), place.source()));
        farewells.put(place, farewell);
        output.guard("of port " + place.source(), farewell::say);
    }

    /**
     * The last words of a unit, to the ports that heard it: the first at once, whenever the last frame was, for hosts are
     * to know before they send anything more (RFC 4861 §6.2.5). It stands for its unit until a gap after the last of them.
     */
    private final class Farewell {
        private final Place place;
        private final U unit;
        private final Beacon.Timing timing;
        private final List<Hearer> hearers;
        private int left;
        private @Nullable Long last;
        private @Nullable Future<?> next;

        Farewell(Place place, BeaconSender<U> sender, List<Hearer> hearers) {
            this.place = place;
            this.unit = sender.unit();
            this.timing = sender.timing();
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
            output.send(moment -> beacon.farewell(unit, moment), output.portsOf(hearers));
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
