package org.flow6.northbound.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigInteger;
import java.util.HashSet;
import java.util.Set;
import org.projectfloodlight.openflow.types.IPAddress;

/** Addresses of ports. */
final class FixedIps {
    private FixedIps() {}

    static void addAutomatic(ObjectNode port, Draft draft) throws NeutronError {}

    static void removeOf(ObjectNode subnet, ObjectNode port, Draft draft) throws NeutronError {}

    /** Gives a port the addresses that are wanted, or one of each family where nobody says. */
    static void allocate(ObjectNode port, JsonNode wanted, Draft draft) throws NeutronError {
        ArrayNode given = JsonNodeFactory.instance.arrayNode();
        if (wanted.isArray()) {
            for (JsonNode one : wanted) {
                add(port, one, given, draft);
            }
        } else {
            Set<Integer> families = new HashSet<>();
            for (ObjectNode subnet : draft.catalog()
                    .find(Subnets.ALL, "network_id", port.path("network_id").asText())) {
                if (families.add(subnet.path("ip_version").asInt())) {
                    add(port, JsonNodeFactory.instance.objectNode().set("subnet_id", subnet.get("id")), given, draft);
                }
            }
        }
        port.set("fixed_ips", given);
    }

    private static void add(ObjectNode port, JsonNode wanted, ArrayNode given, Draft draft) throws NeutronError {
        String address = Catalog.text(wanted, "ip_address");
        for (ObjectNode subnet : draft.catalog()
                .find(Subnets.ALL, "network_id", port.path("network_id").asText())) {
            String id = subnet.path("id").asText();
            boolean named = Catalog.text(wanted, "subnet_id").equals(id);
            if (!address.isEmpty() && Subnets.cidr(subnet).contains(IPAddress.of(address))) {
                if (isUsed(port, address, draft)) {
                    throw NeutronError.conflict(
                            "IpAddressAlreadyAllocated",
                            "IP address " + address + " already allocated in subnet " + id);
                }
                given.addObject().put("subnet_id", id).put("ip_address", address);
                return;
            }
            if (address.isEmpty() && named) {
                given.addObject().put("subnet_id", id).put("ip_address", free(port, subnet, draft));
                return;
            }
        }
        throw NeutronError.badRequest(
                "InvalidIpForSubnet", "IP address " + address + " is not a valid IP for the specified subnet.");
    }

    private static String free(ObjectNode port, ObjectNode subnet, Draft draft) {
        IpRange pool = IpRange.of(subnet.path("allocation_pools").path(0));
        BigInteger number = pool.first();
        while (isUsed(port, pool.address(number).toString(), draft)) {
            number = number.add(BigInteger.ONE);
        }
        return pool.address(number).toString();
    }

    private static boolean isUsed(ObjectNode port, String address, Draft draft) {
        String key = port.path("network_id").asText() + " " + address;
        return draft.catalog().find(Ports.ALL, Ports.ADDRESS, key).stream()
                .anyMatch(other -> !other.path("id").equals(port.path("id")));
    }
}
