package org.flow6.core.reconcile;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.util.collection.LongObjectMap;
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
import java.util.stream.IntStream;
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

/**
 * Makes one switch hold the wanted flows and no others, over one session. {@link #synchronize} compares everything, by
 * cookie; {@link #apply} sends a difference. Changes go in a bundle, and a switch leaves what it refuses out of a bundle
 * and commits the rest, so errors are looked for before the commit: refused flows are named with their app and object, and
 * the bundle is sent again without them. For one thread, which waits for the switch; errors may be told from any.
 */
public final class Reconciler {
    /** One for what shows as flows are added to the bundle, one for each table that may be full, and some more. */
    private static final int ATTEMPTS = Table.values().length + 5;

    private final SwitchSession session;
    private final Consumer<Origin> installed;
    private final Meters meters = new Meters();
    private final Queue<OpenFlowError> errors = new ConcurrentLinkedQueue<>();
    private final Cookies present = new Cookies();
    private final Refusals refusals;
    private final ByteBuf scratch = Unpooled.buffer(1024);
    private int bundles;
    private long flowMods;

    /**
     * @param installed told of the origins of new units' flows, once the switch has them
     */
    public Reconciler(SwitchSession session, Consumer<Origin> installed) {
        this.session = session;
        refusals = new Refusals(session);
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
                refusals.add(
                        flow, cookie, "a message of " + scratch.readableBytes() + " octets, too many for OpenFlow");
            } else if (!refusals.contains(cookie)) {
                bundle.add(flow, scratch, cookie);
            }
        }

        void remove(OwnedFlow flow, long cookie) {
            scratch.clear();
            FlowMods.remove(scratch, 0, flow, cookie);
            removeEncoded(cookie);
        }

        void remove(LongObjectMap.PrimitiveEntry<Integer> flow) {
            scratch.clear();
            FlowMods.removeByCookie(scratch, 0, flow.value(), flow.key());
            removeEncoded(flow.key());
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
    public Outcome synchronize(Supplier<Stream<Origin>> wanted) {
        long start = System.nanoTime();
        meters.read(session);
        Installed there = new Installed();
        session.dumpFlows(FlowFilter.ALL, flow -> there.add(flow.cookie(), flow.table()))
                .join();
        present.clear();
        there.single().entries().forEach(flow -> present.add(flow.key()));
        refusals.clear();
        Attempt done = send(attempt -> {
            // First of all: to remove a cookie's flows later would take along one that is added with it.
            there.several().entries().forEach(attempt::remove);
            Comparison comparison = new Comparison(there);
            wanted.get().forEach(unit -> compare(unit, comparison, attempt));
            comparison.left().forEach(attempt::remove);
        });
        Additions added = done.bundle.added();
        tell(IntStream.range(0, added.size()).mapToObj(added::origin));
        meters.removeUnused(session);
        double millis = (System.nanoTime() - start) / 1e6;
        return new Outcome(added.size(), done.removed, done.kept, millis);
    }

    private void compare(Origin unit, Comparison comparison, Attempt attempt) {
        int unchanged = comparison.takeAll(unit);
        if (unchanged > 0) {
            attempt.kept += unchanged;
            return;
        }
        List<OwnedFlow> flows = unit.ownedFlows();
        long[] marks = new long[flows.size()];
        boolean metered = false;
        for (int i = 0; i < marks.length; i++) {
            OwnedFlow flow = flows.get(i);
            int table = flow.flow().table().number();
            long cookie = encode(flow);
            marks[i] = Comparison.mark(cookie, table);
            metered |= Meters.needsOne(flow.flow());
            if (comparison.take(cookie, table)) {
                attempt.kept++;
                attempt.bundle.require(flow);
            } else {
                attempt.add(flow, cookie);
            }
        }
        if (!metered) {
            // Each comparison asks metered flows for their meters.
            unit.mark(marks);
        }
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
        long[] cookies = new long[delta.added().size()];
        send(attempt -> {
            Set<FlowKey> replaced = new HashSet<>();
            for (int i = 0; i < cookies.length; i++) {
                OwnedFlow flow = delta.added().get(i);
                long cookie = encode(flow);
                cookies[i] = cookie;
                if (!present.contains(cookie)) {
                    attempt.add(flow, cookie);
                }
                Long old = before.get(flow.key());
                // What is refused takes nobody's place.
                if (old != null && !refusals.contains(cookie)) {
                    replaced.add(flow.key());
                    if (old != cookie) {
                        attempt.gone.add(old);
                    }
                }
            }
            for (OwnedFlow flow : delta.removed()) {
                long cookie = Objects.requireNonNull(before.get(flow.key()));
                refusals.remove(cookie);
                if (!replaced.contains(flow.key()) && present.contains(cookie)) {
                    attempt.remove(flow, cookie);
                }
            }
        });
        // Units that are new are told of even where their flows are as before: a port may have another MAC address.
        tell(IntStream.range(0, cookies.length)
                .filter(i -> present.contains(cookies[i]))
                .mapToObj(i -> delta.added().get(i).origin()));
    }

    /** Tells each origin once; the flows of a unit come one after the other. */
    private void tell(Stream<Origin> ofEachFlow) {
        Origin last = null;
        for (Origin origin : (Iterable<Origin>) ofEachFlow::iterator) {
            if (origin != last) {
                last = origin;
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
        if (refusals.add(bundle, errors)) {
            bundle.discard();
            return false;
        }
        try {
            bundle.commit();
        } catch (CompletionException e) {
            // What shows only at the commit, a full table for instance, fails the whole bundle.
            if (e.getCause() instanceof SwitchErrorException && refusals.add(bundle, errors)) {
                return false;
            }
            throw e;
        }
        flowMods += bundle.messages();
        attempt.gone.forEach(present::remove);
        bundle.added().forEachCookie(present::add);
        return true;
    }

    /** Whether this is the reconciler of that session. */
    public boolean isOf(@Nullable SwitchSession other) {
        return session == other;
    }

    /** Takes note of an error that the switch told. */
    public void error(OpenFlowError error) {
        errors.add(error);
    }

    /** What a flow is known by in the switch. */
    public static long cookie(OwnedFlow flow) {
        return FlowMods.cookieOf(flow);
    }

    /** Whether a flow that is gone from the switch should be there: someone else removed it. */
    public boolean isMissing(long cookie) {
        return present.contains(cookie);
    }

    public List<Refusal> refused() {
        return refusals.list();
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
