package org.flow6.flow;

/**
 * A part of a 32-bit register, or four whole ones, and the tables from the first that may set it to the last that may read it.
 *
 * @param register 0 to 15
 * @param offset its lowest bit
 * @param bits 1 to 32, or 128: then the register is the first of the four, 0, 4, 8 or 12
 */
public record RegisterSlice(int register, int offset, int bits, Table first, Table last) {
    private static final int WIDE = 128;

    public RegisterSlice {
        boolean wide = bits == WIDE && offset == 0 && register % 4 == 0;
        if (register < 0 || register > 15 || offset < 0 || bits < 1 || (offset + bits > 32 && !wide)) {
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
        return start() < other.start() + other.bits
                && other.start() < start() + bits
                && first.compareTo(other.last) <= 0
                && other.first.compareTo(last) <= 0;
    }

    /** Whether it is four registers, which have a header of their own: OVS's xxreg. */
    boolean isWide() {
        return bits == WIDE;
    }

    private int start() {
        return 32 * register + offset;
    }
}
