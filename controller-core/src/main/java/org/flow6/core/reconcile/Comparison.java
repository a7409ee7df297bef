package org.flow6.core.reconcile;

import io.netty.util.collection.LongObjectHashMap;
import io.netty.util.collection.LongObjectMap;
import org.flow6.flow.Origin;

/**
 * Tells which of a switch's flows are wanted, as one unit after the other is looked at. A unit's flows are marked with
 * their tables and hashes when they are first encoded: a cookie's other bits are those of the unit's app.
 */
final class Comparison {
    private static final int HASH_BITS = 48;
    private static final long HASH = (1L << HASH_BITS) - 1;

    private final LongObjectMap<Integer> left = new LongObjectHashMap<>();

    Comparison(Installed there) {
        left.putAll(there.single());
    }

    static long mark(long cookie, int table) {
        return (long) table << HASH_BITS | (cookie & HASH);
    }

    /** Takes the flow of this cookie, if it is in this table. */
    boolean take(long cookie, int table) {
        boolean there = isThere(cookie, table);
        if (there) {
            left.remove(cookie);
        }
        return there;
    }

    /** Takes the flows of a unit that was marked, if all are there. Returns how many; 0 if not all are. */
    int takeAll(Origin unit) {
        long[] marks = unit.marks();
        if (marks == null) {
            return 0;
        }
        long app = (long) FlowMods.appBits(unit.app()) << HASH_BITS;
        for (long mark : marks) {
            if (!isThere(app | (mark & HASH), (int) (mark >>> HASH_BITS))) {
                return 0;
            }
        }
        for (long mark : marks) {
            left.remove(app | (mark & HASH));
        }
        return marks.length;
    }

    private boolean isThere(long cookie, int table) {
        Integer at = left.get(cookie);
        return at != null && at == table;
    }

    /** The tables of the cookies that were not taken. */
    Iterable<LongObjectMap.PrimitiveEntry<Integer>> left() {
        return left.entries();
    }
}
