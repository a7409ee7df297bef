package org.flow6.network;

/**
 * How long hosts may use the addresses of a prefix after they last heard of it (RFC 4861 §4.6.2, RFC 8415 §21.6).
 *
 * @param valid seconds, 0 to {@link #INFINITE}
 * @param preferred seconds, 0 to {@link #INFINITE} and at most {@code valid}; new connections use the addresses no longer
 */
public record Lifetimes(long valid, long preferred) {
    /** Seconds that never end: all ones in 32 bits (RFC 4861 §4.6.2, RFC 8415 §7.7). */
    public static final long INFINITE = 0xffff_ffffL;

    /** Those that radvd has under Neutron: a day and four hours (RFC 4861 §6.2.1 has 30 and 7 days). */
    public static final Lifetimes DEFAULT = new Lifetimes(86_400, 14_400);

    public Lifetimes {
        if (preferred < 0 || preferred > valid || valid > INFINITE) {
            throw new IllegalArgumentException("valid for " + valid + " s, preferred for " + preferred + " s");
        }
    }
}
