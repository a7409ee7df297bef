package org.flow6.northbound.api;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.HashSet;
import java.util.Set;
import org.flow6.northbound.ObjectKey;
import org.jspecify.annotations.Nullable;

/** What no two objects may have at once, for stores that several write to: ports' addresses, and their MAC addresses. */
public final class UniqueNames {
    private static final ObjectMapper MAPPER = new ObjectMapper();

    private UniqueNames() {}

    /** Names that an object has; one that cannot be read has none. */
    public static Set<String> of(ObjectKey key, String json) {
        if (!key.collection().equals(Ports.ALL) || !(parse(json) instanceof ObjectNode port)) {
            return Set.of();
        }
        Set<String> names = new HashSet<>();
        add(PortIndex.MAC, port, "mac_address", port, names);
        port.path("fixed_ips").forEach(fixed -> add(PortIndex.ADDRESS, fixed, "ip_address", port, names));
        return names;
    }

    private static void add(String kind, JsonNode of, String attribute, JsonNode port, Set<String> names) {
        String value = Catalog.text(of, attribute);
        if (!value.isEmpty()) {
            names.add(kind + " " + PortIndex.on(Catalog.text(port, "network_id"), value));
        }
    }

    private static @Nullable JsonNode parse(String json) {
        try {
            return MAPPER.readTree(json);
        } catch (JsonProcessingException e) {
            return null;
        }
    }
}
