package org.flow6.northbound.api;

import static org.flow6.northbound.api.Attribute.Use.ADMIN;
import static org.flow6.northbound.api.Attribute.Use.FILTER;
import static org.flow6.northbound.api.Attribute.Use.HIDDEN;
import static org.flow6.northbound.api.Attribute.Use.INDEX;
import static org.flow6.northbound.api.Attribute.Use.POST;
import static org.flow6.northbound.api.Attribute.Use.PUT;
import static org.flow6.northbound.api.Attribute.Use.REQUIRED;
import static org.flow6.northbound.api.Attribute.Use.SORT;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Set;

/** Floating IPs: addresses of external networks that stand for ports. Each has a port there that keeps its address. */
final class FloatingIps extends Resource {
    static final String ALL = "floatingips";
    static final String NETWORK = "floating_network_id";
    static final String ADDRESS = "floating_ip_address";
    static final String PORT = "port_id";
    static final String FIXED = "fixed_ip_address";
    static final String ROUTER = "router_id";
    private static final String OWNER = "network:floatingip";
    private static final String SUBNET = "subnet_id";
    private static final List<String> DETAILS =
            List.of("name", "network_id", "mac_address", "admin_state_up", "status", "device_id", "device_owner");

    FloatingIps() {
        super(ALL, "floatingip", "FloatingIP");
        nameless();
        tagged();
        add(
                Attribute.of(
                        NETWORK,
                        Conversions.notEmpty(255),
                        "The external network that the address is of.",
                        POST,
                        REQUIRED,
                        FILTER,
                        SORT,
                        INDEX),
                Attribute.of(ADDRESS, AddressConversions.IP.orNull(), "The address outside.", POST, FILTER, SORT, ADMIN)
                        .orNull(),
                Attribute.of(
                        SUBNET,
                        Conversions.text(255).orNull(),
                        "Which subnet it is of. Default: one of IPv4.",
                        POST,
                        HIDDEN),
                Attribute.of(
                                PORT,
                                Conversions.text(255).orNull(),
                                "The port it stands for; null: none.",
                                POST,
                                PUT,
                                FILTER,
                                INDEX)
                        .orNull(),
                Attribute.of(
                                FIXED,
                                AddressConversions.IP.orNull(),
                                "The address of that port.",
                                POST,
                                PUT,
                                FILTER,
                                SORT)
                        .orNull(),
                Attribute.of(ROUTER, Conversions.text(255).orNull(), "The router between the two.", FILTER, SORT, INDEX)
                        .orNull(),
                Attribute.of("status", Conversions.text(16), "ACTIVE with a port, else DOWN.", FILTER, SORT)
                        .or("DOWN"),
                Attribute.of("port_details", Conversion.as("a mapping", value -> value), "About the port."));
    }

    /** What cannot be done with a floating IP. */
    static NeutronError refusal(String reason) {
        return NeutronError.badRequest("BadRequest", "Bad floatingip request: " + reason + ".");
    }

    @Override
    NeutronError notFound(String id) {
        return NeutronError.notFound("FloatingIPNotFound", "Floating IP " + id + " could not be found");
    }

    @Override
    void create(ObjectNode floating, Request request, Draft draft) throws NeutronError {
        String id = floating.path(NETWORK).asText();
        ObjectNode network = draft.hold(Networks.ALL, id);
        if (network == null || !network.path("router:external").asBoolean()) {
            throw refusal("Network " + id + " is not a valid external network");
        }
        keepAddress(floating, draft);
        floating.remove(SUBNET);
        FloatingIpPorts.associate(floating, request.caller(), draft);
        draft.put(ALL, floating);
    }

