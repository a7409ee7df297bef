package org.flow6.core.reconcile;

import io.netty.util.collection.LongObjectHashMap;
import io.netty.util.collection.LongObjectMap;

/**
 * The flows that a switch has, by cookie. A cookie of ours stands for one flow, so those of flows that share one are
 * nobody's, or somebody else's who copied it.
 */
final class Installed {
    private final LongObjectMap<Integer> single = new LongObjectHashMap<>();
    private final LongObjectMap<Integer> several = new LongObjectHashMap<>();

    void add(long cookie, int table) {
        Integer other = several.get(cookie);
        if (other == null) {
            other = single.put(cookie, Integer.valueOf(table));
            if (other == null) {
                return;
            }
            single.remove(cookie);
        }
        several.put(cookie, other == table ? other : Integer.valueOf(FlowMods.ALL_TABLES));
    }

    /** The table of each cookie that one flow has. */
    LongObjectMap<Integer> single() {
        return single;
    }

    /** The table of each cookie that several flows have, {@link FlowMods#ALL_TABLES} where they are in several. */
    LongObjectMap<Integer> several() {
        return several;
    }
}
