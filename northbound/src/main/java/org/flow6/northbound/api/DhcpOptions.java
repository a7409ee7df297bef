package org.flow6.northbound.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/** A port's extra DHCP options: one value of each name and IP version. */
final class DhcpOptions {
    private static final String LIST = "extra_dhcp_opts";

    static final Conversion OPTION = Conversions.mapping(
            Map.of(
                    "opt_name",
                    Conversions.notEmpty(64),
                    "opt_value",
                    Conversions.notEmpty(255).orNull(),
                    "ip_version",
                    Conversions.ipVersion()),
            Set.of("opt_name", "opt_value"));

    private DhcpOptions() {}

    /**
     * Puts together what a port has and what a request says: options that it does not name stay, those without a value go.
     *
     * @param after with what the request says, to become what the port has
     */
    static void merge(JsonNode had, ObjectNode after) {
        Map<String, JsonNode> merged = new LinkedHashMap<>();
        had.forEach(option -> merged.put(key(option), option));
        for (JsonNode option : after.path(LIST)) {
            if (option.path("opt_value").isNull()) {
                merged.remove(key(option));
            } else {
                merged.put(key(option), option);
            }
        }
        ArrayNode list = after.putArray(LIST);
        for (JsonNode option : merged.values()) {
            list.addObject()
                    .put("opt_name", Catalog.text(option, "opt_name"))
                    .put("opt_value", Catalog.text(option, "opt_value"))
                    .put("ip_version", version(option));
        }
    }

    private static String key(JsonNode option) {
        return version(option) + " " + Catalog.text(option, "opt_name");
    }

    private static int version(JsonNode option) {
        return option.path("ip_version").asInt(4);
    }
}
