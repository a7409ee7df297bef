package org.flow6.core;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.flow6.core.neighbor.CacheEntry;
import org.flow6.core.openflow.FlowRemoved;
import org.flow6.core.openflow.OpenFlowError;
import org.flow6.core.openflow.SwitchSession;
import org.flow6.core.ovsdb.TunnelPort;
import org.flow6.core.reconcile.Reconciler;
import org.flow6.flow.Answer;
import org.flow6.flow.DropReason;
import org.flow6.flow.FlowApp;
import org.flow6.flow.FlowCompiler;
import org.flow6.flow.FlowDelta;
import org.flow6.flow.Origin;
import org.flow6.flow.OwnedFlow;
import org.flow6.flow.Scope;
import org.flow6.network.Host;
import org.flow6.network.Id;
import org.flow6.network.NetworkAddress;
import org.flow6.network.NetworkSnapshot;
import org.flow6.network.NetworkUpdate;
import org.flow6.network.Port;
import org.jspecify.annotations.Nullable;
import org.projectfloodlight.openflow.types.DatapathId;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One switch: its snapshot, its compiler and its reconciler, on a thread of its own, which may wait for the switch. Inputs
 * come from any thread; of several that wait the newest counts. Flows are not touched before everything that they depend
 * on is known, so a restart takes no flow away that comes back a moment later.
 */
