package org.flow6.northbound.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** To come. */
final class FloatingIps extends Resource {
    static final String ALL = "floatingips";

    FloatingIps() {
        super("floatingips", "floatingip", "FloatingIps");
    }

    static void removeUnused(String network, Draft draft) {}

    static void leave(JsonNode port, Draft draft) {}

    static void follow(JsonNode port, Draft draft) {}

    @Override
    void create(ObjectNode object, Request request, Draft draft) throws NeutronError {
        draft.put(ALL, object);
    }

    @Override
    void update(ObjectNode before, ObjectNode after, Request request, Draft draft) throws NeutronError {
        draft.put(ALL, after);
    }

    @Override
    void delete(ObjectNode object, Request request, Draft draft) throws NeutronError {
        draft.remove(ALL, object);
    }
}
