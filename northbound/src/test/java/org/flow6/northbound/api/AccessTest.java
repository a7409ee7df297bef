package org.flow6.northbound.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.flow6.northbound.api.ApiCalls.Reply;
import org.flow6.northbound.api.Attribute.Use;
import org.flow6.northbound.api.Caller.Role;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Who may see and change what. */
class AccessTest {
    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path folder;

    @SuppressWarnings("NullAway.Init")
    private ApiCalls anybody;

    @SuppressWarnings("NullAway.Init")
    private ApiCalls admin;

    @SuppressWarnings("NullAway.Init")
    private ApiCalls red;

    @SuppressWarnings("NullAway.Init")
    private ApiCalls blue;

    @BeforeEach
    void open() {
        anybody = ApiCalls.over(folder);
        admin = anybody.as("ops", Role.ADMIN);
        red = anybody.by("red");
        blue = anybody.by("blue");
    }

    @AfterEach
    void close() {
        anybody.close();
    }

    private static String network(ApiCalls api, String more) {
        return api.made("networks", "{network: {name: 'n'" + more + "}}");
    }

    private static String subnet(ApiCalls api, String network, String cidr) {
        return api.subnet(network, cidr, "");
    }

    private static String port(ApiCalls api, String network) {
        return api.made("ports", "{port: {network_id: '" + network + "'}}");
    }

    /** One of each resource, all red's: paths, and the names that bodies have them under. */
    private Map<String, String> all() {
        Map<String, String> all = new LinkedHashMap<>();
        String network = network(red, "");
        all.put("networks/" + network, "network");
        all.put("subnets/" + subnet(red, network, "2001:db8:1::/64"), "subnet");
        all.put("ports/" + port(red, network), "port");
        all.put("routers/" + red.made("routers", "{router: {}}"), "router");
        String group = red.made("security-groups", "{security_group: {name: 'g'}}");
        all.put("security-groups/" + group, "security_group");
        String rule = red.made(
                "security-group-rules",
                "{security_group_rule: {security_group_id: '" + group + "', direction: 'ingress', ethertype: 'IPv6'}}");
        all.put("security-group-rules/" + rule, "security_group_rule");
        all.put("address-groups/" + red.made("address-groups", "{address_group: {}}"), "address_group");
        String pool = "{subnetpool: {name: 'p', prefixes: ['2001:db8:f::/48']}}";
        all.put("subnetpools/" + red.made("subnetpools", pool), "subnetpool");
        String outside = network(admin, ", 'router:external': true");
        subnet(admin, outside, "2001:db8:e::/64");
        String subnet = admin.get("subnets?network_id=" + outside)
                .object()
                .path(0)
                .path("id")
                .asText();
        String floating = "{floatingip: {floating_network_id: '" + outside + "', subnet_id: '" + subnet + "'}}";
        all.put("floatingips/" + red.made("floatingips", floating), "floatingip");
        return all;
    }

    private static List<String> ids(Reply list) {
        List<String> ids = new ArrayList<>();
        list.object().forEach(one -> ids.add(one.path("id").asText()));
        return ids;
    }

    @Test
    void otherProjectsObjectsAreNotThere() {
        all().forEach((path, member) -> {
            String[] parts = path.split("/", -1);
            assertThat(blue.get(path).status()).as(path).isEqualTo(404);
            assertThat(blue.put(path, "{" + member + ": {description: 'x'}}").status())
                    .as(path)
                    .isEqualTo(404);
            assertThat(blue.delete(path).status()).as(path).isEqualTo(404);
            assertThat(blue.put(path + "/tags", "{tags: ['x']}").status())
                    .as(path)
                    .isEqualTo(404);
            assertThat(ids(blue.get(parts[0]))).as(path).doesNotContain(parts[1]);
            assertThat(ids(blue.get(parts[0] + "?id=" + parts[1]))).as(path).isEmpty();
            assertThat(ids(blue.get(parts[0] + "?project_id=red"))).as(path).isEmpty();
            assertThat(red.get(path).status()).as(path).isEqualTo(200);
            assertThat(ids(red.get(parts[0]))).as(path).contains(parts[1]);
            assertThat(admin.get(path).status()).as(path).isEqualTo(200);
            assertThat(ids(admin.get(parts[0]))).as(path).contains(parts[1]);
        });
    }

