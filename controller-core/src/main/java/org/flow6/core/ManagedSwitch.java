package org.flow6.core;

import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.flow6.core.openflow.FlowRemoved;
import org.flow6.core.openflow.OpenFlowError;
import org.flow6.core.openflow.SwitchSession;
import org.flow6.core.reconcile.Reconciler;
import org.flow6.flow.Answer;
import org.flow6.flow.FlowApp;
import org.flow6.flow.FlowCompiler;
import org.flow6.flow.FlowDelta;
import org.flow6.flow.Origin;
import org.flow6.network.AddressClaim;
import org.flow6.network.Id;
import org.flow6.network.NetworkEditor;
import org.flow6.network.NetworkModel;
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
    private final String host;
    private final Shared shared;
    private final ErrorLog errorLog;
    private final FactStore facts;
    private final Runnable onClaims = this::refresh;
    private final FlowCompiler compiler;
    private final ScheduledThreadPoolExecutor thread;
    private final Announcer announcer;
    private final Beacons beacons;
    private final AtomicBoolean refreshing = new AtomicBoolean();
    private final AtomicBoolean mending = new AtomicBoolean();

    // Inputs, and what others look at.
    private volatile @Nullable NetworkModel newestModel;
    private volatile @Nullable List<Bindings.Interface> newestInterfaces;
    private volatile @Nullable SwitchSession session;
    private volatile NetworkSnapshot snapshot = NetworkSnapshot.EMPTY;
    private volatile SwitchState state = SwitchState.INITIAL;

    /** The reconciler that errors are for, from before its first message on. */
    private volatile @Nullable Reconciler errorSink;

    // Of the thread alone.
    private NetworkModel model = NetworkModel.EMPTY;
    private List<Bindings.Interface> interfaces = List.of();
    private List<AddressClaim> claims = List.of();
    private Map<String, Id<Port>> byInterfaceName = Map.of();
    private List<String> conflicts = List.of();
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
        this.host = host;
        this.shared = shared;
        errorLog = shared.errors();
        facts = shared.facts();
        compiler = new FlowCompiler(apps);
        thread = new ScheduledThreadPoolExecutor(1, task -> {
            Thread t = new Thread(task, "switch-" + datapathId);
            t.setDaemon(true);
            return t;
        });
        thread.setRemoveOnCancelPolicy(true);
        announcer = new Announcer(thread);
        beacons = new Beacons(apps, new Beacons.Surroundings(thread, () -> session, () -> snapshot, shared));
        run(() -> enabled.forEach(name -> {
            compiler.enable(name, true);
            beacons.enable(name, true, snapshot);
        }));
        facts.onClaims(onClaims);
        var unused =
                thread.scheduleWithFixedDelay(guarded(this::audit), AUDIT_SECONDS, AUDIT_SECONDS, TimeUnit.SECONDS);
    }

    /** The network as it is from now on. */
    void network(NetworkModel next) {
        newestModel = next;
        refresh();
    }

    /** The switch's ports as they are from now on; null while they are not known. */
    void interfaces(@Nullable List<Bindings.Interface> next) {
        newestInterfaces = next;
        refresh();
    }

    void connected(SwitchSession next) {
        session = next;
        run(() -> {
            if (inSession() == null) {
                synchronizeWhenReady();
            }
        });
    }

    /** Completes with this when it is taken into account. */
    CompletableFuture<ManagedSwitch> disconnected(SwitchSession ended) {
        CompletableFuture<ManagedSwitch> done = new CompletableFuture<>();
        run(() -> {
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
        run(() -> {
            FlowDelta delta = compiler.enable(app, enabled);
            LOG.info(
                    "switch {}: app {} {}: {} flows added, {} removed",
                    datapathId,
                    app,
                    enabled ? "enabled" : "disabled",
                    delta.added().size(),
                    delta.removed().size());
            send(delta);
            beacons.enable(app, enabled, snapshot);
        });
        // Also when that failed, or the switch is closed: what waits for it waits no longer.
        run(() -> done.complete(null));
        return done.completeOnTimeout(null, ENABLE_SECONDS, TimeUnit.SECONDS);
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
        run(() -> {
            Reconciler current = inSession();
            if (current != null && current.isMissing(flow.cookie()) && mending.compareAndSet(false, true)) {
                LOG.warn("switch {}: somebody removed flows, which are put back", datapathId);
                schedule(
                        () -> {
                            mending.set(false);
                            synchronizeWhenReady();
                        },
                        MEND_MILLIS);
            }
        });
    }

    private @Nullable Reconciler reconcilerOf(SwitchSession from) {
        return session == from ? errorSink : null;
    }

    private void refresh() {
        if (refreshing.compareAndSet(false, true)) {
            run(() -> {
                refreshing.set(false);
                if (inSession() == null) {
                    synchronizeWhenReady();
                } else {
                    send(compile());
                }
            });
        }
    }

    /** Takes the newest inputs into the snapshot. */
    private FlowDelta compile() {
        NetworkModel nextModel = newestModel;
        List<Bindings.Interface> nextInterfaces = newestInterfaces;
        if (nextModel == null || nextInterfaces == null) {
            return FlowDelta.NONE;
        }
        NetworkEditor editor = snapshot.edit();
        boolean newModel = isNew(nextModel);
        if (newModel) {
            byInterfaceName = Bindings.byInterfaceName(nextModel);
            editor.model(nextModel);
        }
        if (newModel || !nextInterfaces.equals(interfaces)) {
            bind(editor, nextModel, nextInterfaces);
        }
        List<AddressClaim> nextClaims = facts.claims();
        if (!isSame(nextClaims)) {
            editor.claims(nextClaims);
            claims = nextClaims;
        }
        model = nextModel;
        interfaces = nextInterfaces;
        NetworkUpdate update = editor.update();
        NetworkSnapshot before = snapshot;
        snapshot = update.after();
        FlowDelta delta = compiler.update(update);
        beacons.update(before, update);
        behind |= !delta.isEmpty();
        publish();
        return delta;
    }

    /** The reconciler of the session of the moment; null before its first comparison. */
    private @Nullable Reconciler inSession() {
        Reconciler current = reconciler;
        return current != null && current.isOf(session) ? current : null;
    }

    /** By identity: comparing a hundred thousand ports takes longer than all the rest of a small update. */
    @SuppressWarnings("ReferenceEquality")
    private boolean isNew(NetworkModel next) {
        return next != model;
    }

    @SuppressWarnings("ReferenceEquality")
    private boolean isSame(List<AddressClaim> next) {
        return next == claims;
    }

    private void bind(NetworkEditor editor, NetworkModel nextModel, List<Bindings.Interface> nextInterfaces) {
        Bindings next = Bindings.resolve(nextModel, byInterfaceName, host, nextInterfaces);
        snapshot.bindings().forEach((port, ofPort) -> {
            if (!next.ports().containsKey(port)) {
                LOG.info("switch {}: port {} unbound from OpenFlow port {}", datapathId, port, ofPort);
                editor.unbind(port);
            }
        });
        next.ports().forEach((port, ofPort) -> {
            if (!ofPort.equals(snapshot.bindings().get(port))) {
                LOG.info("switch {}: port {} bound to OpenFlow port {}", datapathId, port, ofPort);
                editor.bind(port, ofPort);
            }
        });
        for (String conflict : next.conflicts()) {
            if (!conflicts.contains(conflict)) {
                LOG.error("switch {}: {}", datapathId, conflict);
                errorLog.add(conflict);
            }
        }
        conflicts = next.conflicts();
    }

    private void synchronizeWhenReady() {
        SwitchSession current = session;
        if (current == null || newestModel == null || newestInterfaces == null) {
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

    /** Whatever goes wrong between us and the switch ends in a full comparison, at once with a new session or soon. */
    private void guardSession(SwitchSession current, Runnable task) {
        try {
            task.run();
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
                schedule(this::synchronizeWhenReady, RETRY_MILLIS);
            }
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
            origin.announcements().forEach(announcement -> announcer.announce(current, announcement));
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
        int bound = snapshot.bindings().size();
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

    private void run(Runnable task) {
        try {
            thread.execute(guarded(task));
        } catch (RejectedExecutionException e) {
            LOG.debug("switch {}: closed", datapathId);
        }
    }

    private void schedule(Runnable task, long millis) {
        var unused = thread.schedule(guarded(task), millis, TimeUnit.MILLISECONDS);
    }

    /** An executor swallows what its tasks throw. */
    private Runnable guarded(Runnable task) {
        return () -> {
            try {
                task.run();
            } catch (RuntimeException e) {
                LOG.error("switch {}: {}", datapathId, e.toString(), e);
                errorLog.add("switch " + datapathId + ": " + e);
            }
        };
    }

    DatapathId datapathId() {
        return datapathId;
    }

    @Override
    public NetworkSnapshot snapshot() {
        return snapshot;
    }

    @Override
    public void solicited(String app, Answer.Solicited solicited, Id<Port> asker) {
        run(() -> beacons.solicited(app, solicited, asker));
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
        facts.forget(onClaims);
        thread.shutdownNow();
    }
}
