package org.flow6.core.ovsdb;

import java.util.ArrayList;
import java.util.List;

/** What differs between two pictures; the interfaces in no order. */
public record OvsdbDelta(
        OvsdbPicture before,
        OvsdbPicture after,
        List<OvsInterface> added,
        List<Change> changed,
        List<OvsInterface> removed) {
    /** One interface (by name) that is there before and after, with another content. */
    public record Change(OvsInterface before, OvsInterface after) {}

    /** Copies the lists. */
    public OvsdbDelta {
        added = List.copyOf(added);
        changed = List.copyOf(changed);
        removed = List.copyOf(removed);
    }

    /** The differences from {@code before} to {@code after}. */
    public static OvsdbDelta between(OvsdbPicture before, OvsdbPicture after) {
        List<OvsInterface> added = new ArrayList<>();
        List<Change> changed = new ArrayList<>();
        List<OvsInterface> removed = new ArrayList<>();
        after.interfaces().forEach((name, now) -> {
            OvsInterface then = before.interfaces().get(name);
            if (then == null) {
                added.add(now);
            } else if (!then.equals(now)) {
                changed.add(new Change(then, now));
            }
        });
        before.interfaces().forEach((name, then) -> {
            if (!after.interfaces().containsKey(name)) {
                removed.add(then);
            }
        });
        return new OvsdbDelta(before, after, added, changed, removed);
    }

    /** Whether the two pictures say the same. */
    public boolean isEmpty() {
        return added.isEmpty() && changed.isEmpty() && removed.isEmpty() && before.equals(after);
    }
}
