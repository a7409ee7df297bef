package org.flow6.northbound.api;

import static org.flow6.northbound.api.Attribute.Use.ADMIN;
import static org.flow6.northbound.api.Attribute.Use.FILTER;
import static org.flow6.northbound.api.Attribute.Use.INDEX;
import static org.flow6.northbound.api.Attribute.Use.POST;
import static org.flow6.northbound.api.Attribute.Use.PUT;
import static org.flow6.northbound.api.Attribute.Use.SORT;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Set;

/** Networks. */
final class Networks extends Resource {
    static final String ALL = "networks";
    private static final int DEFAULT_MTU = 1450;
    /** RFC 8200 §5. */
    static final int LEAST_IPV6_MTU = 1280;
    /** RFC 791 §3.2. */
    private static final int LEAST_MTU = 68;

    private static final int FLOW6_SETTINGS = 65_536;
    /** So many of the ports in the way are named. */
    private static final int NAMED = 10;

    /** Ports that go with their network. */
    private static final Set<String> SERVICES =
            Set.of("network:dhcp", "network:distributed", "network:router_centralized_snat");

    Networks() {
        super(ALL, "network", "Network");
        common(255);
        tagged();
        add(
                Attribute.of(
                                "admin_state_up",
                                Conversions.BOOLEAN,
                                "Whether it carries packets.",
                                POST,
                                PUT,
                                FILTER,
                                SORT)
                        .or(true),
                Attribute.of(
                        "mtu",
                        Conversions.number(0, 65_535),
                        "Octets that a packet may have; 0: the default. Default: 1450.",
                        POST,
                        PUT,
                        FILTER,
                        SORT),
                Attribute.of(
                                "shared",
                                Conversions.BOOLEAN,
                                "Whether all projects may use it.",
                                POST,
                                PUT,
                                FILTER,
                                SORT,
                                ADMIN)
                        .or(false),
                Attribute.of(
                                "router:external",
                                Conversions.BOOLEAN,
                                "Whether routers may have their gateway on it.",
                                POST,
                                PUT,
                                FILTER,
                                ADMIN)
                        .or(false),
                Attribute.of(
                                "is_default",
                                Conversions.BOOLEAN,
                                "Whether it is the external network of choice.",
                                POST,
                                PUT,
                                ADMIN)
                        .or(false),
                Attribute.of("port_security_enabled", Conversions.BOOLEAN, "The default of its ports.", POST, PUT)
                        .or(true),
                Attribute.of(
                                "dns_domain",
                                Conversions.domainName(),
                                "The domain of its ports' names.",
                                POST,
                                PUT,
                                FILTER)
                        .or(""),
                Attribute.of(
                        "provider:network_type",
                        Conversions.oneOf("flat", "vlan", "local", "geneve", "vxlan", "gre")
                                .orNull(),
                        "What carries it; flat and vlan are a physical network. Default: none, a network that tunnels carry.",
                        POST,
                        PUT,
                        FILTER,
                        ADMIN),
                Attribute.of(
                        "provider:physical_network",
                        Conversions.text(64).orNull(),
                        "The physical network that it is part of. Default: none.",
                        POST,
                        PUT,
                        FILTER,
                        INDEX,
                        ADMIN),
                Attribute.of(
                        "provider:segmentation_id",
                        Conversions.number(0, Integer.MAX_VALUE).orNull(),
                        "The VLAN. Default: none.",
                        POST,
                        PUT,
                        FILTER,
                        ADMIN),
                Attribute.of(
                                "availability_zone_hints",
                                Conversions.listOf(Conversions.text(255), 10),
                                "Of no effect.",
                                POST)
                        .orNone(),
                Attribute.of("status", Conversions.text(16), "ACTIVE.", FILTER, SORT)
                        .or("ACTIVE"),
                Attribute.of(
                        "flow6",
                        Conversions.anyMapping(FLOW6_SETTINGS),
                        "What Neutron has no attribute for.",
                        POST,
                        PUT));
    }

    @Override
    void create(ObjectNode network, Request request, Draft draft) throws NeutronError {
        if (network.path("mtu").asInt() == 0) {
            network.put("mtu", DEFAULT_MTU);
        }
        ProviderRules.check(network, draft.catalog());
        checkMtu(network, draft);
        draft.put(ALL, network);
    }

