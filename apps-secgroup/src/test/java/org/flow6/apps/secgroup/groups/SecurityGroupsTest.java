package org.flow6.apps.secgroup.groups;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.flow6.flow.Action;
import org.flow6.flow.Field;
import org.flow6.flow.Flow;
import org.flow6.flow.GoldenFlows;
import org.flow6.flow.Table;
import org.flow6.network.NetworkSnapshot;
import org.junit.jupiter.api.Test;

class SecurityGroupsTest {
    private static final String NETWORK = """
            networks: [{id: blue}]
            subnets:
              - {id: blue6, network_id: blue, ip_version: 6, cidr: "2001:db8:1::/64"}
              - {id: blue4, network_id: blue, ip_version: 4, cidr: "192.0.2.0/24"}
            ports:
              - {id: vm1, network_id: blue, mac_address: "02:00:00:00:00:01", security_groups: [web, own],
                 fixed_ips: [{subnet_id: blue6, ip_address: "2001:db8:1::10"}, {subnet_id: blue4, ip_address: 192.0.2.1}]}
              - {id: vm2, network_id: blue, mac_address: "02:00:00:00:00:02", security_groups: [own],
                 fixed_ips: [{subnet_id: blue6, ip_address: "2001:db8:1::11"}]}
              - {id: vm3, network_id: blue, mac_address: "02:00:00:00:00:03", security_groups: [loose]}
              - {id: none, network_id: blue, mac_address: "02:00:00:00:00:04", security_groups: []}
              - {id: free, network_id: blue, mac_address: "02:00:00:00:00:05", port_security_enabled: false}
              - {id: elsewhere, network_id: blue, mac_address: "02:00:00:00:00:06", security_groups: [own, away],
                 fixed_ips: [{subnet_id: blue6, ip_address: "2001:db8:1::20"}]}
            security_groups:
              - {id: web, flow6: {log: true}}
              - {id: own, flow6: {default_rules: false}}
              - {id: loose, stateful: false, flow6: {default_rules: false}}
              - {id: away}
            address_groups:
              - {id: office, addresses: ["2001:db8:f::/48", "203.0.113.0/24"]}
            security_group_rules:
              - {id: w1, security_group_id: web, direction: ingress, ethertype: IPv6, protocol: tcp,
                 port_range_min: 80, port_range_max: 83}
              - {id: w2, security_group_id: web, direction: ingress, ethertype: IPv6, protocol: tcp,
                 port_range_min: 22, port_range_max: 22, remote_ip_prefix: "2001:db8:5::/48"}
              - {id: w3, security_group_id: web, direction: ingress, ethertype: IPv4, protocol: udp,
                 port_range_min: 53, port_range_max: 53, remote_address_group_id: office}
              - {id: o1, security_group_id: own, direction: ingress, ethertype: IPv6, remote_group_id: own}
              - {id: o2, security_group_id: own, direction: egress, ethertype: IPv6, protocol: icmp,
                 port_range_min: 0, port_range_max: 0}
              - {id: o3, security_group_id: own, direction: egress, ethertype: IPv4, protocol: icmp, port_range_min: 8}
              - {id: l1, security_group_id: loose, direction: ingress, ethertype: IPv6, protocol: 132,
                 port_range_min: 5, port_range_max: 6}
              - {id: l2, security_group_id: loose, direction: ingress, ethertype: IPv6, protocol: dccp,
                 port_range_min: 5, port_range_max: 6}
              - {id: l3, security_group_id: loose, direction: egress, ethertype: IPv6, protocol: 47}
              - {id: a1, security_group_id: away, direction: ingress, ethertype: IPv6, protocol: 4}
            """;

    private static final Map<String, Integer> BINDINGS =
            new TreeMap<>(Map.of("vm1", 1, "vm2", 2, "vm3", 3, "none", 4, "free", 5));

    private static List<Flow> flows(NetworkSnapshot snapshot) {
        return GoldenFlows.flows(new SecurityGroups(), snapshot);
    }

    @Test
    void lowersEveryFormOfRule() throws Exception {
        GoldenFlows.check("security-groups.flows", flows(GoldenFlows.network(NETWORK, BINDINGS)));
    }

    private static NetworkSnapshot farm(int ports, int rules, int members) {
        StringBuilder yaml = new StringBuilder("""
                networks: [{id: blue}]
                subnets: [{id: blue6, network_id: blue, ip_version: 6, cidr: "2001:db8:1::/64"}]
                security_groups: [{id: farm}, {id: clients}]
                ports:
                """);
        Map<String, Integer> bindings = new TreeMap<>();
        for (int i = 1; i <= ports; i++) {
            yaml.append("- {id: p%d, network_id: blue, mac_address: '02:00:00:01:%02x:%02x', security_groups: [farm]}\n"
                    .formatted(i, i >> 8, i & 0xff));
            bindings.put("p" + i, i);
        }
        for (int i = 1; i <= members; i++) {
            // Every third address: nothing to be aggregated.
            yaml.append(
                    ("- {id: m%d, network_id: blue, mac_address: '02:00:00:02:%02x:%02x', security_groups: [clients],"
                                    + " fixed_ips: [{subnet_id: blue6, ip_address: '2001:db8:1::%x'}]}\n")
                            .formatted(i, i >> 8, i & 0xff, 3 * i));
        }
        yaml.append("security_group_rules:\n");
        for (int i = 1; i <= rules; i++) {
            yaml.append(("- {id: r%d, security_group_id: farm, direction: ingress, ethertype: IPv6, protocol: tcp,"
                            + " port_range_min: %d, port_range_max: %d, remote_group_id: clients}\n")
                    .formatted(i, 2 * i, 2 * i));
        }
        return GoldenFlows.network(yaml.toString(), bindings);
    }

    @Test
    void portsRulesAndMembersAddTheirOwnFlowsAlone() {
        int base = flows(farm(5, 5, 5)).size();
        // In, out, and the first clause for packets and for connections; all egress of two families for each of these.
        assertThat(flows(farm(6, 5, 5)).size() - base).isEqualTo(2 + 2 + 4);
        assertThat(flows(farm(5, 6, 5)).size() - base).isEqualTo(2);
        assertThat(flows(farm(5, 5, 6)).size() - base).isEqualTo(2);
    }

    @Test
    void aMemberMoreChangesNoFlowThatIsThere() {
        Set<Flow> before = new HashSet<>(flows(farm(5, 5, 5)));
        List<Flow> added = new ArrayList<>(flows(farm(5, 5, 6)));
        assertThat(added).containsAll(before);
    }

    @Test
    void aRuleForAGroupOpensNoPortToTheWorld() {
        List<Flow> flows = flows(GoldenFlows.network(NETWORK, BINDINGS));
        assertThat(flows.stream().filter(flow -> flow.table() == Table.INGRESS_PACKET_RULES))
                .filteredOn(flow -> flow.actions().contains(Action.set(Field.ALLOWED, true)))
                .allMatch(flow -> flow.match().terms().get(0).field().equals(Field.CONJ_ID));
    }

    @Test
    void nothingIsAllowedByDefault() {
        List<Flow> flows = flows(GoldenFlows.network("""
                networks: [{id: blue}]
                ports: [{id: vm, network_id: blue, mac_address: "02:00:00:00:00:01", security_groups: []}]
                """, Map.of("vm", 1)));
        assertThat(flows)
                .noneMatch(flow -> flow.actions().contains(Action.set(Field.ALLOWED, true)))
                .noneMatch(flow -> flow.table().compareTo(Table.EGRESS_RULES) >= 0
                        && flow.table().compareTo(Table.INGRESS_PACKET_RULES) <= 0);
    }
}
