package org.flow6.core.reconcile;

import java.util.HashMap;
import java.util.Map;

/**
 * The flows that a switch has, by cookie. A cookie of ours stands for one flow, so those of flows that share one are
 * nobody's, or somebody else's who copied it.
 */
final class Installed {
    private final Map<Long, Integer> single = new HashMap<>();
    private final Map<Long, Integer> several = new HashMap<>();

    void add(long cookie, int table) {
        Integer other = several.get(cookie);
        if (other == null) {
            other = single.putIfAbsent(cookie, table);
            if (other == null) {
                return;
            }
            single.remove(cookie);
        }
        several.put(cookie, other == table ? table : FlowMods.ALL_TABLES);
    }

    /** The table of each cookie that one flow has. */
    Map<Long, Integer> single() {
        return single;
    }

    /** The table of each cookie that several flows have, {@link FlowMods#ALL_TABLES} where they are in several. */
    Map<Long, Integer> several() {
        return several;
    }
}
