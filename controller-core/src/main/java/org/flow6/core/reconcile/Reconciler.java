package org.flow6.core.reconcile;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.EnumSet;
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
import org.flow6.flow.Table;
import org.jspecify.annotations.Nullable;
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
    private static final String TABLE_FULL = "OFPFMFC_TABLE_FULL";
    /** One for what shows as flows are added to the bundle, one for each table that may be full, and some more. */
    private static final int ATTEMPTS = Table.values().length + 5;

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
     * @param installed told of the origins of new units' flows, once the switch has them
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

        /** Adds the flow that was encoded last, unless it was refused. */
        void add(OwnedFlow flow, long cookie) {
            if (scratch.readableBytes() > Bundle.LARGEST_MESSAGE) {
                refuse(flow, cookie, "a message of " + scratch.readableBytes() + " octets, too many for OpenFlow");
            } else if (!refused.containsKey(cookie)) {
                bundle.add(flow, scratch, cookie);
            }
        }

        void remove(OwnedFlow flow, long cookie) {
            scratch.clear();
            FlowMods.remove(scratch, 0, flow, cookie);
            removeEncoded(cookie);
        }

        void remove(long cookie, int table) {
            scratch.clear();
            FlowMods.removeByCookie(scratch, 0, table, cookie);
            removeEncoded(cookie);
        }

        private void removeEncoded(long cookie) {
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
        Installed there = new Installed();
        session.dumpFlows(FlowFilter.ALL, flow -> there.add(flow.cookie(), flow.table()))
                .join();
        present.clear();
        present.addAll(there.single().keySet());
        refused.clear();
        Attempt done = send(attempt -> {
            // First of all: to remove a cookie's flows later would take along one that is added with it.
            there.several().forEach(attempt::remove);
            Map<Long, Integer> stale = new HashMap<>(there.single());
            wanted.get().forEach(flow -> {
                long cookie = encode(flow);
                if (stale.remove(cookie, flow.flow().table().number())) {
                    attempt.kept++;
                    attempt.bundle.require(flow);
                } else {
                    attempt.add(flow, cookie);
                }
            });
            stale.forEach(attempt::remove);
        });
        tell(done.bundle.added().stream().map(Bundle.Added::flow));
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
                if (!present.contains(cookie)) {
                    attempt.add(flow, cookie);
                }
                Long old = before.get(flow.key());
                // What is refused takes nobody's place.
                if (old != null && !refused.containsKey(cookie)) {
                    replaced.add(flow.key());
                    if (old != cookie) {
                        attempt.gone.add(old);
                    }
                }
            }
            for (OwnedFlow flow : delta.removed()) {
                long cookie = Objects.requireNonNull(before.get(flow.key()));
                refused.remove(cookie);
                if (!replaced.contains(flow.key()) && present.contains(cookie)) {
                    attempt.remove(flow, cookie);
                }
            }
        });
        // Units that are new are told of even where their flows are as before: a port may have another MAC address.
        tell(delta.added().stream().filter(flow -> present.contains(encode(flow))));
    }

    /** Tells each origin once; the flows of a unit come one after the other. */
    private void tell(Stream<OwnedFlow> flows) {
        Origin last = null;
        for (OwnedFlow flow : (Iterable<OwnedFlow>) flows::iterator) {
            if (flow.origin() != last) {
                last = flow.origin();
                installed.accept(last);
            }
        }
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
        bundle.added().forEach(flow -> present.add(flow.cookie()));
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
        boolean any = false;
        Set<Table> full = EnumSet.noneOf(Table.class);
        for (Bundle.Added flow : bundle.added()) {
            OpenFlowError error = byXid.remove(flow.xid());
            Table table = flow.flow().flow().table();
            if (error != null) {
                refuse(flow.flow(), flow.cookie(), error.name());
                any = true;
                if (error.name().equals(TABLE_FULL)) {
                    full.add(table);
                }
            } else if (full.contains(table)) {
                // The switch stopped at the first; the others of the table would be told one by one.
                refuse(flow.flow(), flow.cookie(), TABLE_FULL);
            }
        }
        byXid.values().forEach(error -> LOG.error("{}: {}", session, error));
        return any;
    }

    private void refuse(OwnedFlow flow, long cookie, String error) {
        Refusal refusal = new Refusal(flow, error);
        if (refused.put(cookie, refusal) == null) {
            LOG.error("{}: refused: {}", session, refusal);
        }
    }

    /** Whether this is the reconciler of that session. */
    public boolean isOf(@Nullable SwitchSession other) {
        return session == other;
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