final class ManagedSwitch implements Punts.Origin, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(ManagedSwitch.class);
    private static final long AUDIT_SECONDS = 60;
    private static final long RETRY_MILLIS = 1000;
    private static final long MEND_MILLIS = 5;
    private static final long ENABLE_SECONDS = 30;

    private final DatapathId datapathId;
    private final Shared shared;
    private final ErrorLog errorLog;
    private final SwitchInputs inputs;
    private final Runnable onLearned = this::refresh;
    private final FlowCompiler compiler;
    private final SwitchThread thread;
    private final Announcer announcer;
    private final Beacons beacons;
    private final Neighbors neighbors;
    private final NarrowTunnels narrow;
    private final Multicast multicast;
    /** The apps for which it is asked who listens to multicast. */
    private final Set<String> snooping;

    private final AtomicBoolean refreshing = new AtomicBoolean();
    private final AtomicBoolean mending = new AtomicBoolean();
    /** Cookies of flows that the switch has told to be gone. */
    private final Queue<Long> gone = new ConcurrentLinkedQueue<>();

    private final AtomicBoolean looking = new AtomicBoolean();

    // What others look at.
    private volatile @Nullable SwitchSession session;
    private volatile SwitchState state = SwitchState.INITIAL;
    private volatile Set<Id<Host>> unreachable = Set.of();

    /** The reconciler that errors are for, from before its first message on. */
    private volatile @Nullable Reconciler errorSink;

    // Of the thread alone.
    private @Nullable Reconciler reconciler;
    /** Flows are compiled that the switch does not have yet. */
    private boolean behind;

    private Reconciler.@Nullable Outcome outcome;

    /**
     * @param apps all apps, {@link org.flow6.flow.Pipeline} among them
     * @param enabled the names of those that are enabled
     */
    ManagedSwitch(DatapathId datapathId, String host, List<FlowApp> apps, List<String> enabled, Shared shared) {
        this.datapathId = datapathId;
        this.shared = shared;
        errorLog = shared.errors();
        inputs = new SwitchInputs(datapathId, host, shared);
        compiler = new FlowCompiler(apps);
        thread = new SwitchThread(datapathId, errorLog);
        announcer = new Announcer(thread.executor());
        beacons = new Beacons(
                apps,
                new Beacons.Surroundings(
                        thread.executor(), () -> session, inputs::snapshot, inputs::isElsewhere, shared));
        neighbors = new Neighbors(new Surroundings(), new WatchedHops(apps, datapathId, shared.facts()));
        narrow = new NarrowTunnels(errorLog);
        multicast = new Multicast(new Surroundings());
        snooping = apps.stream()
                .filter(FlowApp::snoopsMulticast)
                .map(FlowApp::name)
                .collect(Collectors.toUnmodifiableSet());
        thread.run(() -> enabled.forEach(name -> {
            compiler.enable(name, true);
            enableRest(name, true);
        }));
        shared.facts().onLearned(onLearned);
        thread.runEvery(AUDIT_SECONDS, this::audit);
    }

    /** The network as it is from now on. */
    void network(KnownNetwork next) {
        inputs.network(next);
        refresh();
    }

    /** The switch's ports as they are from now on; null while they are not known. */
    void interfaces(@Nullable List<Bindings.Interface> next) {
        inputs.interfaces(next);
        refresh();
    }

    /** The hosts that no gateway should be on from now on. */
    void unreachable(Set<Id<Host>> next) {
        if (!next.equals(unreachable)) {
            unreachable = next;
            inputs.unreachable(next);
            refresh();
        }
    }

    /** How hosts are to reach each other from now on. */
    void tunnel(Optional<TunnelPort> next) {
        inputs.tunnel()
                .want(next.map(TunnelPort::type), next.map(TunnelPort::room).orElse(0));
        refresh();
    }

    void connected(SwitchSession next) {
        session = next;
        thread.run(() -> {
            if (inSession() == null) {
                synchronizeWhenReady();
            }
        });
    }

    /** Completes with this when it is taken into account. */
    CompletableFuture<ManagedSwitch> disconnected(SwitchSession ended) {
        CompletableFuture<ManagedSwitch> done = new CompletableFuture<>();
        thread.run(() -> {
            if (session == ended) {
                session = null;
                reconciler = null;
                publish();
            }
            done.complete(this);
        });
        return done;
    }

    CompletableFuture<Void> enable(String app, boolean enabled) {
        CompletableFuture<Void> done = new CompletableFuture<>();
        thread.run(() -> {
            FlowDelta delta = compiler.enable(app, enabled);
            LOG.info(
                    "switch {}: app {} {}: {} flows added, {} removed",
                    datapathId,
                    app,
                    enabled ? "enabled" : "disabled",
                    delta.added().size(),
                    delta.removed().size());
            send(delta);
            enableRest(app, enabled);
        });
        // Also when that failed, or the switch is closed: what waits for it waits no longer.
        thread.run(() -> done.complete(null));
        return done.completeOnTimeout(null, ENABLE_SECONDS, TimeUnit.SECONDS);
    }

    private void enableRest(String app, boolean enabled) {
        beacons.enable(app, enabled, snapshot());
        neighbors.enable(app, enabled);
        if (snooping.contains(app)) {
            multicast.enable(enabled);
        }
    }

    /** On any thread, in the order in which the switch told. */
    void error(SwitchSession from, OpenFlowError error) {
        Reconciler current = reconcilerOf(from);
        if (current != null) {
            current.error(error);
        }
    }

    /** A flow is gone. If it should be there, somebody else removed it: everything is compared, once for many. */
    void flowRemoved(FlowRemoved flow) {
        gone.add(flow.cookie());
        // Those that we removed ourselves come many together, while the thread waits for the switch.
        if (looking.compareAndSet(false, true)) {
            thread.run(() -> {
                looking.set(false);
                lookAtGone();
            });
        }
    }

    private void lookAtGone() {
        Reconciler current = inSession();
        boolean missing = false;
        for (Long cookie = gone.poll(); cookie != null; cookie = gone.poll()) {
            missing |= current != null && current.isMissing(cookie);
        }
        if (missing && mending.compareAndSet(false, true)) {
            LOG.warn("switch {}: somebody removed flows, which are put back", datapathId);
            thread.runIn(MEND_MILLIS, () -> {
                mending.set(false);
                synchronizeWhenReady();
            });
        }
    }

    private @Nullable Reconciler reconcilerOf(SwitchSession from) {
        return session == from ? errorSink : null;
    }

    private void refresh() {
        if (refreshing.compareAndSet(false, true)) {
            thread.run(() -> {
                refreshing.set(false);
                SwitchSession open = session;
                if (open == null || inSession() == null) {
                    synchronizeWhenReady();
                } else if (isReady(open)) {
                    send(compile());
                }
            });
        }
    }

    /** Takes the newest inputs into the snapshot. */
    private FlowDelta compile() {
        NetworkSnapshot before = inputs.snapshot();
        Optional<NetworkUpdate> taken = inputs.take();
        if (taken.isEmpty()) {
            return FlowDelta.NONE;
        }
        NetworkUpdate update = taken.get();
        if (inputs.isMoving()) {
            thread.runIn(Moves.MILLIS, this::refresh);
        }
        FlowDelta delta = compiler.update(update);
        beacons.update(before, update);
        neighbors.update(update);
        narrow.look(update);
        multicast.update(update);
        behind |= !delta.isEmpty();
        publish();
        return delta;
    }

    /** The reconciler of the session of the moment; null before its first comparison. */
    private @Nullable Reconciler inSession() {
        Reconciler current = reconciler;
        return current != null && current.isOf(session) ? current : null;
    }

    private void synchronizeWhenReady() {
        SwitchSession current = session;
        if (current == null || !inputs.areKnown() || !isReady(current)) {
            return;
        }
        compile();
        Reconciler known = inSession();
        Reconciler next = known == null ? new Reconciler(current, origin -> announce(current, origin)) : known;
        errorSink = next;
        guardSession(current, () -> {
            Reconciler.Outcome done = next.synchronize(compiler::origins);
            if (known == null) {
                beacons.connected();
                multicast.connected();
            }
            reconciler = next;
            behind = false;
            boolean changed = done.added() + done.removed() > 0;
            if (outcome == null || changed) {
                LOG.info(
                        "switch {}: in step: {} flows added, {} removed, {} kept, in {} ms",
                        datapathId,
                        done.added(),
                        done.removed(),
                        done.kept(),
                        Math.round(done.millis()));
            }
            outcome = done;
            shared.inStep().complete(null);
            noteRefusals(next);
        });
        publish();
    }

    /** Whether the switch has what flows refer to. Where it does not answer, everything is compared again soon. */
    private boolean isReady(SwitchSession current) {
        return guardSession(current, () -> inputs.tunnel().prepare(current));
    }

    private void send(FlowDelta delta) {
        Reconciler current = inSession();
        SwitchSession open = session;
        if (current != null && open != null && !delta.isEmpty()) {
            guardSession(open, () -> {
                current.apply(delta);
                behind = false;
                noteRefusals(current);
            });
        }
        publish();
    }

    /**
     * Whatever goes wrong between us and the switch ends in a full comparison, at once with a new session or soon.
     *
     * @return whether nothing went wrong
     */
    private boolean guardSession(SwitchSession current, Runnable task) {
        try {
            task.run();
            return true;
        } catch (RuntimeException e) {
            reconciler = null;
            if (!current.closed().isDone()) {
                boolean ours = !(e instanceof CompletionException);
                String problem = "switch " + datapathId + ": not in step: "
                        + (ours
                                ? e
                                : e.getCause() == null
                                        ? e.getMessage()
                                        : e.getCause().getMessage());
                LOG.error("{}; comparing again in a second", problem, ours ? e : null);
                errorLog.add(problem);
                thread.runIn(RETRY_MILLIS, this::synchronizeWhenReady);
            }
            return false;
        }
    }

    private void noteRefusals(Reconciler current) {
        current.refused().stream()
                .filter(refusal -> !state.refused().contains(refusal))
                .forEach(refusal -> errorLog.add("switch " + datapathId + ": refused: " + refusal));
    }

    /** What an app cannot announce is its own loss: the switch holds the flows already. */
    private void announce(SwitchSession current, Origin origin) {
        try {
            origin.announcements().forEach(announcement -> announcer.announce(current, origin, announcement));
        } catch (RuntimeException | LinkageError e) {
            LOG.error("switch {}: announcing {} failed", datapathId, origin, e);
            errorLog.add("switch " + datapathId + ": announcing " + origin + " failed: " + e);
        }
    }

    private void audit() {
        if (inSession() != null) {
            synchronizeWhenReady();
        }
    }

    private void publish() {
        Reconciler current = inSession();
        int bound = snapshot().bindings().size();
        state = current == null
                ? new SwitchState(compiler.health(), false, bound, 0, 0, outcome, List.of())
                : new SwitchState(
                        compiler.health(),
                        !behind && current.refused().isEmpty(),
                        bound,
                        current.installed(),
                        current.flowMods(),
                        outcome,
                        current.refused());
    }

    DatapathId datapathId() {
        return datapathId;
    }

    @Override
    public NetworkSnapshot snapshot() {
        return inputs.snapshot();
    }

    @Override
    public void solicited(String app, Answer.Solicited solicited, Id<Port> asker) {
        thread.run(() -> beacons.solicited(app, solicited, asker));
    }

    @Override
    public void resolve(Answer.Result.Resolve question, WaitingPacket packet) {
        thread.run(() -> neighbors.resolve(question, packet));
    }

    @Override
    public void advertised(Answer.Result.Advertised said) {
        thread.run(() -> neighbors.advertised(said));
    }

    @Override
    public void multicast(Answer.Result.Multicast said, Consumer<DropReason> drop) {
        thread.run(() -> multicast.heard(said, drop));
    }

    /** What neighbors are found by, and listeners asked. */
    private final class Surroundings implements Neighbors.Surroundings {
        @Override
        public SwitchThread thread() {
            return thread;
        }

        @Override
        public Optional<SwitchSession> openSession() {
            return Optional.ofNullable(session).filter(open -> !open.closed().isDone());
        }

        @Override
        public NetworkSnapshot snapshot() {
            return inputs.snapshot();
        }

        @Override
        public List<OwnedFlow> flowsOf(NetworkAddress neighbor) {
            return compiler.flowsOf(Scope.NEIGHBOR, neighbor);
        }

        @Override
        public FactStore facts() {
            return shared.facts();
        }

        @Override
        public boolean isLinkUp(Id<Port> port) {
            return inputs.isLinkUp(port);
        }

        @Override
        public boolean exists(Id<Port> port) {
            return inputs.exists(port);
        }

        @Override
        public boolean isElsewhere(Id<Port> port) {
            return inputs.isElsewhere(port);
        }
    }

    /** How many neighbors of routers there are in each state. */
    Map<CacheEntry.State, Integer> neighbors() {
        return neighbors.counts();
    }

    @Nullable
    SwitchSession session() {
        return session;
    }

    SwitchState state() {
        return state;
    }

    @Override
    public void close() {
        shared.facts().forget(onLearned);
        thread.close();
        shared.ports().forget(datapathId);
    }
}
