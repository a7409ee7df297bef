package org.flow6.launcher;

import com.fasterxml.jackson.databind.JsonNode;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.flow6.core.Status;
import org.flow6.core.Status.AppStatus;
import org.flow6.core.Status.FlowCount;
import org.flow6.core.Status.HostsStatus;
import org.flow6.core.Status.NetworkStatus;
import org.flow6.core.ovsdb.TunnelPort;
import org.flow6.launcher.configuration.Configuration;
import org.flow6.launcher.configuration.Known;
import org.flow6.northbound.StoreStatus;
import org.flow6.northbound.api.NeutronApi;
import org.projectfloodlight.openflow.types.DatapathId;

/** A core that serves no switch: apps can be switched, and that is all. */
final class IdleCore implements Core {
    private static final Set<String> APPS = Set.of("l2", "nd-responder");

    @Override
    public Known known() {
        return new Known(APPS, Set.of());
    }

    @Override
    public Controls start(Configuration configuration) {
        return new Idle(configuration);
    }

    private static final class Idle implements Controls {
        private final String host;
        private final Instant startedAt = Instant.now();
        private final SortedMap<String, Boolean> enabled;

        Idle(Configuration configuration) {
            host = configuration.host();
            enabled = new TreeMap<>(configuration.apps());
        }

        @Override
        public synchronized CompletionStage<Status> status() {
            Map<String, AppStatus> apps = new TreeMap<>();
            enabled.forEach((app, on) -> apps.put(app, state(on)));
            return CompletableFuture.completedFuture(new Status(
                    host,
                    startedAt,
                    true,
                    List.of(),
                    apps,
                    new NetworkStatus(0, 0, 0, startedAt, Optional.empty()),
                    HostsStatus.NONE,
                    0,
                    new FlowCount(0, 0),
                    Map.of(),
                    Map.of(),
                    Map.of(),
                    Map.of(),
                    0,
                    List.of()));
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
            return new TreeMap<>(enabled);
        }

        @Override
        public synchronized CompletionStage<Void> enable(String app, boolean on) {
            if (enabled.replace(app, on) == null) {
                throw new IllegalArgumentException("no app " + app);
            }
            return CompletableFuture.completedFuture(null);
        }

        @Override
        public void tunnel(Optional<TunnelPort> tunnel) {}

        @Override
        public void bridgeMappings(Map<String, String> bridges) {}

        private static AppStatus state(boolean on) {
            return new AppStatus(on, true, 0, Optional.empty());
        }

        @Override
        public Optional<NeutronApi> api() {
            return Optional.empty();
        }

        @Override
        public Collection<DatapathId> switches() {
            return List.of();
        }

        @Override
        public Optional<CompletionStage<JsonNode>> stats(StatsCall call, DatapathId datapath, OptionalLong number) {
            return Optional.empty();
        }

        @Override
        public void bindTo(MeterRegistry registry) {}

        @Override
        public void close() {}
    }
}
