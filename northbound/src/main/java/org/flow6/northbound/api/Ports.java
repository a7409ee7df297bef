package org.flow6.northbound.api;

import static org.flow6.northbound.api.Attribute.Use.ADMIN;
import static org.flow6.northbound.api.Attribute.Use.FILTER;
import static org.flow6.northbound.api.Attribute.Use.INDEX;
import static org.flow6.northbound.api.Attribute.Use.POST;
import static org.flow6.northbound.api.Attribute.Use.PUT;
import static org.flow6.northbound.api.Attribute.Use.REQUIRED;
import static org.flow6.northbound.api.Attribute.Use.SORT;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Ports. */
final class Ports extends Resource {
    static final String ALL = "ports";
    /** Index: networks and addresses, with a space between. */
    static final String ADDRESS = PortIndex.ADDRESS;
    /** Index: subnets of fixed IPs. */
    static final String SUBNET = PortIndex.SUBNET;
    /** Index: security groups. */
    static final String GROUP = PortIndex.GROUP;

    static final String GATEWAY = "network:router_gateway";
    static final String DHCP = "network:dhcp";

    /** Ports of routers within networks: they have no addresses that hosts make. */
    private static final Set<String> ROUTER_INTERFACES = Set.of(
            "network:router_interface",
            "network:router_interface_distributed",
            "network:ha_router_replicated_interface",
            "network:router_centralized_snat");

    private static final String VNIC_TYPES =
            "normal direct macvtap baremetal direct-physical virtio-forwarder smart-nic"
                    + " vdpa accelerator-direct accelerator-direct-physical remote-managed";
    private static final int MOST_OPTIONS = 100;
    private static final int PROFILE_CHARACTERS = 4095;
    private static final List<String> BINDING =
            List.of("binding:host_id", "binding:profile", "binding:vif_type", "binding:vif_details");
    private static final Resource ATTRIBUTES = new Ports();

    Ports() {
        super(ALL, "port", "Port");
        common(255);
        tagged();
        add(
                Attribute.of(
                        "network_id",
                        Conversions.notEmpty(255),
                        "The network that it is on.",
                        POST,
                        REQUIRED,
                        FILTER,
                        SORT,
                        INDEX),
                Attribute.of(
                        "mac_address",
                        AddressConversions.MAC_ADDRESS,
                        "Unique on its network. Default: a free one, of fa:16:3e.",
                        POST,
                        PUT,
                        FILTER,
                        SORT,
                        INDEX),
                Attribute.of(
                        "fixed_ips",
                        AddressConversions.FIXED_IPS,
                        "Its addresses; those that hosts make of the MAC address are added. Default: one of IPv4 and one of IPv6.",
                        POST,
                        PUT),
                Attribute.of(
                                "admin_state_up",
                                Conversions.BOOLEAN,
                                "Whether it takes part in its network.",
                                POST,
                                PUT,
                                FILTER,
                                SORT)
                        .or(true),
                Attribute.of(
                                "device_id",
                                Conversions.textOrNull(255),
                                "Which device is attached; for a router its id.",
                                POST,
                                PUT,
                                FILTER,
                                SORT,
                                INDEX)
                        .or(""),
                Attribute.of(
                                "device_owner",
                                Conversions.textOrNull(255),
                                "What is attached, such as `compute:nova`.",
                                POST,
                                PUT,
                                FILTER,
                                SORT)
                        .or(""),
                Attribute.of("status", Conversions.text(16), "ACTIVE, where a switch has it, or DOWN.", FILTER, SORT)
                        .or("DOWN"));
        addSecurity();
        addBinding();
        addNames();
    }

    private void addSecurity() {
        add(
                Attribute.of(
                        "port_security_enabled",
                        Conversions.BOOLEAN,
                        "Whether it may send from its own addresses alone, and security groups apply. Default: the network's.",
                        POST,
                        PUT),
                Attribute.of(
                        "security_groups",
                        Conversions.listOf(Conversions.notEmpty(255), 100),
                        "The groups whose rules apply. Default: its project's default group.",
                        POST,
                        PUT,
                        FILTER),
                Attribute.of(
                                "allowed_address_pairs",
                                Conversions.listOf(AddressConversions.ADDRESS_PAIR, 1000),
                                "What else it may send from.",
                                POST,
                                PUT)
                        .orNone());
    }

    private void addBinding() {
        Conversion profile = Conversions.anyMapping(PROFILE_CHARACTERS);
        add(
                Attribute.of(
                                "binding:host_id",
                                Conversions.textOrNull(255),
                                "The only host that it is bound on.",
                                POST,
                                PUT,
                                FILTER,
                                INDEX,
                                ADMIN)
                        .or(""),
                Attribute.of(
                                "binding:profile",
                                Conversion.as(
                                        profile.form(),
                                        value -> value.isNull()
                                                ? JsonNodeFactory.instance.objectNode()
                                                : profile.of(value)),
                                "More about the binding.",
                                POST,
                                PUT,
                                ADMIN)
                        .or(JsonNodeFactory.instance.objectNode()),
                Attribute.of(
                                "binding:vnic_type",
                                Conversions.oneOf(VNIC_TYPES.split(" ")),
                                "How it is attached; of no effect.",
                                POST,
                                PUT)
                        .or("normal"));
    }

