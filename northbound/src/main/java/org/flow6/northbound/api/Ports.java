package org.flow6.northbound.api;

import com.fasterxml.jackson.databind.node.ObjectNode;

/** To come. */
final class Ports extends Resource {
    static final String ALL = "ports";
    /** Index: networks and addresses, with a space between. */
    static final String ADDRESS = "address";
    /** Index: subnets of fixed IPs. */
    static final String SUBNET = "subnet";

    static final String GATEWAY = "network:router_gateway";

    static String owner(com.fasterxml.jackson.databind.JsonNode port) {
        return Catalog.text(port, "device_owner");
    }

    static boolean isOfRouter(com.fasterxml.jackson.databind.JsonNode port) {
        return owner(port).startsWith("network:router_");
    }

    Ports() {
        super("ports", "port", "Ports");
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
