package org.flow6.northbound.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Neutron's filters by tags: with all of some, with one of some, and the opposites. */
final class TagFilters {
    private TagFilters() {}

    /** Null if a parameter is no such filter. */
    static @Nullable Predicate<ObjectNode> of(String name, List<String> values) {
        List<String> wanted = values.stream()
                .flatMap(value -> List.of(value.split(",")).stream())
                .toList();
        Predicate<ObjectNode> all = object -> tags(object).containsAll(wanted);
        Predicate<ObjectNode> any = object -> tags(object).stream().anyMatch(wanted::contains);
        return switch (name) {
            case "tags" -> all;
            case "tags-any" -> any;
            case "not-tags" -> all.negate();
            case "not-tags-any" -> any.negate();
            default -> null;
        };
    }

    private static Set<String> tags(ObjectNode object) {
        Set<String> tags = new HashSet<>();
        for (JsonNode tag : object.path("tags")) {
            tags.add(tag.asText());
        }
        return tags;
    }
}
