package org.flow6.network.file;

import java.util.List;
import org.flow6.network.text.Node;
import org.jspecify.annotations.Nullable;

/**
 * A value in its place, for a {@link ValueReader} to read or to complain about.
 *
 * @param path as in {@link Violation#field}
 */
record Field(String path, Node node, List<Complaint> complaints) {

    /** Notes what is wrong; always null, so that a reader can return it. */
    @SuppressWarnings("TypeParameterUnusedInFormals") // null is of every type
    <T> @Nullable T complain(String message) {
        complaints.add(new Complaint(node.line(), path, message));
        return null;
    }

    /** Says that the value is not what it should be. */
    @SuppressWarnings("TypeParameterUnusedInFormals") // null is of every type
    <T> @Nullable T isNot(String what) {
        return complain(node.describe() + " is not " + what);
    }

    Field element(int index, Node element) {
        return new Field(path + "[" + index + "]", element, complaints);
    }

    Field member(String name, Node member) {
        return new Field(path.isEmpty() ? name : path + "." + name, member, complaints);
    }
}
