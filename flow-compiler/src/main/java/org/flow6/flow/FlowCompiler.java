package org.flow6.flow;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.flow6.network.NetworkSnapshot;
import org.flow6.network.NetworkUpdate;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs the apps for one switch: an update of the network in, the difference in flows out. Incremental by memory of units;
 * a full compile is the difference from nothing. An app that fails keeps its last good flows while the others go on, and
 * is run over everything again with the next update. For one thread.
 */
public final class FlowCompiler {
    private static final Logger LOG = LoggerFactory.getLogger(FlowCompiler.class);

    private final Map<String, AppState> apps = new LinkedHashMap<>();
    private final List<String> names = new ArrayList<>();
    private final KeyOwners wanted = new KeyOwners();
    private NetworkSnapshot snapshot = NetworkSnapshot.EMPTY;

    /**
     * @param apps all apps, with {@link Pipeline} among them; none is enabled yet
     * @throws IllegalArgumentException if two have the same name
     */
    public FlowCompiler(List<FlowApp> apps) {
        for (FlowApp app : apps) {
            if (this.apps.put(app.name(), new AppState(app, names.size())) != null) {
                throw new IllegalArgumentException("two apps named " + app.name());
            }
            names.add(app.name());
        }
    }

    /**
     * How an app fares.
     *
     * @param failure what went wrong last, naming the unit; empty while the app is healthy
     * @param flows how many flows of it are wanted
     */
    public record Health(boolean enabled, Optional<String> failure, int flows) {}

    private static final class AppState {
        final FlowApp app;
        final int number;
        final List<Memo<?, ?, ?>> memos = new ArrayList<>();
        final ClauseFlows clauses;
        boolean enabled;
        boolean stale;
        int flows;

        @Nullable
        String failure;

        AppState(FlowApp app, int number) {
            this.app = app;
            this.number = number;
            clauses = new ClauseFlows(app.name());
            app.derivations().forEach(derivation -> memos.add(new Memo<>(app.name(), derivation)));
        }
    }

    /** The flows that an update changes. */
    public FlowDelta update(NetworkUpdate update) {
        snapshot = update.after();
        Changes changes = new Changes();
        Views views = Views.of(update);
        for (AppState state : apps.values()) {
            if (state.enabled) {
                run(state, views, changes);
            }
        }
        return changes.delta();
    }

    /**
     * Enables or disables an app.
     *
     * @return the flows that this changes
     * @throws IllegalArgumentException if there is no such app
     */
    public FlowDelta enable(String name, boolean enabled) {
        AppState state = apps.get(name);
        if (state == null) {
            throw new IllegalArgumentException("no app named " + name);
        }
        if (state.enabled == enabled) {
            return FlowDelta.NONE;
        }
        Changes changes = new Changes();
        state.enabled = enabled;
        state.stale = enabled;
        state.failure = null;
        if (enabled) {
            run(state, Views.all(snapshot), changes);
        } else {
            List<Memo<?, ?, ?>.Change> clearance = new ArrayList<>();
            state.memos.forEach(memo -> clearance.add(memo.clearance()));
            apply(state, clearance, changes);
        }
        return changes.delta();
    }

    /** Every flow that is wanted now. */
    public Stream<OwnedFlow> flows() {
        return origins().flatMap(origin -> origin.ownedFlows().stream());
    }

    /** Every unit that gives flows of its own now, and every flow that is put together of clauses. */
    public Stream<Origin> origins() {
        return apps.values().stream()
                .flatMap(state -> Stream.concat(state.memos.stream().flatMap(Memo::origins), state.clauses.origins()));
    }

    /** The flows that are wanted now because of a part of a scope, made now. */
    public <K> List<OwnedFlow> flowsOf(Scope<K, ?> scope, K part) {
        return apps.values().stream()
                .flatMap(state -> state.memos.stream())
                .flatMap(memo -> memo.originsOf(scope, part))
                .flatMap(origin -> origin.ownedFlows().stream())
                .toList();
    }

    public Map<String, Health> health() {
        Map<String, Health> health = new LinkedHashMap<>();
        apps.forEach((name, state) ->
                health.put(name, new Health(state.enabled, Optional.ofNullable(state.failure), state.flows)));
        return health;
    }

    private void run(AppState state, Views views, Changes changes) {
        try {
            List<Memo<?, ?, ?>.Change> change = new ArrayList<>();
            for (Memo<?, ?, ?> memo : state.memos) {
                change.add(memo.change(views, state.stale));
            }
            apply(state, change, changes);
            if (state.failure != null) {
                LOG.info("app {}: healthy again", state.app.name());
            }
            state.failure = null;
            state.stale = false;
        } catch (RuntimeException | LinkageError e) {
            // An app on the class path may have been built against other classes than are there.
            if (state.failure == null) {
                LOG.error("app {}: keeps its last good flows: {}", state.app.name(), e.toString(), e);
            }
            state.failure = e.toString();
            state.stale = true;
        }
    }

    private void apply(AppState state, List<Memo<?, ?, ?>.Change> change, Changes changes) {
        List<OwnedFlow> added = new ArrayList<>();
        List<OwnedFlow> removed = new ArrayList<>();
        ClauseFlows.Change clauses = state.clauses.new Change();
        change.forEach(c -> c.units(
                unit -> unit.flows(flow -> added.add(flow.keyed()), clauses::add),
                unit -> unit.flows(flow -> removed.add(flow.keyed()), clauses::remove)));
        clauses.flows(flow -> added.add(flow.keyed()), flow -> removed.add(flow.keyed()));
        refuseConflicts(added, removed);
        removed.forEach(flow -> wanted.remove(flow.key()));
        added.forEach(flow -> wanted.put(flow.key(), state.number));
        state.flows += added.size() - removed.size();
        change.forEach(Memo.Change::commit);
        clauses.commit();
        changes.added.addAll(added);
        changes.removed.addAll(removed);
    }

    /** A switch holds one flow for a table, priority and match; the second would silently take the first one's place. */
    private void refuseConflicts(List<OwnedFlow> added, List<OwnedFlow> removed) {
        Set<FlowKey> freed = new HashSet<>();
        removed.forEach(flow -> freed.add(flow.key()));
        Map<FlowKey, OwnedFlow> keys = new HashMap<>();
        for (OwnedFlow flow : added) {
            OwnedFlow twin = keys.put(flow.key(), flow);
            if (twin != null) {
                throw new IllegalStateException("two flows under one key: " + flow.flow() + " of " + flow.origin()
                        + " and of " + twin.origin());
            }
            int owner = wanted.get(flow.key());
            if (owner >= 0 && !freed.contains(flow.key())) {
                throw new IllegalStateException("two flows under one key: " + flow.flow() + " of " + flow.origin()
                        + " and one of " + names.get(owner));
            }
        }
    }

    private static final class Changes {
        private final List<OwnedFlow> added = new ArrayList<>();
        private final List<OwnedFlow> removed = new ArrayList<>();

        FlowDelta delta() {
            return new FlowDelta(added, removed);
        }
    }
}
