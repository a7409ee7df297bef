package org.flow6.flow;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A unit of an app, where flows come from: what errors and logs name. There is one for as long as the unit stays, so that
 * whoever sends its flows may keep a mark of each and need not have them made again only to find them unchanged.
 */
public abstract class Origin {
    private long @Nullable [] marks;
    private boolean giving;
    private boolean gone;

    Origin() {}

    /** The name of the app. */
    public abstract String app();

    /** Makes the unit's flows. */
    abstract List<Flow> flows();

    /** Packets to send once the flow is newly in the switch. */
    public abstract List<Announcement> announcements();

    /** Whether its flow is put together of what several units give. */
    boolean isMerged() {
        return false;
    }

    /** Makes the unit's flows, and gives out those of its own and those that are part of merged ones. */
    final void flows(Consumer<OwnedFlow> own, Consumer<Flow> clauses) {
        int index = 0;
        for (Flow flow : flows()) {
            if (isMerged() || !flow.isClause()) {
                own.accept(OwnedFlow.of(flow, this, index++));
            } else {
                clauses.accept(flow);
            }
        }
        giving = index > 0;
    }

    /** Whether it had flows of its own when they were made last. */
    final boolean isGiving() {
        return giving;
    }

    /** The unit's flows, made now, but for those that are part of merged ones. */
    public final List<OwnedFlow> ownedFlows() {
        List<OwnedFlow> owned = new ArrayList<>();
        flows(owned::add, clause -> {});
        return owned;
    }

    /** Whether the unit is no more: nothing is to be said for it any longer. For the compiler's thread. */
    public final boolean isGone() {
        return gone;
    }

    final void end() {
        gone = true;
    }

    /** What {@link #mark} was given; null before. Not a copy. */
    public final long @Nullable [] marks() {
        return marks;
    }

    /** Keeps what the flows are known by; the compiler does not look at it. For the compiler's thread. */
    public final void mark(long[] flows) {
        marks = flows;
    }
}
