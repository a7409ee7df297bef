package org.flow6.northbound.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import org.flow6.northbound.api.ApiCalls.Reply;
import org.flow6.northbound.api.Caller.Role;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SecurityGroupRulesTest extends ProjectScene {
    private String group = "";

    @BeforeEach
    void open() {
        group = api.made("/security-groups", "{security_group: {name: 'web'}}");
    }

    private Reply post(String rest) {
        return api.post(
                "/security-group-rules",
                "{security_group_rule: {security_group_id: '" + group + "', direction: 'ingress', " + rest + "}}");
    }

    @Test
    void hasDefaults() {
        JsonNode rule = post("description: 'd', port_range_min: '', remote_ip_prefix: '', remote_group_id: ''")
                .body()
                .path("security_group_rule");
        assertThat(rule.path("ethertype").asText()).isEqualTo("IPv4");
        for (String none : new String[] {
            "protocol",
            "port_range_min",
            "port_range_max",
            "remote_ip_prefix",
            "remote_group_id",
            "remote_address_group_id",
            "normalized_cidr"
        }) {
            assertThat(rule.has(none) && rule.path(none).isNull()).as(none).isTrue();
        }
        assertThat(rule.path("description").asText()).isEqualTo("d");
        assertThat(rule.path("project_id").asText()).isEqualTo("p1");
        assertThat(rule.has("name") || rule.has("tags")).isFalse();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "protocol: 'TCP', port_range_min: '80', port_range_max: 443 | tcp | 80 | 443",
                "protocol: 132 | 132 | null | null",
                "protocol: '6', port_range_min: 1, port_range_max: 65535 | 6 | null | null",
                "protocol: 'icmpv6', port_range_min: 128, port_range_max: 0 | icmpv6 | 128 | 0",
                "protocol: 'icmp', port_range_min: 8 | icmp | 8 | null",
                "protocol: 'any' | any | null | null"
            })
    void takesProtocolsByNameAndNumber(String said, String protocol, String min, String max) {
        JsonNode rule = post("ethertype: 'ipv6', " + said).body().path("security_group_rule");
        assertThat(rule.path("ethertype").asText()).isEqualTo("IPv6");
        assertThat(rule.path("protocol").asText()).isEqualTo(protocol);
        assertThat(rule.path("port_range_min")).hasToString(min);
        assertThat(rule.path("port_range_max")).hasToString(max);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "direction: 'in' | HTTPBadRequest | Invalid input for direction. Reason: 'in' is not in ['ingress', 'egress'].",
                "ethertype: 'bad' | SecurityGroupRuleInvalidEtherType | Security group rule for ethertype 'bad' not supported. Allowed values are ['IPv4', 'IPv6'].",
                "remote_ip_prefix: 'bad' | InvalidCIDR | Invalid CIDR 'bad' given as IP prefix.",
                "remote_ip_prefix: '2001:db8::/32' | SecurityGroupRuleParameterConflict | Conflicting value ethertype IPv4 for CIDR 2001:db8::/32",
                "protocol: 'tcp', port_range_min: -16, port_range_max: 80 | SecurityGroupInvalidPortValue | Invalid value for port -16",
                "protocol: 'tcp', port_range_min: 80, port_range_max: 65536 | SecurityGroupInvalidPortValue | Invalid value for port 65536",
                "protocol: 'tcp', port_range_min: 0, port_range_max: 80 | SecurityGroupInvalidPortValue | Invalid value for port 0",
                "protocol: 'tcp', port_range_min: 80, port_range_max: 79 | SecurityGroupInvalidPortRange | For TCP/UDP protocols, port_range_min must be <= port_range_max",
                "protocol: 'udp', port_range_min: 80 | SecurityGroupInvalidPortRange | For TCP/UDP protocols, port_range_min must be <= port_range_max",
                "port_range_min: 80, port_range_max: 80 | SecurityGroupProtocolRequiredWithPorts | Must also specify protocol if port range is given.",
                "protocol: 'icmp', port_range_min: 1, port_range_max: 256 | SecurityGroupInvalidIcmpValue | Invalid value for ICMP code (port_range_max) 256. It must be 0 to 255.",
                "protocol: 'icmp', port_range_min: 300, port_range_max: 1 | SecurityGroupInvalidIcmpValue | Invalid value for ICMP type (port_range_min) 300. It must be 0 to 255.",
                "protocol: 'icmp', port_range_max: 6 | SecurityGroupMissingIcmpType | ICMP code (port-range-max) 6 is provided but ICMP type (port-range-min) is missing.",
                "protocol: 'esp', port_range_min: 1, port_range_max: 2 | SecurityGroupInvalidProtocolForPort | Invalid protocol esp for port range, only supported for TCP, UDP, UDPLITE, SCTP and DCCP.",
                "protocol: 'ipv6-icmp' | SecurityGroupEthertypeConflictWithProtocol | Invalid ethertype IPv4 for protocol ipv6-icmp."
            })
    void refuses(String said, String type, String message) {
        Reply reply = said.startsWith("direction")
                ? api.post(
                        "/security-group-rules",
                        "{security_group_rule: {security_group_id: '" + group + "', " + said + "}}")
                : post(said);
        assertThat(reply.refusal()).isEqualTo("400 " + type);
        assertThat(reply.message()).isEqualTo(message);
    }

    @Test
    void refusesProtocolsThatAreNone() {
        for (String bad : new String[] {"'bad_protocol_name'", "256", "'-1'", "true"}) {
            Reply reply = post("protocol: " + bad);
            assertThat(reply.refusal()).isEqualTo("400 SecurityGroupRuleInvalidProtocol");
            assertThat(reply.message())
                    .startsWith("Security group rule protocol ")
                    .contains(" not supported. Only protocol values ['ah', ")
                    .endsWith(" and integer representations [0 to 255] are supported.");
        }
    }

    @Test
    void refusesSeveralRemotes() {
        Reply both = post("remote_ip_prefix: '10.0.0.0/8', remote_group_id: '" + group + "'");
        assertThat(both.refusal()).isEqualTo("400 SecurityGroupRemoteGroupAndRemoteIpPrefix");
        assertThat(both.message()).isEqualTo("Only remote_ip_prefix or remote_group_id may be provided.");
        assertThat(post("remote_ip_prefix: '10.0.0.0/8', remote_address_group_id: 'x'")
                        .refusal())
                .isEqualTo("400 SecurityGroupMultipleRemoteEntites");
    }

    @Test
    void refusesWhatIsNotThere() {
        assertThat(post("remote_group_id: '42'").message()).isEqualTo("Security group 42 does not exist");
        assertThat(post("remote_group_id: '42'").refusal()).isEqualTo("404 SecurityGroupNotFound");
        assertThat(post("remote_address_group_id: '42'").refusal()).isEqualTo("404 AddressGroupNotFound");
        group = "42";
        assertThat(post("protocol: 'tcp'").refusal()).isEqualTo("404 SecurityGroupNotFound");
        assertThat(api.get("/security-group-rules/42").message()).isEqualTo("Security group rule 42 does not exist");
        assertThat(api.get("/security-group-rules/42").refusal()).isEqualTo("404 SecurityGroupRuleNotFound");
        assertThat(api.post("/security-group-rules", "{security_group_rule: {direction: 'ingress'}}")
                        .message())
                .isEqualTo("Failed to parse request. Required attribute 'security_group_id' not specified");
    }

    @Test
    void refusesRulesInGroupsOfOthers() {
        api = api.as("p2", Role.MEMBER);
        assertThat(post("protocol: 'tcp'").refusal()).isEqualTo("404 SecurityGroupNotFound");
    }

    @Test
    void refusesTheSameTwice() {
        String id = post("protocol: 'tcp', port_range_min: 80, port_range_max: 80")
                .body()
                .at("/security_group_rule/id")
                .asText();
        Reply again = post("protocol: '6', port_range_min: 80, port_range_max: 80, description: 'other'");
        assertThat(again.refusal()).isEqualTo("409 SecurityGroupRuleExists");
        assertThat(again.message()).isEqualTo("Security group rule already exists. Rule id is " + id + ".");
        assertThat(post("protocol: 'tcp', port_range_min: 80, port_range_max: 81")
                        .status())
                .isEqualTo(201);
        assertThat(post("protocol: 'tcp', remote_ip_prefix: '10.0.0.1'").status())
                .isEqualTo(201);
        assertThat(post("protocol: 'tcp', remote_ip_prefix: '10.0.0.1/32'").refusal())
                .isEqualTo("409 SecurityGroupRuleExists");
    }

    @Test
    void takesAllNamesOfIcmpWithIpv6ForTheSame() {
        assertThat(post("ethertype: 'IPv6', protocol: 'icmp'").status()).isEqualTo(201);
        for (String name : new String[] {"icmp", "icmpv6", "ipv6-icmp", "58", "1"}) {
            assertThat(post("ethertype: 'IPv6', protocol: '" + name + "'").refusal())
                    .isEqualTo("409 SecurityGroupRuleExists");
        }
    }

    @Test
    void takesAnywhereForNoPrefix() {
        for (String anywhere :
                new String[] {"remote_ip_prefix: '0.0.0.0/0'", "ethertype: 'IPv6', remote_ip_prefix: '::/0'"}) {
            assertThat(post(anywhere).status()).isEqualTo(201);
            assertThat(post(anywhere.replaceAll("remote_ip_prefix.*", "remote_ip_prefix: null"))
                            .refusal())
                    .isEqualTo("409 SecurityGroupRuleExists");
        }
    }

    @Test
    void makesSeveralOrNone() {
        String several = "{security_group_rules: [{security_group_id: 'G', direction: 'ingress', protocol: 'tcp'},"
                + " {security_group_id: 'G', direction: 'ingress', protocol: 'P'}]}";
        assertThat(api.post("/security-group-rules", several.replace("G", group).replace("P", "tcp"))
                        .refusal())
                .isEqualTo("409 SecurityGroupRuleExists");
        assertThat(api.post("/security-group-rules", several.replace("G", group).replace("P", "udp"))
                        .body()
                        .path("security_group_rules"))
                .hasSize(2);
    }

    private int revision(String group) {
        return api.get("/security-groups/" + group)
                .object()
                .path("revision_number")
                .asInt();
    }

    @Test
    void changesAreTheirGroups() {
        assertThat(revision(group)).isZero();
        String rule = post("protocol: 'tcp'").id();
        assertThat(revision(group)).isEqualTo(1);
        api.put("/security-group-rules/" + rule, "{security_group_rule: {description: 'd'}}");
        assertThat(revision(group)).isEqualTo(2);
        assertThat(api.delete("/security-group-rules/" + rule).status()).isEqualTo(204);
        assertThat(revision(group)).isEqualTo(3);
        assertThat(post("protocol: 'none'").status()).isEqualTo(400);
        assertThat(revision(group)).isEqualTo(3);
        String peers = api.made("/security-groups", "{security_group: {name: 'peers'}}");
        post("remote_group_id: '" + peers + "'");
        assertThat(revision(peers)).isZero();
        assertThat(api.delete("/security-groups/" + peers).status()).isEqualTo(204);
        assertThat(revision(group)).as("its rule went along").isEqualTo(5);
    }

    @Test
    void findsAndRemovesRules() {
        String id = post("ethertype: 'IPv6', protocol: 'tcp', remote_ip_prefix: '2001:db8::5/64'")
                .body()
                .at("/security_group_rule/id")
                .asText();
        JsonNode found = api.get("/security-group-rules?security_group_id=" + group + "&direction=ingress&protocol=tcp")
                .body()
                .path("security_group_rules");
        assertThat(found).hasSize(1);
        assertThat(found.at("/0/normalized_cidr").asText()).isEqualTo("2001:db8::/64");
        assertThat(api.get("/security-group-rules?name=x").status()).isEqualTo(400);
        assertThat(api.put("/security-group-rules/" + id, "{security_group_rule: {protocol: 'udp'}}")
                        .message())
                .isEqualTo("Cannot update read-only attribute protocol");
        assertThat(api.put("/security-group-rules/" + id, "{security_group_rule: {description: 'x'}}")
                        .status())
                .isEqualTo(200);
        assertThat(api.delete("/security-group-rules/" + id).status()).isEqualTo(204);
        assertThat(api.get("/security-groups/" + group).body().at("/security_group/security_group_rules"))
                .hasSize(2);
    }
}
