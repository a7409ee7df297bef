package org.flow6.packets.dhcpv6;

import java.util.List;

/** Checks of fields that the wire has a number of bits for. */
final class Unsigned {
    private Unsigned() {}

    /**
     * @param bits 1 to 62
     * @throws IllegalArgumentException if the value does not fit
     */
    static void require(String field, long value, int bits) {
        if (value >>> bits != 0) {
            throw new IllegalArgumentException(field + " " + value + " (" + bits + " bits)");
        }
    }

    /**
     * A copy of numbers of 16 bits.
     *
     * @throws IllegalArgumentException if one does not fit
     */
    static List<Integer> shorts(List<Integer> values) {
        for (int value : values) {
            require("number", value, Short.SIZE);
        }
        return List.copyOf(values);
    }
}
