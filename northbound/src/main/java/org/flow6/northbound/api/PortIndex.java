package org.flow6.northbound.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.projectfloodlight.openflow.types.IPAddress;

/** What ports are found by, beside the attributes that are in one piece. */
final class PortIndex {
    /** Networks and addresses, with a space between. */
    static final String ADDRESS = "address";
    /** Networks and MAC addresses, with a space between. */
    static final String MAC = "mac";
    /** Subnets of fixed IPs. */
    static final String SUBNET = "subnet";
    /** Subnets and addresses, these as numbers in their order. */
    static final String NUMBER = "number";
    /** Security groups. */
    static final String GROUP = "security_group";

    /** Of an IPv6 address. */
    private static final int DIGITS = 32;

    private PortIndex() {}

    static List<Map.Entry<String, String>> of(ObjectNode port) {
        List<Map.Entry<String, String>> found = new ArrayList<>();
        String network = Catalog.text(port, "network_id");
        found.add(Map.entry(MAC, on(network, Catalog.text(port, "mac_address"))));
        for (JsonNode fixed : port.path("fixed_ips")) {
            String subnet = Catalog.text(fixed, "subnet_id");
            String address = Catalog.text(fixed, "ip_address");
            found.add(Map.entry(SUBNET, subnet));
            found.add(Map.entry(ADDRESS, on(network, address)));
            BigInteger number = number(address);
            if (number != null) {
                found.add(Map.entry(NUMBER, number(subnet, number)));
            }
        }
        for (JsonNode group : port.path("security_groups")) {
            found.add(Map.entry(GROUP, group.asText()));
        }
        return found;
    }

    /** A value of {@link #ADDRESS} or {@link #MAC}. */
    static String on(String network, String address) {
        return network + " " + address;
    }

    /** A value of {@link #NUMBER}. */
    static String number(String subnet, BigInteger address) {
        String digits = address.toString(16);
        return subnet + " " + "0".repeat(DIGITS - digits.length()) + digits;
    }

    private static @Nullable BigInteger number(String address) {
        try {
            return IpRange.number(IPAddress.of(address));
        } catch (IllegalArgumentException e) {
            return null;
        }
    }
}
