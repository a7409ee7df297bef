package org.flow6.northbound.api;

import com.fasterxml.jackson.databind.node.ObjectNode;

/** To come. */
final class AddressGroups extends Resource {
    static final String ALL = "address_groups";

    AddressGroups() {
        super("address_groups", "address_group", "AddressGroups");
    }

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
