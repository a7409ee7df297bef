package org.flow6.flow;

import java.util.List;

/**
 * What to change in a switch.
 *
 * @param added flows to add; one whose key is also among the removed takes that one's place
 * @param removed flows to remove, as they were added
 */
public record FlowDelta(List<OwnedFlow> added, List<OwnedFlow> removed) {
    public static final FlowDelta NONE = new FlowDelta(List.of(), List.of());

    public FlowDelta {
        added = List.copyOf(added);
        removed = List.copyOf(removed);
    }

    public boolean isEmpty() {
        return added.isEmpty() && removed.isEmpty();
    }
}
