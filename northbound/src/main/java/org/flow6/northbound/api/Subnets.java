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
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import org.flow6.network.IpPrefix;
import org.flow6.packets.InterfaceId;
import org.projectfloodlight.openflow.types.IPv6Address;
import org.projectfloodlight.openflow.types.MacAddress;

/** Subnets. */
final class Subnets extends Resource {
    static final String ALL = "subnets";
    private static final Conversion MODE =
            Conversions.oneOf("dhcpv6-stateful", "dhcpv6-stateless", "slaac").orNull();

    Subnets() {
        super(ALL, "subnet", "Subnet");
        common(255);
        tagged();
        add(
                Attribute.of(
                        "network_id",
                        Conversions.notEmpty(255),
                        "The network that it is a subnet of.",
                        POST,
                        REQUIRED,
                        FILTER,
                        SORT,
                        INDEX),
                Attribute.of("ip_version", Conversions.ipVersion(), "4 or 6.", POST, REQUIRED, FILTER, SORT),
                Attribute.of(
                        "cidr",
                        AddressConversions.CIDR.orNull(),
                        "Its addresses. Default: a free prefix of the pool.",
                        POST,
                        FILTER,
                        SORT),
                Attribute.of(
                        "gateway_ip",
                        AddressConversions.IP.orNull(),
                        "The router of the hosts; null: none. Default: the first address, with IPv6 the prefix itself.",
                        POST,
                        PUT,
                        FILTER,
                        SORT),
                Attribute.of(
                        "allocation_pools",
                        Conversions.listOf(AddressConversions.POOL, 100),
                        "Which addresses are for ports. Default: all but the gateway's.",
                        POST,
                        PUT),
                Attribute.of(
                                "dns_nameservers",
                                Conversions.listOf(AddressConversions.IP, 20),
                                "DNS servers for hosts.",
                                POST,
                                PUT)
                        .orNone(),
                Attribute.of(
                                "host_routes",
                                Conversions.listOf(AddressConversions.HOST_ROUTE, 100),
                                "Routes for hosts.",
                                POST,
                                PUT)
                        .orNone(),
                Attribute.of(
                                "enable_dhcp",
                                Conversions.BOOLEAN,
                                "Whether hosts are served by DHCP.",
                                POST,
                                PUT,
                                FILTER,
                                SORT)
                        .or(true),
                Attribute.of("ipv6_ra_mode", MODE, "What Router Advertisements tell.", POST, FILTER, SORT)
                        .orNull(),
                Attribute.of("ipv6_address_mode", MODE, "Where addresses come from.", POST, FILTER, SORT)
                        .orNull(),
                Attribute.of(
                                "subnetpool_id",
                                Conversions.text(255).orNull(),
                                "The pool that its cidr is of.",
                                POST,
                                FILTER,
                                SORT,
                                INDEX)
                        .orNull(),
                Attribute.of(
                        "prefixlen",
                        Conversions.number(0, 128),
                        "How long a prefix of the pool. Default: the pool's.",
                        POST,
                        HIDDEN),
                Attribute.of(
                                "use_default_subnetpool",
                                Conversions.BOOLEAN,
                                "Whether it is of the default pool.",
                                POST,
                                HIDDEN)
                        .or(false),
                Attribute.of(
                                "service_types",
                                Conversions.listOf(Conversions.text(255), 20),
                                "Which ports it is for; of no effect.",
                                POST,
                                PUT)
                        .orNone(),
                Attribute.of("segment_id", Conversions.text(255).orNull(), "Of no effect.", POST, ADMIN, FILTER)
                        .orNull(),
                Attribute.of("flow6", Conversions.anyMapping(65_536), "What Neutron has no attribute for.", POST, PUT));
    }

    static IpPrefix cidr(JsonNode subnet) {
        return IpPrefix.parse(subnet.path("cidr").asText());
    }

    static boolean isIpv6(JsonNode subnet) {
        return subnet.path("ip_version").asInt() == 6;
    }

    /** Whether its ports have the address that SLAAC makes of their MAC address. */
    static boolean isAutoAddress(JsonNode subnet) {
        String mode = Catalog.text(subnet, "ipv6_address_mode");
        String ra = Catalog.text(subnet, "ipv6_ra_mode");
        return mode.equals("slaac")
                || mode.equals("dhcpv6-stateless")
                || (mode.isEmpty() && (ra.equals("slaac") || ra.equals("dhcpv6-stateless")));
    }

    /** The address that a host with a MAC address makes by itself (RFC 4291 appendix A). */
    static String automatic(JsonNode subnet, String mac) {
        return InterfaceId.eui64(MacAddress.of(mac))
                .under((IPv6Address) cidr(subnet).address())
                .toString();
    }

    @Override
    void create(ObjectNode subnet, Request request, Draft draft) throws NeutronError {
        String networkId = subnet.path("network_id").asText();
        ObjectNode network = draft.hold(Networks.ALL, networkId);
        if (network == null || !isSeen(network, request.caller())) {
            throw new Networks().notFound(networkId);
        }
        if (!request.caller().owns(network.path("project_id").asText())) {
            throw NeutronError.forbidden("rule:create_subnet is disallowed by policy");
        }
        PoolPrefixes.draw(subnet, request.caller(), draft);
        subnet.remove(List.of("prefixlen", "use_default_subnetpool"));
        SubnetRules.checkModes(subnet);
        SubnetRules.checkFamily(subnet);
        SubnetRules.checkMtu(subnet, network);
        SubnetRules.checkOverlaps(subnet, draft.catalog());
        SubnetRules.complete(subnet, request);
        SubnetRules.check(subnet);
        draft.put(ALL, subnet);
        if (isAutoAddress(subnet)) {
            for (ObjectNode port : draft.catalog().find(Ports.ALL, "network_id", networkId)) {
                FixedIps.addAutomatic(port, draft);
            }
        }
    }

    private static boolean isSeen(ObjectNode network, Caller caller) {
        return caller.owns(network.path("project_id").asText())
                || network.path("shared").asBoolean()
                || network.path("router:external").asBoolean();
    }

    @Override
    void update(ObjectNode before, ObjectNode after, Request request, Draft draft) throws NeutronError {
        if (request.says("gateway_ip")) {
            SubnetRules.checkGatewayIsFree(before, after, draft.catalog());
        }
        SubnetRules.checkModes(after);
        SubnetRules.check(after);
        draft.put(ALL, after);
    }

    @Override
    void delete(ObjectNode subnet, Request request, Draft draft) throws NeutronError {
        String id = subnet.path("id").asText();
        List<ObjectNode> ports = draft.catalog().find(Ports.ALL, Ports.SUBNET, id);
        boolean used = ports.stream().anyMatch(port -> !isAutoAddress(subnet) || Ports.isOfRouter(port));
        boolean onlyServices = ports.stream().allMatch(port -> Ports.owner(port).equals("network:dhcp"));
        if (used && !onlyServices) {
            throw NeutronError.conflict(
                    "SubnetInUse",
                    "Unable to complete operation on subnet " + id
                            + ": One or more ports have an IP allocation from this subnet.");
        }
        for (ObjectNode port : ports) {
            FixedIps.removeOf(subnet, port, draft);
        }
        draft.remove(ALL, subnet);
    }

    @Override
    boolean isShared(JsonNode subnet, Catalog catalog) {
        ObjectNode network = catalog.get(Networks.ALL, subnet.path("network_id").asText());
        return network != null && network.path("shared").asBoolean();
    }
}