    private static void checkMtu(ObjectNode network, Draft draft) throws NeutronError {
        int mtu = network.path("mtu").asInt();
        boolean ipv6 = draft
                .catalog()
                .find(Subnets.ALL, "network_id", network.path("id").asText())
                .stream()
                .anyMatch(subnet -> subnet.path("ip_version").asInt() == 6);
        if (mtu < (ipv6 ? LEAST_IPV6_MTU : LEAST_MTU)) {
            throw NeutronError.badRequest(
                    "InvalidInput",
                    "Invalid input for operation: Requested MTU is too small, require at least "
                            + (ipv6 ? LEAST_IPV6_MTU : LEAST_MTU) + ".");
        }
    }

    @Override
    void update(ObjectNode before, ObjectNode after, Request request, Draft draft) throws NeutronError {
        String id = after.path("id").asText();
        if (after.path("mtu").asInt() == 0) {
            after.put("mtu", DEFAULT_MTU);
        }
        for (String provider : ProviderRules.ALL) {
            if (!Catalog.text(before, provider).equals(Catalog.text(after, provider))) {
                throw NeutronError.badRequest(
                        "InvalidInput",
                        "Invalid input for operation: Plugin does not support updating provider attributes.");
            }
        }
        ProviderRules.tidy(after);
        checkMtu(after, draft);
        if (ends("router:external", before, after)) {
            requireNoGateways(id, draft.catalog());
        }
        if (ends("shared", before, after)) {
            requireNoOthers(id, Catalog.text(after, "project_id"), draft.catalog());
        }
        draft.put(ALL, after);
    }

    private static boolean ends(String attribute, ObjectNode before, ObjectNode after) {
        return before.path(attribute).asBoolean() && !after.path(attribute).asBoolean();
    }

    private static void requireNoGateways(String id, Catalog catalog) throws NeutronError {
        for (ObjectNode port : catalog.find(Ports.ALL, "network_id", id)) {
            if (Ports.owner(port).equals(Ports.GATEWAY)) {
                throw NeutronError.conflict(
                        "ExternalNetworkInUse",
                        "External network " + id
                                + " cannot be updated to be made non-external, since it has existing gateway ports.");
            }
        }
    }

    private static void requireNoOthers(String id, String owner, Catalog catalog) throws NeutronError {
        for (ObjectNode port : catalog.find(Ports.ALL, "network_id", id)) {
            if (!Catalog.text(port, "project_id").equals(owner)
                    && !Ports.owner(port).startsWith("network:")) {
                throw NeutronError.conflict(
                        "InvalidSharedSetting",
                        "Unable to reconfigure sharing settings for network " + id
                                + ". Multiple tenants are using it.");
            }
        }
    }

    @Override
    void delete(ObjectNode network, Request request, Draft draft) throws NeutronError {
        String id = network.path("id").asText();
        FloatingIps.removeUnused(id, draft);
        List<ObjectNode> ports = draft.catalog().find(Ports.ALL, "network_id", id);
        List<String> used = ports.stream()
                .filter(port -> !SERVICES.contains(Ports.owner(port)))
                .map(port -> port.path("id").asText())
                .toList();
        if (!used.isEmpty()) {
            throw NeutronError.conflict(
                    "NetworkInUse",
                    "Unable to complete operation on network " + id
                            + ". There are one or more ports still in use on the network, id for these ports is: "
                            + String.join(",", used.subList(0, Math.min(used.size(), NAMED)))
                            + (used.size() > NAMED ? ",…." : "."));
        }
        for (ObjectNode port : ports) {
            draft.remove(Ports.ALL, port);
        }
        for (ObjectNode subnet : draft.catalog().find(Subnets.ALL, "network_id", id)) {
            draft.remove(Subnets.ALL, subnet);
        }
        draft.remove(ALL, network);
    }

    @Override
    void complete(ObjectNode shown, Catalog catalog, Caller caller) {
        ArrayNode subnets = shown.putArray("subnets");
        catalog.find(Subnets.ALL, "network_id", shown.path("id").asText())
                .forEach(subnet -> subnets.add(subnet.path("id")));
        shown.putArray("availability_zones");
        shown.putNull("ipv4_address_scope");
        shown.putNull("ipv6_address_scope");
        shown.putNull("qos_policy_id");
        shown.put("l2_adjacency", true);
        if (!shown.path("router:external").asBoolean()) {
            shown.remove("is_default");
        }
        ProviderRules.complete(shown, caller);
    }

    @Override
    boolean isShared(JsonNode network, Catalog catalog) {
        return network.path("shared").asBoolean()
                || network.path("router:external").asBoolean();
    }
}
