package org.flow6.packets;

/**
 * The flags of a neighbor advertisement (RFC 4861 §4.4).
 *
 * @param router R: the sender is a router
 * @param solicited S: the answer to a solicitation that a node sent from an address
 * @param override O: replaces what the receiver has cached
 */
public record NdFlags(boolean router, boolean solicited, boolean override) {
    private static final long ROUTER = 0x8000_0000L;
    private static final long SOLICITED = 0x4000_0000L;
    private static final long OVERRIDE = 0x2000_0000L;

    /** For the answer to a solicitation from an address (RFC 4861 §7.2.4): S and O. */
    public static NdFlags solicited(boolean router) {
        return new NdFlags(router, true, true);
    }

    /** For the answer to a duplicate check, and for what nobody asked for (RFC 4861 §7.2.4, §7.2.6): O alone. */
    public static NdFlags unsolicited(boolean router) {
        return new NdFlags(router, false, true);
    }

    /** Reads the flags from the 32 bits that follow the checksum; the reserved 29 are ignored. */
    public static NdFlags ofWord(long word) {
        return new NdFlags((word & ROUTER) != 0, (word & SOLICITED) != 0, (word & OVERRIDE) != 0);
    }

    /** The 32 bits that follow the checksum, reserved ones zero: Open vSwitch's {@code nd_reserved}. */
    public long word() {
        return (router ? ROUTER : 0) | (solicited ? SOLICITED : 0) | (override ? OVERRIDE : 0);
    }
}
