package org.flow6.network.file;

import java.util.Objects;
import org.flow6.network.file.Complaint.Place;
import org.jspecify.annotations.Nullable;

/** What a mapping states, by attribute, with the line of each. */
class Values {
    private static final Object UNREADABLE = new Object();

    private final int line;
    private final @Nullable Object[] values;
    private final int[] lines;

    Values(int line, int attributes) {
        this.line = line;
        values = new Object[attributes];
        lines = new int[attributes];
    }

    void put(Attribute<?> attribute, int line, @Nullable Object value) {
        values[attribute.index()] = value == null ? UNREADABLE : value;
        lines[attribute.index()] = line;
    }

    /** The first line of the mapping. */
    int line() {
        return line;
    }

    /** The line of an attribute's value; of the mapping where it is absent. */
    int line(Attribute<?> attribute) {
        int found = lines[attribute.index()];
        return found == 0 ? line : found;
    }

    /** Where an attribute's value is, in a mapping that is at a path. */
    Place place(String path, Attribute<?> attribute) {
        return new Place(line(attribute), path + "." + attribute.name());
    }

    /** The stated value or the attribute's default; null where there is neither or the stated one cannot be read. */
    @SuppressWarnings("unchecked") // put() is called with what the attribute's reader returned
    <T> @Nullable T find(Attribute<T> attribute) {
        Object value = values[attribute.index()];
        if (value == null) {
            return attribute.fallback();
        }
        return value == UNREADABLE ? null : (T) value;
    }

    /** Like {@link #find} for an attribute that is required or has a default, and {@linkplain #has can be read}. */
    <T> T get(Attribute<T> attribute) {
        return Objects.requireNonNull(find(attribute), attribute.name());
    }

    /** Whether the mapping states the attribute, readably or not. */
    boolean states(Attribute<?> attribute) {
        return values[attribute.index()] != null;
    }

    /** Whether none of the attributes is stated unreadably, or missing where it is required. */
    boolean has(Attribute<?>... attributes) {
        for (Attribute<?> attribute : attributes) {
            Object value = values[attribute.index()];
            if (value == UNREADABLE || (value == null && attribute.required())) {
                return false;
            }
        }
        return true;
    }
}
