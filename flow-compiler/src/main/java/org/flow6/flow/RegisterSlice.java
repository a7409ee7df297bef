package org.flow6.flow;

/**
 * A part of a 32-bit register, and the tables from the first that may set it to the last that may read it.
 *
 * @param register 0 to 15
 * @param offset its lowest bit
 */
public record RegisterSlice(int register, int offset, int bits, Table first, Table last) {
    public RegisterSlice {
        if (register < 0 || register > 15 || offset < 0 || bits < 1 || offset + bits > 32) {
            throw new IllegalArgumentException("reg" + register + "[" + offset + ".." + (offset + bits - 1) + "]");
        }
        if (first.compareTo(last) > 0) {
            throw new IllegalArgumentException("live from " + first + " to " + last);
        }
    }

    boolean isLiveIn(Table table) {
        return first.compareTo(table) <= 0 && table.compareTo(last) <= 0;
    }

    /** Whether two slices share a bit in some table. */
    boolean collidesWith(RegisterSlice other) {
        return register == other.register
                && offset < other.offset + other.bits
                && other.offset < offset + bits
                && first.compareTo(other.last) <= 0
                && other.first.compareTo(last) <= 0;
    }
}
