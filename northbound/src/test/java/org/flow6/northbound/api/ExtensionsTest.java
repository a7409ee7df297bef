package org.flow6.northbound.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import org.flow6.northbound.ObjectKey;
import org.flow6.northbound.Transaction;
import org.flow6.northbound.api.ApiCalls.Reply;
import org.flow6.northbound.api.Caller.Role;
import org.junit.jupiter.api.Test;

class ExtensionsTest extends ProjectScene {
    @Test
    void tellsWhereTheApiIs() {
        String expected = "{\"versions\":[{\"id\":\"v2.0\",\"status\":\"CURRENT\",\"links\":[{\"rel\":\"self\","
                + "\"href\":\"http://h:9696/v2.0/\"}]}]}";
        for (String base : new String[] {"http://h:9696", "http://h:9696/", "http://h:9696/v2.0"}) {
            assertThat(Extensions.versions(base)).hasToString(expected);
        }
    }

    @Test
    void listsResources() {
        List<String> names = new ArrayList<>();
        for (JsonNode resource : api.get("/").body().path("resources")) {
            names.add(resource.path("name").asText() + " "
                    + resource.path("collection").asText());
            assertThat(resource.at("/links/0/href").asText())
                    .isEqualTo("http://host/v2.0/" + resource.path("collection").asText());
        }
        assertThat(names)
                .contains("network networks", "subnet subnets", "port ports", "security_group security-groups");
    }

    @Test
    void listsExtensions() {
        JsonNode list = api.get("/extensions").body().path("extensions");
        List<String> aliases = new ArrayList<>();
        for (JsonNode extension : list) {
            String alias = extension.path("alias").asText();
            aliases.add(alias);
            assertThat(api.get("/extensions/" + alias).body().path("extension")).isEqualTo(extension);
            for (String attribute : new String[] {"name", "description", "updated"}) {
                assertThat(extension.path(attribute).asText()).isNotEmpty();
            }
            assertThat(extension.path("links").isArray()).isTrue();
        }
        assertThat(aliases)
                .contains("external-net", "router", "extraroute", "extraroute-atomic", "ext-gw-mode", "security-group")
                .contains("port-security", "allowed-address-pairs", "standard-attr-tag", "revision-if-match", "quotas")
                .doesNotContain("dvr", "l3-ha", "metering", "agent", "qos", "trunk", "segment", "provider");
        Reply none = api.get("/extensions/no-such");
        assertThat(none.status()).isEqualTo(404);
        assertThat(none.message()).isEqualTo("Extension with alias no-such does not exist");
    }

    @Test
    void hasEmptyListsOfWhatHasNoMeaning() {
        assertThat(api.get("/availability_zones").body()).hasToString("{\"availability_zones\":[]}");
        assertThat(api.get("/rbac-policies?fields=id").body()).hasToString("{\"rbac_policies\":[]}");
        assertThat(api.get("/service-providers").body()).hasToString("{\"service_providers\":[]}");
        assertThat(api.get("/rbac-policies/42").status()).isEqualTo(404);
        assertThat(api.post("/rbac-policies", "{rbac_policy: {}}").status()).isEqualTo(404);
        assertThat(api.get("/auto-allocated-topology/p1").status()).isEqualTo(404);
        assertThat(api.get("/hosts").status()).isEqualTo(404);
    }

    @Test
    void showsHostsAsAgents() {
        assertThat(api.get("/agents").body()).hasToString("{\"agents\":[]}");
        api.store()
                .commit(new Transaction.Builder()
                        .put(
                                new ObjectKey("hosts", "hostA"),
                                "{\"name\":\"hostA\",\"tunnel_ip\":\"2001:db8::a\",\"physical_networks\":[\"p\"]}")
                        .build())
                .toCompletableFuture()
                .join();
        JsonNode agent = api.get("/agents?host=hostA&binary=flow6").body().at("/agents/0");
        assertThat(agent.path("host").asText()).isEqualTo("hostA");
        assertThat(agent.at("/configurations/tunnel_ip").asText()).isEqualTo("2001:db8::a");
        assertThat(api.get("/agents/" + agent.path("id").asText()).body().path("agent"))
                .isEqualTo(agent);
        assertThat(api.get("/agents?host=hostB").body().path("agents")).isEmpty();
        api = api.as("p1", Role.MEMBER);
        assertThat(api.get("/agents").body().path("agents")).isEmpty();
    }

    @Test
    void takesOutHostsThatAreGone() {
        String network = api.made("/networks", "{network: {name: 'n'}}");
        api.store()
                .commit(new Transaction.Builder()
                        .put(new ObjectKey("hosts", "hostA"), "{\"name\":\"hostA\",\"tunnel_ip\":\"2001:db8::a\"}")
                        .build())
                .toCompletableFuture()
                .join();
        String agent = "/agents/" + api.get("/agents").body().at("/agents/0/id").asText();
        String port = api.made("/ports", "{port: {network_id: '" + network + "', 'binding:host_id': 'hostA'}}");
        Reply bound = api.delete(agent);
        assertThat(bound.refusal()).isEqualTo("409 AgentInUse");
        assertThat(bound.message()).contains("port " + port + " is bound to host hostA");
        assertThat(api.delete("/ports/" + port).status()).isEqualTo(204);
        assertThat(api.as("p1", Role.MEMBER).delete(agent).refusal()).isEqualTo("404 AgentNotFound");
        assertThat(api.as("p1", Role.READER).delete(agent).status()).isEqualTo(403);
        assertThat(api.delete("/agents/42").refusal()).isEqualTo("404 AgentNotFound");
        assertThat(api.delete("/agents").status()).isEqualTo(404);
        assertThat(api.delete(agent).status()).isEqualTo(204);
        assertThat(api.get("/agents").body().path("agents")).isEmpty();
        assertThat(api.delete(agent).refusal()).isEqualTo("404 AgentNotFound");
    }

    @Test
    void countsAddresses() {
        String network = api.made("/networks", "{network: {name: 'n'}}");
        api.made("/subnets", "{subnet: {network_id: '" + network + "', ip_version: 4, cidr: '10.0.0.0/24'}}");
        api.made("/subnets", "{subnet: {network_id: '" + network + "', ip_version: 6, cidr: '2001:db8::/64'}}");
        api.made("/ports", "{port: {network_id: '" + network + "'}}");
        JsonNode counted =
                api.get("/network-ip-availabilities?network_name=n").body().at("/network_ip_availabilities/0");
        assertThat(counted.path("used_ips").asInt()).isEqualTo(2);
        assertThat(counted.path("total_ips").asText()).isEqualTo("18446744073709551868");
        assertThat(counted.path("subnet_ip_availability")).hasSize(2);
        assertThat(api.get("/network-ip-availabilities/" + network).body().path("network_ip_availability"))
                .isEqualTo(counted);
    }
}
