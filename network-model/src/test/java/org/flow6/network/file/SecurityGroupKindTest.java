package org.flow6.network.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.flow6.network.file.Reads.model;
import static org.flow6.network.file.Reads.port;
import static org.flow6.network.file.Reads.violations;

import java.util.List;
import org.flow6.network.Id;
import org.flow6.network.NetworkModel;
import org.flow6.network.SecurityGroup;
import org.junit.jupiter.api.Test;

class SecurityGroupKindTest {

    @Test
    void letsEverythingOut() {
        NetworkModel model = model("security_groups: [{id: web, stateful: false}]");
        assertThat(rules(model, "web"))
                .containsExactly("web-egress-ipv4 EGRESS IPV4 Any[]", "web-egress-ipv6 EGRESS IPV6 Any[]");
        assertThat(model.securityGroups().get(group("web"))).matches(group -> !group.stateful());
    }

    @Test
    void logsWhereItSaysSo() {
        NetworkModel model = model("security_groups: [{id: web, flow6: {log: true}}, {id: db, flow6: {}}]");
        assertThat(model.securityGroups().values().stream().filter(SecurityGroup::log))
                .extracting(SecurityGroup::id)
                .containsExactly(group("web"));
        assertThat(violations("security_groups:", "- id: web", "  flow6:", "    log: all"))
                .containsExactly("4: security group web: flow6.log: 'all' is not true or false");
    }

    @Test
    void hasNoRulesButThoseStatedWhereItSaysSo() {
        NetworkModel model = model(
                "security_groups: [{id: web, flow6: {default_rules: false}}, {id: default, flow6: {default_rules: false}}]",
                "security_group_rules: [{id: out, security_group_id: web, direction: egress, ethertype: IPv6}]");
        assertThat(rules(model, "web")).containsExactly("out EGRESS IPV6 Any[]");
        assertThat(rules(model, "default")).isEmpty();
    }

    @Test
    void isThereForEveryProject() {
        NetworkModel model = model(
                "networks: [{id: a}, {id: b, project_id: p}, {id: c, tenant_id: q}]",
                "ports:",
                "- {id: vm, network_id: a, mac_address: '02:00:00:00:00:01', project_id: p}");
        assertThat(model.securityGroups().keySet())
                .containsExactlyInAnyOrder(group("default"), group("p-default"), group("q-default"));
        assertThat(port(model, "vm").securityGroups()).containsExactly(group("p-default"));
        assertThat(rules(model, "p-default"))
                .containsExactly(
                        "p-default-egress-ipv4 EGRESS IPV4 Any[]",
                        "p-default-egress-ipv6 EGRESS IPV6 Any[]",
                        "p-default-ingress-ipv4 INGRESS IPV4 Group[id=p-default]",
                        "p-default-ingress-ipv6 INGRESS IPV6 Group[id=p-default]");
    }

    @Test
    void mayBeStatedForAProject() {
        NetworkModel model = model(
                "security_groups: [{id: x1, name: default, project_id: p}, {id: default}]",
                "networks: [{id: a}]",
                "ports:",
                "- {id: vm, network_id: a, mac_address: '02:00:00:00:00:01', project_id: p}",
                "- {id: other, network_id: a, mac_address: '02:00:00:00:00:02'}");
        assertThat(model.securityGroups().keySet()).containsExactlyInAnyOrder(group("x1"), group("default"));
        assertThat(port(model, "vm").securityGroups()).containsExactly(group("x1"));
        assertThat(port(model, "other").securityGroups()).containsExactly(group("default"));
        assertThat(rules(model, "x1")).hasSize(4);
        assertThat(rules(model, "default")).hasSize(4);
    }

    @Test
    void mayBeGivenRulesThoughItIsImplied() {
        assertThat(model(
                                "security_group_rules:",
                                "- {id: ssh, security_group_id: default, direction: ingress, protocol: tcp, "
                                        + "port_range_min: 22, port_range_max: 22}")
                        .securityGroupRules())
                .hasSize(5);
    }

    @Test
    void isRefused() {
        assertThat(violations(
                        "security_groups:",
                        "- {id: a, name: default}",
                        "- {id: b, name: default}",
                        "- {id: web}",
                        "- {id: web}",
                        "- {id: p-default, project_id: r}",
                        "- {id: c, project_id: p}",
                        "- {id: e, security_group_rules: [{id: f}]}",
                        "- {id: g, security_group_rules: []}",
                        "security_group_rules:",
                        "- {id: web-egress-ipv6, security_group_id: web, direction: ingress}"))
                .containsExactly(
                        "3: security group b: name: project '' has a default group already: security group a on line 2",
                        "5: security group web: id: web is also the id of security group web on line 4",
                        "6: security group p-default: id: p-default is also the id of the default security group that project 'p' has by itself",
                        "8: security group e: security_group_rules: state the rules in the list security_group_rules of the file",
                        "11: security group rule web-egress-ipv6: id: web-egress-ipv6 is also the id of security group web on line 4");
    }

    private static Id<SecurityGroup> group(String id) {
        return Id.of(id);
    }

    private static List<String> rules(NetworkModel model, String group) {
        return model.securityGroupRules().values().stream()
                .filter(rule -> rule.securityGroupId().value().equals(group))
                .map(rule -> rule.id() + " " + rule.direction() + " " + rule.etherType() + " " + rule.remote())
                .sorted()
                .toList();
    }
}
