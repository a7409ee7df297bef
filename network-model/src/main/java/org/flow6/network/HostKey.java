package org.flow6.network;

/**
 * What stands for a host in registers, of one switch alone: tunnels tell hosts by their addresses.
 *
 * @param value 32 bits, never 0, which means none in a register
 */
public record HostKey(int value) implements Comparable<HostKey> {
    public HostKey {
        if (value == 0) {
            throw new IllegalArgumentException("host key 0");
        }
    }

    @Override
    public int compareTo(HostKey other) {
        return Integer.compareUnsigned(value, other.value);
    }
}
