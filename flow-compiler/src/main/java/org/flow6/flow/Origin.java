package org.flow6.flow;

import java.util.ArrayList;
import java.util.List;
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

    /** The unit's flows, made now. */
    public final List<OwnedFlow> ownedFlows() {
        List<Flow> flows = flows();
        List<OwnedFlow> owned = new ArrayList<>(flows.size());
        for (int i = 0; i < flows.size(); i++) {
            owned.add(OwnedFlow.of(flows.get(i), this, i));
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
