package org.flow6.northbound.api;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLGenerator.Feature;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.flow6.northbound.ObjectKey;
import org.jspecify.annotations.Nullable;

/**
 * Writes objects as a network file. The same objects are the same text: lists and attributes have their order, and
 * objects that of their ids. What is as it would be anyway is left out.
 */
public final class NetworkWriter {
    /** In the order of the file. */
    private static final List<String> LISTS = List.of(
            Records.HOSTS,
            Networks.ALL,
            SubnetPools.ALL,
            Subnets.ALL,
            Routers.ALL,
            Ports.ALL,
            SecurityGroups.ALL,
            SecurityGroupRules.ALL,
            DefaultRules.ALL,
            AddressGroups.ALL,
            FloatingIps.ALL,
            Quotas.ALL);

    private static final List<String> FIRST = List.of("id", "name");
    private static final List<String> LAST =
            List.of("project_id", "description", "tags", "created_at", "updated_at", "revision_number");
    /** Said always, for people. */
    private static final List<String> ALWAYS = List.of("ethertype", "enable_dhcp");

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final ObjectMapper YAML = new ObjectMapper(YAMLFactory.builder()
            .disable(Feature.WRITE_DOC_START_MARKER, Feature.SPLIT_LINES)
            .enable(Feature.MINIMIZE_QUOTES, Feature.ALWAYS_QUOTE_NUMBERS_AS_STRINGS)
            .build());

    private final Map<String, Resource> resources = new LinkedHashMap<>(Records.all());

    private NetworkWriter() {
        Resources.all().forEach(resource -> resources.put(resource.collection(), resource));
    }

    /** Whether objects of a collection are part of a network file. */
    public static boolean writes(String collection) {
        return LISTS.contains(collection);
    }

    /** Whether an object is a host, which puts itself into a store that hosts share. */
    public static boolean isHost(ObjectKey key) {
        return key.collection().equals(Records.HOSTS);
    }

    /** The collections of a network file, those first that others refer to. */
    public static List<String> order() {
        List<String> order = new ArrayList<>(LISTS);
        order.removeAll(List.of(Routers.ALL, Ports.ALL));
        order.addAll(order.indexOf(FloatingIps.ALL), List.of(Routers.ALL, Ports.ALL));
        return order;
    }

    /** @param objects as JSON; those that are no part of a network file are left out */
    public static String yaml(Map<ObjectKey, String> objects) {
        NetworkWriter writer = new NetworkWriter();
        ObjectNode file = JsonNodeFactory.instance.objectNode();
        for (String list : LISTS) {
            ArrayNode elements = JsonNodeFactory.instance.arrayNode();
            objects.keySet().stream()
                    .filter(key -> key.collection().equals(list))
                    .sorted()
                    .forEach(key -> elements.add(writer.element(list, parsed(objects.getOrDefault(key, "")))));
            if (!elements.isEmpty() || list.equals(Networks.ALL)) {
                file.set(list, elements);
            }
        }
        try {
            return YAML.writeValueAsString(file);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    private static JsonNode parsed(String json) {
        try {
            return JSON.readTree(json);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("no JSON: " + json, e);
        }
    }

    private ObjectNode element(String list, JsonNode object) {
        Resource resource = resources.get(list);
        ObjectNode element = JsonNodeFactory.instance.objectNode();
        object.properties().stream()
                .filter(entry -> resource == null || !isUsual(resource.attribute(entry.getKey()), entry.getValue()))
                .sorted(Comparator.<Map.Entry<String, JsonNode>>comparingInt(entry -> rank(entry.getKey()))
                        .thenComparing(Map.Entry::getKey))
                .forEach(entry -> element.set(entry.getKey(), entry.getValue()));
        return element;
    }

    private static int rank(String name) {
        int last = LAST.indexOf(name);
        int first = FIRST.indexOf(name);
        return last >= 0 ? FIRST.size() + 1 + last : first >= 0 ? first : FIRST.size();
    }

    private static boolean isUsual(@Nullable Attribute attribute, JsonNode value) {
        if (attribute == null || ALWAYS.contains(attribute.name())) {
            return false;
        }
        boolean nobodys =
                attribute.name().equals("project_id") && value.asText().isEmpty();
        return nobodys || value.equals(attribute.fallback());
    }
}
