package org.flow6.northbound.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.HashSet;
import java.util.Set;

/** What a port may send and get: port security, its security groups, and its allowed address pairs. */
final class PortSecurity {
    private static final String ENABLED = "port_security_enabled";
    private static final String GROUPS = "security_groups";
    private static final String PAIRS = "allowed_address_pairs";
    private static final int MOST_PAIRS = 10;
    /** Neutron trusts what attaches to such ports. */
    private static final String TRUSTED_OWNERS = "network:";

    private PortSecurity() {}

    /** Adds to a new port what its request does not say. */
    static void complete(ObjectNode port, ObjectNode network, Request request, Draft draft) throws NeutronError {
        boolean trusted = Ports.owner(port).startsWith(TRUSTED_OWNERS);
        if (!port.has(ENABLED)) {
            port.put(ENABLED, !trusted && network.path(ENABLED).asBoolean(true));
        }
        boolean said = request.says(GROUPS) && !request.get(GROUPS).isNull();
        if (!said) {
            ArrayNode groups = port.putArray(GROUPS);
            if (port.path(ENABLED).asBoolean() && !trusted) {
                groups.add(SecurityGroups.defaultOf(Catalog.text(port, "project_id"), draft));
            }
        }
        checkGroups(port, request.caller(), draft);
        if (!port.path(ENABLED).asBoolean() && !port.path(GROUPS).isEmpty()) {
            throw needed();
        }
    }

    /** Checks a port that has changed, with the words for what the request says. */
    static void change(ObjectNode before, ObjectNode after, Request request, Draft draft) throws NeutronError {
        if (request.says(GROUPS)) {
            checkGroups(after, request.caller(), draft);
        }
        if (!after.path(ENABLED).asBoolean() && !after.path(GROUPS).isEmpty()) {
            if (request.says(GROUPS) || !before.path(ENABLED).asBoolean()) {
                throw needed();
            }
            throw NeutronError.conflict(
                    "PortSecurityPortHasSecurityGroup",
                    "Port has security group associated. Cannot disable port security or IP address until security group is removed.");
        }
    }

    private static NeutronError needed() {
        return NeutronError.badRequest(
                "PortSecurityAndIPRequiredForSecurityGroups",
                "Port security must be enabled and port must have an IP address in order to use security groups.");
    }

    private static void checkGroups(ObjectNode port, Caller caller, Draft draft) throws NeutronError {
        Set<Boolean> stateful = new HashSet<>();
        for (JsonNode id : port.path(GROUPS)) {
            ObjectNode group = draft.hold(SecurityGroups.ALL, id.asText());
            if (group == null
                    || !(caller.owns(Catalog.text(group, "project_id"))
                            || group.path("shared").asBoolean())) {
                throw NeutronError.notFound(
                        "SecurityGroupNotFound", "Security group " + id.asText() + " does not exist");
            }
            stateful.add(group.path("stateful").asBoolean(true));
        }
        if (stateful.size() > 1) {
            throw NeutronError.conflict(
                    "SecurityGroupConflict",
                    "Cannot apply both stateful and stateless security groups on the same port at the same time");
        }
    }

    /** Checks the pairs of a port that has its MAC address, which is that of pairs without one. */
    static void check(ObjectNode port) throws NeutronError {
        if (port.path(PAIRS).isEmpty()) {
            return;
        }
        if (!port.path(ENABLED).asBoolean()) {
            throw NeutronError.conflict(
                    "AddressPairAndPortSecurityRequired",
                    "Port Security must be enabled in order to have allowed address pairs on a port.");
        }
        if (port.path(PAIRS).size() > MOST_PAIRS) {
            throw NeutronError.badRequest(
                    "AllowedAddressPairExhausted",
                    "The number of allowed address pair exceeds the maximum " + MOST_PAIRS + ".");
        }
        ArrayNode pairs = port.arrayNode();
        Set<JsonNode> seen = new HashSet<>();
        for (JsonNode pair : port.path(PAIRS)) {
            String mac = Catalog.text(pair, "mac_address");
            ObjectNode whole = port.objectNode()
                    .put("ip_address", Catalog.text(pair, "ip_address"))
                    .put("mac_address", mac.isEmpty() ? Catalog.text(port, "mac_address") : mac);
            if (!seen.add(whole)) {
                throw NeutronError.badRequest(
                        "DuplicateAddressPairInRequest",
                        "Request contains duplicate address pair: mac_address "
                                + whole.path("mac_address").asText() + " ip_address "
                                + whole.path("ip_address").asText() + ".");
            }
            pairs.add(whole);
        }
        port.set(PAIRS, pairs);
    }
}
