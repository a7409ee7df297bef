package org.flow6.northbound.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import org.flow6.northbound.api.ApiCalls.Reply;
import org.flow6.northbound.api.Caller.Role;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DefaultRulesTest extends ProjectScene {
    private static final String PATH = "default-security-group-rules";

    private Reply post(String rest) {
        return api.post(PATH, "{default_security_group_rule: {direction: 'ingress'" + rest + "}}");
    }

    private String made(String rest) {
        Reply reply = post(rest);
        assertThat(reply.status()).as(reply.error()).isEqualTo(201);
        return reply.id();
    }

    private static String told(JsonNode rule) {
        String peers = rule.path("remote_group_id").asText("");
        return rule.path("direction").asText() + " " + rule.path("ethertype").asText()
                + (rule.path("protocol").isNull()
                        ? ""
                        : " " + rule.path("protocol").asText())
                + (peers.equals("null") || peers.isEmpty() ? "" : " from " + peers);
    }

    private List<String> templates(String query) {
        List<String> told = new ArrayList<>();
        api.get(PATH + query).object().forEach(template -> told.add(told(template)));
        return told;
    }

    private List<String> rules(JsonNode group) {
        List<String> told = new ArrayList<>();
        String id = group.path("id").asText();
        group.path("security_group_rules").forEach(rule -> told.add(told(rule).replace("from " + id, "from itself")));
        return told;
    }

    private JsonNode group() {
        return api.post("security-groups", "{security_group: {name: 'web'}}").object();
    }

    private JsonNode defaultGroup() {
        return api.get("security-groups?name=default").object().path(0);
    }

    @Test
    void areNeutronsFourAtFirst() {
        assertThat(templates(""))
                .containsExactlyInAnyOrder(
                        "egress IPv4", "egress IPv6", "ingress IPv4 from PARENT", "ingress IPv6 from PARENT");
        assertThat(templates("?used_in_default_sg=True")).hasSize(4);
        assertThat(templates("?used_in_non_default_sg=True")).containsExactlyInAnyOrder("egress IPv4", "egress IPv6");
        JsonNode first =
                api.get(PATH + "?direction=ingress&ethertype=IPv6").object().path(0);
        assertThat(first.path("description").asText()).isEqualTo("Legacy default SG rule for ingress traffic");
        assertThat(api.get(PATH + "/" + first.path("id").asText()).object()).isEqualTo(first);
        assertThat(api.store().state().objects()).isEmpty();
    }

    @Test
    void giveNewGroupsTheirRules() {
        JsonNode before = group();
        made(", ethertype: 'IPv6', protocol: 'tcp', port_range_min: 22, port_range_max: 22, description: 'SSH'");
        made(", ethertype: 'IPv6', protocol: 'icmp', remote_group_id: 'PARENT'");
        JsonNode group = group();
        assertThat(rules(group))
                .containsExactlyInAnyOrder(
                        "egress IPv4", "egress IPv6", "ingress IPv6 tcp", "ingress IPv6 icmp from itself");
        JsonNode rule = api.get("security-group-rules?protocol=tcp").object().path(0);
        assertThat(rule.path("port_range_max").asInt()).isEqualTo(22);
        assertThat(rule.path("project_id").asText()).isEqualTo("p1");
        assertThat(rule.path("security_group_id")).isEqualTo(group.path("id"));
        assertThat(rules(
                        api.get("security-groups/" + before.path("id").asText()).object()))
                .as("not those that are there")
                .containsExactlyInAnyOrder("egress IPv4", "egress IPv6");
    }

    @Test
    void giveDefaultGroupsTheirs() {
        made(", protocol: 'udp', used_in_default_sg: true, used_in_non_default_sg: false");
        assertThat(rules(defaultGroup()))
                .containsExactlyInAnyOrder(
                        "egress IPv4",
                        "egress IPv6",
                        "ingress IPv4 from itself",
                        "ingress IPv6 from itself",
                        "ingress IPv4 udp");
        assertThat(rules(group())).containsExactlyInAnyOrder("egress IPv4", "egress IPv6");
    }

    @Test
    void areRemovedForGood() {
        String own = made(", protocol: 'tcp'");
        String standing = api.get(PATH + "?direction=egress&ethertype=IPv4")
                .object()
                .at("/0/id")
                .asText();
        for (String id : List.of(own, standing)) {
            assertThat(api.delete(PATH + "/" + id).status()).isEqualTo(204);
            assertThat(api.get(PATH + "/" + id).refusal()).isEqualTo("404 DefaultSecurityGroupRuleNotFound");
            assertThat(api.delete(PATH + "/" + id).message())
                    .isEqualTo("Default Security Group rule " + id + " does not exist");
        }
        assertThat(templates("")).hasSize(3).doesNotContain("egress IPv4");
        assertThat(rules(group())).containsExactly("egress IPv6");
        assertThat(made(", direction: 'egress'")).isNotEqualTo(standing);
        assertThat(rules(group())).containsExactlyInAnyOrder("egress IPv4", "egress IPv6");
    }

    @Test
    void areOnceForTheSameGroups() {
        String first = made(", protocol: 'tcp', used_in_default_sg: true, used_in_non_default_sg: false");
        made(", protocol: '6'");
        Reply again = post(", protocol: 'tcp', remote_ip_prefix: '0.0.0.0/0', used_in_default_sg: true");
        assertThat(again.refusal()).isEqualTo("409 DefaultSecurityGroupRuleExists");
        assertThat(again.message()).startsWith("Default Security group rule already exists. Rule id is ");
        assertThat(post(", protocol: 'tcp'").refusal()).isEqualTo("409 DefaultSecurityGroupRuleExists");
        assertThat(api.delete(PATH + "/" + first).status()).isEqualTo(204);
        made(", protocol: 'tcp', used_in_default_sg: true, used_in_non_default_sg: false");
    }

    @ParameterizedTest
    @CsvSource({
        "'protocol: ''tcp'', port_range_min: 2, port_range_max: 1', 400 SecurityGroupInvalidPortRange",
        "'port_range_min: 1, port_range_max: 1', 400 SecurityGroupProtocolRequiredWithPorts",
        "'remote_group_id: ''PARENT'', remote_ip_prefix: ''10.0.0.0/8''', 400 SecurityGroupRemoteGroupAndRemoteIpPrefix",
        "'ethertype: ''IPv6'', remote_ip_prefix: ''10.0.0.0/8''', 400 SecurityGroupRuleParameterConflict",
        "'remote_group_id: ''none''', 404 SecurityGroupNotFound",
        "'remote_address_group_id: ''none''', 404 AddressGroupNotFound",
        "'used_in_default_sg: ''perhaps''', 400 HTTPBadRequest",
        "'security_group_id: ''x''', 400 HTTPBadRequest",
    })
    void refuse(String said, String refusal) {
        assertThat(post(", " + said).refusal()).isEqualTo(refusal);
    }

    @Test
    void cannotBeChanged() {
        String id = made("");
        assertThat(api.put(PATH + "/" + id, "{default_security_group_rule: {description: 'x'}}")
                        .message())
                .isEqualTo("Cannot update read-only attribute description");
    }

    @Test
    void areAdministratorsToChangeAndForAllToSee() {
        String id = made("");
        api = api.as("p2", Role.MEMBER);
        assertThat(templates("")).hasSize(5);
        assertThat(api.get(PATH + "/" + id).status()).isEqualTo(200);
        assertThat(post(", protocol: 'udp'").refusal()).isEqualTo("403 PolicyNotAuthorized");
        assertThat(api.delete(PATH + "/" + id).refusal()).isEqualTo("403 PolicyNotAuthorized");
    }

    @Test
    void goWithTheGroupsOfTheirPeers() {
        String peers = group().path("id").asText();
        String addresses = api.made("address-groups", "{address_group: {}}");
        made(", remote_group_id: '" + peers + "'");
        String other = made(", remote_address_group_id: '" + addresses + "'");
        assertThat(rules(group())).contains("ingress IPv4 from " + peers);
        assertThat(api.delete("address-groups/" + addresses).refusal()).isEqualTo("409 AddressGroupInUse");
        assertThat(api.delete("security-groups/" + peers).status()).isEqualTo(204);
        assertThat(templates("?direction=ingress&ethertype=IPv4")).hasSize(2);
        JsonNode last = group();
        assertThat(rules(last)).hasSize(3);
        assertThat(api.delete(PATH + "/" + other).status()).isEqualTo(204);
    }
}
