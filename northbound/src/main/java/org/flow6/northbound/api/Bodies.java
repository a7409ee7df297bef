package org.flow6.northbound.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.flow6.northbound.api.Attribute.Use;
import org.flow6.northbound.api.Conversion.Unfit;

/** Reads what bodies say of a resource, by its attributes alone. */
final class Bodies {
    private static final int MOST_AT_ONCE = 1000;

    private Bodies() {}

    /** The objects of a body: one, or several at once. */
    static List<ObjectNode> several(Resource resource, JsonNode body) throws NeutronError {
        JsonNode list = body.path(resource.collection());
        if (!list.isArray()) {
            return List.of(one(resource, body));
        }
        if (list.isEmpty()) {
            throw NeutronError.badRequest("Resources required");
        }
        if (list.size() > MOST_AT_ONCE) {
            throw NeutronError.badRequest("at most " + MOST_AT_ONCE + " at once, not " + list.size());
        }
        List<ObjectNode> objects = new ArrayList<>();
        for (JsonNode element : list) {
            // Each as it is, or wrapped as a single one would be.
            JsonNode object = element.path(resource.member()).isObject() ? element.path(resource.member()) : element;
            if (!(object instanceof ObjectNode mapping)) {
                throw NeutronError.badRequest("Body contains invalid data");
            }
            objects.add(mapping);
        }
        return objects;
    }

    static ObjectNode one(Resource resource, JsonNode body) throws NeutronError {
        if (!body.isObject()) {
            throw NeutronError.badRequest("Body contains invalid data");
        }
        if (!body.has(resource.member())) {
            throw NeutronError.badRequest("Unable to find '" + resource.member() + "' in request body");
        }
        if (!(body.path(resource.member()) instanceof ObjectNode object)) {
            throw NeutronError.badRequest("Body contains invalid data");
        }
        return object;
    }

    /** What a request to make one says, with its attributes' defaults. */
    static ObjectNode created(Resource resource, ObjectNode said, Caller caller) throws NeutronError {
        ObjectNode converted = converted(resource, said, Use.POST, caller);
        ObjectNode object = JsonNodeFactory.instance.objectNode();
        for (Attribute attribute : resource.attributes()) {
            if (converted.has(attribute.name())) {
                object.set(attribute.name(), converted.get(attribute.name()));
            } else if (attribute.is(Use.REQUIRED)) {
                throw NeutronError.badRequest(
                        "Failed to parse request. Required attribute '" + attribute.name() + "' not specified");
            } else if (attribute.fallback() != null) {
                object.set(attribute.name(), attribute.fallback().deepCopy());
            }
        }
        return object;
    }

    /** What a request says, each attribute for itself. */
    static ObjectNode converted(Resource resource, ObjectNode said, Use use, Caller caller) throws NeutronError {
        List<String> unknown = new ArrayList<>();
        ObjectNode converted = JsonNodeFactory.instance.objectNode();
        for (Map.Entry<String, JsonNode> entry : said.properties()) {
            Attribute attribute = resource.attribute(entry.getKey());
            if (attribute == null) {
                unknown.add(entry.getKey());
            } else if (!attribute.is(use)) {
                throw NeutronError.badRequest(
                        use == Use.POST
                                ? "Attribute '" + attribute.name() + "' not allowed in POST"
                                : "Cannot update read-only attribute " + attribute.name());
            } else if (attribute.is(Use.ADMIN) && !caller.isAdmin()) {
                throw NeutronError.forbidden("rule:" + (use == Use.POST ? "create_" : "update_") + resource.member()
                        + ":" + attribute.name() + " is disallowed by policy");
            } else {
                converted.set(attribute.name(), value(attribute, entry.getValue()));
            }
        }
        if (!unknown.isEmpty()) {
            throw NeutronError.badRequest("Unrecognized attribute(s) '" + String.join(", ", unknown) + "'");
        }
        return converted;
    }

    private static JsonNode value(Attribute attribute, JsonNode value) throws NeutronError {
        try {
            return attribute.conversion().of(value);
        } catch (Unfit e) {
            throw e.refusal(attribute.name());
        }
    }
}
