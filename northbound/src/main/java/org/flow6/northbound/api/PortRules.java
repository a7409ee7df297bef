package org.flow6.northbound.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.security.SecureRandom;
import java.util.List;

/** What Neutron asks of ports beside their addresses and their security. */
final class PortRules {
    /** As Neutron's base_mac: locally administered. */
    private static final String MAC_PREFIX = "fa:16:3e";

    private static final int MAC_TRIES = 64;
    private static final SecureRandom RANDOM = new SecureRandom();
    /** On a network that is another's, only its owner says these. */
    private static final List<String> NETWORK_OWNERS =
            List.of("mac_address", "port_security_enabled", "allowed_address_pairs");

    private PortRules() {}

    /** @param rule Neutron's, of its policy */
    static void checkAllowed(ObjectNode port, ObjectNode network, Request request, String rule, Draft draft)
            throws NeutronError {
        Caller caller = request.caller();
        if (caller.isAdmin()) {
            return;
        }
        checkRouter(port, caller, draft.catalog());
        if (caller.owns(Catalog.text(network, "project_id"))) {
            return;
        }
        for (String attribute : NETWORK_OWNERS) {
            if (request.says(attribute)) {
                throw disallowed(rule + ":" + attribute);
            }
        }
        if (request.says("device_owner") && Ports.owner(port).startsWith("network:")) {
            throw disallowed(rule + ":device_owner");
        }
        for (JsonNode fixed : request.get("fixed_ips")) {
            if (fixed.has("ip_address")) {
                throw disallowed(rule + ":fixed_ips:ip_address");
            }
        }
    }

    private static NeutronError disallowed(String rule) {
        return NeutronError.forbidden("rule:" + rule + " is disallowed by policy");
    }

    private static void checkRouter(ObjectNode port, Caller caller, Catalog catalog) throws NeutronError {
        String device = Catalog.text(port, "device_id");
        ObjectNode router = Ports.isRouterInterface(port) ? catalog.get(Routers.ALL, device) : null;
        if (router != null && !caller.owns(Catalog.text(router, "project_id"))) {
            throw NeutronError.conflict(
                    "DeviceIDNotOwnedByTenant",
                    "The following device_id " + device
                            + " is not owned by your tenant or matches another tenants router.");
        }
    }

    static void checkMac(ObjectNode port, Catalog catalog) throws NeutronError {
        String network = Catalog.text(port, "network_id");
        String mac = Catalog.text(port, "mac_address");
        if (catalog.has(Ports.ALL, PortIndex.MAC, PortIndex.on(network, mac))) {
            throw NeutronError.conflict(
                    "MacAddressInUse",
                    "Unable to complete operation for network " + network + ". The mac address " + mac + " is in use.");
        }
    }

    static String unusedMac(String network, Catalog catalog) throws NeutronError {
        byte[] octets = new byte[3];
        for (int i = 0; i < MAC_TRIES; i++) {
            RANDOM.nextBytes(octets);
            String mac = "%s:%02x:%02x:%02x".formatted(MAC_PREFIX, octets[0], octets[1], octets[2]);
            if (!catalog.has(Ports.ALL, PortIndex.MAC, PortIndex.on(network, mac))) {
                return mac;
            }
        }
        throw NeutronError.conflict(
                "MacAddressGenerationFailure", "Unable to generate unique mac on network " + network + ".");
    }

    /** A router's port goes with what it is for, as long as that is there. */
    static void checkMayGo(ObjectNode port, Catalog catalog) throws NeutronError {
        String device = Catalog.text(port, "device_id");
        boolean used = Ports.isOfRouter(port)
                ? catalog.get(Routers.ALL, device) != null
                : Ports.owner(port).equals("network:floatingip") && catalog.get(FloatingIps.ALL, device) != null;
        if (used && !port.path("fixed_ips").isEmpty()) {
            throw NeutronError.conflict(
                    "ServicePortInUse",
                    "Port " + port.path("id").asText()
                            + " cannot be deleted directly via the port API: has device owner " + Ports.owner(port)
                            + ".");
        }
    }

    /** Adds the names of a port's addresses, if it has one. */
    static void addNames(ObjectNode shown, Catalog catalog) {
        ArrayNode names = shown.putArray("dns_assignment");
        String host = Catalog.text(shown, "dns_name");
        ObjectNode network = catalog.get(Networks.ALL, Catalog.text(shown, "network_id"));
        if (host.isEmpty() || network == null) {
            return;
        }
        String domain = Catalog.text(network, "dns_domain");
        String whole = host + "." + domain + (domain.isEmpty() || domain.endsWith(".") ? "" : ".");
        for (JsonNode fixed : shown.path("fixed_ips")) {
            names.addObject()
                    .put("hostname", host)
                    .put("ip_address", Catalog.text(fixed, "ip_address"))
                    .put("fqdn", whole);
        }
    }
}
