package org.flow6.northbound.api;

import static org.flow6.northbound.api.Attribute.Use.FILTER;
import static org.flow6.northbound.api.Attribute.Use.INDEX;
import static org.flow6.northbound.api.Attribute.Use.POST;
import static org.flow6.northbound.api.Attribute.Use.REQUIRED;
import static org.flow6.northbound.api.Attribute.Use.SORT;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Rules of security groups. */
final class SecurityGroupRules extends Resource {
    static final String ALL = "security_group_rules";
    static final String GROUP = "security_group_id";

    SecurityGroupRules() {
        super(ALL, "security_group_rule", "SecurityGroupRule");
        nameless();
        add(Attribute.of(
                GROUP, Conversions.notEmpty(255), "The group whose rule it is.", POST, REQUIRED, FILTER, SORT, INDEX));
        add(RuleForm.attributes());
        add(Attribute.of("normalized_cidr", RuleForm.prefix(), "The remote_ip_prefix, its host bits clear.", FILTER));
    }

    @Override
    List<Map.Entry<String, String>> indexed(ObjectNode rule) {
        List<Map.Entry<String, String>> found = new ArrayList<>(super.indexed(rule));
        found.add(Map.entry(RuleForm.SAME, RuleForm.essence(rule)));
        return found;
    }

    @Override
    NeutronError notFound(String id) {
        return NeutronError.notFound("SecurityGroupRuleNotFound", "Security group rule " + id + " does not exist");
    }

    @Override
    boolean isSeen(ObjectNode rule, Catalog catalog, Caller caller) {
        return super.isSeen(rule, catalog, caller) || isOfGroupOf(rule, catalog, caller);
    }

    @Override
    boolean mayRemove(ObjectNode rule, Catalog catalog, Caller caller) {
        return super.mayRemove(rule, catalog, caller) || isOfGroupOf(rule, catalog, caller);
    }

    /** Who has a group has its rules, those that an administrator made too. */
    private static boolean isOfGroupOf(ObjectNode rule, Catalog catalog, Caller caller) {
        ObjectNode group = catalog.get(SecurityGroups.ALL, Catalog.text(rule, GROUP));
        return group != null && caller.owns(Catalog.text(group, "project_id"));
    }

    @Override
    void create(ObjectNode rule, Request request, Draft draft) throws NeutronError {
        SecurityGroupRuleChecks.checkForm(rule);
        SecurityGroupRuleChecks.requirePeers(rule, request.caller(), draft);
        SecurityGroupRuleChecks.requireSeen(
                SecurityGroupRuleChecks.GROUPS, rule.path(GROUP).asText(), request.caller(), draft);
        for (ObjectNode same : draft.catalog().find(ALL, RuleForm.SAME, RuleForm.essence(rule))) {
            throw NeutronError.conflict(
                    "SecurityGroupRuleExists",
                    "Security group rule already exists. Rule id is "
                            + same.path("id").asText() + ".");
        }
        draft.put(ALL, rule);
        SecurityGroups.revise(rule, draft);
    }

    @Override
    void update(ObjectNode before, ObjectNode after, Request request, Draft draft) {
        draft.put(ALL, after);
        SecurityGroups.revise(after, draft);
    }

    @Override
    void delete(ObjectNode rule, Request request, Draft draft) {
        draft.remove(ALL, rule);
        SecurityGroups.revise(rule, draft);
    }

    @Override
    void complete(ObjectNode shown, Catalog catalog, Caller caller) {
        shown.set("normalized_cidr", shown.path("remote_ip_prefix"));
    }
}
