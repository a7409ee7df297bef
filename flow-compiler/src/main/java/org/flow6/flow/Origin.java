package org.flow6.flow;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * A unit of an app, where flows come from: what errors and logs name. There is one for as long as the unit stays, so that
 * whoever sends its flows may keep a mark of each and need not have them made again only to find them unchanged.
 */
public abstract class Origin {
    private long @Nullable [] marks;

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

    /** The unit's flows, made now, but for those that are part of merged ones. */
    public final List<OwnedFlow> ownedFlows() {
        return ownedFlows(flow -> isMerged() || !flow.isClause());
    }

    /** The unit's flows that are clauses, made now. */
    final List<OwnedFlow> clauses() {
        return ownedFlows(Flow::isClause);
    }

    private List<OwnedFlow> ownedFlows(Predicate<Flow> wanted) {
        List<Flow> flows = flows();
        List<OwnedFlow> owned = new ArrayList<>(flows.size());
        for (int i = 0; i < flows.size(); i++) {
            if (wanted.test(flows.get(i))) {
                owned.add(OwnedFlow.of(flows.get(i), this, i));
            }
        }
        return owned;
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
