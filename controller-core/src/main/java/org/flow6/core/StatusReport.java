package org.flow6.core;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.flow6.core.Status.AppStatus;
import org.flow6.core.Status.FlowCount;
import org.flow6.core.Status.HostsStatus;
import org.flow6.core.Status.NetworkStatus;
import org.flow6.core.Status.Reconcile;
import org.flow6.core.Status.SwitchStatus;
import org.flow6.core.openflow.SwitchPort;
import org.flow6.core.openflow.SwitchSession;
import org.flow6.core.reconcile.Reconciler;
import org.flow6.flow.DropReason;
import org.flow6.flow.FlowCompiler.Health;
import org.flow6.flow.Pipeline;
import org.projectfloodlight.openflow.types.DatapathId;
import org.projectfloodlight.openflow.types.OFPort;

/** Puts together how everything fares. */
final class StatusReport {
    private final String host;
    private final Instant startedAt;
    private final Pipeline pipeline;
    private final Shared shared;
    private final Punts punts;
    private final Map<DatapathId, SwitchCounters> counters;

    StatusReport(
            String host,
            Instant startedAt,
            Pipeline pipeline,
            Shared shared,
            Punts punts,
            Map<DatapathId, SwitchCounters> counters) {
        this.host = host;
        this.startedAt = startedAt;
        this.pipeline = pipeline;
        this.shared = shared;
        this.punts = punts;
        this.counters = counters;
    }

    /**
     * Reports.
     *
     * @param enabled every app by name
     */
    Status of(List<ManagedSwitch> switches, Map<String, Boolean> enabled, NetworkStatus network, HostsStatus hosts) {
        List<SwitchStatus> reports = switches.stream().map(this::report).toList();
        Map<String, AppStatus> apps = apps(switches, enabled);
        boolean healthy = network.error().isEmpty()
                && apps.values().stream().allMatch(AppStatus::healthy)
                && reports.stream().allMatch(SwitchStatus::inStep);
        return new Status(
                host,
                startedAt,
                healthy,
                reports,
                apps,
                network,
                hosts,
                reports.stream().mapToInt(SwitchStatus::portsBound).sum(),
                new FlowCount(
                        reports.stream().mapToInt(one -> one.flows().wanted()).sum(),
                        reports.stream()
                                .mapToInt(one -> one.flows().installed())
                                .sum()),
                punts.received(),
                punts.overflowed(),
                drops(),
                shared.sent().sums(),
                shared.facts().held(),
                shared.errors().entries());
    }

    private SwitchStatus report(ManagedSwitch one) {
        SwitchState state = one.state();
        SwitchSession session = one.session();
        SwitchCounters counted = counters.getOrDefault(one.datapathId(), SwitchCounters.NONE);
        int wanted = state.apps().values().stream().mapToInt(Health::flows).sum();
        return new SwitchStatus(
                "%016x".formatted(one.datapathId().getLong()),
                session == null ? "" : bridgeName(session),
                session == null ? "" : session.peer(),
                session != null,
                state.inStep(),
                state.portsBound(),
                new FlowCount(wanted, state.installed()),
                state.refused().size(),
                reconcile(state),
                counted.matched(),
                neighbors(one));
    }

    private static Map<String, Integer> neighbors(ManagedSwitch one) {
        Map<String, Integer> named = new LinkedHashMap<>();
        one.neighbors().forEach((state, count) -> named.put(state.name().toLowerCase(Locale.ROOT), count));
        return named;
    }

    /** OVS gives a bridge's own port the bridge's name. */
    private static String bridgeName(SwitchSession session) {
        return session.port(OFPort.LOCAL).map(SwitchPort::name).orElse("");
    }

    private static Reconcile reconcile(SwitchState state) {
        Reconciler.Outcome last = state.lastOutcome();
        return last == null
                ? new Reconcile(0, 0, 0, state.flowMods(), 0)
                : new Reconcile(last.added(), last.removed(), last.kept(), state.flowMods(), last.millis());
    }

    private static Map<String, AppStatus> apps(List<ManagedSwitch> switches, Map<String, Boolean> enabled) {
        Map<String, AppStatus> apps = new LinkedHashMap<>();
        enabled.forEach((name, on) -> {
            List<String> problems = new ArrayList<>();
            int flows = 0;
            for (ManagedSwitch one : switches) {
                Health health = one.state().apps().get(name);
                if (health != null) {
                    flows += health.flows();
                    health.failure().ifPresent(problems::add);
                }
                problems.addAll(one.state().refusalsOf(name));
            }
            apps.put(
                    name,
                    new AppStatus(
                            on, problems.isEmpty(), flows, problems.stream().findFirst()));
        });
        return apps;
    }

    /** In switches and in the controller; every known reason is listed. */
    private Map<String, Long> drops() {
        Map<Integer, Long> drops = new HashMap<>();
        counters.values().forEach(one -> one.drops().forEach((code, count) -> drops.merge(code, count, Long::sum)));
        Map<String, Long> named = new LinkedHashMap<>();
        for (DropReason reason : pipeline.drops()) {
            named.put(reason.name(), drops.getOrDefault(reason.code(), 0L));
        }
        punts.drops().forEach((name, packets) -> named.merge(name, packets, Long::sum));
        return named;
    }
}
