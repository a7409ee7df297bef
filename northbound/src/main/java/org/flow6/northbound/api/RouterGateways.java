package org.flow6.northbound.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Ways of routers out: a port of each on an external network. */
final class RouterGateways {
    static final String INFO = "external_gateway_info";
    private static final String NETWORK = "network_id";
    private static final String SNAT = "enable_snat";
    private static final String ADDRESSES = "external_fixed_ips";
    private static final Conversion MAPPING = Conversions.mapping(
            Map.of(
                    NETWORK,
                    Conversions.notEmpty(255),
                    SNAT,
                    Conversions.BOOLEAN,
                    ADDRESSES,
                    AddressConversions.FIXED_IPS),
            Set.of(NETWORK));

    /** An empty mapping is none. */
    static final Conversion CONVERSION = Conversion.as(
            MAPPING.form() + ", or null",
            value -> value.isNull() || (value.isObject() && value.isEmpty())
                    ? NullNode.getInstance()
                    : MAPPING.of(value));

    private RouterGateways() {}

    /** Makes a router's gateway what its attribute says, and the attribute what its gateway is. */
    static void apply(ObjectNode router, Request request, Draft draft) throws NeutronError {
        JsonNode info = router.path(INFO);
        String id = router.path("id").asText();
        ObjectNode port = RouterPorts.gateway(id, draft.catalog());
        if (!info.isObject()) {
            if (port != null) {
                remove(router, port, draft);
            }
            router.putNull(INFO);
            return;
        }
        String network = info.path(NETWORK).asText();
        checkNetwork(info, network, request, draft);
        boolean same = port != null && Catalog.text(port, NETWORK).equals(network);
        if (port != null && !same) {
            remove(router, port, draft);
        }
        JsonNode wanted = info.path(ADDRESSES).isEmpty() ? NullNode.getInstance() : info.path(ADDRESSES);
        ObjectNode now = same && port != null
                ? changed(port, wanted, draft)
                : RouterPorts.made(RouterPorts.bare(network, Ports.GATEWAY, id), wanted, draft);
        RouterPorts.checkOverlaps(router, RouterPorts.subnets(now, draft.catalog()), now, draft.catalog());
        boolean snat = info.path(SNAT).asBoolean(true);
        router.set(INFO, info(now, snat));
    }

    /** Only what is wanted changes: a port whose addresses nobody names keeps them. */
    private static ObjectNode changed(ObjectNode port, JsonNode wanted, Draft draft) throws NeutronError {
        return wanted.isArray() ? RouterPorts.changed(port, wanted, draft) : port;
    }

    /** Addresses are for whoever has the network to choose. */
    private static void checkPolicy(JsonNode info, ObjectNode network, Request request) throws NeutronError {
        Caller caller = request.caller();
        String refused = info.has(SNAT) && !caller.isAdmin()
                ? SNAT
                : info.has(ADDRESSES) && !caller.owns(Catalog.text(network, "project_id")) ? ADDRESSES : "";
        if (!refused.isEmpty()) {
            throw NeutronError.forbidden("rule:update_router:" + INFO + ":" + refused + " is disallowed by policy");
        }
    }

    private static void checkNetwork(JsonNode info, String id, Request request, Draft draft) throws NeutronError {
        ObjectNode network = draft.hold(Networks.ALL, id);
        if (network == null || !new Networks().isSeen(network, draft.catalog(), request.caller())) {
            throw new Networks().notFound(id);
        }
        if (!network.path("router:external").asBoolean()) {
            throw RouterPorts.refusal("Network " + id + " is not an external network");
        }
        checkPolicy(info, network, request);
        for (JsonNode wanted : info.path(ADDRESSES)) {
            String address = Catalog.text(wanted, "ip_address");
            for (ObjectNode subnet : draft.catalog().find(Subnets.ALL, NETWORK, id)) {
                if (!address.isEmpty() && address.equals(Catalog.text(subnet, "gateway_ip"))) {
                    throw RouterPorts.refusal("External IP " + address + " is the same as the gateway IP");
                }
            }
        }
    }

    /** What a gateway's port comes to, in the router's attribute. */
    private static ObjectNode info(JsonNode port, boolean snat) {
        ObjectNode info = JsonNodeFactory.instance.objectNode();
        info.set(NETWORK, port.path(NETWORK));
        info.put(SNAT, snat);
        info.set(ADDRESSES, port.path("fixed_ips").deepCopy());
        return info;
    }

    /** Takes over the addresses of a port that changed by itself, if it is the router's gateway. */
    static void follow(ObjectNode router, JsonNode port, Draft draft) {
        if (router.path(INFO).isObject()) {
            ObjectNode info = info(port, router.path(INFO).path(SNAT).asBoolean(true));
            if (!info.equals(router.path(INFO))) {
                ObjectNode after = Draft.copy(router);
                after.set(INFO, info);
                draft.put(Routers.ALL, after);
            }
        }
    }

    /** Takes the gateway away, which no floating IP may need. */
    static void remove(ObjectNode router, @Nullable ObjectNode port, Draft draft) throws NeutronError {
        if (port == null) {
            return;
        }
        String id = router.path("id").asText();
        String network = Catalog.text(port, NETWORK);
        for (ObjectNode floating : draft.catalog().find(FloatingIps.ALL, "router_id", id)) {
            if (Catalog.text(floating, "floating_network_id").equals(network)) {
                throw NeutronError.conflict(
                        "RouterExternalGatewayInUseByFloatingIp",
                        "Gateway cannot be updated for router " + id + ", since a gateway to external network "
                                + network + " is required by one or more floating IPs.");
            }
        }
        draft.remove(Ports.ALL, port);
    }

    /** The subnets that a router's gateway is on. */
    static Set<ObjectNode> subnets(ObjectNode router, Catalog catalog) {
        ObjectNode port = RouterPorts.gateway(router.path("id").asText(), catalog);
        return new LinkedHashSet<>(port == null ? List.of() : RouterPorts.subnets(port, catalog));
    }
}
