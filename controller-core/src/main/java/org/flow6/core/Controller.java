package org.flow6.core;

import io.micrometer.core.instrument.MeterRegistry;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.nio.NioEventLoopGroup;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.flow6.core.Status.NetworkStatus;
import org.flow6.core.openflow.FlowRemoved;
import org.flow6.core.openflow.OpenFlowError;
import org.flow6.core.openflow.OpenFlowSettings;
import org.flow6.core.openflow.PacketIn;
import org.flow6.core.openflow.PortStatus;
import org.flow6.core.openflow.SwitchConnections;
import org.flow6.core.openflow.SwitchListener;
import org.flow6.core.openflow.SwitchSession;
import org.flow6.core.ovsdb.OvsBridge;
import org.flow6.core.ovsdb.OvsInterface;
import org.flow6.core.ovsdb.OvsdbClient;
import org.flow6.core.ovsdb.OvsdbConfig;
import org.flow6.core.ovsdb.OvsdbPicture;
import org.flow6.core.ovsdb.TunnelPort;
import org.flow6.flow.FlowApp;
import org.flow6.flow.Pipeline;
import org.flow6.flow.PuntReason;
import org.flow6.network.FactExchange;
import org.flow6.network.Host;
import org.flow6.network.Id;
import org.flow6.network.NetworkModel;
import org.jspecify.annotations.Nullable;
import org.projectfloodlight.openflow.types.DatapathId;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The controller: takes a network and switches that connect, and keeps the flows of each switch as the apps derive them.
 * Inputs come from any thread and return at once. Closing it leaves the flows in the switches.
 */
