package org.flow6.network;

import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.List;

/** Sets of addresses as prefixes. */
final class Prefixes {
    private Prefixes() {}

    /** The fewest prefixes that hold the same addresses, in their order. */
    static List<IpPrefix> aggregate(Collection<IpPrefix> prefixes) {
        return join(prefixes.stream().sorted().toList());
    }

    /** The fewest prefixes that hold the same addresses as those that are in order, in their order. */
    static List<IpPrefix> join(List<IpPrefix> sorted) {
        Deque<IpPrefix> joined = new ArrayDeque<>(sorted.size());
        for (IpPrefix prefix : sorted) {
            // A prefix comes behind all that hold it, so only the last one can.
            if (joined.isEmpty() || !joined.getLast().contains(prefix)) {
                IpPrefix last = prefix;
                while (!joined.isEmpty() && joined.getLast().isOtherHalfOf(last)) {
                    joined.removeLast();
                    last = last.whole();
                }
                joined.addLast(last);
            }
        }
        return List.copyOf(joined);
    }
}
