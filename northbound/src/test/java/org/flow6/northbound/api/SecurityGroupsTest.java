package org.flow6.northbound.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import org.flow6.northbound.Document;
import org.flow6.northbound.ObjectKey;
import org.flow6.northbound.api.ApiCalls.Reply;
import org.flow6.northbound.api.Caller.Role;
import org.junit.jupiter.api.Test;

class SecurityGroupsTest extends ProjectScene {
    private JsonNode defaultGroup() {
        return api.get("/security-groups?name=default").body().at("/security_groups/0");
    }

    private static List<String> rules(JsonNode group) {
        List<String> rules = new ArrayList<>();
        group.path("security_group_rules")
                .forEach(rule -> rules.add(rule.path("direction").asText() + " "
                        + rule.path("ethertype").asText()
                        + (rule.path("remote_group_id").equals(group.path("id")) ? " self" : "")));
        return rules;
    }

    @Test
    void hasDefaultsAndTwoEgressRules() {
        Reply reply = api.post("/security-groups", "{security_group: {name: 'web', description: 'w'}}");
        JsonNode group = reply.body().path("security_group");
        assertThat(reply.status()).isEqualTo(201);
        assertThat(group.path("name").asText()).isEqualTo("web");
        assertThat(group.path("description").asText()).isEqualTo("w");
        assertThat(group.path("stateful").asBoolean()).isTrue();
        assertThat(group.path("project_id").asText()).isEqualTo("p1");
        assertThat(group.path("tenant_id").asText()).isEqualTo("p1");
        assertThat(group.path("tags").isArray()).isTrue();
        assertThat(group.has("flow6")).isFalse();
        assertThat(rules(group)).containsExactlyInAnyOrder("egress IPv4", "egress IPv6");
    }

    @Test
    void storesWithoutImpliedRules() {
        String id = api.made("/security-groups", "{security_group: {name: 'web', flow6: {log: true}}}");
        assertThat(api.store().state().objects().get(new ObjectKey("security_groups", id)))
                .extracting(Document::json)
                .asString()
                .contains("\"flow6\":{\"log\":true,\"default_rules\":false}");
        assertThat(api.get("/security-groups/" + id).body().at("/security_group/flow6"))
                .hasToString("{\"log\":true}");
    }

    @Test
    void makesTheDefaultGroupWhereGroupsAreListed() {
        JsonNode group = defaultGroup();
        assertThat(group.path("description").asText()).isEqualTo("Default security group");
        assertThat(rules(group))
                .containsExactlyInAnyOrder("egress IPv4", "egress IPv6", "ingress IPv4 self", "ingress IPv6 self");
        assertThat(defaultGroup()).isEqualTo(group);
        api = api.as("p2", Role.READER);
        assertThat(api.get("/security-groups").body().path("security_groups")).hasSize(1);
        assertThat(defaultGroup().path("id")).isNotEqualTo(group.path("id"));
    }

    @Test
    void makesTheDefaultGroupWithTheFirstOther() {
        api.made("/security-groups", "{security_group: {name: 'web'}}");
        assertThat(api.store().state().objects().keySet())
                .filteredOn(key -> key.collection().equals("security_groups"))
                .hasSize(2);
    }

    @Test
    void refusesTheNameDefault() {
        Reply made = api.post("/security-groups", "{security_group: {name: 'Default'}}");
        assertThat(made.refusal()).isEqualTo("409 SecurityGroupDefaultAlreadyExists");
        assertThat(made.message()).isEqualTo("Default security group already exists.");
        String id = api.made("/security-groups", "{security_group: {name: 'web'}}");
        assertThat(api.put("/security-groups/" + id, "{security_group: {name: 'default'}}")
                        .refusal())
                .isEqualTo("409 SecurityGroupDefaultAlreadyExists");
    }

    @Test
    void changesAGroup() {
        String id = api.made("/security-groups", "{security_group: {name: 'web'}}");
        JsonNode after = api.put(
                        "/security-groups/" + id, "{security_group: {name: 'w2', description: 'd', stateful: false}}")
                .body()
                .path("security_group");
        assertThat(after.path("name").asText()).isEqualTo("w2");
        assertThat(after.path("description").asText()).isEqualTo("d");
        assertThat(after.path("stateful").asBoolean()).isFalse();
        assertThat(after.path("security_group_rules")).hasSize(2);
    }

