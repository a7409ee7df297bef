package org.flow6.northbound.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.projectfloodlight.openflow.types.IPAddress;
import org.projectfloodlight.openflow.types.IPVersion;

/** What ports floating IPs may stand for. */
final class FloatingIpPorts {
    private FloatingIpPorts() {}

    /** Checks the port and the address that a floating IP is to stand for, and completes it by them. */
    static void associate(ObjectNode floating, Caller caller, Draft draft) throws NeutronError {
        String portId = Catalog.text(floating, FloatingIps.PORT);
        if (portId.isEmpty()) {
            if (!Catalog.text(floating, FloatingIps.FIXED).isEmpty()) {
                throw FloatingIps.refusal("fixed_ip_address cannot be specified without a port_id");
            }
            clear(floating);
            return;
        }
        ObjectNode port = draft.hold(Ports.ALL, portId);
        if (port == null || !caller.owns(Catalog.text(port, "project_id"))) {
            throw new Ports().notFound(portId);
        }
        if (!caller.isAdmin() && !port.path("project_id").equals(floating.path("project_id"))) {
            throw FloatingIps.refusal("Port " + portId + " is associated with a different tenant than Floating IP "
                    + floating.path("id").asText() + " and therefore cannot be bound");
        }
        JsonNode fixed = fixed(floating, port);
        floating.set(FloatingIps.FIXED, fixed.path("ip_address"));
        floating.put(FloatingIps.ROUTER, router(floating, port, Catalog.text(fixed, "subnet_id"), draft));
        floating.put("status", "ACTIVE");
        requireOnly(floating, draft.catalog());
    }

    static void clear(ObjectNode floating) {
        floating.putNull(FloatingIps.PORT).putNull(FloatingIps.FIXED).putNull(FloatingIps.ROUTER);
        floating.put("status", "DOWN");
    }

    private static boolean isIpv6(JsonNode object, String attribute) {
        return IPAddress.of(Catalog.text(object, attribute)).getIpVersion() == IPVersion.IPv6;
    }

    /** The port's address that is named, or its only one. */
    private static JsonNode fixed(ObjectNode floating, ObjectNode port) throws NeutronError {
        String portId = port.path("id").asText();
        String named = Catalog.text(floating, FloatingIps.FIXED);
        boolean ipv6 = isIpv6(floating, FloatingIps.ADDRESS);
        if (!named.isEmpty()) {
            for (JsonNode ip : port.path("fixed_ips")) {
                if (Catalog.text(ip, "ip_address").equals(named)) {
                    if (!ipv6 && isIpv6(ip, "ip_address")) {
                        throw FloatingIps.refusal("Cannot process floating IP association with " + named
                                + ", since that is not an IPv4 address");
                    }
                    return ip;
                }
            }
            throw FloatingIps.refusal("Port " + portId + " does not have fixed ip " + named);
        }
        List<JsonNode> possible = possible(port, ipv6);
        if (possible.isEmpty()) {
            throw FloatingIps.refusal("Cannot add floating IP to port " + portId + " that has no fixed IPv4 addresses");
        }
        if (possible.size() > 1) {
            throw FloatingIps.refusal("Port " + portId + " has multiple fixed IP" + (ipv6 ? "" : "v4")
                    + " addresses. Must provide a specific IP" + (ipv6 ? "" : "v4")
                    + " address when assigning a floating IP");
        }
        return possible.get(0);
    }

    /** Those of the floating IP's version; an IPv6 one can stand for an IPv4 one where there is no other. */
    private static List<JsonNode> possible(ObjectNode port, boolean ipv6) {
        List<JsonNode> same = new ArrayList<>();
        List<JsonNode> other = new ArrayList<>();
        for (JsonNode ip : port.path("fixed_ips")) {
            (isIpv6(ip, "ip_address") == ipv6 ? same : other).add(ip);
        }
        return ipv6 && same.isEmpty() ? other : same;
    }

    /** The router between a port's subnet and the external network; that which is the subnet's gateway, if there are several. */
    private static String router(ObjectNode floating, ObjectNode port, String subnet, Draft draft) throws NeutronError {
        String external = floating.path(FloatingIps.NETWORK).asText();
        String found = null;
        for (ObjectNode each : draft.catalog().find(Ports.ALL, Ports.SUBNET, subnet)) {
            ObjectNode router = routerOf(each, draft.catalog());
            if (router != null
                    && router.path(RouterGateways.INFO)
                            .path("network_id")
                            .asText()
                            .equals(external)
                    && (found == null || isGateway(each, draft.catalog().get(Subnets.ALL, subnet)))) {
                found = router.path("id").asText();
            }
        }
        if (found == null) {
            throw NeutronError.notFound(
                    "ExternalGatewayForFloatingIPNotFound",
                    "External network " + external + " is not reachable from subnet " + subnet
                            + ".  Therefore, cannot associate Port "
                            + port.path("id").asText() + " with a Floating IP.");
        }
        draft.hold(Routers.ALL, found);
        return found;
    }

    private static @Nullable ObjectNode routerOf(ObjectNode port, Catalog catalog) {
        return Ports.isOfRouter(port) && !RouterPorts.isGateway(port)
                ? catalog.get(Routers.ALL, Catalog.text(port, "device_id"))
                : null;
    }

    private static boolean isGateway(ObjectNode port, @Nullable ObjectNode subnet) {
        for (JsonNode ip : port.path("fixed_ips")) {
            if (subnet != null && Catalog.text(ip, "ip_address").equals(Catalog.text(subnet, "gateway_ip"))) {
                return true;
            }
        }
        return false;
    }

    private static void requireOnly(ObjectNode floating, Catalog catalog) throws NeutronError {
        String port = floating.path(FloatingIps.PORT).asText();
        for (ObjectNode other : catalog.find(FloatingIps.ALL, FloatingIps.PORT, port)) {
            if (!other.path("id").equals(floating.path("id"))
                    && other.path(FloatingIps.NETWORK).equals(floating.path(FloatingIps.NETWORK))
                    && other.path(FloatingIps.FIXED).equals(floating.path(FloatingIps.FIXED))
                    && isIpv6(other, FloatingIps.ADDRESS) == isIpv6(floating, FloatingIps.ADDRESS)) {
                throw NeutronError.conflict(
                        "FloatingIPPortAlreadyAssociated",
                        "Cannot associate floating IP " + Catalog.text(floating, FloatingIps.ADDRESS) + " ("
                                + floating.path("id").asText() + ") with port " + port + " using fixed IP "
                                + Catalog.text(floating, FloatingIps.FIXED)
                                + ", as that fixed IP already has a floating IP on external network "
                                + Catalog.text(floating, FloatingIps.NETWORK) + ".");
            }
        }
    }
}
