package org.flow6.northbound.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigInteger;

/** How many addresses the subnets of each network have, and how many of them ports have. */
final class IpAvailability {
    private IpAvailability() {}

    /** Of all networks; for administrators, as Neutron's. */
    static ArrayNode of(Catalog catalog, Caller caller) {
        ArrayNode all = JsonNodeFactory.instance.arrayNode();
        if (caller.isAdmin()) {
            for (ObjectNode network : catalog.all(Networks.ALL)) {
                all.add(of(network, catalog));
            }
        }
        return all;
    }

    private static ObjectNode of(ObjectNode network, Catalog catalog) {
        ObjectNode answer = JsonNodeFactory.instance.objectNode();
        answer.set("network_id", network.path("id"));
        answer.set("network_name", network.path("name"));
        answer.set("project_id", network.path("project_id"));
        answer.set("tenant_id", network.path("project_id"));
        ArrayNode subnets = answer.putArray("subnet_ip_availability");
        BigInteger total = BigInteger.ZERO;
        int used = 0;
        for (ObjectNode subnet :
                catalog.find(Subnets.ALL, "network_id", network.path("id").asText())) {
            ObjectNode one = of(subnet, used(subnet, catalog));
            subnets.add(one);
            total = total.add(one.path("total_ips").bigIntegerValue());
            used += one.path("used_ips").asInt();
        }
        return answer.put("total_ips", total).put("used_ips", used);
    }

    private static ObjectNode of(ObjectNode subnet, int used) {
        BigInteger total = BigInteger.ZERO;
        for (JsonNode pool : subnet.path("allocation_pools")) {
            total = total.add(IpRange.of(pool).size());
        }
        ObjectNode answer = JsonNodeFactory.instance.objectNode();
        answer.set("subnet_id", subnet.path("id"));
        answer.set("subnet_name", subnet.path("name"));
        answer.set("cidr", subnet.path("cidr"));
        answer.set("ip_version", subnet.path("ip_version"));
        return answer.put("total_ips", total).put("used_ips", used);
    }

    private static int used(ObjectNode subnet, Catalog catalog) {
        String id = subnet.path("id").asText();
        int used = 0;
        for (ObjectNode port : catalog.find(Ports.ALL, Ports.SUBNET, id)) {
            for (JsonNode ip : port.path("fixed_ips")) {
                used += Catalog.text(ip, "subnet_id").equals(id) ? 1 : 0;
            }
        }
        return used;
    }
}
