package org.flow6.core;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.flow6.core.openflow.SwitchSession;
import org.flow6.flow.Action;
import org.flow6.flow.Beacon;
import org.flow6.flow.Moment;
import org.flow6.flow.PacketOut;
import org.flow6.network.Facts;
import org.flow6.network.Id;
import org.flow6.network.Network;
import org.flow6.network.NetworkSnapshot;
import org.flow6.network.NetworkView;
import org.flow6.network.Port;
import org.flow6.network.PortKey;
import org.flow6.network.PortView;
import org.flow6.packets.Ethernet;
import org.projectfloodlight.openflow.types.OFPort;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What one beacon acts by: frames to ports now, tasks later, facts, complaints. For the switch's thread. */
final class BeaconOutput {
    private static final Logger LOG = LoggerFactory.getLogger(BeaconOutput.class);
    /** A packet-out holds so many outputs easily. */
    private static final int PORTS_AT_ONCE = 1000;

    private final String app;
    private final String beacon;
    private final Beacons.Surroundings surroundings;
    private String lastProblem = "";

    /** A port that hears a beacon, and where it was bound when that was decided. */
    record Hearer(Id<Port> port, OFPort ofPort) {}

    BeaconOutput(String app, Beacon<?> beacon, Beacons.Surroundings surroundings) {
        this.app = app;
        this.beacon = beacon.name();
        this.surroundings = surroundings;
    }

    /** The ports of a network that are bound here, but for the one. */
    static List<Hearer> hearers(NetworkSnapshot snapshot, Id<Network> network, Id<Port> source) {
        List<Hearer> hearers = new ArrayList<>();
        for (PortKey key :
                snapshot.network(network).map(NetworkView::boundPorts).orElse(List.of())) {
            snapshot.port(key)
                    .filter(port -> !port.port().id().equals(source))
                    .flatMap(BeaconOutput::hearer)
                    .ifPresent(hearers::add);
        }
        return hearers;
    }

    /** Where the ports of a network are bound here now, but for the one. */
    List<OFPort> ports(Id<Network> network, Id<Port> source) {
        return hearers(surroundings.snapshot().get(), network, source).stream()
                .map(Hearer::ofPort)
                .toList();
    }

    /** Where a port is bound here now, if it is and if it is on that network. */
    Optional<OFPort> port(Id<Network> network, Id<Port> port) {
        return surroundings
                .snapshot()
                .get()
                .port(port)
                .filter(view -> view.port().networkId().equals(network))
                .flatMap(PortView::ofPort);
    }

    /**
     * Where those ports were that nobody has taken the place of: its number may belong to a port of another network by
     * now, which must not hear this one's. But those that have moved to another host, whose business they are.
     */
    List<OFPort> portsOf(List<Hearer> hearers) {
        Map<OFPort, Id<Port>> holders = new HashMap<>();
        surroundings.snapshot().get().bindings().forEach((port, ofPort) -> holders.put(ofPort, port));
        return hearers.stream()
                .filter(hearer ->
                        holders.getOrDefault(hearer.ofPort(), hearer.port()).equals(hearer.port()))
                .filter(hearer -> !surroundings.isElsewhere().test(hearer.port()))
                .map(Hearer::ofPort)
                .toList();
    }

    private static Optional<Hearer> hearer(PortView port) {
        return port.ofPort().map(ofPort -> new Hearer(port.port().id(), ofPort));
    }

    boolean isConnected() {
        SwitchSession session = surroundings.session().get();
        return session != null && !session.closed().isDone();
    }

    /** Sends frames to each of some ports; nothing without a connection. */
    void send(Function<Moment, List<Ethernet>> frames, List<OFPort> ports) {
        SwitchSession session = surroundings.session().get();
        if (session == null || session.closed().isDone() || ports.isEmpty()) {
            return;
        }
        for (Ethernet frame : frames.apply(surroundings.shared().facts().moment())) {
            for (int from = 0; from < ports.size(); from += PORTS_AT_ONCE) {
                List<Action> outputs = new ArrayList<>();
                ports.subList(from, Math.min(ports.size(), from + PORTS_AT_ONCE))
                        .forEach(port -> outputs.add(Action.output(port)));
                Punts.send(session, new PacketOut(OFPort.CONTROLLER, outputs, frame));
            }
            surroundings.shared().sent().add(app, beacon, ports.size());
        }
    }

    /** Has facts remembered and forgotten. Nobody waits for it. */
    void apply(Function<Moment, Facts.Change> change) {
        FactStore facts = surroundings.shared().facts();
        var unused = facts.apply(change.apply(facts.moment()));
    }

    /** Does something that calls the app, as {@link #guard} does, after a time. */
    Future<?> later(String where, Runnable task, long nanos) {
        return surroundings.thread().schedule(() -> guard(where, task), Math.max(0, nanos), TimeUnit.NANOSECONDS);
    }

    /**
     * Does something that calls the app: its failure is an error in the status and nothing more, and one that comes again
     * and again is one error.
     */
    void guard(String where, Runnable task) {
        try {
            task.run();
        } catch (RuntimeException | LinkageError e) {
            String problem = "app " + app + ": beacon " + beacon + " " + where + " failed: " + e;
            // A thread that has ended takes no more tasks.
            if (!problem.equals(lastProblem) && !surroundings.thread().isShutdown()) {
                LOG.error("{}", problem, e);
                surroundings.shared().errors().add(problem);
            }
            lastProblem = problem;
        }
    }
}
