package org.flow6.network.file;

import org.jspecify.annotations.Nullable;

/** Reads the value of an attribute; one that is wrong is complained about and read as null. */
interface ValueReader<T> {
    @Nullable
    T read(Field field);

    /** Whether null is a value, rather than the absence of one. */
    default boolean readsNull() {
        return false;
    }
}
