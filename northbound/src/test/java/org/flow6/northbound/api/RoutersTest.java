package org.flow6.northbound.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import org.flow6.northbound.api.ApiCalls.Reply;
import org.flow6.northbound.api.Caller.Role;
import org.junit.jupiter.api.Test;

class RoutersTest extends RouterScene {
    private JsonNode info(String router) {
        return api.get("/routers/" + router).body().at("/router/external_gateway_info");
    }

    private JsonNode ports(String router) {
        return api.get("/ports?device_id=" + router).body().path("ports");
    }

    @Test
    void hasDefaults() {
        JsonNode router = api.post("/routers", "{router: {name: 'r1'}}").body().path("router");
        assertThat(router.path("name").asText()).isEqualTo("r1");
        assertThat(router.path("status").asText()).isEqualTo("ACTIVE");
        assertThat(router.path("admin_state_up").asBoolean()).isTrue();
        assertThat(router.path("external_gateway_info").isNull()).isTrue();
        for (String list : new String[] {"routes", "tags", "availability_zones", "availability_zone_hints"}) {
            assertThat(router.path(list).isArray() && router.path(list).isEmpty())
                    .as(list)
                    .isTrue();
        }
        assertThat(api.post("/routers", "{router: {routes: []}}").message())
                .isEqualTo("Attribute 'routes' not allowed in POST");
        assertThat(api.get("/routers/42").refusal()).isEqualTo("404 RouterNotFound");
    }

    @Test
    void isChangedAndFound() {
        String id = router("name: 'r1', admin_state_up: 'False'");
        assertThat(api.get("/routers?admin_state_up=False&name=r1").body().path("routers"))
                .hasSize(1);
        JsonNode after = put(id, "name: 'r2', admin_state_up: true, description: 'd'")
                .body()
                .path("router");
        assertThat(after.path("name").asText()).isEqualTo("r2");
        assertThat(after.path("admin_state_up").asBoolean()).isTrue();
    }

    @Test
    void hasAPortAsItsGateway() {
        String id = router(gateway(""));
        JsonNode info = info(id);
        JsonNode port = ports(id).path(0);
        assertThat(info.path("network_id").asText()).isEqualTo(external);
        assertThat(info.path("enable_snat").asBoolean()).isTrue();
        assertThat(info.path("external_fixed_ips")).isEqualTo(port.path("fixed_ips"));
        assertThat(info.at("/external_fixed_ips/0/subnet_id").asText()).isEqualTo(subnet);
        assertThat(port.path("device_owner").asText()).isEqualTo("network:router_gateway");
        assertThat(port.path("project_id").asText()).isEmpty();
        assertThat(port.path("network_id").asText()).isEqualTo(external);
        assertThat(api.delete("/routers/" + id).status()).isEqualTo(204);
        assertThat(ports(id)).isEmpty();
    }

    @Test
    void takesAddressesOfItsGateway() {
        String id = router("");
        JsonNode info = put(
                        id,
                        gateway(", enable_snat: false, external_fixed_ips: [{subnet_id: '" + subnet
                                + "', ip_address: '2001:db8:e::10'}]"))
                .body()
                .at("/router/external_gateway_info");
        assertThat(info)
                .hasToString("{\"network_id\":\"" + external
                        + "\",\"enable_snat\":false,\"external_fixed_ips\":[{\"subnet_id\":\"" + subnet
                        + "\",\"ip_address\":\"2001:db8:e::10\"}]}");
        String port = ports(id).at("/0/id").asText();
        put(id, gateway(", external_fixed_ips: [{ip_address: '2001:db8:e::11'}]"));
        assertThat(ports(id).at("/0/id").asText()).isEqualTo(port);
        assertThat(info(id).at("/external_fixed_ips/0/ip_address").asText()).isEqualTo("2001:db8:e::11");
        assertThat(info(id).path("enable_snat").asBoolean()).isTrue();
        put(id, gateway(""));
        assertThat(info(id).at("/external_fixed_ips/0/ip_address").asText()).isEqualTo("2001:db8:e::11");
    }

    @Test
    void followsAPortThatChangesByItself() {
        String id = router(gateway(""));
        String port = ports(id).at("/0/id").asText();
        assertThat(api.put("/ports/" + port, "{port: {fixed_ips: [{ip_address: '2001:db8:e::99'}]}}")
                        .status())
                .isEqualTo(200);
        assertThat(info(id).at("/external_fixed_ips/0/ip_address").asText()).isEqualTo("2001:db8:e::99");
    }

