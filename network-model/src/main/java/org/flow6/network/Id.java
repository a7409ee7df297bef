package org.flow6.network;

import org.jspecify.annotations.Nullable;

/**
 * Identifies a resource among those of its type.
 *
 * @param value any string that is not empty; Neutron's are UUIDs, a network file's may be names
 */
public record Id<T extends Resource>(String value) implements Comparable<Id<T>> {

    public Id {
        if (value.isEmpty()) {
            throw new IllegalArgumentException("a resource's id is empty");
        }
    }

    public static <T extends Resource> Id<T> of(String value) {
        return new Id<>(value);
    }

    @Override
    public int compareTo(Id<T> other) {
        return value.compareTo(other.value);
    }

    // By hand, as of all keys that packets are answered by: what Java makes of a record calls method handles, which
    // takes
    // several times as long, and is made as it runs: Flow6 would start later.

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Id<?> id && id.value.equals(value);
    }

    @Override
    public int hashCode() {
        return value.hashCode();
    }

    @Override
    public String toString() {
        return value;
    }
}
