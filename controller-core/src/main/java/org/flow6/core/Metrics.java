package org.flow6.core;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.MultiGauge.Row;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import org.flow6.core.Status.SwitchStatus;
import org.flow6.core.neighbor.CacheEntry;
import org.jspecify.annotations.Nullable;

/** The status as meters. Each shows the newest status there is. */
final class Metrics implements MeterBinder {
    private volatile @Nullable Status newest;
    private volatile @Nullable MeterRegistry registry;
    private @Nullable MultiGauge connected;
    private @Nullable MultiGauge inStep;

    /** Shows another status from now on. */
    synchronized void newest(Status status) {
        boolean first = newest == null;
        newest = status;
        MeterRegistry known = registry;
        if (known != null) {
            if (first) {
                register(known, status);
            }
            showSwitches(status);
        }
    }

    @Override
    public synchronized void bindTo(MeterRegistry meters) {
        registry = meters;
        connected = MultiGauge.builder("flow6.switch.connected")
                .description("1 if the switch is connected")
                .register(meters);
        inStep = MultiGauge.builder("flow6.switch.in.step")
                .description("1 if the switch holds all wanted flows and no others")
                .register(meters);
        Status known = newest;
        if (known != null) {
            register(meters, known);
            showSwitches(known);
        }
    }

    /** The reasons and apps of a process do not change. */
    private void register(MeterRegistry meters, Status status) {
        gauge(meters, "flow6.healthy", "1 if nothing is wrong", one -> one.healthy() ? 1 : 0);
        gauge(meters, "flow6.ports.bound", "Ports bound to a port of a switch", Status::portsBound);
        gauge(meters, "flow6.flows.wanted", "Flows that switches should have", one -> one.flows()
                .wanted());
        gauge(meters, "flow6.flows.installed", "Flows that switches have", one -> one.flows()
                .installed());
        counters(meters, "flow6.punts", "Packets that came to the controller", status.punts(), Status::punts);
        counters(
                meters,
                "flow6.punts.dropped",
                "Packets that found their queue in the controller full",
                status.puntsDropped(),
                Status::puntsDropped);
        counters(meters, "flow6.drops", "Packets dropped, in switches and controller", status.drops(), Status::drops);
        gauge(meters, "flow6.facts", "What apps remember", Status::facts);
        for (CacheEntry.State state : CacheEntry.State.values()) {
            String name = state.name().toLowerCase(Locale.ROOT);
            Gauge.builder("flow6.neighbors", this, metrics -> neighbors(metrics.shown(), name))
                    .tag("state", name)
                    .description("Neighbors of routers that were asked for")
                    .register(meters);
        }
        status.beacons().forEach((app, beacons) -> beacons.keySet().forEach(name -> beacon(meters, app, name)));
        status.apps().keySet().forEach(app -> {
            Tags tags = Tags.of("app", app);
            appGauge(meters, "flow6.app.enabled", tags, one -> app(one, app).enabled() ? 1 : 0);
            appGauge(meters, "flow6.app.healthy", tags, one -> app(one, app).healthy() ? 1 : 0);
            appGauge(meters, "flow6.app.flows", tags, one -> app(one, app).flows());
        });
    }

    private static int neighbors(Status status, String state) {
        return status.switches().stream()
                .mapToInt(one -> one.neighbors().getOrDefault(state, 0))
                .sum();
    }

    private void beacon(MeterRegistry meters, String app, String name) {
        FunctionCounter.builder("flow6.beacon.frames", this, metrics -> metrics.shown()
                        .beacons()
                        .getOrDefault(app, Map.of())
                        .getOrDefault(name, 0L))
                .tags("app", app, "beacon", name)
                .description("Frames sent unasked, one for each port")
                .register(meters);
    }

    private void gauge(MeterRegistry meters, String name, String description, ToDoubleFunction<Status> value) {
        Gauge.builder(name, this, metrics -> value.applyAsDouble(metrics.shown()))
                .description(description)
                .register(meters);
    }

    private void appGauge(MeterRegistry meters, String name, Tags tags, ToDoubleFunction<Status> value) {
        Gauge.builder(name, this, metrics -> value.applyAsDouble(metrics.shown()))
                .tags(tags)
                .register(meters);
    }

    private void counters(
            MeterRegistry meters,
            String name,
            String description,
            Map<String, Long> reasons,
            Function<Status, Map<String, Long>> counts) {
        for (String reason : reasons.keySet()) {
            FunctionCounter.builder(
                            name, this, metrics -> counts.apply(metrics.shown()).getOrDefault(reason, 0L))
                    .tag("reason", reason)
                    .description(description)
                    .register(meters);
        }
    }

    private void showSwitches(Status status) {
        MultiGauge shownConnected = connected;
        MultiGauge shownInStep = inStep;
        if (shownConnected != null && shownInStep != null) {
            shownConnected.register(rows(status, SwitchStatus::connected), true);
            shownInStep.register(rows(status, SwitchStatus::inStep), true);
        }
    }

    private static List<Row<?>> rows(Status status, Function<SwitchStatus, Boolean> value) {
        List<Row<?>> rows = new ArrayList<>();
        for (SwitchStatus one : status.switches()) {
            rows.add(Row.of(Tags.of("dpid", one.dpid()), value.apply(one) ? 1 : 0));
        }
        return rows;
    }

    private static Status.AppStatus app(Status status, String name) {
        Status.AppStatus app = status.apps().get(name);
        if (app == null) {
            throw new IllegalStateException("no app named " + name);
        }
        return app;
    }

    private Status shown() {
        Status status = newest;
        if (status == null) {
            throw new IllegalStateException("no status yet");
        }
        return status;
    }
}