    @Test
    void readersSeeTheirProjectsObjectsAndChangeNothing() {
        ApiCalls reader = anybody.as("red", Role.READER);
        all().forEach((path, member) -> {
            String[] parts = path.split("/", -1);
            assertThat(reader.get(path).status()).as(path).isEqualTo(200);
            assertThat(ids(reader.get(parts[0]))).as(path).contains(parts[1]);
            for (Reply refused : List.of(
                    reader.put(path, "{" + member + ": {description: 'x'}}"),
                    reader.delete(path),
                    reader.put(path + "/tags", "{tags: ['x']}"),
                    reader.put(path + "/add_router_interface", "{}"),
                    reader.post(parts[0], "{" + member + ": {}}"))) {
                assertThat(refused.refusal()).as(path).isEqualTo("403 PolicyNotAuthorized");
            }
        });
        assertThat(reader.put("quotas/red", "{quota: {port: 1}}").status()).isEqualTo(403);
    }

    @Test
    void sharedAndExternalNetworksAreSeenAndAreTheirOwnersToChange() {
        String shared = network(admin, ", shared: true");
        String subnet = subnet(admin, shared, "2001:db8:1::/64");
        String external = network(admin, ", 'router:external': true");
        String within = subnet(admin, external, "2001:db8:2::/64");
        assertThat(ids(red.get("networks"))).contains(shared, external);
        assertThat(ids(red.get("subnets"))).contains(subnet).doesNotContain(within);
        for (String path : List.of("networks/" + shared, "networks/" + external, "subnets/" + subnet)) {
            String body = "{" + (path.startsWith("s") ? "subnet" : "network") + ": {name: 'mine'}}";
            assertThat(red.get(path).status()).as(path).isEqualTo(200);
            assertThat(red.put(path, body).refusal()).as(path).isEqualTo("403 PolicyNotAuthorized");
            assertThat(red.delete(path).refusal()).as(path).isEqualTo("403 PolicyNotAuthorized");
            assertThat(red.put(path + "/tags", "{tags: ['x']}").status())
                    .as(path)
                    .isEqualTo(403);
        }
        String body = "{subnet: {network_id: '" + shared + "', ip_version: 6, cidr: '2001:db8:3::/64'}}";
        assertThat(red.post("subnets", body).status()).isEqualTo(403);
    }

    @Test
    void onlyAdministratorsSayWhatIsForThem() {
        Map<String, String> all = all();
        for (Resource resource : Resources.all()) {
            if (resource.attributes().stream().noneMatch(one -> one.is(Use.ADMIN))) {
                continue;
            }
            String collection = resource.collection().replace('_', '-');
            String path = all.keySet().stream()
                    .filter(one -> one.startsWith(collection + "/"))
                    .findFirst()
                    .orElseThrow();
            resource.attributes().stream().filter(one -> one.is(Use.ADMIN)).forEach(attribute -> {
                String body = "{" + resource.member() + ": {'" + attribute.name() + "': null}}";
                Stream<Reply> refused = Stream.of(
                        attribute.is(Use.POST) ? red.post(collection, body) : null,
                        attribute.is(Use.PUT) ? red.put(path, body) : null);
                refused.filter(reply -> reply != null).forEach(reply -> assertThat(reply.error())
                        .as(body)
                        .startsWith("403 PolicyNotAuthorized: rule:")
                        .endsWith(resource.member() + ":" + attribute.name() + " is disallowed by policy"));
            });
        }
    }

    @Test
    void whatIsForAdministratorsIsNeitherShownNorFound() {
        String network = admin.made(
                "networks",
                "{network: {project_id: 'red', 'provider:network_type': 'vlan', 'provider:physical_network': 'p1',"
                        + " 'provider:segmentation_id': 7}}");
        String port = admin.made(
                "ports", "{port: {project_id: 'red', network_id: '" + network + "', 'binding:host_id': 'hostA'}}");
        for (String path : List.of("networks/" + network, "ports/" + port)) {
            Stream<String> names = red.get(path).object().propertyStream().map(Map.Entry::getKey);
            assertThat(names.filter(name -> name.startsWith("provider:") || name.startsWith("binding:")))
                    .as(path)
                    .isSubsetOf("binding:vnic_type");
        }
        assertThat(ids(red.get("networks?provider:physical_network=p1"))).isEmpty();
        assertThat(ids(red.get("networks?provider:segmentation_id=7"))).isEmpty();
        assertThat(ids(red.get("ports?binding:host_id=hostA"))).isEmpty();
        assertThat(ids(admin.get("ports?binding:host_id=hostA"))).containsExactly(port);
        assertThat(red.get("agents").object()).isEmpty();
        assertThat(red.get("network-ip-availabilities").object()).isEmpty();
    }