    @Test
    void leavesItsGateway() {
        for (String none : new String[] {"{}", "null"}) {
            String id = router(gateway(""));
            assertThat(put(id, "external_gateway_info: " + none).body().at("/router/external_gateway_info"))
                    .hasToString("null");
            assertThat(ports(id)).isEmpty();
        }
    }

    @Test
    void changesTheNetworkOfItsGateway() {
        String id = router(gateway(""));
        external = api.made("/networks", "{network: {'router:external': true}}");
        String other = subnet(external, "2001:db8:f::/64", "2001:db8:f::1");
        put(id, gateway(""));
        assertThat(info(id).at("/external_fixed_ips/0/subnet_id").asText()).isEqualTo(other);
        assertThat(ports(id)).hasSize(1);
    }

    @Test
    void refusesGatewaysThatDoNotFit() {
        String id = router("");
        String used = router(gateway(", external_fixed_ips: [{ip_address: '2001:db8:e::10'}]"));
        assertThat(put(id, gateway(", external_fixed_ips: [{ip_address: '2001:db8:e::10'}]"))
                        .refusal())
                .isEqualTo("409 IpAddressAlreadyAllocated");
        assertThat(ports(used)).hasSize(1);
        assertThat(put(id, gateway(", external_fixed_ips: [{ip_address: '2001:db8:e::1'}]"))
                        .message())
                .isEqualTo("Bad router request: External IP 2001:db8:e::1 is the same as the gateway IP.");
        assertThat(put(id, "external_gateway_info: {enable_snat: true}").status())
                .isEqualTo(400);
        assertThat(put(id, "external_gateway_info: {network_id: '42'}").refusal())
                .isEqualTo("404 NetworkNotFound");
        external = api.made("/networks", "{network: {}}");
        Reply tenants = put(id, gateway(""));
        assertThat(tenants.refusal()).isEqualTo("400 BadRequest");
        assertThat(tenants.message())
                .isEqualTo("Bad router request: Network " + external + " is not an external network.");
        assertThat(api.post("/routers", "{router: {" + gateway("") + "}}").status())
                .isEqualTo(400);
    }

    @Test
    void leavesAddressesOfGatewaysToAdministrators() {
        api = api.as("p2", Role.MEMBER);
        for (String attribute : new String[] {"enable_snat: true", "external_fixed_ips: []"}) {
            assertThat(api.post("/routers", "{router: {" + gateway(", " + attribute) + "}}")
                            .refusal())
                    .isEqualTo("403 PolicyNotAuthorized");
        }
        String id = router(gateway(""));
        assertThat(put(id, gateway("")).status()).isEqualTo(200);
        api = api.as("p1", Role.MEMBER);
        router(gateway(", external_fixed_ips: [{ip_address: '2001:db8:e::10'}]"));
    }

    @Test
    void refusesAGatewayOnASubnetLikeItsOwn() {
        String network = api.made("/networks", "{network: {}}");
        String inside = subnet(network, "2001:db8:e::/60", "2001:db8:e::2");
        String id = router("");
        api.put("/routers/" + id + "/add_router_interface", "{subnet_id: '" + inside + "'}");
        assertThat(put(id, gateway("")).message())
                .isEqualTo("Bad router request: Cidr 2001:db8:e::/64 of subnet " + subnet
                        + " overlaps with cidr 2001:db8:e::/60 of subnet " + inside + ".");
    }

    @Test
    void keepsTheNetworkOfAGatewayExternal() {
        router(gateway(""));
        assertThat(api.put("/networks/" + external, "{network: {'router:external': false}}")
                        .refusal())
                .isEqualTo("409 ExternalNetworkInUse");
        assertThat(api.delete("/networks/" + external).refusal()).isEqualTo("409 NetworkInUse");
    }

    @Test
    void doesNothingElse() {
        String id = router("");
        assertThat(api.put("/routers/" + id + "/add_everything", "{}").status()).isEqualTo(404);
        assertThat(put(id, "distributed: true").message()).isEqualTo("Unrecognized attribute(s) 'distributed'");
    }
}
