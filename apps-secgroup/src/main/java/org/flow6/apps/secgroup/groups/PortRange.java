package org.flow6.apps.secgroup.groups;

import java.util.ArrayList;
import java.util.List;

/**
 * A range of transport ports.
 *
 * @param first 0 to 65535
 * @param last {@code first} to 65535
 */
record PortRange(int first, int last) {
    private static final int BITS = 16;

    PortRange {
        if (first < 0 || first > last || last >= 1 << BITS) {
            throw new IllegalArgumentException("ports " + first + " to " + last);
        }
    }

    /** The ports whose bits under the mask are the value. */
    record Masked(int value, int mask) {}

    /** The fewest masks that keep leading bits and hold these ports and no others, in order: at most 30. */
    List<Masked> masked() {
        List<Masked> pairs = new ArrayList<>();
        int from = first;
        while (from <= last) {
            // The largest block that begins here: of so many ports as the lowest bit of its begin, and within the
            // range.
            int size = from == 0 ? 1 << BITS : Integer.lowestOneBit(from);
            while (size > last - from + 1) {
                size >>= 1;
            }
            pairs.add(new Masked(from, (1 << BITS) - size));
            from += size;
        }
        return pairs;
    }
}
