package org.flow6.launcher;

import com.fasterxml.jackson.databind.JsonNode;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.flow6.core.Controller;
import org.flow6.core.Status;
import org.flow6.core.endpoint.Endpoint;
import org.flow6.core.openflow.OpenFlowSettings;
import org.flow6.core.openflow.SwitchSession;
import org.flow6.core.openflow.TlsFiles;
import org.flow6.core.openflow.ryu.RyuStats;
import org.flow6.core.ovsdb.BridgeSettings;
import org.flow6.core.ovsdb.OvsdbConfig;
import org.flow6.core.ovsdb.TunnelPort;
import org.flow6.flow.Field;
import org.flow6.flow.FlowApp;
import org.flow6.flow.PuntReason;
import org.flow6.flow.Table;
import org.flow6.launcher.configuration.Configuration;
import org.flow6.launcher.configuration.Known;
import org.flow6.launcher.configuration.ListenAddress;
import org.flow6.northbound.StoreStatus;
import org.flow6.northbound.api.NeutronApi;
import org.projectfloodlight.openflow.types.DatapathId;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The controller with every app on the class path, fed by the network file. */
final class ControllerCore implements Core {
    private static final Logger log = LoggerFactory.getLogger(ControllerCore.class);

    private final List<FlowApp> apps = new ArrayList<>();

    ControllerCore() {
        ServiceLoader.load(FlowApp.class).forEach(apps::add);
    }

    @Override
    public Known known() {
        Set<String> names = apps.stream().map(FlowApp::name).collect(Collectors.toCollection(TreeSet::new));
        return new Known(names, reasons().map(PuntReason::name).collect(Collectors.toSet()));
    }

    private Stream<PuntReason> reasons() {
        return apps.stream().flatMap(app -> app.answers().keySet().stream());
    }

    private Map<String, Controller.Limit> limits(Configuration configuration) {
        Map<String, Controller.Limit> limits = new TreeMap<>();
        reasons().forEach(reason -> {
            Configuration.Limit limit = configuration.punts().get(reason.name());
            if (limit != null) {
                limits.put(
                        reason.name(),
                        new Controller.Limit(
                                limit.rate().orElse(reason.packetsPerSecond()),
                                limit.burst().orElse(reason.burst())));
            }
        });
        return limits;
    }

    @Override
    public Controls start(Configuration configuration) throws StartFailure {
        Map<String, Boolean> flags = new TreeMap<>(configuration.apps());
        log.info("apps of this version: {}", String.join(", ", flags.keySet()));
        Feed.prepare(configuration.northbound());
        // Switches need some time to connect, and flows stay as they are until the network is known.
        CompletableFuture<Feed.Start> feed = CompletableFuture.supplyAsync(() -> Feed.of(configuration));
        Controller controller = new Controller(settings(configuration, flags), apps);
        try {
            controller.start();
            return new Running(controller, feed.join().feed(controller));
        } catch (IOException e) {
            controller.close();
            throw new StartFailure(List.of(e.getMessage()));
        } catch (StartFailure e) {
            controller.close();
            throw e;
        }
    }

    private Controller.Settings settings(Configuration configuration, Map<String, Boolean> flags) {
        Configuration.OpenFlow openflow = configuration.openflow();
        OpenFlowSettings openFlowSettings = new OpenFlowSettings(
                openflow.listen().stream()
                        .map(listen -> new Endpoint.Tcp(listen.host(), listen.port()))
                        .toList(),
                openflow.connect(),
                openflow.tls().map(tls -> new TlsFiles(tls.certificate(), tls.key(), tls.ca())),
                OpenFlowSettings.Limits.DEFAULT);
        Optional<OvsdbConfig> database = configuration
                .ovsdb()
                .map(endpoint -> new OvsdbConfig(
                        endpoint,
                        configuration.bridge(),
                        Optional.of(new BridgeSettings(prefixes(), controllerTarget(openflow)))));
        return new Controller.Settings(
                configuration.host(),
                openFlowSettings,
                database,
                flags,
                limits(configuration),
                Optional.of(configuration.state()),
                configuration.tunnel(),
                configuration.bridgeMappings());
    }

    private static Map<Integer, List<String>> prefixes() {
        Map<Integer, List<String>> prefixes = new TreeMap<>();
        for (Table table : Table.values()) {
            if (!table.prefixes().isEmpty()) {
                prefixes.put(
                        table.number(),
                        table.prefixes().stream().map(Field::name).toList());
            }
        }
        return prefixes;
    }

    /** Where the bridge finds us, if it comes to us. */
    private static Optional<String> controllerTarget(Configuration.OpenFlow openflow) {
        String scheme = openflow.tls().isPresent() ? "ssl:" : "tcp:";
        return openflow.listen()
                .filter(listen -> listen.port() > 0)
                .map(ListenAddress::toString)
                .map(scheme::concat);
    }

    private record Running(Controller controller, Feed feed) implements Controls {
        @Override
        public CompletionStage<Status> status() {
            return controller.status();
        }

        @Override
        public StoreStatus northbound() {
            return feed.status();
        }

        @Override
        public CompletionStage<Void> inStep() {
            return controller.inStep();
        }

        @Override
        public Map<String, Boolean> apps() {
            return controller.apps();
        }

        @Override
        public CompletionStage<Void> enable(String app, boolean enabled) {
            return controller.enable(app, enabled);
        }

        @Override
        public void tunnel(Optional<TunnelPort> tunnel) {
            controller.tunnel(tunnel);
        }

        @Override
        public void bridgeMappings(Map<String, String> bridges) {
            controller.bridgeMappings(bridges);
        }

        @Override
        public Optional<NeutronApi> api() {
            return feed.api();
        }

        @Override
        public Collection<DatapathId> switches() {
            return controller.sessions().stream().map(SwitchSession::datapathId).toList();
        }

        @Override
        public Optional<CompletionStage<JsonNode>> stats(StatsCall call, DatapathId datapath, OptionalLong number) {
            return controller.session(datapath).map(session -> switch (call) {
                case DESC -> RyuStats.desc(session);
                case FLOW -> RyuStats.flows(session);
                case AGGREGATEFLOW -> RyuStats.aggregateFlows(session);
                case PORT -> RyuStats.ports(session).thenApply(all -> only(all, "port_no", number));
                case PORTDESC -> RyuStats.portDescriptions(session);
                case METER -> RyuStats.meters(session).thenApply(all -> only(all, "meter_id", number));
            });
        }

        /** Of the rows that Ryu's JSON lists under the switch, those with this number. */
        private static JsonNode only(JsonNode all, String key, OptionalLong number) {
            if (number.isPresent()) {
                for (JsonNode rows : all) {
                    Iterator<JsonNode> row = rows.elements();
                    while (row.hasNext()) {
                        if (row.next().path(key).asLong(-1) != number.getAsLong()) {
                            row.remove();
                        }
                    }
                }
            }
            return all;
        }

        @Override
        public void bindTo(MeterRegistry registry) {
            controller.bindTo(registry);
        }

        @Override
        public void close() {
            feed.close();
            controller.close();
        }
    }
}
