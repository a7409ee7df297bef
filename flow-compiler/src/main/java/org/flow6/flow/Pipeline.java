package org.flow6.flow;

import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.flow6.network.HostView;
import org.flow6.network.PortView;
import org.projectfloodlight.openflow.types.IPAddress;
import org.projectfloodlight.openflow.types.OFPort;

/** The frame that apps hang their flows in: the tables' misses, the counters of drops, and the meters of punts. */
public final class Pipeline implements FlowApp {
    private final List<PuntReason> punts = new ArrayList<>();
    private final List<DropReason> drops = new ArrayList<>(DropReason.COMMON);

    /** With the limits that apps give their reasons themselves. */
    public Pipeline(List<FlowApp> apps) {
        this(apps, UnaryOperator.identity());
    }

    /**
     * @param apps all others
     * @param limits a reason, or the same with another limit per port
     * @throws IllegalArgumentException if two punt reasons or two drop reasons have the same code
     */
    public Pipeline(List<FlowApp> apps, UnaryOperator<PuntReason> limits) {
        for (FlowApp app : apps) {
            app.answers().keySet().forEach(reason -> punts.add(limits.apply(reason)));
            drops.addAll(app.drops());
        }
        requireUnique(punts.stream().map(PuntReason::code).toList(), "punt");
        requireUnique(drops.stream().map(DropReason::code).toList(), "drop");
    }

    private record TableMiss(Table table) {}

    private record PuntMeter(OFPort port, PuntReason reason) {}

    private record TunnelMeter(OFPort tunnel, IPAddress<?> address, Meter.OfHost meter) {}

    @Override
    public String name() {
        return "pipeline";
    }

    @Override
    public List<Derivation<?, ?, ?>> derivations() {
        return List.of(
                new Derivation<>(
                        "misses",
                        Scope.ALWAYS,
                        always -> Stream.of(Table.values()).map(TableMiss::new),
                        Pipeline::miss),
                new Derivation<>("drops", Scope.ALWAYS, always -> drops.stream(), Pipeline::counter),
                new Derivation<>("punts", Scope.PORT, this::meters, Pipeline::punt),
                new Derivation<>("tunnel punts", Scope.HOST, this::meters, Pipeline::punt));
    }

    /** Every reason for which some app punts. */
    public List<PuntReason> punts() {
        return List.copyOf(punts);
    }

    @Override
    public List<DropReason> drops() {
        return List.copyOf(drops);
    }

    private static List<Flow> miss(TableMiss unit) {
        Table.Miss miss = unit.table().miss();
        if (miss instanceof Table.Miss.Continue next) {
            return List.of(Flow.of(unit.table(), Priority.MISS, Match.ANY, Action.goTo(next.table())));
        } else if (miss instanceof Table.Miss.Drop drop) {
            return List.of(Flow.of(unit.table(), Priority.MISS, Match.ANY, Action.drop(drop.reason())));
        }
        return List.of();
    }

    private static List<Flow> counter(DropReason reason) {
        return List.of(Flow.of(Table.DROP, Priority.rank(1), Match.ANY.and(Field.REASON, reason.code())));
    }

    private Stream<PuntMeter> meters(PortView port) {
        return port.ofPort().stream().flatMap(of -> punts.stream().map(reason -> new PuntMeter(of, reason)));
    }

    private static List<Flow> punt(PuntMeter meter) {
        Match match = Match.ANY
                .and(Field.IN_PORT, meter.port())
                .and(Field.REASON, meter.reason().code());
        Meter limit = new Meter.OfPort(meter.port(), meter.reason());
        return List.of(Flow.of(Table.PUNT, Priority.rank(1), match, new Action.MeteredController(limit)));
    }

    private Stream<TunnelMeter> meters(HostView host) {
        return punts.stream()
                .filter(PuntReason::fromTunnels)
                .map(reason -> new TunnelMeter(
                        host.tunnel().ofPort(), host.host().tunnelIp(), new Meter.OfHost(host.key(), reason)));
    }

    private static List<Flow> punt(TunnelMeter meter) {
        Match match = TunnelMatch.from(meter.tunnel(), meter.address())
                .and(Field.REASON, meter.meter().reason().code());
        return List.of(Flow.of(Table.PUNT, Priority.rank(3), match, new Action.MeteredController(meter.meter())));
    }

    private static void requireUnique(List<Integer> codes, String kind) {
        if (codes.stream().distinct().count() != codes.size()) {
            throw new IllegalArgumentException("two apps use the same code of a " + kind + " reason: " + codes);
        }
    }
}
