package org.flow6.packets;

/** The lifetimes in options: seconds, 32 bits. */
public final class Lifetime {
    /** Never ends: all one bits (RFC 4861 §4.6.2, RFC 4191 §2.3, RFC 8106 §5.1). */
    public static final long INFINITE = 0xffff_ffffL;

    private Lifetime() {}

    static void require(long seconds) {
        if (seconds < 0 || seconds > INFINITE) {
            throw new IllegalArgumentException("lifetime of " + seconds + " s (0 to 4294967295)");
        }
    }
}
