package org.flow6.northbound.api;

import static org.flow6.northbound.api.Attribute.Use.FILTER;
import static org.flow6.northbound.api.Attribute.Use.POST;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * Templates: new security groups get their rules from them. Four are there from the start, as Neutron has them; one of these
 * that is removed is kept as such.
 */
final class DefaultRules extends Resource {
    static final String ALL = "default_security_group_rules";

    /** In place of a remote group's id: the group that gets the rule. */
    private static final String PARENT = "PARENT";

    private static final String GROUP = "remote_group_id";
    private static final String ADDRESS_GROUP = "remote_address_group_id";
    private static final String IN_DEFAULT = "used_in_default_sg";
    private static final String IN_OTHERS = "used_in_non_default_sg";
    private static final String REMOVED = "removed";
    private static final Map<String, ObjectNode> STANDING = fromTheStart();

    DefaultRules() {
        super(ALL, "default_security_group_rule", "DefaultSecurityGroupRule");
        nameless();
        add(RuleForm.attributes());
        add(
                Attribute.of("description", Conversions.text(1024), "For people.", POST, FILTER)
                        .or(""),
                Attribute.of(IN_DEFAULT, Conversions.BOOLEAN, "Whether default groups get it.", POST, FILTER)
                        .or(false),
                Attribute.of(IN_OTHERS, Conversions.BOOLEAN, "Whether all other groups get it.", POST, FILTER)
                        .or(true));
    }

    private static Map<String, ObjectNode> fromTheStart() {
        Map<String, ObjectNode> templates = new LinkedHashMap<>();
        for (String type : RuleForm.ETHER_TYPES) {
            for (String direction : List.of("egress", "ingress")) {
                ObjectNode template = fromTheStart(direction, type);
                templates.put(template.path("id").asText(), template);
            }
        }
        return templates;
    }

    /** Egress anything; default groups also ingress from themselves. */
    private static ObjectNode fromTheStart(String direction, String type) {
        byte[] seed = ("default rule " + direction + " " + type).getBytes(StandardCharsets.UTF_8);
        ObjectNode template = JsonNodeFactory.instance.objectNode();
        template.put("id", UUID.nameUUIDFromBytes(seed).toString()).put("project_id", "");
        template.put("description", "Legacy default SG rule for " + direction + " traffic");
        template.put("direction", direction).put("ethertype", type);
        template.putNull("protocol").putNull("port_range_min").putNull("port_range_max");
        template.putNull("remote_ip_prefix").putNull(ADDRESS_GROUP);
        boolean egress = direction.equals("egress");
        template.put(GROUP, egress ? null : PARENT);
        return template.put(IN_DEFAULT, true).put(IN_OTHERS, egress).put("revision_number", 0);
    }

    /** Gives a new group its rules; a template whose peers are gone gives none. */
    static void copyTo(ObjectNode group, Draft draft) {
        String use = SecurityGroups.isDefault(group) ? IN_DEFAULT : IN_OTHERS;
        for (ObjectNode template : draft.catalog().all(ALL)) {
            if (isThere(template) && template.path(use).asBoolean() && hasPeers(template, draft.catalog())) {
                draft.put(SecurityGroupRules.ALL, rule(template, group));
            }
        }
    }

    private static boolean hasPeers(ObjectNode template, Catalog catalog) {
        String group = Catalog.text(template, GROUP);
        String addresses = Catalog.text(template, ADDRESS_GROUP);
        return (group.isEmpty() || group.equals(PARENT) || catalog.get(SecurityGroups.ALL, group) != null)
                && (addresses.isEmpty() || catalog.get(AddressGroups.ALL, addresses) != null);
    }

    private static ObjectNode rule(ObjectNode template, ObjectNode group) {
        ObjectNode rule = JsonNodeFactory.instance.objectNode();
        rule.put("id", UUID.randomUUID().toString());
        rule.set("project_id", group.path("project_id"));
        rule.set(SecurityGroupRules.GROUP, group.path("id"));
        rule.put("description", "");
        for (Attribute attribute : RuleForm.attributes()) {
            rule.set(attribute.name(), template.path(attribute.name()).deepCopy());
        }
        if (Catalog.text(template, GROUP).equals(PARENT)) {
            rule.set(GROUP, group.path("id"));
        }
        return rule;
    }

    private static boolean isThere(ObjectNode template) {
        return !template.path(REMOVED).asBoolean();
    }

    @Override
    Map<String, ObjectNode> standing() {
        return STANDING;
    }

    @Override
    List<Map.Entry<String, String>> indexed(ObjectNode template) {
        if (!isThere(template)) {
            return List.of();
        }
        List<Map.Entry<String, String>> found = new ArrayList<>(super.indexed(template));
        found.add(Map.entry(RuleForm.SAME, RuleForm.essence(template)));
        return found;
    }

    @Override
    NeutronError notFound(String id) {
        return NeutronError.notFound(
                "DefaultSecurityGroupRuleNotFound", "Default Security Group rule " + id + " does not exist");
    }

    @Override
    boolean isSeen(ObjectNode template, Catalog catalog, Caller caller) {
        return isThere(template);
    }

    @Override
    boolean mayRemove(ObjectNode template, Catalog catalog, Caller caller) {
        return caller.isAdmin();
    }

    @Override
    void create(ObjectNode template, Request request, Draft draft) throws NeutronError {
        if (!request.caller().isAdmin()) {
            throw NeutronError.forbidden("rule:create_" + member() + " is disallowed by policy");
        }
        SecurityGroupRuleChecks.checkForm(template);
        if (!Catalog.text(template, GROUP).equals(PARENT)) {
            SecurityGroupRuleChecks.requirePeers(template, request.caller(), draft);
        }
        for (ObjectNode same : draft.catalog().find(ALL, RuleForm.SAME, RuleForm.essence(template))) {
            if (isForSameGroups(same, template)) {
                throw NeutronError.conflict(
                        "DefaultSecurityGroupRuleExists",
                        "Default Security group rule already exists. Rule id is "
                                + same.path("id").asText() + ".");
            }
        }
        draft.put(ALL, template);
    }

    private static boolean isForSameGroups(ObjectNode one, ObjectNode other) {
        return List.of(IN_DEFAULT, IN_OTHERS).stream()
                .anyMatch(use -> one.path(use).asBoolean() && other.path(use).asBoolean());
    }

    @Override
    void update(ObjectNode before, ObjectNode after, Request request, Draft draft) {
        draft.put(ALL, after);
    }

    @Override
    void delete(ObjectNode template, Request request, Draft draft) {
        if (STANDING.containsKey(template.path("id").asText())) {
            draft.put(ALL, Draft.copy(template).put(REMOVED, true));
        } else {
            draft.remove(ALL, template);
        }
    }
}
