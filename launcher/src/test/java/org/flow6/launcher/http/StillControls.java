package org.flow6.launcher.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.flow6.core.Status;
import org.flow6.core.Status.AppStatus;
import org.flow6.core.Status.ErrorEntry;
import org.flow6.core.Status.FlowCount;
import org.flow6.core.Status.HostsStatus;
import org.flow6.core.Status.NetworkStatus;
import org.flow6.core.Status.Reconcile;
import org.flow6.core.Status.SwitchStatus;
import org.flow6.core.ovsdb.TunnelPort;
import org.flow6.launcher.Controls;
import org.flow6.launcher.StatsCall;
import org.flow6.northbound.StoreStatus;
import org.flow6.northbound.api.NeutronApi;
import org.projectfloodlight.openflow.types.DatapathId;

/** A controller with one app and two switches, of which 1 answers by what it is asked and the other fails. */
final class StillControls implements Controls {
    static final DatapathId ANSWERING = DatapathId.of(1);
    static final DatapathId FAILING = DatapathId.of(0xffff_0000_0000_0002L);
    private static final Instant TIME = Instant.parse("2026-11-21T03:04:05.678Z");

    private final Map<String, AppStatus> apps =
            new TreeMap<>(Map.of("l2", new AppStatus(true, true, 7, Optional.empty())));
    private final Optional<NeutronApi> api;

    StillControls() {
        api = Optional.empty();
    }

    StillControls(NeutronApi api) {
        this.api = Optional.of(api);
    }

    @Override
    public synchronized CompletionStage<Status> status() {
        return CompletableFuture.completedFuture(new Status(
                "hostA",
                TIME,
                false,
                List.of(new SwitchStatus(
                        ANSWERING.toString(),
                        "br-int",
                        "127.0.0.1:1",
                        true,
                        true,
                        2,
                        new FlowCount(7, 7),
                        0,
                        new Reconcile(7, 0, 0, 7, 1.5),
                        Map.of(),
                        Map.of())),
                new TreeMap<>(apps),
                new NetworkStatus(1, 1, 2, TIME, Optional.of("network.yaml:1: bad")),
                new HostsStatus(
                        new TreeMap<>(Map.of("hostB", Optional.of(true), "hostC", Optional.empty())),
                        Map.of("Router_1", "hostB")),
                2,
                new FlowCount(7, 7),
                Map.of("nd-duplicate-check", 3L),
                Map.of(),
                Map.of(),
                Map.of(),
                0,
                List.of(new ErrorEntry(TIME, "network.yaml:1: bad"))));
    }

    @Override
    public StoreStatus northbound() {
        return new StoreStatus("file", true, true, 0, Instant.EPOCH, Optional.empty());
    }

    @Override
    public CompletionStage<Void> inStep() {
        return CompletableFuture.completedFuture(null);
    }

    @Override
    public synchronized Map<String, Boolean> apps() {
        Map<String, Boolean> enabled = new TreeMap<>();
        apps.forEach((app, state) -> enabled.put(app, state.enabled()));
        return enabled;
    }

    @Override
    public synchronized CompletionStage<Void> enable(String app, boolean enabled) {
        apps.put(app, new AppStatus(enabled, true, enabled ? 7 : 0, Optional.empty()));
        return CompletableFuture.completedFuture(null);
    }

    @Override
    public void tunnel(Optional<TunnelPort> tunnel) {}

    @Override
    public void bridgeMappings(Map<String, String> bridges) {}

    @Override
    public Optional<NeutronApi> api() {
        return api;
    }

    @Override
    public Collection<DatapathId> switches() {
        return List.of(FAILING, ANSWERING);
    }

    @Override
    public Optional<CompletionStage<JsonNode>> stats(StatsCall call, DatapathId datapath, OptionalLong number) {
        if (datapath.equals(ANSWERING)) {
            return Optional.of(CompletableFuture.completedFuture(
                    JsonNodeFactory.instance.objectNode().put("1", call.path() + " " + number)));
        } else if (datapath.equals(FAILING)) {
            return Optional.of(CompletableFuture.failedFuture(new IllegalStateException("the session has ended")));
        }
        return Optional.empty();
    }

    @Override
    public void bindTo(MeterRegistry registry) {
        registry.counter("flow6.punts", "reason", "nd-duplicate-check").increment(3);
    }

    @Override
    public void close() {}
}