public final class Controller implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Controller.class);

    private final Settings settings;
    private final Pipeline pipeline;
    private final List<FlowApp> apps;
    private final Map<String, Boolean> enabled = new LinkedHashMap<>();
    private final Map<DatapathId, ManagedSwitch> switches = new ConcurrentHashMap<>();
    private final Shared shared;
    private final Punts punts;
    private final ErrorLog errors = new ErrorLog();
    private final Reachability reachability;
    private final Metrics metrics = new Metrics();
    private final Instant startedAt = Instant.now();
    private final EventLoopGroup databaseLoop = new NioEventLoopGroup(1, new DefaultThreadFactory("database", true));

    private volatile @Nullable NetworkModel network;
    private volatile Optional<TunnelPort> tunnel;
    private volatile PhysicalNetworks physicalNetworks;
    private List<String> disagreements = List.of();
    private volatile Optional<String> tunnelError = Optional.empty();
    private volatile NetworkStatus networkStatus = new NetworkStatus(0, 0, 0, startedAt, Optional.empty());
    private volatile @Nullable SwitchConnections connections;
    /** What the database says; empty without one, too. */
    private volatile Optional<DatapathId> managedBridge = Optional.empty();

    private final Set<DatapathId> strangers = ConcurrentHashMap.newKeySet();
    private volatile @Nullable OvsdbClient database;

    /**
     * What to run with.
     *
     * @param host the name that {@code binding:host_id} gives this host
     * @param database where and how to follow the bridge; empty: every switch that connects is managed, and ports are
     *     bound by the names of OpenFlow ports
     * @param enabled apps by name; one that is not named is enabled
     * @param limits for each reason named what one port may send the controller, instead of what the app says
     * @param state the file that keeps what apps remember over a restart
     * @param tunnel the port that packets to other hosts leave by; with a database Flow6 makes it
     * @param bridgeMappings the bridges that are attached to physical networks, by these; of use with a database alone
     */
    public record Settings(
            String host,
            OpenFlowSettings openFlow,
            Optional<OvsdbConfig> database,
            Map<String, Boolean> enabled,
            Map<String, Limit> limits,
            Optional<Path> state,
            Optional<TunnelPort> tunnel,
            Map<String, String> bridgeMappings) {

        /** Without limits of its own, without memory over a restart, and without other hosts. */
        public Settings(
                String host, OpenFlowSettings openFlow, Optional<OvsdbConfig> database, Map<String, Boolean> enabled) {
            this(host, openFlow, database, enabled, Map.of(), Optional.empty(), Optional.empty(), Map.of());
        }
    }

    /**
     * What a meter lets through from one port.
     *
     * @param burst packets that may come at once
     */
    public record Limit(int packetsPerSecond, int burst) {}

    /**
     * Prepares a controller.
     *
     * @param apps all apps but {@link Pipeline}
     * @throws IllegalArgumentException if apps clash in name or reasons, or settings name an unknown app
     */
    public Controller(Settings settings, List<FlowApp> apps) {
        this.settings = settings;
        reachability = new Reachability(settings.host(), System::nanoTime);
        tunnel = settings.tunnel();
        physicalNetworks = new PhysicalNetworks(settings.host(), settings.bridgeMappings());
        pipeline = new Pipeline(apps, reason -> limited(reason, settings.limits()));
        this.apps = new ArrayList<>(apps);
        this.apps.add(0, pipeline);
        apps.forEach(app -> enabled.put(app.name(), settings.enabled().getOrDefault(app.name(), true)));
        settings.enabled().keySet().forEach(this::requireApp);
        FactStore facts =
                new FactStore(settings.state().map(FactFile::new), errors, new SharedFacts(settings.host(), apps));
        shared = new Shared(facts, new BeaconCounts(apps), errors, new CompletableFuture<>());
        punts = new Punts(apps, facts);
    }

    private static PuntReason limited(PuntReason reason, Map<String, Limit> limits) {
        Limit limit = limits.get(reason.name());
        return limit == null ? reason : reason.limitedTo(limit.packetsPerSecond(), limit.burst());
    }

    /**
     * Meets switches and follows the database.
     *
     * @throws IOException naming the address that cannot be listened on, or the TLS file that cannot be used
     */
    public void start() throws IOException {
        if (settings.database().isPresent()) {
            OvsdbClient client = new OvsdbClient(
                    settings.database().get(), databaseLoop.next(), delta -> databaseChanged(delta.after()));
            database = client;
            client.tunnel(reachability.watching(tunnel));
            client.start();
        }
        connections = SwitchConnections.start(settings.openFlow(), new Listener());
    }

    /** The network from now on; it was checked. */
    public synchronized void network(NetworkModel next) {
        network = next;
        networkStatus = new NetworkStatus(
                next.networks().size(), next.subnets().size(), next.ports().size(), Instant.now(), Optional.empty());
        reachability.network(next);
        watch();
        switches.values().forEach(one -> one.network(next));
        showPatches();
    }

    /** Shares with other hosts what apps remember of ports, from now on. Called once at most. */
    public void share(FactExchange exchange) {
        shared.facts().share(exchange);
    }

    /** The bridges that are attached to physical networks from now on. */
    public synchronized void bridgeMappings(Map<String, String> next) {
        physicalNetworks = new PhysicalNetworks(settings.host(), next);
        showPatches();
    }

    /** Nothing before the network is known: the ways that there are stay. */
    private void showPatches() {
        OvsdbClient client = database;
        NetworkModel known = network;
        if (client == null || known == null) {
            return;
        }
        client.patches(Optional.of(physicalNetworks.patches(known)));
        List<String> now = physicalNetworks.disagreements(known);
        now.stream().filter(problem -> !disagreements.contains(problem)).forEach(problem -> {
            LOG.error("{}", problem);
            errors.add(problem);
        });
        disagreements = now;
    }

    /** Has the hosts watched that gateways may be on, and takes what is known of them. */
    private void watch() {
        OvsdbClient client = database;
        if (client != null) {
            client.tunnel(reachability.watching(tunnel));
            Set<Id<Host>> lost = lost(client.picture());
            switches.values().forEach(one -> one.unreachable(lost));
        }
    }

    /** The hosts that no gateway should be on; has it looked at again when that may change by itself. */
    private Set<Id<Host>> lost(OvsdbPicture picture) {
        Set<Id<Host>> lost = reachability.unreachable(picture);
        reachability.settling().ifPresent(wait -> {
            var unused = databaseLoop.schedule(this::watchAgain, wait.toMillis() + 1, TimeUnit.MILLISECONDS);
        });
        return lost;
    }

    private synchronized void watchAgain() {
        watch();
    }

    /** The port that packets to other hosts leave by from now on; empty: no packets do. */
    public synchronized void tunnel(Optional<TunnelPort> next) {
        tunnel = next;
        watch();
        switches.values().forEach(one -> one.tunnel(next));
    }

    /** The newest network was refused, and the last good one stays; why is shown in the status. */
    public void networkRefused(String error) {
        NetworkStatus last = networkStatus;
        networkStatus =
                new NetworkStatus(last.networks(), last.subnets(), last.ports(), last.loadedAt(), Optional.of(error));
        errors.add(error);
    }

    /**
     * Enables or disables an app on all switches.
     *
     * @return completes when the switches' flows are accordingly
     * @throws IllegalArgumentException if there is no such app
     */
    public synchronized CompletableFuture<Void> enable(String app, boolean on) {
        requireApp(app);
        Boolean before = enabled.put(app, on);
        if (before != null && before == on) {
            return CompletableFuture.completedFuture(null);
        }
        return CompletableFuture.allOf(
                switches.values().stream().map(one -> one.enable(app, on)).toArray(CompletableFuture<?>[]::new));
    }

    private void requireApp(String app) {
        if (!enabled.containsKey(app)) {
            throw new IllegalArgumentException("no app named " + app);
        }
    }

    private synchronized ManagedSwitch managed(DatapathId datapathId) {
        return switches.computeIfAbsent(datapathId, id -> {
            List<String> names = new ArrayList<>();
            names.add(pipeline.name());
            enabled.forEach((name, on) -> {
                if (on) {
                    names.add(name);
                }
            });
            ManagedSwitch added = new ManagedSwitch(id, settings.host(), apps, names, shared);
            added.tunnel(tunnel);
            OvsdbClient client = database;
            if (client != null) {
                added.unreachable(lost(client.picture()));
            }
            NetworkModel known = network;
            if (known != null) {
                added.network(known);
            }
            return added;
        });
    }

    /**
     * A switch that is gone leaves nothing behind if it never was in step, for it may have been anything, or if another
     * bridge has taken its place.
     */
    private synchronized void forget(ManagedSwitch gone) {
        boolean bridge = managedBridge.map(gone.datapathId()::equals).orElse(false);
        boolean replaced = managedBridge.isPresent() && !bridge;
        if (!bridge && gone.session() == null && (replaced || gone.state().lastOutcome() == null)) {
            switches.remove(gone.datapathId(), gone);
            gone.close();
        }
    }

    private synchronized void databaseChanged(OvsdbPicture picture) {
        managedBridge = picture.bridge().flatMap(OvsBridge::datapathId);
        Set<Id<Host>> lost = lost(picture);
        managedBridge.map(this::managed).ifPresent(one -> {
            one.unreachable(lost);
            one.interfaces(picture.interfaces().values().stream()
                    .filter(each -> each.ofPort().isPresent())
                    .map(each -> new Bindings.Interface(
                            each.ofPort().get(),
                            each.name(),
                            each.ifaceId(),
                            each.linkUp().orElse(true)))
                    .toList());
        });
        // The device with its address may have come only now, or may have another MTU.
        switches.values().forEach(one -> one.tunnel(tunnel));
        sessions().forEach(this::noteStranger);
        noteTunnel(picture);
        List.copyOf(switches.values()).forEach(this::forget);
    }

    /** Says, once, why the switch cannot have the tunnel's port. */
    private void noteTunnel(OvsdbPicture picture) {
        Optional<String> error = tunnel.flatMap(wanted -> picture.ovsInterface(wanted.name())
                .flatMap(OvsInterface::error)
                .map(reason -> "tunnel port " + wanted.name() + ": " + reason));
        if (!error.equals(tunnelError)) {
            tunnelError = error;
            error.ifPresent(problem -> {
                LOG.error("{}", problem);
                errors.add(problem);
            });
        }
    }

    /** With a database, its bridge alone is managed; says so of another switch, once. */
    private void noteStranger(SwitchSession session) {
        DatapathId id = session.datapathId();
        if (managedBridge.isPresent() && !managedBridge.get().equals(id) && strangers.add(id)) {
            String problem = session + " is not bridge "
                    + settings.database().orElseThrow().bridge() + ": its flows are left alone";
            LOG.warn("{}", problem);
            errors.add(problem);
        }
    }

    private final class Listener implements SwitchListener {
        @Override
        public void connected(SwitchSession session) {
            noteStranger(session);
            synchronized (Controller.this) {
                ManagedSwitch one = managed(session.datapathId());
                showPorts(one, session);
                one.connected(session);
            }
        }

        @Override
        public void disconnected(SwitchSession session, String reason) {
            strangers.remove(session.datapathId());
            var unused = managed(session.datapathId()).disconnected(session).thenAccept(Controller.this::forget);
        }

        @Override
        public void portChanged(SwitchSession session, PortStatus status) {
            showPorts(managed(session.datapathId()), session);
        }

        @Override
        public void packetIn(SwitchSession session, PacketIn packet) {
            punts.packetIn(session, packet, managed(session.datapathId()));
        }

        @Override
        public void flowRemoved(SwitchSession session, FlowRemoved flow) {
            managed(session.datapathId()).flowRemoved(flow);
        }

        @Override
        public void error(SwitchSession session, OpenFlowError error) {
            managed(session.datapathId()).error(session, error);
        }

        /** With a database, it says which interfaces there are. */
        private void showPorts(ManagedSwitch one, SwitchSession session) {
            if (settings.database().isEmpty()) {
                one.interfaces(session.ports().values().stream()
                        .map(port -> new Bindings.Interface(port.number(), port.name(), Optional.empty(), port.isUp()))
                        .toList());
            }
        }
    }

    /** Whether each app but the pipeline's own is enabled, by name. */
    public synchronized Map<String, Boolean> apps() {
        return new LinkedHashMap<>(enabled);
    }

    /** The sessions with switches, for what is read from switches on request. */
    public List<SwitchSession> sessions() {
        SwitchConnections current = connections;
        return current == null ? List.of() : current.sessions();
    }

    /** The session with a switch, if it is connected. */
    public Optional<SwitchSession> session(DatapathId datapathId) {
        return Optional.ofNullable(connections).flatMap(current -> current.session(datapathId));
    }

    /** The ports that are listened on for switches: the real ones where the settings say 0. */
    public List<Integer> listeningPorts() {
        SwitchConnections current = connections;
        return current == null ? List.of() : current.listeningPorts();
    }

    /** How everything fares, with the counters that switches keep; complete within half a second. */
    public CompletableFuture<Status> status() {
        List<ManagedSwitch> all = List.copyOf(switches.values());
        Map<DatapathId, CompletableFuture<SwitchCounters>> asked = new LinkedHashMap<>();
        for (ManagedSwitch one : all) {
            SwitchSession session = one.session();
            if (session != null) {
                asked.put(one.datapathId(), SwitchCounters.read(session));
            }
        }
        return CompletableFuture.allOf(asked.values().toArray(CompletableFuture<?>[]::new))
                .thenApply(done -> {
                    Map<DatapathId, SwitchCounters> counters = new LinkedHashMap<>();
                    asked.forEach((id, read) -> counters.put(id, read.join()));
                    Status status = new StatusReport(settings.host(), startedAt, pipeline, shared, punts, counters)
                            .of(all, apps(), networkStatus, reachability.report());
                    metrics.newest(status);
                    return status;
                });
    }

    /** Completes when a switch has its flows for the first time. */
    public CompletableFuture<Void> inStep() {
        return shared.inStep().copy();
    }

    /** Registers everything that is counted. What a switch counts is as new as the last {@link #status}. */
    public void bindTo(MeterRegistry registry) {
        metrics.bindTo(registry);
    }

    @Override
    public void close() {
        switches.values().forEach(ManagedSwitch::close);
        OvsdbClient client = database;
        if (client != null) {
            client.close();
        }
        SwitchConnections current = connections;
        if (current != null) {
            current.close();
        }
        punts.close();
        shared.facts().close();
        databaseLoop.shutdownGracefully(0, 1, TimeUnit.SECONDS).awaitUninterruptibly(1, TimeUnit.SECONDS);
    }
}
