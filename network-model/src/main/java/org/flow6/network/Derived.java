package org.flow6.network;

import org.jspecify.annotations.Nullable;

/**
 * What something is derived from, and how.
 *
 * @param function known by identity
 */
record Derived(Id<?> of, Object function) {
    @Override
    @SuppressWarnings("ReferenceEquality")
    public boolean equals(@Nullable Object other) {
        return other instanceof Derived that && function == that.function && of.equals(that.of);
    }

    @Override
    public int hashCode() {
        return 31 * of.hashCode() + System.identityHashCode(function);
    }
}
