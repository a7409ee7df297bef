package org.flow6.launcher;

import java.util.Locale;

/** Ryu's read-only calls that ask a switch (ofctl_rest). */
public enum StatsCall {
    DESC(false),
    FLOW(false),
    AGGREGATEFLOW(false),
    PORT(true),
    PORTDESC(true),
    METER(true);

    private final boolean takesNumber;

    StatsCall(boolean takesNumber) {
        this.takesNumber = takesNumber;
    }

    /** What stands after {@code /stats/}. */
    public String path() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Whether a port or a meter may be named after the switch. */
    public boolean takesNumber() {
        return takesNumber;
    }
}
