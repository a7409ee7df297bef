package org.flow6.northbound.api;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.flow6.northbound.api.Attribute.Use;

/** Objects as answers show them. */
final class Shown {
    private Shown() {}

    /** One that the caller may see. */
    static ObjectNode found(Resource resource, String id, Catalog catalog, Caller caller) throws NeutronError {
        ObjectNode object = catalog.get(resource.collection(), id);
        if (object == null || !resource.isSeen(object, catalog, caller)) {
            throw resource.notFound(id);
        }
        return object;
    }

    static ObjectNode of(Resource resource, ObjectNode object, Catalog catalog, Caller caller) {
        ObjectNode shown = object.deepCopy();
        shown.set("tenant_id", object.path("project_id"));
        resource.complete(shown, catalog, caller);
        for (Attribute attribute : resource.attributes()) {
            if (attribute.is(Use.HIDDEN)) {
                shown.remove(attribute.name());
            }
        }
        return shown;
    }

    /** A body with one. */
    static ObjectNode wrapped(Resource resource, ObjectNode shown) {
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        body.set(resource.member(), shown);
        return body;
    }
}
