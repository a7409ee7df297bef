package org.flow6.network;

/**
 * What stands for a security group and one of the remotes of its rules, as the id of a conjunction of flows: the same
 * after a restart, as it is made from the two. Freed when the group's last rule with that remote is gone.
 *
 * @param value 32 bits, never 0
 */
public record ConjunctionKey(int value) implements Comparable<ConjunctionKey> {
    public ConjunctionKey {
        if (value == 0) {
            throw new IllegalArgumentException("conjunction key 0");
        }
    }

    @Override
    public int compareTo(ConjunctionKey other) {
        return Integer.compareUnsigned(value, other.value);
    }
}
