package org.flow6.northbound.api;

import static org.flow6.northbound.api.Attribute.Use.FILTER;
import static org.flow6.northbound.api.Attribute.Use.INDEX;
import static org.flow6.northbound.api.Attribute.Use.POST;
import static org.flow6.northbound.api.Attribute.Use.PUT;
import static org.flow6.northbound.api.Attribute.Use.REQUIRED;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;

/** Ports. */
final class Ports extends Resource {
    static final String ALL = "ports";
    /** Index: networks and addresses, with a space between. */
    static final String ADDRESS = "address";
    /** Index: subnets of fixed IPs. */
    static final String SUBNET = "subnet";
    /** Index: security groups. */
    static final String GROUP = "security_group";

    static final String GATEWAY = "network:router_gateway";

    static String owner(JsonNode port) {
        return Catalog.text(port, "device_owner");
    }

    static boolean isOfRouter(JsonNode port) {
        return owner(port).startsWith("network:router_");
    }

    Ports() {
        super(ALL, "port", "Port");
        common(255);
        add(
                Attribute.of("network_id", Conversions.notEmpty(255), "", POST, REQUIRED, FILTER, INDEX),
                Attribute.of("mac_address", AddressConversions.MAC_ADDRESS, "", POST),
                Attribute.of("admin_state_up", Conversions.BOOLEAN, "", POST, PUT)
                        .or(true),
                Attribute.of("device_id", Conversions.text(255), "", POST, PUT, FILTER, INDEX)
                        .or(""),
                Attribute.of("device_owner", Conversions.text(255), "", POST, PUT, FILTER)
                        .or(""),
                Attribute.of("fixed_ips", value -> value, "", POST, PUT),
                Attribute.of("security_groups", value -> value, "", POST, PUT));
    }

    @Override
    List<Map.Entry<String, String>> indexed(ObjectNode port) {
        List<Map.Entry<String, String>> found = new ArrayList<>(super.indexed(port));
        for (JsonNode ip : port.path("fixed_ips")) {
            String address = Catalog.text(port, "network_id") + " " + Catalog.text(ip, "ip_address");
            found.add(Map.entry(ADDRESS, address));
            found.add(Map.entry(SUBNET, Catalog.text(ip, "subnet_id")));
        }
        port.path("security_groups").forEach(group -> found.add(Map.entry(GROUP, group.asText())));
        return found;
    }

    /** Completes a port and puts it into the draft. */
    static void make(ObjectNode port, Draft draft) throws NeutronError {
        if (!port.has("id")) {
            port.put("id", UUID.randomUUID().toString());
        }
        if (!port.has("mac_address")) {
            int number = new Random().nextInt(1 << 24);
            port.put("mac_address", "fa:16:3e:%02x:%02x:%02x".formatted(number >> 16, number >> 8 & 255, number & 255));
        }
        port.put("status", "DOWN");
        if (!port.has("security_groups")) {
            port.putArray("security_groups");
        }
        draft.put(ALL, port);
    }

    @Override
    void create(ObjectNode port, Request request, Draft draft) throws NeutronError {
        JsonNode wanted = port.path("fixed_ips");
        if (!port.has("security_groups")) {
            port.putArray("security_groups")
                    .add(SecurityGroups.defaultOf(port.path("project_id").asText(), draft));
        }
        make(port, draft);
        FixedIps.allocate(port, wanted, draft);
        draft.put(ALL, port);
    }

    @Override
    void update(ObjectNode before, ObjectNode after, Request request, Draft draft) throws NeutronError {
        FixedIps.allocate(after, after.path("fixed_ips"), draft);
        draft.put(ALL, after);
        Routers.follow(after, draft);
        FloatingIps.follow(after, draft);
    }

    @Override
    void delete(ObjectNode port, Request request, Draft draft) throws NeutronError {
        FloatingIps.leave(port, draft);
        draft.remove(ALL, port);
    }
}
