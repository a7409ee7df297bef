package org.flow6.northbound.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.flow6.network.file.NetworkFile;
import org.flow6.network.file.NetworkObjects;
import org.flow6.northbound.ObjectKey;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a file states is shown as if the API had made it, and written as a file again. */
class FileNetworkTest {
    private static final String NOW = "2026-11-21T12:00:00Z";
    private static final String FILE = """
            networks: [{id: blue, name: 17, mtu: 1400, flow6: {multicast: {query_interval: 60}}}]
            subnets:
            - {id: blue6, network_id: blue, ip_version: 6, cidr: "2001:DB8:1::/64", gateway_ip: "2001:db8:1::1",
               ipv6_ra_mode: slaac, ipv6_address_mode: slaac}
            - {id: none4, network_id: blue, ip_version: 4, cidr: 192.0.2.0/24, gateway_ip: null, enable_dhcp: false}
            routers: [{id: r1}]
            ports:
            - {id: vm1, network_id: blue, mac_address: "02:00:00:00:00:01", project_id: p,
               allowed_address_pairs: [{ip_address: "2001:db8:9::/64"}]}
            - {id: vm2, network_id: blue, mac_address: "02:00:00:00:00:02", security_groups: [web], description: "no"}
            - {id: r1-blue, network_id: blue, mac_address: "02:00:00:00:01:01", device_owner: "network:router_interface",
               device_id: r1, fixed_ips: [{subnet_id: blue6, ip_address: "2001:db8:1::1"}]}
            security_groups: [{id: web, flow6: {log: true}}]
            security_group_rules:
            - {id: w1, security_group_id: web, direction: ingress, ethertype: IPv6, protocol: tcp, port_range_min: 80,
               port_range_max: 80}
            - {id: w2, security_group_id: web, direction: egress, ethertype: IPv6}
            hosts: [{name: hostA, tunnel_ip: "fd00::1"}]
            subnetpools: [{id: pool, name: "null", prefixes: ["2001:db8:f000::/36"], default_prefixlen: 64}]
            quotas: [{id: p, project_id: p, port: 7}]
            """;

    private static Map<ObjectKey, String> objects(String text) {
        NetworkFile.Reading reading = NetworkFile.parse("network.yaml", text);
        assertThat(reading).isInstanceOf(NetworkFile.Valid.class);
        return FileNetwork.objects(
                "network.yaml", text.getBytes(StandardCharsets.UTF_8), ((NetworkFile.Valid) reading).model(), NOW);
    }

    private static JsonNode object(String key) {
        return ApiCalls.parsed(objects(FILE).getOrDefault(ObjectKey.parse(key), "{}"));
    }

    @Test
    void showsWhatIsNotStatedAsItIs() {
        assertThat(object("networks/blue"))
                .isEqualTo(ApiCalls.parsed("{id: 'blue', project_id: '', description: '', revision_number: 0,"
                        + "created_at: '2026-11-21T12:00:00Z', updated_at: '2026-11-21T12:00:00Z', name: '17', tags: [],"
                        + "admin_state_up: true, mtu: 1400, shared: false, 'router:external': false, is_default: false,"
                        + "port_security_enabled: true, dns_domain: '', availability_zone_hints: [], status: 'ACTIVE',"
                        + "flow6: {multicast: {query_interval: 60}}}"));
        assertThat(object("subnets/blue6").path("cidr").asText()).isEqualTo("2001:db8:1::/64");
        assertThat(object("subnets/none4").path("gateway_ip").isNull()).isTrue();
        assertThat(object("subnets/none4").path("allocation_pools"))
                .isEqualTo(ApiCalls.parsed("[{start: '192.0.2.1', end: '192.0.2.254'}]"));
        assertThat(object("ports/vm1").path("fixed_ips"))
                .isEqualTo(ApiCalls.parsed("[{subnet_id: 'blue6', ip_address: '2001:db8:1::ff:fe00:1'}]"));
        assertThat(object("ports/vm1").path("security_groups")).isEqualTo(ApiCalls.parsed("['p-default']"));
        assertThat(object("ports/vm1").path("allowed_address_pairs"))
                .isEqualTo(ApiCalls.parsed("[{ip_address: '2001:db8:9::/64', mac_address: '02:00:00:00:00:01'}]"));
        assertThat(object("ports/vm2").path("description").asText()).isEqualTo("no");
        assertThat(object("ports/r1-blue").path("port_security_enabled").asBoolean(true))
                .isFalse();
    }

    @Test
    void statesGroupsAndRulesThatAreImplied() {
        assertThat(object("security_groups/p-default").path("name").asText()).isEqualTo("default");
        assertThat(object("security_groups/web").path("flow6"))
                .isEqualTo(ApiCalls.parsed("{log: true, default_rules: false}"));
        assertThat(object("security_group_rules/p-default-ingress-ipv6")
                        .path("remote_group_id")
                        .asText())
                .isEqualTo("p-default");
        assertThat(objects(FILE).keySet())
                .as("one that is stated is not stated again")
                .contains(ObjectKey.parse("security_group_rules/web-egress-ipv4"))
                .doesNotContain(ObjectKey.parse("security_group_rules/web-egress-ipv6"));
    }