    private void addNames() {
        add(
                Attribute.of(
                                "dns_name",
                                Conversions.domainName(),
                                "The host's name within the network's dns_domain.",
                                POST,
                                PUT)
                        .or(""),
                Attribute.of(
                                "extra_dhcp_opts",
                                Conversions.listOf(DhcpOptions.OPTION, MOST_OPTIONS),
                                "What DHCP tells this port alone.",
                                POST,
                                PUT)
                        .orNone(),
                Attribute.of("flow6", Conversions.anyMapping(65_536), "What Neutron has no attribute for.", POST, PUT));
    }

    static String owner(JsonNode port) {
        return Catalog.text(port, "device_owner");
    }

    static boolean isOfRouter(JsonNode port) {
        return owner(port).startsWith("network:router_") || isRouterInterface(port);
    }

    /** Whether it is a router's way into a network that it serves, not the one out. */
    static boolean isRouterInterface(JsonNode port) {
        return ROUTER_INTERFACES.contains(owner(port));
    }

    @Override
    List<Map.Entry<String, String>> indexed(ObjectNode port) {
        List<Map.Entry<String, String>> found = super.indexed(port);
        found.addAll(PortIndex.of(port));
        return found;
    }

    @Override
    boolean isSeen(ObjectNode port, Catalog catalog, Caller caller) {
        return super.isSeen(port, catalog, caller) || isOnNetworkOf(port, catalog, caller);
    }

    @Override
    boolean mayRemove(ObjectNode port, Catalog catalog, Caller caller) {
        return super.mayRemove(port, catalog, caller) || isOnNetworkOf(port, catalog, caller);
    }

    /** Who has a network knows who is on it. */
    private static boolean isOnNetworkOf(ObjectNode port, Catalog catalog, Caller caller) {
        ObjectNode network = catalog.get(Networks.ALL, Catalog.text(port, "network_id"));
        return network != null && caller.owns(Catalog.text(network, "project_id"));
    }

    @Override
    void create(ObjectNode port, Request request, Draft draft) throws NeutronError {
        String networkId = Catalog.text(port, "network_id");
        ObjectNode network = draft.hold(Networks.ALL, networkId);
        if (network == null
                || !(request.caller().owns(Catalog.text(network, "project_id"))
                        || network.path("shared").asBoolean())) {
            throw new Networks().notFound(networkId);
        }
        PortRules.checkAllowed(port, network, request, "create_port", draft);
        PortSecurity.complete(port, network, request, draft);
        JsonNode wanted = port.path("fixed_ips");
        port.remove("fixed_ips");
        fill(port, draft);
        FixedIps.allocate(port, wanted, draft);
        PortSecurity.check(port);
        DhcpOptions.merge(JsonNodeFactory.instance.arrayNode(), port);
        draft.put(ALL, port);
    }

    /** Gives a new port what every port has but addresses. */
    static void fill(ObjectNode port, Draft draft) throws NeutronError {
        for (Attribute attribute : ATTRIBUTES.attributes()) {
            if (attribute.fallback() != null && !port.has(attribute.name())) {
                port.set(attribute.name(), attribute.fallback().deepCopy());
            }
        }
        if (!port.has("id")) {
            port.put("id", UUID.randomUUID().toString());
        }
        if (port.has("mac_address")) {
            PortRules.checkMac(port, draft.catalog());
        } else {
            port.put("mac_address", PortRules.unusedMac(Catalog.text(port, "network_id"), draft.catalog()));
        }
    }

    /** Puts a port that has changed into the draft, and what follows from it. */
    static void put(ObjectNode port, Draft draft) {
        draft.put(ALL, port);
        Routers.follow(port, draft);
        FloatingIps.follow(port, draft);
    }

    @Override
    void update(ObjectNode before, ObjectNode after, Request request, Draft draft) throws NeutronError {
        ObjectNode network = draft.catalog().get(Networks.ALL, Catalog.text(before, "network_id"));
        if (network != null) {
            PortRules.checkAllowed(after, network, request, "update_port", draft);
        }
        boolean moved = !before.path("mac_address").equals(after.path("mac_address"));
        if (moved) {
            PortRules.checkMac(after, draft.catalog());
        }
        if (moved || request.says("fixed_ips")) {
            FixedIps.change(before, after, draft);
        }
        PortSecurity.change(before, after, request, draft);
        PortSecurity.check(after);
        if (request.says("extra_dhcp_opts")) {
            DhcpOptions.merge(before.path("extra_dhcp_opts"), after);
        }
        put(after, draft);
    }

    @Override
    void delete(ObjectNode port, Request request, Draft draft) throws NeutronError {
        PortRules.checkMayGo(port, draft.catalog());
        FloatingIps.leave(port, draft);
        draft.remove(ALL, port);
    }

    @Override
    void complete(ObjectNode shown, Catalog catalog, Caller caller) {
        boolean bound = !Catalog.text(shown, "binding:host_id").isEmpty();
        shown.put("binding:vif_type", bound ? "ovs" : "unbound");
        shown.putObject("binding:vif_details");
        if (bound) {
            shown.withObjectProperty("binding:vif_details").put("port_filter", true);
        }
        PortRules.addNames(shown, catalog);
        if (!caller.isAdmin()) {
            shown.remove(BINDING);
        }
    }

    @Override
    @Nullable
    Predicate<ObjectNode> filter(String name, List<String> values) throws NeutronError {
        return name.equals("fixed_ips") ? FixedIpFilter.of(values) : null;
    }
}
