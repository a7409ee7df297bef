package org.flow6.flow;

import org.jspecify.annotations.Nullable;

/** A flow, what stands for it, and where it comes from, which gives it again: differences may hold 100,000 of them. */
public final class OwnedFlow {
    private final @Nullable FlowKey key;
    private final Origin origin;
    private final int index;
    private final @Nullable Flow flow;

    private OwnedFlow(@Nullable FlowKey key, Origin origin, int index, @Nullable Flow flow) {
        this.key = key;
        this.origin = origin;
        this.index = index;
        this.flow = flow;
    }

    /** The flow at that place among {@link Origin#ownedFlows}. */
    static OwnedFlow of(Flow flow, Origin origin, int index) {
        return new OwnedFlow(null, origin, index, flow);
    }

    /** The same, without the flow in memory. */
    public OwnedFlow lean() {
        return new OwnedFlow(key, origin, index, null);
    }

    /** The same, without the flow in memory but with its key. */
    OwnedFlow keyed() {
        return new OwnedFlow(key(), origin, index, null);
    }

    /** Made when it is asked for: comparing all flows with a switch needs none. */
    public FlowKey key() {
        return key == null ? FlowKey.of(flow()) : key;
    }

    public Flow flow() {
        return flow == null ? origin.ownedFlows().get(index).flow() : flow;
    }

    public Origin origin() {
        return origin;
    }

    /** Its place among the flows of its origin. */
    public int index() {
        return index;
    }

    @Override
    public String toString() {
        return flow() + " of " + origin;
    }
}