    @Test
    void isWrittenAsAFileThatSaysTheSame() {
        Map<ObjectKey, String> objects = objects(FILE);
        String text = NetworkWriter.yaml(objects);
        assertThat(parsed(objects(text))).isEqualTo(parsed(objects));
        assertThat(NetworkWriter.yaml(new HashMap<>(objects(text)))).isEqualTo(text);
        assertThat(text)
                .as("it can be read")
                .startsWith("hosts:\n- name: hostA\n  tunnel_ip: fd00::1\nnetworks:\n- id: blue\n  name: \"17\"\n")
                .contains("\nquotas:\n- id: p\n  port: 7\n")
                .doesNotContain("tags:");
    }

    @Test
    void isTheSameNetworkAsTheFiles() {
        Map<NetworkObjects.Name, Optional<String>> changes = new HashMap<>();
        objects(FILE).forEach((key, json) -> {
            if (NetworkObjects.has(key.collection())) {
                changes.put(new NetworkObjects.Name(key.collection(), key.id()), Optional.of(json));
            }
        });
        NetworkObjects.Outcome outcome = new NetworkObjects().change(changes);
        assertThat(outcome.violations()).isEmpty();
        NetworkFile.Valid file = (NetworkFile.Valid) NetworkFile.parse("network.yaml", FILE);
        assertThat(outcome.model().ports()).isEqualTo(file.model().ports());
        assertThat(outcome.model().subnets().keySet())
                .isEqualTo(file.model().subnets().keySet());
        assertThat(outcome.model().securityGroups()).isEqualTo(file.model().securityGroups());
    }

    /** All that the API makes, and texts that YAML would take for something else. */
    @Test
    void keepsWhatTheApiMade(@TempDir Path folder) {
        try (ApiCalls api = ApiCalls.over(folder)) {
            String network = api.made("networks", "{network: {name: '~', 'router:external': true}}");
            String subnet = api.made(
                    "subnets",
                    "{subnet: {network_id: '" + network + "', ip_version: 6, cidr: '2001:db8::/64', name: 'a: b #c'}}");
            api.made("subnetpools", "{subnetpool: {name: '0x1f', prefixes: ['2001:db8:4000::/36']}}");
            String router = api.made(
                    "routers", "{router: {name: '- yes', external_gateway_info: {network_id: '" + network + "'}}}");
            String inside = api.made("networks", "{network: {name: '12:30:45', description: 'two\\nlines'}}");
            String inner = api.made(
                    "subnets",
                    "{subnet: {network_id: '" + inside
                            + "', ip_version: 6, cidr: '2001:db8:1::/64', gateway_ip: '2001:db8:1::'}}");
            assertThat(api.put("routers/" + router + "/add_router_interface", "{subnet_id: '" + inner + "'}")
                            .status())
                    .isEqualTo(200);
            String port = api.made("ports", "{port: {network_id: '" + inside + "', name: ' x', device_id: 'null'}}");
            api.put("ports/" + port + "/tags/1.5", "");
            String addresses =
                    api.made("address-groups", "{address_group: {name: '!', addresses: ['2001:db8:7::/48']}}");
            String group = api.made("security-groups", "{security_group: {name: 'é☃'}}");
            api.made(
                    "security-group-rules",
                    "{security_group_rule: {security_group_id: '" + group
                            + "', direction: 'ingress', ethertype: 'IPv6'," + " remote_address_group_id: '" + addresses
                            + "', protocol: '58'}}");
            api.put("quotas/p", "{quota: {port: 9}}");
            api.made("default-security-group-rules", "{default_security_group_rule: {direction: 'ingress'}}");
            String standing = api.get("default-security-group-rules?direction=egress")
                    .object()
                    .at("/0/id")
                    .asText();
            assertThat(api.delete("default-security-group-rules/" + standing).status())
                    .isEqualTo(204);
            assertThat(api.get("subnets/" + subnet).status()).isEqualTo(200);
            Map<ObjectKey, String> stored = new HashMap<>();
            api.store().state().objects().forEach((key, document) -> stored.put(key, document.json()));
            Map<ObjectKey, JsonNode> read = parsed(objects(NetworkWriter.yaml(stored)));
            assertThat(read).containsAllEntriesOf(parsed(stored)).hasSameSizeAs(stored);
        }
    }

    private static Map<ObjectKey, JsonNode> parsed(Map<ObjectKey, String> objects) {
        Map<ObjectKey, JsonNode> parsed = new HashMap<>();
        objects.forEach((key, json) -> parsed.put(key, ApiCalls.parsed(json)));
        return parsed;
    }
}
