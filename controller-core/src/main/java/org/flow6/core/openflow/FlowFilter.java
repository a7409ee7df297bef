package org.flow6.core.openflow;

/**
 * Which flows a dump or a sum is about.
 *
 * @param table 0 to 254, or 255 for all
 * @param cookie compared where the mask has ones
 * @param cookieMask 0 for any cookie
 */
public record FlowFilter(int table, long cookie, long cookieMask) {
    /** Every flow of the switch that OpenFlow shows. */
    public static final FlowFilter ALL = new FlowFilter(Wire.ALL_TABLES, 0, 0);

    /**
     * @throws IllegalArgumentException if the table is not 0 to 255
     */
    public FlowFilter {
        if (table < 0 || table > Wire.ALL_TABLES) {
            throw new IllegalArgumentException("table " + table);
        }
    }

    public static FlowFilter table(int table) {
        return new FlowFilter(table, 0, 0);
    }

    /** The flows whose cookie has these bits under the mask. */
    public static FlowFilter cookie(long cookie, long mask) {
        return new FlowFilter(Wire.ALL_TABLES, cookie, mask);
    }
}