    @Test
    void keepsTheDefaultGroupsName() {
        String id = defaultGroup().path("id").asText();
        Reply reply = api.put("/security-groups/" + id, "{security_group: {name: 'x'}}");
        assertThat(reply.refusal()).isEqualTo("409 SecurityGroupCannotUpdateDefault");
        assertThat(reply.message()).isEqualTo("Updating default security group not allowed.");
        assertThat(api.put("/security-groups/" + id, "{security_group: {description: 'x'}}")
                        .status())
                .isEqualTo(200);
    }

    @Test
    void keepsGroupsOfPorts() {
        String network = api.made("/networks", "{network: {}}");
        String id = api.made("/security-groups", "{security_group: {name: 'web'}}");
        String port = api.made("/ports", "{port: {network_id: '" + network + "', security_groups: ['" + id + "']}}");
        Reply deleted = api.delete("/security-groups/" + id);
        assertThat(deleted.refusal()).isEqualTo("409 SecurityGroupInUse");
        assertThat(deleted.message()).isEqualTo("Security Group " + id + " in use.");
        assertThat(api.put("/security-groups/" + id, "{security_group: {stateful: false}}")
                        .refusal())
                .isEqualTo("409 SecurityGroupInUse");
        assertThat(api.put("/security-groups/" + id, "{security_group: {stateful: true}}")
                        .status())
                .isEqualTo(200);
        assertThat(api.delete("/ports/" + port).status()).isEqualTo(204);
        assertThat(api.delete("/security-groups/" + id).status()).isEqualTo(204);
    }

    @Test
    void takesRulesAlong() {
        String id = api.made("/security-groups", "{security_group: {name: 'a'}}");
        String other = api.made("/security-groups", "{security_group: {name: 'b'}}");
        String rule = api.made(
                "/security-group-rules",
                "{security_group_rule: {security_group_id: '" + other + "', direction: 'ingress', remote_group_id: '"
                        + id + "'}}");
        assertThat(api.delete("/security-groups/" + id).status()).isEqualTo(204);
        assertThat(api.get("/security-group-rules?security_group_id=" + id)
                        .body()
                        .path("security_group_rules"))
                .isEmpty();
        assertThat(api.get("/security-group-rules/" + rule).status()).isEqualTo(404);
        assertThat(api.get("/security-group-rules?security_group_id=" + other)
                        .body()
                        .path("security_group_rules"))
                .hasSize(2);
    }

    @Test
    void leavesTheDefaultGroupToAdministrators() {
        String id = defaultGroup().path("id").asText();
        api = api.as("p1", Role.MEMBER);
        Reply reply = api.delete("/security-groups/" + id);
        assertThat(reply.refusal()).isEqualTo("409 SecurityGroupCannotRemoveDefault");
        assertThat(reply.message()).isEqualTo("Insufficient rights for removing default security group.");
        api = api.as("p1", Role.ADMIN);
        assertThat(api.delete("/security-groups/" + id).status()).isEqualTo(204);
        assertThat(defaultGroup().path("security_group_rules")).hasSize(4);
    }

    @Test
    void isNotThere() {
        Reply reply = api.get("/security-groups/42");
        assertThat(reply.refusal()).isEqualTo("404 SecurityGroupNotFound");
        assertThat(reply.message()).isEqualTo("Security group 42 does not exist");
        assertThat(api.delete("/security-groups/42").refusal()).isEqualTo("404 SecurityGroupNotFound");
        String id = api.made("/security-groups", "{security_group: {name: 'web'}}");
        api = api.as("p2", Role.MEMBER);
        assertThat(api.get("/security-groups/" + id).refusal()).isEqualTo("404 SecurityGroupNotFound");
    }

    @Test
    void isTagged() {
        String id = api.made("/security-groups", "{security_group: {name: 'web'}}");
        assertThat(api.put("/security-groups/" + id + "/tags", "{tags: ['q']}").status())
                .isEqualTo(200);
        assertThat(api.get("/security-groups?tags=q").body().path("security_groups"))
                .hasSize(1);
    }
}
