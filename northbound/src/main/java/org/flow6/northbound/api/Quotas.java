package org.flow6.northbound.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.flow6.northbound.api.Call.Answer;
import org.flow6.northbound.api.Conversion.Unfit;

/** How many of each resource a project may have, with Neutron's defaults. What is of no project has no quota. */
final class Quotas {
    static final String ALL = "quotas";
    private static final String QUOTA = "quota";
    private static final int OK = 200;
    private static final int NO_CONTENT = 204;
    private static final Conversion LIMIT = Conversions.number(-1, Integer.MAX_VALUE);
    /** By the names of resources; -1: any number. */
    private static final Map<String, Integer> DEFAULTS = new LinkedHashMap<>();

    static {
        DEFAULTS.put("network", 100);
        DEFAULTS.put("subnet", 100);
        DEFAULTS.put("subnetpool", -1);
        DEFAULTS.put("port", 500);
        DEFAULTS.put("router", 10);
        DEFAULTS.put("floatingip", 50);
        DEFAULTS.put("security_group", 10);
        DEFAULTS.put("security_group_rule", 100);
        DEFAULTS.put("rbac_policy", 10);
    }

    private Quotas() {}

    /** Refuses one more of a resource than its project may have. */
    static void check(Resource resource, String project, Catalog catalog) throws NeutronError {
        String name = resource.member();
        if (project.isEmpty() || !DEFAULTS.containsKey(name)) {
            return;
        }
        int limit = limits(project, catalog).path(name).asInt();
        if (limit >= 0 && catalog.count(resource.collection(), "project_id", project) >= limit) {
            throw NeutronError.conflict("OverQuota", "Quota exceeded for resources: ['" + name + "'].");
        }
    }

    private static ObjectNode limits(String project, Catalog catalog) {
        ObjectNode limits = JsonNodeFactory.instance.objectNode();
        DEFAULTS.forEach(limits::put);
        ObjectNode stored = catalog.get(ALL, project);
        if (stored != null) {
            DEFAULTS.keySet().stream()
                    .filter(stored::has)
                    .forEach(name -> limits.set(name, stored.path(name).deepCopy()));
        }
        return limits;
    }

    /** {@code GET quotas}, {@code quotas/PROJECT}, {@code quotas/PROJECT/default} and {@code quotas/PROJECT/details}. */
    static JsonNode read(Call call, Catalog catalog) throws NeutronError {
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        String project = call.part(1);
        if (project.isEmpty()) {
            return list(call, catalog);
        }
        if (project.equals("tenant") || project.equals("project")) {
            body.putObject(project).put(project + "_id", call.caller().project());
            return body;
        }
        if (!call.caller().owns(project)) {
            throw NeutronError.forbidden("rule:get_quota is disallowed by policy");
        }
        switch (call.part(2).replace(".json", "")) {
            case "" -> body.set(QUOTA, limits(project, catalog));
            case "default" -> {
                ObjectNode defaults = body.putObject(QUOTA);
                DEFAULTS.forEach(defaults::put);
            }
            case "details" -> body.set(QUOTA, details(project, catalog));
            default -> throw notFound();
        }
        return body;
    }

    private static JsonNode list(Call call, Catalog catalog) {
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        ArrayNode list = body.putArray(ALL);
        for (ObjectNode stored : catalog.all(ALL)) {
            String project = stored.path("id").asText();
            if (call.caller().owns(project)) {
                list.add(limits(project, catalog).put("project_id", project).put("tenant_id", project));
            }
        }
        return body;
    }

    private static ObjectNode details(String project, Catalog catalog) {
        ObjectNode details = JsonNodeFactory.instance.objectNode();
        limits(project, catalog).properties().forEach(limit -> details.putObject(limit.getKey())
                .put("limit", limit.getValue().asInt())
                .put("used", used(limit.getKey(), project, catalog))
                .put("reserved", 0));
        return details;
    }

    private static int used(String name, String project, Catalog catalog) {
        return catalog.count(name + "s", "project_id", project);
    }

    /** {@code PUT} and {@code DELETE quotas/PROJECT}. */
    static Answer change(Call call, Draft draft) throws NeutronError {
        String project = call.part(1);
        if (project.isEmpty() || call.path().size() > 2 || !(call.is("PUT") || call.is("DELETE"))) {
            throw notFound();
        }
        if (!call.caller().isAdmin()) {
            throw NeutronError.forbidden(
                    "rule:" + (call.is("PUT") ? "update" : "delete") + "_quota is disallowed by policy");
        }
        ObjectNode stored = draft.hold(ALL, project);
        if (call.is("DELETE")) {
            if (stored == null) {
                throw NeutronError.notFound(
                        "TenantQuotaNotFound", "Quota for tenant " + project + " could not be found.");
            }
            draft.remove(ALL, stored);
            return new Answer(NO_CONTENT, Optional.empty());
        }
        ObjectNode after = stored == null ? JsonNodeFactory.instance.objectNode() : Draft.copy(stored);
        after.put("id", project).put("project_id", project);
        after.setAll(said(call, project, draft.catalog()));
        draft.put(ALL, after);
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        body.set(QUOTA, limits(project, draft.catalog()));
        return new Answer(OK, Optional.of(body));
    }

    private static ObjectNode said(Call call, String project, Catalog catalog) throws NeutronError {
        JsonNode said =
                call.body().orElseGet(JsonNodeFactory.instance::objectNode).path(QUOTA);
        if (!said.isObject()) {
            throw NeutronError.badRequest("Unable to find 'quota' in request body");
        }
        ObjectNode limits = JsonNodeFactory.instance.objectNode();
        List<String> unknown = new ArrayList<>();
        List<String> under = new ArrayList<>();
        for (Map.Entry<String, JsonNode> entry : said.properties()) {
            String name = entry.getKey();
            if (DEFAULTS.containsKey(name)) {
                int limit = limit(name, entry.getValue());
                limits.put(name, limit);
                if (limit >= 0 && limit < used(name, project, catalog)) {
                    under.add("'" + name + "'");
                }
            } else if (!List.of("force", "check_limit", "tenant_id", "project_id")
                    .contains(name)) {
                unknown.add(name);
            }
        }
        if (!unknown.isEmpty()) {
            throw NeutronError.badRequest("Unrecognized attribute(s) '" + String.join(", ", unknown) + "'");
        }
        if (!under.isEmpty() && said.path("check_limit").asBoolean()) {
            throw NeutronError.badRequest(
                    "InvalidQuotaValue",
                    "Change would make usage less than 0 for the following resources: " + under + ".");
        }
        return limits;
    }

    private static int limit(String name, JsonNode value) throws NeutronError {
        try {
            return LIMIT.of(value).asInt();
        } catch (Unfit e) {
            throw e.refusal(name);
        }
    }

    private static NeutronError notFound() {
        return NeutronError.notFound("HTTPNotFound", "The resource could not be found.");
    }
}