    /** Gives it the address that is wanted, or one of the subnet that is; else one of IPv4. */
    private static void keepAddress(ObjectNode floating, Draft draft) throws NeutronError {
        String address = Catalog.text(floating, ADDRESS);
        String subnet = Catalog.text(floating, SUBNET);
        String network = floating.path(NETWORK).asText();
        if (address.isEmpty() && subnet.isEmpty()) {
            subnet = ipv4Subnet(network, draft.catalog());
        }
        ArrayNode wanted = JsonNodeFactory.instance.arrayNode();
        ObjectNode one = wanted.addObject();
        if (!subnet.isEmpty()) {
            one.put(SUBNET, subnet);
        }
        if (!address.isEmpty()) {
            one.put("ip_address", address);
        }
        ObjectNode port = RouterPorts.bare(network, OWNER, floating.path("id").asText());
        port.put("status", "N/A");
        RouterPorts.made(port, wanted, draft);
        for (JsonNode ip : port.path("fixed_ips")) {
            if (Catalog.text(ip, "ip_address").equals(address)
                    || (address.isEmpty() && Catalog.text(ip, SUBNET).equals(subnet))) {
                floating.set(ADDRESS, ip.path("ip_address"));
            }
        }
    }

    /** The first with an address left. */
    private static String ipv4Subnet(String network, Catalog catalog) throws NeutronError {
        NeutronError none = refusal("Network " + network + " does not contain any IPv4 subnet");
        for (ObjectNode possible : catalog.find(Subnets.ALL, "network_id", network)) {
            if (!Subnets.isIpv6(possible)) {
                if (FreeAddresses.of(possible, catalog, Set.of()).isPresent()) {
                    return possible.path("id").asText();
                }
                none = NeutronError.conflict(
                        "IpAddressGenerationFailure", "No more IP addresses available on network " + network + ".");
            }
        }
        throw none;
    }

    @Override
    void update(ObjectNode before, ObjectNode after, Request request, Draft draft) throws NeutronError {
        if (request.says(PORT) || request.says(FIXED)) {
            if (!request.says(FIXED)) {
                after.putNull(FIXED);
            }
            FloatingIpPorts.associate(after, request.caller(), draft);
        }
        draft.put(ALL, after);
    }

    @Override
    void delete(ObjectNode floating, Request request, Draft draft) {
        remove(floating, draft);
    }

    private static void remove(ObjectNode floating, Draft draft) {
        for (ObjectNode port :
                draft.catalog().find(Ports.ALL, "device_id", floating.path("id").asText())) {
            if (Ports.owner(port).equals(OWNER)) {
                draft.remove(Ports.ALL, port);
            }
        }
        draft.remove(ALL, floating);
    }

    /** Removes those of a network that stand for nothing, before the network goes. */
    static void removeUnused(String network, Draft draft) {
        for (ObjectNode floating : draft.catalog().find(ALL, NETWORK, network)) {
            if (Catalog.text(floating, PORT).isEmpty()) {
                remove(floating, draft);
            }
        }
    }

    /** Leaves those alone that stood for a port which goes. */
    static void leave(JsonNode port, Draft draft) {
        for (ObjectNode floating :
                draft.catalog().find(ALL, PORT, port.path("id").asText())) {
            disassociate(floating, draft);
        }
    }

    /** Leaves those alone that stood for an address which a port has no more. */
    static void follow(JsonNode port, Draft draft) {
        for (ObjectNode floating :
                draft.catalog().find(ALL, PORT, port.path("id").asText())) {
            boolean has = false;
            for (JsonNode ip : port.path("fixed_ips")) {
                has |= Catalog.text(ip, "ip_address").equals(Catalog.text(floating, FIXED));
            }
            if (!has) {
                disassociate(floating, draft);
            }
        }
    }

    private static void disassociate(ObjectNode floating, Draft draft) {
        ObjectNode after = Draft.copy(floating);
        FloatingIpPorts.clear(after);
        draft.put(ALL, after);
    }

    @Override
    void complete(ObjectNode shown, Catalog catalog, Caller caller) {
        ObjectNode port = catalog.get(Ports.ALL, Catalog.text(shown, PORT));
        if (port == null) {
            shown.putNull("port_details");
        } else {
            ObjectNode details = shown.putObject("port_details");
            for (String attribute : DETAILS) {
                details.set(attribute, port.path(attribute).deepCopy());
            }
        }
    }
}
