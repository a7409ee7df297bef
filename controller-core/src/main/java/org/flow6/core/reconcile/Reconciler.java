package org.flow6.core.reconcile;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.flow6.core.openflow.FlowFilter;
import org.flow6.core.openflow.OpenFlowError;
import org.flow6.core.openflow.SwitchErrorException;
import org.flow6.core.openflow.SwitchSession;
import org.flow6.flow.FlowDelta;
import org.flow6.flow.FlowKey;
import org.flow6.flow.Origin;
import org.flow6.flow.OwnedFlow;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes one switch hold the wanted flows and no others, over one session. {@link #synchronize} compares everything, by
 * cookie; {@link #apply} sends a difference. Changes go in a bundle, and a switch leaves what it refuses out of a bundle
 * and commits the rest, so errors are looked for before the commit: refused flows are named with their app and object, and
 * the bundle is sent again without them. For one thread, which waits for the switch; errors may be told from any.
 */
public final class Reconciler {
    private static final Logger LOG = LoggerFactory.getLogger(Reconciler.class);
    private static final int ATTEMPTS = 5;

    private final SwitchSession session;
    private final Consumer<Origin> installed;
    private final Meters meters = new Meters();
    private final Queue<OpenFlowError> errors = new ConcurrentLinkedQueue<>();
    private final Set<Long> present = new HashSet<>();
    private final Map<Long, Refusal> refused = new HashMap<>();
    private final ByteBuf scratch = Unpooled.buffer(1024);
    private int bundles;
    private long flowMods;

    /**
     * @param installed told of the origins of flows that were added, after the switch has them
     */
    public Reconciler(SwitchSession session, Consumer<Origin> installed) {
        this.session = session;
        this.installed = installed;
    }

    /** A wanted flow that the switch does not take. */
    public record Refusal(OwnedFlow flow, String error) {
        @Override
        public String toString() {
            return error + ": " + flow.origin() + ": table "
                    + flow.flow().table().title() + ", " + flow.flow().match();
        }
    }

    /** What a full comparison did. */
    public record Outcome(int added, int removed, int kept, double millis) {}

    /** The bundle of one attempt, and what holds once it is committed. */
    private final class Attempt {
        final Bundle bundle = new Bundle(session, meters, ++bundles);
        final Set<Long> gone = new HashSet<>();
        int removed;
        int kept;

        void add(OwnedFlow flow, long cookie) {
            bundle.add(flow, scratch, cookie);
        }

        void remove(long cookie) {
            bundle.remove(scratch);
            gone.add(cookie);
            removed++;
        }
    }

    /** Fills a bundle; run again when flows of it were refused, which then are left out. */
    private interface Filling {
        void fill(Attempt attempt);
    }

    /**
     * Compares all that is wanted with all that is in the switch, and mends it.
     *
     * @throws CompletionException if the session ends or the switch cannot be brought in step
     */
    public Outcome synchronize(Supplier<Stream<OwnedFlow>> wanted) {
        long start = System.nanoTime();
        meters.read(session);
        Map<Long, Integer> tables = new HashMap<>();
        session.dumpFlows(FlowFilter.ALL, flow -> tables.put(flow.cookie(), flow.table()))
                .join();
        present.clear();
        present.addAll(tables.keySet());
        refused.clear();
        Attempt done = send(attempt -> {
            Map<Long, Integer> stale = new HashMap<>(tables);
            wanted.get().forEach(flow -> {
                long cookie = encode(flow);
                if (stale.remove(cookie) != null) {
                    attempt.kept++;
                    attempt.bundle.require(flow);
                } else if (!refused.containsKey(cookie)) {
                    attempt.add(flow, cookie);
                }
            });
            stale.forEach((cookie, table) -> {
                scratch.clear();
                FlowMods.removeByCookie(scratch, 0, table, cookie);
                attempt.remove(cookie);
            });
        });
        meters.removeUnused(session);
        double millis = (System.nanoTime() - start) / 1e6;
        return new Outcome(done.bundle.added().size(), done.removed, done.kept, millis);
    }

    /**
     * Sends a difference.
     *
     * @throws CompletionException if the session ends or the switch cannot be brought in step
     */
    public void apply(FlowDelta delta) {
        Map<FlowKey, Long> before = new HashMap<>();
        for (OwnedFlow flow : delta.removed()) {
            before.put(flow.key(), encode(flow));
        }
        send(attempt -> {
            Set<FlowKey> replaced = new HashSet<>();
            for (OwnedFlow flow : delta.added()) {
                long cookie = encode(flow);
                Long old = before.get(flow.key());
                if (old != null) {
                    replaced.add(flow.key());
                    if (old != cookie) {
                        attempt.gone.add(old);
                    }
                }
                if (!present.contains(cookie) && !refused.containsKey(cookie)) {
                    attempt.add(flow, cookie);
                }
            }
            for (OwnedFlow flow : delta.removed()) {
                long cookie = Objects.requireNonNull(before.get(flow.key()));
                refused.remove(cookie);
                if (!replaced.contains(flow.key()) && present.contains(cookie)) {
                    scratch.clear();
                    FlowMods.remove(scratch, 0, flow, cookie);
                    attempt.remove(cookie);
                }
            }
        });
    }

    private long encode(OwnedFlow flow) {
        scratch.clear();
        return FlowMods.add(scratch, 0, flow);
    }

    private Attempt send(Filling filling) {
        for (int i = 0; i < ATTEMPTS; i++) {
            Attempt attempt = new Attempt();
            errors.clear();
            filling.fill(attempt);
            if (attempt.bundle.messages() == 0) {
                attempt.bundle.flush();
                return attempt;
            }
            if (commit(attempt)) {
                return attempt;
            }
        }
        throw new CompletionException(new IllegalStateException("refused flows in " + ATTEMPTS + " attempts"));
    }

    private boolean commit(Attempt attempt) {
        Bundle bundle = attempt.bundle;
        bundle.await();
        if (refuse(bundle)) {
            bundle.discard();
            return false;
        }
        try {
            bundle.commit();
        } catch (CompletionException e) {
            // What shows only at the commit, a full table for instance, fails the whole bundle.
            if (e.getCause() instanceof SwitchErrorException && refuse(bundle)) {
                return false;
            }
            throw e;
        }
        flowMods += bundle.messages();
        present.removeAll(attempt.gone);
        Origin last = null;
        for (Bundle.Added flow : bundle.added()) {
            present.add(flow.cookie());
            if (flow.flow().origin() != last) {
                last = flow.flow().origin();
                installed.accept(last);
            }
        }
        return true;
    }

    /** Whether errors name flows of the bundle; these are left out from now on. */
    private boolean refuse(Bundle bundle) {
        Map<Integer, OpenFlowError> byXid = new HashMap<>();
        for (OpenFlowError error = errors.poll(); error != null; error = errors.poll()) {
            byXid.put(error.xid(), error);
        }
        if (byXid.isEmpty()) {
            return false;
        }
        List<Refusal> refusals = new ArrayList<>();
        for (Bundle.Added flow : bundle.added()) {
            OpenFlowError error = byXid.get(flow.xid());
            if (error != null) {
                Refusal refusal = new Refusal(flow.flow(), error.name());
                refused.put(flow.cookie(), refusal);
                refusals.add(refusal);
            }
        }
        refusals.forEach(refusal -> LOG.error("{}: refused: {}", session, refusal));
        return !refusals.isEmpty();
    }

    /** Takes note of an error that the switch told. */
    public void error(OpenFlowError error) {
        errors.add(error);
    }

    /** Whether a flow that is gone from the switch should be there: someone else removed it. */
    public boolean isMissing(long cookie) {
        return present.contains(cookie);
    }

    public List<Refusal> refused() {
        return List.copyOf(refused.values());
    }

    /** How many flows of ours the switch has. */
    public int installed() {
        return present.size();
    }

    /** Flow-mods committed since the session began. */
    public long flowMods() {
        return flowMods;
    }
}
