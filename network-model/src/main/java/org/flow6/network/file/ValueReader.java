package org.flow6.network.file;

import org.jspecify.annotations.Nullable;

/** Reads the value of an attribute; one that is wrong is complained about and read as null. */
interface ValueReader<T> {
    @Nullable
    T read(Field field);

    /** What a value looks like: {@code a MAC address}. */
    default String form() {
        return "text";
    }

    /** What the mapping, or each mapping of the list, may state that the value is; null if it is none. */
    default @Nullable Shape shape() {
        return null;
    }

    /** Whether null is a value, rather than the absence of one. */
    default boolean readsNull() {
        return false;
    }
}
