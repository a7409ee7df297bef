package org.flow6.northbound.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.flow6.network.NetworkModel;
import org.flow6.network.file.FileObjects;
import org.flow6.northbound.ObjectKey;
import org.flow6.northbound.api.Conversion.Unfit;

/** What a network file says, as the API would have stored it. */
public final class FileNetwork {
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
    private static final List<String> TIMES = List.of("created_at", "updated_at");

    private final Map<String, Resource> resources = new LinkedHashMap<>(Records.all());

    private FileNetwork() {
        Resources.all().forEach(resource -> resources.put(resource.collection(), resource));
    }

    /**
     * The objects of a file, with all attributes that the API has of them.
     *
     * @param name of the file
     * @param text of the file, without fault
     * @param model what the text comes to
     * @param now the time of objects that state none
     */
    public static Map<ObjectKey, String> objects(String name, byte[] text, NetworkModel model, String now) {
        FileNetwork network = new FileNetwork();
        Map<ObjectKey, String> objects = new LinkedHashMap<>();
        FileObjects.of(name, text, model).forEach((key, stated) -> {
            Resource resource = network.resources.get(key.list());
            if (resource != null) {
                ObjectNode object = resource.attributes().isEmpty() ? stated : completed(resource, stated, now);
                objects.put(new ObjectKey(key.list(), key.id()), object.toString());
            }
        });
        return objects;
    }

    private static ObjectNode completed(Resource resource, ObjectNode stated, String now) {
        String project = Catalog.text(stated, "project_id");
        stated.put("project_id", project.isEmpty() ? Catalog.text(stated, "tenant_id") : project);
        stated.remove("tenant_id");
        if (resource instanceof Subnets && !stated.has("allocation_pools")) {
            stated.set("allocation_pools", SubnetRules.pools(stated));
        }
        ObjectNode object = JSON.objectNode();
        for (Attribute attribute : resource.attributes()) {
            String attributeName = attribute.name();
            JsonNode value = stated.remove(attributeName);
            if (value != null) {
                object.set(attributeName, fitting(attribute, value));
            } else if (TIMES.contains(attributeName)) {
                object.put(attributeName, now);
            } else if (attributeName.equals("revision_number")) {
                object.put(attributeName, 0);
            } else if (attribute.fallback() != null && !attribute.is(Attribute.Use.HIDDEN)) {
                object.set(attributeName, attribute.fallback().deepCopy());
            }
        }
        // What the API has no attribute for.
        return object.setAll(stated);
    }

    /** What looks like a number may be a name. */
    private static JsonNode fitting(Attribute attribute, JsonNode value) {
        try {
            return attribute.conversion().of(value);
        } catch (Unfit number) {
            try {
                return attribute.conversion().of(texts(value));
            } catch (Unfit e) {
                return value;
            }
        }
    }

    private static JsonNode texts(JsonNode value) {
        if (value.isObject()) {
            ObjectNode object = JSON.objectNode();
            value.properties().forEach(entry -> object.set(entry.getKey(), texts(entry.getValue())));
            return object;
        } else if (value.isArray()) {
            ArrayNode array = JSON.arrayNode();
            value.forEach(element -> array.add(texts(element)));
            return array;
        }
        return value.isNull() ? value : Conversions.text(value.asText());
    }
}
