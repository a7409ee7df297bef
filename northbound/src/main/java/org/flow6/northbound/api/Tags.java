package org.flow6.northbound.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.LinkedHashSet;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.flow6.northbound.api.Call.Answer;
import org.flow6.northbound.api.Conversion.Unfit;

/** {@code …/tags} and {@code …/tags/TAG} of a resource. */
final class Tags {
    private static final int OK = 200;
    private static final int CREATED = 201;
    private static final int NO_CONTENT = 204;

    private Tags() {}

    static Answer read(ObjectNode object, Call call) throws NeutronError {
        if (call.path().size() == 3) {
            return new Answer(OK, Optional.of(body(object)));
        }
        require(object, call.part(3));
        return new Answer(NO_CONTENT, Optional.empty());
    }

    static Supplier<Answer> change(Resource resource, ObjectNode object, Call call, Draft draft) throws NeutronError {
        Set<String> tags = tags(object);
        String tag = call.part(3);
        int status = NO_CONTENT;
        if (call.is("DELETE") && tag.isEmpty()) {
            tags.clear();
        } else if (call.is("DELETE")) {
            require(object, tag);
            tags.remove(tag);
        } else if (call.is("PUT") && !tag.isEmpty()) {
            tags.add(tag);
            status = CREATED;
        } else if (call.is("PUT")) {
            tags.clear();
            for (JsonNode one : said(resource, call)) {
                tags.add(one.asText());
            }
            status = OK;
        } else {
            throw NeutronError.notFound("HTTPNotFound", "The resource could not be found.");
        }
        ObjectNode after = object.deepCopy();
        ArrayNode list = JsonNodeFactory.instance.arrayNode();
        tags.forEach(list::add);
        after.set("tags", converted(resource, list));
        draft.put(resource.collection(), after);
        int answered = status;
        return () -> new Answer(answered, answered == OK ? Optional.of(body(after)) : Optional.empty());
    }

    private static JsonNode said(Resource resource, Call call) throws NeutronError {
        JsonNode list =
                call.body().orElseGet(JsonNodeFactory.instance::objectNode).path("tags");
        if (!list.isArray()) {
            throw NeutronError.badRequest("Invalid tags body");
        }
        return converted(resource, list);
    }

    private static JsonNode converted(Resource resource, JsonNode list) throws NeutronError {
        try {
            return Objects.requireNonNull(resource.attribute("tags"))
                    .conversion()
                    .of(list);
        } catch (Unfit e) {
            throw NeutronError.invalid("tags", e.reason());
        }
    }

    private static ObjectNode body(ObjectNode object) {
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        body.set("tags", object.path("tags"));
        return body;
    }

    private static void require(ObjectNode object, String tag) throws NeutronError {
        if (!tags(object).contains(tag)) {
            throw NeutronError.notFound("TagNotFound", "Tag " + tag + " could not be found.");
        }
    }

    private static Set<String> tags(ObjectNode object) {
        Set<String> tags = new LinkedHashSet<>();
        for (JsonNode tag : object.path("tags")) {
            tags.add(tag.asText());
        }
        return tags;
    }
}
