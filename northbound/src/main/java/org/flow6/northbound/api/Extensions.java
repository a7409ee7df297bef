package org.flow6.northbound.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Reads of the API that are about no kept resource: its versions, its extensions, and what follows from the network. */
final class Extensions {
    /** Lists that are always empty: what they are about has no meaning here. */
    private static final Set<String> EMPTY =
            Set.of("availability_zones", "rbac-policies", "service-providers", "address-scopes");

    private static final String AGENTS = "agents";
    private static final String AVAILABILITY = "network-ip-availabilities";
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    private Extensions() {}

    /** The document at the root, from which clients learn where the API is. */
    static ObjectNode versions(String base) {
        ObjectNode body = JSON.objectNode();
        ObjectNode version =
                body.putArray("versions").addObject().put("id", "v2.0").put("status", "CURRENT");
        version.putArray("links")
                .addObject()
                .put("rel", "self")
                .put("href", base.replaceAll("/+$", "").replaceAll("/v2\\.0$", "") + "/v2.0/");
        return body;
    }

    /** Whether the answer is the same whatever objects there are. */
    static boolean isFixed(Call call) {
        String first = call.part(0);
        return first.isEmpty() || first.equals("extensions") || EMPTY.contains(first);
    }

    /** Whether the answer is about hosts alone. */
    static boolean isAboutHosts(Call call) {
        return call.part(0).equals(AGENTS);
    }

    /** The body for a call; empty where it is about something else. */
    static Optional<JsonNode> answer(Call call, Catalog catalog, Agents agents) throws NeutronError {
        String first = call.part(0);
        if (first.isEmpty()) {
            return Optional.of(resources(call.base()));
        } else if (first.equals("extensions")) {
            return Optional.of(extensions(call));
        } else if (first.equals(Quotas.ALL)) {
            return Optional.of(Quotas.read(call, catalog));
        } else if (first.equals(AGENTS)) {
            return Optional.of(found("agents", "agent", "id", agents.of(call.caller(), catalog), call));
        } else if (first.equals(AVAILABILITY)) {
            ArrayNode all = IpAvailability.of(catalog, call.caller());
            return Optional.of(found("network_ip_availabilities", "network_ip_availability", "network_id", all, call));
        } else if (EMPTY.contains(first)) {
            String name = first.replace('-', '_');
            return Optional.of(found(name, name, "id", JSON.arrayNode(), call));
        }
        return Optional.empty();
    }

    private static ObjectNode resources(String base) {
        ObjectNode body = JSON.objectNode();
        ArrayNode resources = body.putArray("resources");
        for (Resource resource : Resources.all()) {
            String collection = resource.collection().replace('_', '-');
            ObjectNode one =
                    resources.addObject().put("name", resource.member()).put("collection", collection);
            one.putArray("links").addObject().put("rel", "self").put("href", base + "/" + collection);
        }
        return body;
    }

    private static ObjectNode extensions(Call call) throws NeutronError {
        ObjectNode body = JSON.objectNode();
        if (call.path().size() == 1) {
            ArrayNode list = body.putArray("extensions");
            ExtensionTable.all().forEach(extension -> list.add(extension.json()));
            return body;
        }
        for (ExtensionTable.Extension extension : ExtensionTable.all()) {
            if (extension.alias().equals(call.part(1)) && call.path().size() == 2) {
                body.set("extension", extension.json());
                return body;
            }
        }
        throw NeutronError.notFound("HTTPNotFound", "Extension with alias " + call.part(1) + " does not exist");
    }

    /** The list, or the one of it that is named. */
    private static ObjectNode found(String collection, String member, String id, ArrayNode all, Call call)
            throws NeutronError {
        ObjectNode body = JSON.objectNode();
        if (call.path().size() == 1) {
            ArrayNode list = body.putArray(collection);
            all.forEach(one -> {
                if (isWanted(one, call.query())) {
                    list.add(one);
                }
            });
            return body;
        }
        for (JsonNode one : all) {
            if (one.path(id).asText().equals(call.part(1)) && call.path().size() == 2) {
                body.set(member, one);
                return body;
            }
        }
        throw NeutronError.notFound("HTTPNotFound", "The resource could not be found.");
    }

    /** Parameters that are no attribute change nothing. */
    private static boolean isWanted(JsonNode one, Map<String, List<String>> query) {
        return query.entrySet().stream()
                .allMatch(parameter -> !one.path(parameter.getKey()).isValueNode()
                        || parameter.getValue().stream()
                                .map(text -> text.toLowerCase(Locale.ROOT))
                                .anyMatch(one.path(parameter.getKey()).asText().toLowerCase(Locale.ROOT)::equals));
    }
}
