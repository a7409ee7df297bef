package org.flow6.network;

/**
 * Stands for the rules of a security group for one remote: the id of a conjunction in flows.
 *
 * @param value 32 bits, never 0; the same after a restart
 */
public record ConjunctionKey(int value) implements Comparable<ConjunctionKey> {
    public ConjunctionKey {
        if (value == 0) {
            throw new IllegalArgumentException("a conjunction's key is not 0");
        }
    }

    /** As unsigned numbers. */
    @Override
    public int compareTo(ConjunctionKey other) {
        return Integer.compareUnsigned(value, other.value);
    }
}
