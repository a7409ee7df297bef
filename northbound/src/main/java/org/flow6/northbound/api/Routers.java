package org.flow6.northbound.api;

import static org.flow6.northbound.api.Attribute.Use.ADMIN;
import static org.flow6.northbound.api.Attribute.Use.FILTER;
import static org.flow6.northbound.api.Attribute.Use.POST;
import static org.flow6.northbound.api.Attribute.Use.PUT;
import static org.flow6.northbound.api.Attribute.Use.SORT;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** Routers. Their interfaces and gateways are ports. */
final class Routers extends Resource {
    static final String ALL = "routers";
    private static final int LONGEST_SETTINGS = 65_536;

    Routers() {
        super(ALL, "router", "Router");
        common(255);
        tagged();
        add(
                Attribute.of(
                                "admin_state_up",
                                Conversions.BOOLEAN,
                                "Whether it routes and advertises itself.",
                                POST,
                                PUT,
                                FILTER,
                                SORT)
                        .or(true),
                Attribute.of("status", Conversions.text(16), "ACTIVE.", FILTER, SORT)
                        .or("ACTIVE"),
                Attribute.of(
                                RouterGateways.INFO,
                                RouterGateways.CONVERSION,
                                "Its way out: network_id, external_fixed_ips and enable_snat; {} and null: none.",
                                POST,
                                PUT)
                        .orNull(),
                Attribute.of(
                                RouterRoutes.ROUTES,
                                RouterRoutes.LIST,
                                "Where packets go beside the subnets of its ports.",
                                PUT)
                        .orNone(),
                Attribute.of(
                                "availability_zone_hints",
                                Conversions.listOf(Conversions.text(255), 10),
                                "Of no effect.",
                                POST)
                        .orNone(),
                Attribute.of(
                        "flow6",
                        Conversions.anyMapping(LONGEST_SETTINGS),
                        "What Neutron has no attribute for.",
                        POST,
                        PUT,
                        ADMIN));
    }

    @Override
    void create(ObjectNode router, Request request, Draft draft) throws NeutronError {
        RouterGateways.apply(router, request, draft);
        draft.put(ALL, router);
    }

    @Override
    void update(ObjectNode before, ObjectNode after, Request request, Draft draft) throws NeutronError {
        if (request.says(RouterGateways.INFO)) {
            Set<ObjectNode> left = RouterGateways.subnets(before, draft.catalog());
            RouterGateways.apply(after, request, draft);
            left.removeAll(RouterGateways.subnets(after, draft.catalog()));
            for (ObjectNode subnet : left) {
                if (!request.says(RouterRoutes.ROUTES)) {
                    RouterRoutes.requireNotNeeded(after, subnet, draft.catalog());
                }
            }
        }
        if (request.says(RouterRoutes.ROUTES)) {
            RouterRoutes.check(after, draft.catalog());
        }
        draft.put(ALL, after);
    }

    @Override
    void delete(ObjectNode router, Request request, Draft draft) throws NeutronError {
        String id = router.path("id").asText();
        if (!RouterPorts.interfaces(id, draft.catalog()).isEmpty()) {
            throw NeutronError.conflict("RouterInUse", "Router " + id + " still has ports");
        }
        RouterGateways.remove(router, RouterPorts.gateway(id, draft.catalog()), draft);
        draft.remove(ALL, router);
    }

    @Override
    Map<String, String> actions() {
        return new TreeMap<>(Map.of(
                "add_router_interface", "makes it the router of `subnet_id`, or of the subnets of `port_id`",
                "remove_router_interface", "takes it from `subnet_id`, or removes `port_id`",
                "add_extraroutes", "adds `routes` to the router's",
                "remove_extraroutes", "removes `routes` from the router's"));
    }

    @Override
    ObjectNode act(String action, ObjectNode router, JsonNode body, Caller caller, Draft draft) throws NeutronError {
        switch (action) {
            case "add_router_interface" -> {
                return new RouterInterfaces(router, caller, draft).add(body);
            }
            case "remove_router_interface" -> {
                return new RouterInterfaces(router, caller, draft).remove(body);
            }
            case "add_extraroutes", "remove_extraroutes" -> {
                ObjectNode after = Draft.copy(router);
                RouterRoutes.change(action.startsWith("add"), after, body, draft.catalog());
                draft.put(ALL, after);
                ObjectNode answer = JsonNodeFactory.instance.objectNode();
                answer.set(member(), Shown.of(this, after, draft.catalog(), caller));
                return answer;
            }
            default -> {
                return super.act(action, router, body, caller, draft);
            }
        }
    }

    /** Takes over what changed of a port, if it is a router's gateway. */
    static void follow(ObjectNode port, Draft draft) {
        ObjectNode router = RouterPorts.isGateway(port) ? draft.hold(ALL, Catalog.text(port, "device_id")) : null;
        if (router != null) {
            RouterGateways.follow(router, port, draft);
        }
    }

    @Override
    void complete(ObjectNode shown, Catalog catalog, Caller caller) {
        shown.putArray("availability_zones");
    }
}
