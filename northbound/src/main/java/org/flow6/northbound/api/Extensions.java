package org.flow6.northbound.api;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Optional;

/** To come. */
final class Extensions {
    private Extensions() {}

    static JsonNode versions(String base) {
        return com.fasterxml.jackson.databind.node.JsonNodeFactory.instance.objectNode();
    }

    static Optional<JsonNode> answer(Call call) {
        return Optional.empty();
    }
}
