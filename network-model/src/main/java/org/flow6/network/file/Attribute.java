package org.flow6.network.file;

import org.jspecify.annotations.Nullable;

/**
 * Something that a resource, or a mapping within one, may state.
 *
 * @param index its place among the values of its {@link Shape}
 * @param meaning for users, in Markdown
 * @param fallback the value where none is stated; null: none
 */
record Attribute<T>(
        int index,
        String name,
        String meaning,
        ValueReader<T> reader,
        boolean required,
        @Nullable T fallback) {}
