package org.flow6.flow;

/**
 * Why packets go to the controller. Each port has a meter of its own for each reason, so that no port starves another;
 * so has each other host for what comes by its tunnel.
 *
 * @param code what stands in the register and in meter ids, 1 to 31, unique among all apps
 * @param name what metrics and status say, such as {@code nd-duplicate-check}
 * @param packetsPerSecond what the meter lets through from one port
 * @param burst packets that may come at once
 * @param reassembled whether fragments are put together before they are answered; else they are answered as they come
 * @param fromTunnels whether packets of other hosts' ports are punted too
 */
public record PuntReason(
        int code, String name, int packetsPerSecond, int burst, boolean reassembled, boolean fromTunnels) {
    /** Codes are less than this. */
    public static final int CODES = 32;

    /** A reason of packets from ports of this host. */
    public PuntReason(int code, String name, int packetsPerSecond, int burst, boolean reassembled) {
        this(code, name, packetsPerSecond, burst, reassembled, false);
    }

    /** A reason of packets from ports of this host, whose fragments are answered as they come. */
    public PuntReason(int code, String name, int packetsPerSecond, int burst) {
        this(code, name, packetsPerSecond, burst, false);
    }

    public PuntReason {
        if (code < 1 || code >= CODES) {
            throw new IllegalArgumentException("code " + code + " of punt reason " + name);
        }
        if (packetsPerSecond < 1 || burst < 1) {
            throw new IllegalArgumentException("rate " + packetsPerSecond + ", burst " + burst + " of " + name);
        }
    }

    /** This reason with another limit per port. */
    public PuntReason limitedTo(int newPacketsPerSecond, int newBurst) {
        return new PuntReason(code, name, newPacketsPerSecond, newBurst, reassembled, fromTunnels);
    }

    /** This reason, for packets from other hosts too. */
    public PuntReason alsoFromTunnels() {
        return new PuntReason(code, name, packetsPerSecond, burst, reassembled, true);
    }
}
