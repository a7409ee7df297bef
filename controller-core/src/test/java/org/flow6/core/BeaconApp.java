package org.flow6.core;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.flow6.flow.Action;
import org.flow6.flow.Answer;
import org.flow6.flow.Beacon;
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
import org.flow6.network.Fact;
import org.flow6.network.Facts;
import org.flow6.network.Id;
import org.flow6.network.Network;
import org.flow6.network.NetworkView;
import org.flow6.network.Port;
import org.flow6.network.PortKey;
import org.flow6.network.PortView;
import org.flow6.packets.Bytes;
import org.flow6.packets.Ethernet;
import org.projectfloodlight.openflow.types.EthType;
import org.projectfloodlight.openflow.types.MacAddress;
import org.projectfloodlight.openflow.types.OFPort;

/**
 * Sends what a network's name says: {@code SOURCE:TEXT}, several with blanks between them; a text that begins with
 * {@code new-} continues no other. Everything that a port sends asks for the beacons of r1. Functions whose name and text a test adds to {@link #failing} fail.
 */
final class BeaconApp implements FlowApp {
    static final String BEACON = "spoken";
    static final EthType TYPE = EthType.of(0x88b5);
    static final PuntReason ASKED = new PuntReason(8, "test-asked", 1000, 1000);

    /** Such as {@code frames:hello}. */
    final Set<String> failing = ConcurrentHashMap.newKeySet();

    /** Whether who asks gets an answer of its own, which is remembered, and not the beacon. */
    volatile boolean answering;

    private final Beacon.Timing timing;
    /** By the clock of {@link System#nanoTime}: when frames were asked for, which are sent at once. */
    private final List<Long> asked = Collections.synchronizedList(new ArrayList<>());

    private record Bound(PortKey key, OFPort ofPort) {}

    private record Spoken(Id<Network> network, Id<Port> source, String text) {}

    BeaconApp(Beacon.Timing timing) {
        this.timing = timing;
    }

    /** Milliseconds from one to the next of all that was sent: what is due for several ports at once is one. */
    List<Long> intervals() {
        List<Long> times = List.copyOf(asked);
        return IntStream.range(1, times.size())
                .mapToObj(i -> TimeUnit.NANOSECONDS.toMillis(times.get(i) - times.get(i - 1)))
                .toList();
    }

    @Override
    public String name() {
        return "speaker";
    }

    @Override
    public List<Derivation<?, ?, ?>> derivations() {
        return List.of(new Derivation<>("ports", Scope.PORT, BeaconApp::bound, BeaconApp::flows));
    }

    private static Stream<Bound> bound(PortView port) {
        return port.ofPort().stream().map(ofPort -> new Bound(port.key(), ofPort));
    }

    private static List<Flow> flows(Bound unit) {
        return List.of(Flow.of(
                Table.CLASSIFY,
                Priority.rank(1),
                Match.ANY.and(Field.IN_PORT, unit.ofPort()).and(Field.ETH_TYPE, TYPE.getValue()),
                Action.set(Field.SOURCE_PORT, unit.key()),
                Action.punt(ASKED)));
    }

    @Override
    public Map<PuntReason, Answer> answers() {
        return Map.of(ASKED, (packet, snapshot, moment) -> answer(packet));
    }

    private Answer.Result answer(PacketIn packet) {
        if (!answering) {
            return new Answer.Result.Send(
                    List.of(), Facts.Change.NONE, List.of(new Answer.Solicited(BEACON, Id.of("r1"))));
        }
        Port port = packet.source().port();
        Fact asked = new Fact(fact("asked", port.networkId(), port.id()), "", Optional.empty());
        return new Answer.Result.Send(
                List.of(PacketOut.to(packet.inPort(), frame("answer"))), Facts.Change.remember(asked), List.of());
    }

    @Override
    public List<Beacon<?>> beacons() {
        return List.of(new Spoke());
    }

    static Fact.Key fact(String kind, Id<Network> network, Id<Port> source) {
        return new Fact.Key(kind, network, source.value());
    }

    private final class Spoke implements Beacon<Spoken> {
        @Override
        public String name() {
            return BEACON;
        }

        @Override
        public Stream<Spoken> units(NetworkView view) {
            Network network = view.network();
            check("units", network.name());
            return Stream.of(network.name().split(" "))
                    .filter(word -> word.contains(":"))
                    .map(word -> word.split(":"))
                    .map(word -> new Spoken(network.id(), Id.of(word[0]), word[1]));
        }

        @Override
        public Id<Port> source(Spoken unit) {
            return unit.source();
        }

        @Override
        public boolean isContinuedBy(Spoken unit, Spoken next) {
            check("isContinuedBy", unit.text());
            return !next.text().startsWith("new-");
        }

        @Override
        public Timing timing(Spoken unit) {
            check("timing", unit.text());
            return timing;
        }

        @Override
        public List<Ethernet> frames(Spoken unit, Moment moment) {
            check("frames", unit.text());
            asked.add(System.nanoTime());
            return List.of(frame(unit.text()));
        }

        @Override
        public List<Ethernet> farewell(Spoken unit, Optional<NetworkView> now, Moment moment) {
            check("farewell", unit.text());
            asked.add(System.nanoTime());
            return List.of(frame("bye-" + unit.text()));
        }

        @Override
        public Facts.Change started(Spoken unit, NetworkView now, Moment moment) {
            check("started", unit.text());
            return Facts.Change.remember(
                    new Fact(fact("speaking", unit.network(), unit.source()), unit.text(), Optional.empty()));
        }

        @Override
        public Facts.Change ended(Spoken unit, Optional<NetworkView> now, Moment moment) {
            check("ended", unit.text());
            return new Facts.Change(
                    List.of(new Fact(fact("silent", unit.network(), unit.source()), unit.text(), Optional.empty())),
                    List.of(fact("speaking", unit.network(), unit.source())));
        }

        private void check(String function, String text) {
            if (failing.contains(function + ":" + text)) {
                throw new IllegalStateException("cannot tell " + function + " of " + text);
            }
        }
    }

    private static Ethernet frame(String text) {
        return new Ethernet(
                MacAddress.of("33:33:00:00:00:01"),
                MacAddress.of("02:00:00:00:00:99"),
                List.of(),
                TYPE,
                Bytes.of((text + ";").getBytes(StandardCharsets.US_ASCII)));
    }
}
