package org.flow6.northbound.api;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;

/** Objects that are kept, and are none of Neutron's resources: nobody makes them as such. */
final class Records extends Resource {
    /** The hosts that ports are on. */
    static final String HOSTS = "hosts";

    private Records(String collection, String member) {
        super(collection, member, member);
    }

    /** By their collections. */
    static Map<String, Resource> all() {
        return Map.of(HOSTS, new Records(HOSTS, "host"), Quotas.ALL, new Records(Quotas.ALL, "quota"));
    }

    @Override
    void create(ObjectNode object, Request request, Draft draft) throws NeutronError {
        throw refusal();
    }

    @Override
    void update(ObjectNode before, ObjectNode after, Request request, Draft draft) throws NeutronError {
        throw refusal();
    }

    @Override
    void delete(ObjectNode object, Request request, Draft draft) throws NeutronError {
        throw refusal();
    }

    private static NeutronError refusal() {
        return NeutronError.notFound("HTTPNotFound", "The resource could not be found.");
    }
}
