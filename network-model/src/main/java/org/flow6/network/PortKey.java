package org.flow6.network;

import org.jspecify.annotations.Nullable;

/**
 * What stands for a port in registers: the same on every host, as it is made from the port's id.
 *
 * @param value 32 bits, never 0, which means none in a register
 */
public record PortKey(int value) implements Comparable<PortKey> {
    public PortKey {
        if (value == 0) {
            throw new IllegalArgumentException("port key 0");
        }
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof PortKey that && value == that.value;
    }

    @Override
    public int hashCode() {
        return value;
    }

    @Override
    public int compareTo(PortKey other) {
        return Integer.compareUnsigned(value, other.value);
    }
}
