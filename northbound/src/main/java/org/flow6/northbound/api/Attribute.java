package org.flow6.northbound.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * An attribute of a resource: from this follow what requests may say, what answers say, and its documentation.
 *
 * @param conversion of values in requests
 * @param fallback what a new resource has where the request does not say; null: what its rules make of it
 * @param meaning for users, in one line
 */
record Attribute(
        String name,
        Conversion conversion,
        Set<Use> uses,
        @Nullable JsonNode fallback,
        String meaning) {

    /** What may be done with it. */
    enum Use {
        /** Said when the resource is made. */
        POST,
        /** Said when it is changed. */
        PUT,
        /** Must be said when it is made. */
        REQUIRED,
        /** Lists may be asked for those that have a value. */
        FILTER,
        /** Lists may be ordered by it. */
        SORT,
        /** Found without looking at all resources. */
        INDEX,
        /** Said by administrators alone. */
        ADMIN,
        /** Not in answers. */
        HIDDEN
    }

    Attribute {
        uses = Set.copyOf(uses);
    }

    static Attribute of(String name, Conversion conversion, String meaning, Use... uses) {
        EnumSet<Use> all = EnumSet.noneOf(Use.class);
        all.addAll(List.of(uses));
        return new Attribute(name, conversion, all, null, meaning);
    }

    Attribute or(JsonNode value) {
        return new Attribute(name, conversion, uses, value, meaning);
    }

    Attribute or(String value) {
        return or(JsonNodeFactory.instance.textNode(value));
    }

    Attribute or(boolean value) {
        return or(JsonNodeFactory.instance.booleanNode(value));
    }

    Attribute orNull() {
        return or(JsonNodeFactory.instance.nullNode());
    }

    Attribute orNone() {
        return or(JsonNodeFactory.instance.arrayNode());
    }

    boolean is(Use use) {
        return uses.contains(use);
    }
}
