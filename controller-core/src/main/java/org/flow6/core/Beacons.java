package org.flow6.core;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.flow6.core.openflow.SwitchSession;
import org.flow6.flow.Answer.Solicited;
import org.flow6.flow.Beacon;
import org.flow6.flow.FlowApp;
import org.flow6.network.Id;
import org.flow6.network.Network;
import org.flow6.network.NetworkSnapshot;
import org.flow6.network.NetworkUpdate;
import org.flow6.network.Port;
import org.jspecify.annotations.Nullable;

/** The beacons of all apps on one switch. For the switch's thread. */
final class Beacons {
    /**
     * Where beacons run: what they send by, remember in and complain to.
     *
     * @param isElsewhere whether a port of the network names another host
     */
    record Surroundings(
            ScheduledExecutorService thread,
            Supplier<@Nullable SwitchSession> session,
            Supplier<NetworkSnapshot> snapshot,
            Predicate<Id<Port>> isElsewhere,
            Shared shared) {}

    private final Map<String, List<BeaconRunner<?>>> runners = new HashMap<>();
    private final Map<String, List<BeaconRunner<?>>> enabled = new HashMap<>();

    Beacons(List<FlowApp> apps, Surroundings surroundings) {
        for (FlowApp app : apps) {
            List<BeaconRunner<?>> own = new ArrayList<>();
            for (Beacon<?> beacon : app.beacons()) {
                own.add(new BeaconRunner<>(app.name(), beacon, surroundings));
            }
            if (!own.isEmpty()) {
                runners.put(app.name(), own);
            }
        }
    }

    void enable(String app, boolean on, NetworkSnapshot snapshot) {
        List<BeaconRunner<?>> own = on ? runners.get(app) : enabled.remove(app);
        if (own == null) {
            return;
        }
        if (on) {
            enabled.put(app, own);
            Set<Id<Network>> all = snapshot.model().networks().keySet();
            own.forEach(runner -> runner.look(snapshot, snapshot, all));
        } else {
            own.forEach(runner -> runner.stop(snapshot));
        }
    }

    /** The network changed. */
    void update(NetworkSnapshot before, NetworkUpdate update) {
        enabled.values().forEach(own -> own.forEach(runner -> runner.look(before, update.after(), update.networks())));
    }

    /** The switch is there, maybe after a while: what it missed is sent again. */
    void connected() {
        enabled.values().forEach(own -> own.forEach(BeaconRunner::startAgain));
    }

    /** A port asked for a beacon. */
    void solicited(String app, Solicited solicited, Id<Port> asker) {
        enabled.getOrDefault(app, List.of()).stream()
                .filter(runner -> runner.name().equals(solicited.beacon()))
                .forEach(runner -> runner.solicited(solicited.source(), asker));
    }
}
