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

    // Written out, as of all keys that packets are answered by: Java makes code for a record's own as it runs, so Flow6
    // would start later, and what it makes calls method handles, which takes several times as long.

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
