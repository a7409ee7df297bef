package org.flow6.northbound.api;

import com.fasterxml.jackson.databind.node.ObjectNode;

/** To come. */
final class Routers extends Resource {
    static final String ALL = "routers";

    Routers() {
        super("routers", "router", "Routers");
    }

    static void follow(ObjectNode port, Draft draft) {}

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