    @Test
    void onlyAdministratorsMakeSomethingForOthers() {
        assertThat(red.post("networks", "{network: {project_id: 'blue'}}").refusal())
                .isEqualTo("403 PolicyNotAuthorized");
        assertThat(red.post("networks", "{network: {tenant_id: 'blue'}}").status())
                .isEqualTo(403);
        String made = admin.made("networks", "{network: {tenant_id: 'blue'}}");
        JsonNode seen = blue.get("networks/" + made).object();
        assertThat(seen.path("project_id").asText()).isEqualTo("blue");
    }

    @Test
    void whoHasANetworkSeesAndRemovesThePortsOnIt() {
        String network = admin.made("networks", "{network: {project_id: 'red', shared: true}}");
        String port = port(blue, network);
        assertThat(ids(red.get("ports"))).contains(port);
        assertThat(red.put("ports/" + port, "{port: {name: 'x'}}").status()).isEqualTo(403);
        assertThat(anybody.by("green").delete("ports/" + port).status()).isEqualTo(404);
        assertThat(red.delete("ports/" + port).status()).isEqualTo(204);
    }

    @Test
    void whoHasAGroupHasTheRulesInIt() {
        String group = red.made("security-groups", "{security_group: {name: 'g'}}");
        String rule = admin.made(
                "security-group-rules",
                "{security_group_rule: {security_group_id: '" + group + "', direction: 'ingress', ethertype: 'IPv6'}}");
        assertThat(ids(red.get("security-group-rules"))).contains(rule);
        assertThat(blue.delete("security-group-rules/" + rule).status()).isEqualTo(404);
        assertThat(red.delete("security-group-rules/" + rule).status()).isEqualTo(204);
    }

    @Test
    void otherProjectsObjectsAreOfNoUse() {
        String network = network(red, "");
        String subnet = subnet(red, network, "2001:db8:1::/64");
        String port = port(red, network);
        String group = red.made("security-groups", "{security_group: {name: 'g'}}");
        String router = blue.made("routers", "{router: {}}");
        String own = network(blue, "");
        assertThat(blue.post("ports", "{port: {network_id: '" + network + "'}}").refusal())
                .isEqualTo("404 NetworkNotFound");
        assertThat(blue.post("ports", "{port: {network_id: '" + own + "', security_groups: ['" + group + "']}}")
                        .refusal())
                .isEqualTo("404 SecurityGroupNotFound");
        String add = "routers/" + router + "/add_router_interface";
        assertThat(blue.put(add, "{subnet_id: '" + subnet + "'}").refusal()).isEqualTo("404 SubnetNotFound");
        assertThat(blue.put(add, "{port_id: '" + port + "'}").refusal()).isEqualTo("404 PortNotFound");
        assertThat(blue.put("routers/" + router, "{router: {external_gateway_info: {network_id: '" + network + "'}}}")
                        .refusal())
                .isEqualTo("404 NetworkNotFound");
        assertThat(blue.post(
                                "security-group-rules",
                                "{security_group_rule: {security_group_id: '" + group + "', direction: 'egress'}}")
                        .refusal())
                .isEqualTo("404 SecurityGroupNotFound");
    }

    @Test
    void bodiesThatCannotBeWrittenAsTheyAreAreRefused() {
        String network = network(anybody, "");
        for (String profile : List.of("{'a': '\\ud800'}", "{a: 1e999}")) {
            Reply refused = anybody.post(
                    "ports", "{port: {network_id: '" + network + "', 'binding:profile': " + profile + "}}");
            assertThat(refused.error()).isEqualTo("400 HTTPBadRequest: Body contains invalid data");
        }
        Reply shown = anybody.post("networks", "{network: {mtu: '" + "x".repeat(199) + "😀😀'}}");
        assertThat(shown.message()).contains("x…' is not an integer");
    }
}
