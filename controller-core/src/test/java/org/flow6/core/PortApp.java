package org.flow6.core;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import org.flow6.flow.Action;
import org.flow6.flow.Announcement;
import org.flow6.flow.Answer;
import org.flow6.flow.Derivation;
import org.flow6.flow.Field;
import org.flow6.flow.Flow;
import org.flow6.flow.FlowApp;
import org.flow6.flow.Match;
import org.flow6.flow.Moment;
import org.flow6.flow.PacketIn;
import org.flow6.flow.PacketOut;
import org.flow6.flow.Priority;
import org.flow6.flow.PuntReason;
import org.flow6.flow.Scope;
import org.flow6.flow.Table;
import org.flow6.network.NetworkSnapshot;
import org.flow6.network.PortKey;
import org.flow6.network.PortView;
import org.flow6.packets.Ethernet;
import org.projectfloodlight.openflow.types.OFPort;

/**
 * Punts every packet of each bound port, and sends it back. Ports whose id a test names make a flow that OVS refuses, or
 * fail.
 */
final class PortApp implements FlowApp {
    static final PuntReason PUNT = new PuntReason(9, "test-everything", 50, 50);

    /** Ids of ports whose flow is one that OVS refuses. */
    final Set<String> refused = ConcurrentHashMap.newKeySet();
    /** Ids of ports whose flow cannot be made. */
    final Set<String> failing = ConcurrentHashMap.newKeySet();
    /** Ids of ports of which something is announced that cannot be made. */
    final Set<String> mute = ConcurrentHashMap.newKeySet();

    final List<PacketIn> answered = new CopyOnWriteArrayList<>();

    private final String name;
    private final int rank;

    private record Bound(String id, PortKey key, OFPort ofPort) {}

    PortApp(String name, int rank) {
        this.name = name;
        this.rank = rank;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public List<Derivation<?, ?, ?>> derivations() {
        return List.of(new Derivation<>("ports", Scope.PORT, PortApp::bound, this::flows, this::announcements));
    }

    @Override
    public Map<PuntReason, Answer> answers() {
        return rank == 1 ? Map.of(PUNT, this::answer) : Map.of();
    }

    private static Stream<Bound> bound(PortView port) {
        return port.ofPort().stream().map(ofPort -> new Bound(port.port().id().value(), port.key(), ofPort));
    }

    private List<Flow> flows(Bound unit) {
        if (failing.contains(unit.id())) {
            throw new IllegalStateException("cannot make flows of " + unit.id());
        }
        List<Action> actions = new ArrayList<>();
        actions.add(Action.set(Field.SOURCE_PORT, unit.key()));
        if (refused.contains(unit.id())) {
            actions.add(Action.output(OFPort.ANY));
        }
        actions.add(Action.punt(PUNT));
        Match match = Match.ANY.and(Field.IN_PORT, unit.ofPort());
        return List.of(new Flow(Table.CLASSIFY, Priority.rank(rank), match, actions));
    }

    private List<Announcement> announcements(Bound unit) {
        if (mute.contains(unit.id())) {
            throw new IllegalStateException("cannot announce " + unit.id());
        }
        return List.of();
    }

    private Answer.Result answer(PacketIn packet, NetworkSnapshot snapshot, Moment moment) {
        if (failing.contains(packet.source().port().id().value())) {
            throw new IllegalStateException("cannot answer");
        }
        answered.add(packet);
        Ethernet frame = packet.frame();
        Ethernet back = new Ethernet(
                /* destination= */ frame.source(),
                /* source= */ frame.destination(),
                frame.tags(),
                frame.type(),
                frame.payload());
        return new Answer.Result.Send(List.of(PacketOut.to(packet.inPort(), back)));
    }
}
