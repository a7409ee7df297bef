package org.flow6.northbound.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import org.flow6.network.IpPrefix;
import org.jspecify.annotations.Nullable;

/** The ports that routers have on networks. */
final class RouterPorts {
    static final String INTERFACE = "network:router_interface";

    private RouterPorts() {}

    /** All of a router, its gateway too. */
    static List<ObjectNode> of(String router, Catalog catalog) {
        return catalog.find(Ports.ALL, "device_id", router).stream()
                .filter(Ports::isOfRouter)
                .toList();
    }

    static List<ObjectNode> interfaces(String router, Catalog catalog) {
        return of(router, catalog).stream().filter(port -> !isGateway(port)).toList();
    }

    static @Nullable ObjectNode gateway(String router, Catalog catalog) {
        return of(router, catalog).stream()
                .filter(RouterPorts::isGateway)
                .findFirst()
                .orElse(null);
    }

    static boolean isGateway(JsonNode port) {
        return Ports.owner(port).equals(Ports.GATEWAY);
    }

    /** The subnets of a port's addresses, one for each address. */
    static List<ObjectNode> subnets(JsonNode port, Catalog catalog) {
        List<ObjectNode> subnets = new ArrayList<>();
        for (JsonNode ip : port.path("fixed_ips")) {
            ObjectNode subnet = catalog.get(Subnets.ALL, Catalog.text(ip, "subnet_id"));
            if (subnet != null) {
                subnets.add(subnet);
            }
        }
        return subnets;
    }

    static boolean isOn(JsonNode port, String subnet) {
        for (JsonNode ip : port.path("fixed_ips")) {
            if (Catalog.text(ip, "subnet_id").equals(subnet)) {
                return true;
            }
        }
        return false;
    }

    /** A port that Flow6 itself needs on a network: nobody's, without port security. */
    static ObjectNode bare(String network, String owner, String device) {
        ObjectNode port = JsonNodeFactory.instance.objectNode();
        port.put("network_id", network)
                .put("device_owner", owner)
                .put("device_id", device)
                .put("project_id", "")
                .put("port_security_enabled", false);
        port.putArray("security_groups");
        return port;
    }

    /**
     * Makes a port with addresses.
     *
     * @param wanted an array of subnets and addresses; anything else leaves it to the allocation
     */
    static ObjectNode made(ObjectNode port, JsonNode wanted, Draft draft) throws NeutronError {
        Ports.fill(port, draft);
        FixedIps.allocate(port, wanted, draft);
        draft.put(Ports.ALL, port);
        return port;
    }

    /** Gives a port other addresses. */
    static ObjectNode changed(ObjectNode port, JsonNode wanted, Draft draft) throws NeutronError {
        ObjectNode after = Draft.copy(port);
        FixedIps.allocate(after, wanted, draft);
        draft.put(Ports.ALL, after);
        return after;
    }

    /** A router tells by a prefix where packets go: no two of its subnets may hold the same address. */
    static void checkOverlaps(ObjectNode router, List<ObjectNode> added, ObjectNode except, Catalog catalog)
            throws NeutronError {
        for (ObjectNode port : of(router.path("id").asText(), catalog)) {
            if (port.path("id").equals(except.path("id"))) {
                continue;
            }
            for (ObjectNode has : subnets(port, catalog)) {
                for (ObjectNode subnet : added) {
                    checkOverlap(subnet, has);
                }
            }
        }
    }

    private static void checkOverlap(ObjectNode subnet, ObjectNode has) throws NeutronError {
        String id = subnet.path("id").asText();
        if (has.path("id").asText().equals(id)) {
            throw refusal("Router already has a port on subnet " + id);
        }
        IpPrefix cidr = Subnets.cidr(subnet);
        if (cidr.overlaps(Subnets.cidr(has))) {
            throw refusal("Cidr " + cidr + " of subnet " + id + " overlaps with cidr " + Subnets.cidr(has)
                    + " of subnet " + has.path("id").asText());
        }
    }

    /** What cannot be done with a router. */
    static NeutronError refusal(String reason) {
        return NeutronError.badRequest("BadRequest", "Bad router request: " + reason + ".");
    }
}
