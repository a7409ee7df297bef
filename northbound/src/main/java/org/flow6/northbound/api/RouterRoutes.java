package org.flow6.northbound.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.LinkedHashSet;
import java.util.Set;
import org.flow6.network.IpPrefix;
import org.flow6.northbound.api.Conversion.Unfit;
import org.jspecify.annotations.Nullable;
import org.projectfloodlight.openflow.types.IPAddress;
import org.projectfloodlight.openflow.types.IPVersion;

/** Routes of routers beside those to the subnets of their ports. */
final class RouterRoutes {
    static final String ROUTES = "routes";
    private static final int MOST = 1000;
    static final Conversion LIST = Conversions.listOf(AddressConversions.HOST_ROUTE, MOST);

    private RouterRoutes() {}

    /** Each next hop is a neighbor on a subnet of the router's. */
    static void check(ObjectNode router, Catalog catalog) throws NeutronError {
        JsonNode routes = router.path(ROUTES);
        for (JsonNode route : routes) {
            IPAddress<?> nexthop = IPAddress.of(route.path("nexthop").asText());
            boolean ipv6 = nexthop.getIpVersion() == IPVersion.IPv6;
            if (IpPrefix.parse(route.path("destination").asText()).isIpv6() != ipv6) {
                throw invalid(routes, "the destination and the nexthop are of different IP versions");
            }
            if (!isConnected(router, nexthop, null, catalog)) {
                throw invalid(routes, "the nexthop is not connected with router");
            }
            if (isOwn(router, nexthop, catalog)) {
                throw invalid(routes, "the nexthop is used by router");
            }
        }
    }

    private static NeutronError invalid(JsonNode routes, String reason) {
        return NeutronError.badRequest(
                "InvalidRoutes", "Invalid format for routes: " + Conversions.quoted(routes) + ", " + reason);
    }

    /** @param without a subnet that does not count */
    private static boolean isConnected(
            ObjectNode router, IPAddress<?> nexthop, @Nullable String without, Catalog catalog) {
        for (ObjectNode port : RouterPorts.of(router.path("id").asText(), catalog)) {
            for (ObjectNode subnet : RouterPorts.subnets(port, catalog)) {
                if (!subnet.path("id").asText().equals(without)
                        && Subnets.cidr(subnet).contains(nexthop)) {
                    return true;
                }
            }
        }
        return false;
    }

    private static boolean isOwn(ObjectNode router, IPAddress<?> nexthop, Catalog catalog) {
        for (ObjectNode port : RouterPorts.of(router.path("id").asText(), catalog)) {
            for (JsonNode ip : port.path("fixed_ips")) {
                if (IPAddress.of(ip.path("ip_address").asText()).equals(nexthop)) {
                    return true;
                }
            }
        }
        return false;
    }

    /** No route needs the router to be on a subnet. */
    static void requireNotNeeded(ObjectNode router, JsonNode subnet, Catalog catalog) throws NeutronError {
        String id = subnet.path("id").asText();
        for (JsonNode route : router.path(ROUTES)) {
            IPAddress<?> nexthop = IPAddress.of(route.path("nexthop").asText());
            if (Subnets.cidr(subnet).contains(nexthop) && !isConnected(router, nexthop, id, catalog)) {
                throw NeutronError.conflict(
                        "RouterInterfaceInUseByRoute",
                        "Router interface for subnet " + id + " on router "
                                + router.path("id").asText()
                                + " cannot be deleted, as it is required by one or more routes.");
            }
        }
    }

    /**
     * Adds routes, or takes some away; those that are there already, or not there, are passed over.
     *
     * @param body as of an update of the router
     */
    static void change(boolean adds, ObjectNode router, JsonNode body, Catalog catalog) throws NeutronError {
        JsonNode said = body.path("router");
        if (!said.isObject() || !said.path(ROUTES).isArray() || said.size() != 1) {
            throw NeutronError.badRequest(
                    "Invalid input for operation: the body must be a router with its routes, and nothing else.");
        }
        Set<JsonNode> routes = new LinkedHashSet<>();
        router.path(ROUTES).forEach(routes::add);
        try {
            for (JsonNode route : LIST.of(said.path(ROUTES))) {
                if (adds) {
                    routes.add(route);
                } else {
                    routes.remove(route);
                }
            }
        } catch (Unfit e) {
            throw e.refusal(ROUTES);
        }
        if (routes.size() > MOST) {
            throw NeutronError.badRequest(
                    "RoutesExhausted",
                    "Unable to complete operation for " + router.path("id").asText()
                            + ". The number of routes exceeds the maximum " + MOST + ".");
        }
        ArrayNode list = JsonNodeFactory.instance.arrayNode();
        router.set(ROUTES, list.addAll(routes));
        if (adds) {
            check(router, catalog);
        }
    }
}
