package org.flow6.northbound.api;

import static org.flow6.northbound.api.Attribute.Use.ADMIN;
import static org.flow6.northbound.api.Attribute.Use.FILTER;
import static org.flow6.northbound.api.Attribute.Use.INDEX;
import static org.flow6.northbound.api.Attribute.Use.POST;
import static org.flow6.northbound.api.Attribute.Use.PUT;
import static org.flow6.northbound.api.Attribute.Use.SORT;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import org.flow6.northbound.api.Conversion.Unfit;

/** Security groups. Their rules are objects of their own, those that Neutron makes with a group too. */
final class SecurityGroups extends Resource {
    static final String ALL = "security_groups";
    /** Index: the project whose default group it is. */
    private static final String DEFAULT_OF = "default_of";

    private static final String DEFAULT = "default";
    /** In rules: the group whose ports are its peers. */
    private static final String PEERS = "remote_group_id";

    private static final String SETTINGS = "flow6";
    private static final String DEFAULT_RULES = "default_rules";
    private static final Resource RULES = new SecurityGroupRules();
    private static final int LONGEST_NAME = 255;
    private static final int LONGEST_SETTINGS = 65_536;

    SecurityGroups() {
        super(ALL, "security_group", "SecurityGroup");
        common(LONGEST_NAME);
        tagged();
        add(
                Attribute.of("name", notDefault(), "For people.", POST, PUT, FILTER, SORT, INDEX)
                        .or(""),
                Attribute.of(
                                "stateful",
                                Conversions.BOOLEAN,
                                "Whether replies to what is allowed are allowed.",
                                POST,
                                PUT,
                                FILTER,
                                SORT)
                        .or(true),
                Attribute.of("security_group_rules", Conversion.as("list of rules", value -> value), "Its rules."),
                Attribute.of(
                        SETTINGS,
                        Conversions.anyMapping(LONGEST_SETTINGS),
                        "What Neutron has no attribute for.",
                        POST,
                        PUT,
                        ADMIN));
    }

    private static Conversion notDefault() {
        Conversion text = Conversions.text(LONGEST_NAME);
        return Conversion.as(text.form() + ", not `default`", value -> {
            if (text.of(value).asText().toLowerCase(Locale.ROOT).equals(DEFAULT)) {
                throw new Unfit(NeutronError.conflict(
                        "SecurityGroupDefaultAlreadyExists", "Default security group already exists."));
            }
            return value;
        });
    }

    /** The default group of a project, which is made if it has none. */
    static String defaultOf(String project, Draft draft) {
        List<ObjectNode> there = draft.catalog().find(ALL, DEFAULT_OF, project);
        if (!there.isEmpty()) {
            String id = there.get(0).path("id").asText();
            draft.hold(ALL, id);
            return id;
        }
        ObjectNode group = JsonNodeFactory.instance.objectNode();
        group.put("id", idOfDefault(project))
                .put("project_id", project)
                .put("name", DEFAULT)
                .put("description", "Default security group")
                .put("stateful", true);
        group.putArray("tags");
        put(group, draft);
        DefaultRules.copyTo(group, draft);
        return group.path("id").asText();
    }

    /** Always the same, so that two who make it at the same time make one. */
    private static String idOfDefault(String project) {
        return UUID.nameUUIDFromBytes(("default security group of " + project).getBytes(StandardCharsets.UTF_8))
                .toString();
    }

    static boolean isDefault(JsonNode group) {
        return Catalog.text(group, "name").equals(DEFAULT);
    }

    /** Its rules are all stated: it has none without saying so. */
    private static void put(ObjectNode group, Draft draft) {
        ObjectNode settings = group.path(SETTINGS) instanceof ObjectNode said
                ? said.deepCopy()
                : JsonNodeFactory.instance.objectNode();
        group.set(SETTINGS, settings.put(DEFAULT_RULES, false));
        draft.put(ALL, group);
    }

    @Override
    List<Map.Entry<String, String>> indexed(ObjectNode group) {
        List<Map.Entry<String, String>> found = new ArrayList<>(super.indexed(group));
        if (isDefault(group)) {
            found.add(Map.entry(DEFAULT_OF, Catalog.text(group, "project_id")));
        }
        return found;
    }

    @Override
    boolean isPrepared(Caller caller, Catalog catalog) {
        return catalog.has(ALL, DEFAULT_OF, caller.project());
    }

    @Override
    void prepare(Caller caller, Draft draft) {
        defaultOf(caller.project(), draft);
    }

    @Override
    NeutronError notFound(String id) {
        return NeutronError.notFound("SecurityGroupNotFound", "Security group " + id + " does not exist");
    }

    @Override
    void create(ObjectNode group, Request request, Draft draft) throws NeutronError {
        defaultOf(group.path("project_id").asText(), draft);
        put(group, draft);
        DefaultRules.copyTo(group, draft);
    }

    @Override
    void update(ObjectNode before, ObjectNode after, Request request, Draft draft) throws NeutronError {
        if (isDefault(before) && request.says("name")) {
            throw NeutronError.conflict(
                    "SecurityGroupCannotUpdateDefault", "Updating default security group not allowed.");
        }
        if (!before.path("stateful").equals(after.path("stateful"))) {
            requireUnused(after, draft);
        }
        put(after, draft);
    }

    private static void requireUnused(ObjectNode group, Draft draft) throws NeutronError {
        String id = group.path("id").asText();
        if (draft.catalog().has(Ports.ALL, Ports.GROUP, id)) {
            throw NeutronError.conflict("SecurityGroupInUse", "Security Group " + id + " in use.");
        }
    }

    @Override
    void delete(ObjectNode group, Request request, Draft draft) throws NeutronError {
        String id = group.path("id").asText();
        requireUnused(group, draft);
        if (isDefault(group) && !request.caller().isAdmin()) {
            throw NeutronError.conflict(
                    "SecurityGroupCannotRemoveDefault", "Insufficient rights for removing default security group.");
        }
        for (ObjectNode rule : draft.catalog().find(SecurityGroupRules.ALL, SecurityGroupRules.GROUP, id)) {
            draft.remove(SecurityGroupRules.ALL, rule);
        }
        for (ObjectNode rule : draft.catalog().find(SecurityGroupRules.ALL, PEERS, id)) {
            draft.remove(SecurityGroupRules.ALL, rule);
            revise(rule, draft);
        }
        for (ObjectNode template : draft.catalog().find(DefaultRules.ALL, PEERS, id)) {
            draft.remove(DefaultRules.ALL, template);
        }
        draft.remove(ALL, group);
    }

    /** A change of a rule is one of its group. */
    static void revise(ObjectNode rule, Draft draft) {
        ObjectNode group = draft.hold(ALL, Catalog.text(rule, SecurityGroupRules.GROUP));
        if (group != null) {
            draft.put(ALL, Draft.copy(group));
        }
    }

    @Override
    void complete(ObjectNode shown, Catalog catalog, Caller caller) {
        ArrayNode rules = shown.putArray("security_group_rules");
        for (ObjectNode rule : catalog.find(
                SecurityGroupRules.ALL, "security_group_id", shown.path("id").asText())) {
            rules.add(Shown.of(RULES, rule, catalog, caller));
        }
        if (shown.path(SETTINGS) instanceof ObjectNode settings) {
            settings.remove(DEFAULT_RULES);
            if (settings.isEmpty()) {
                shown.remove(SETTINGS);
            }
        }
    }
}
