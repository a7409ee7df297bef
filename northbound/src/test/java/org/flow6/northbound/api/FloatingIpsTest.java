package org.flow6.northbound.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import org.flow6.northbound.api.ApiCalls.Reply;
import org.flow6.northbound.api.Caller.Role;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class FloatingIpsTest extends ProjectScene {
    private String external = "";
    private String inside = "";
    private String insideSubnet = "";
    private String router = "";

    @BeforeEach
    void open() {
        external = api.made("/networks", "{network: {'router:external': true}}");
        subnet(external, "203.0.113.0/24");
        inside = api.made("/networks", "{network: {}}");
        insideSubnet = subnet(inside, "10.77.0.0/24");
        router = api.made("/routers", "{router: {external_gateway_info: {network_id: '" + external + "'}}}");
        api.put("/routers/" + router + "/add_router_interface", "{subnet_id: '" + insideSubnet + "'}");
    }

    private String subnet(String network, String cidr) {
        return api.subnet(network, cidr, "");
    }

    private Reply post(String rest) {
        return api.post("/floatingips", "{floatingip: {floating_network_id: '" + external + "'" + rest + "}}");
    }

    private String made(String rest) {
        Reply reply = post(rest);
        assertThat(reply.status()).as(reply.toString()).isEqualTo(201);
        return reply.body().at("/floatingip/id").asText();
    }

    private Reply put(String id, String rest) {
        return api.put("/floatingips/" + id, "{floatingip: {" + rest + "}}");
    }

    private JsonNode shown(String id) {
        return api.get("/floatingips/" + id).body().path("floatingip");
    }

    private String port(String rest) {
        return api.made("/ports", "{port: {network_id: '" + inside + "'" + rest + "}}");
    }

    private String fixed(String port) {
        return api.get("/ports/" + port)
                .body()
                .at("/port/fixed_ips/0/ip_address")
                .asText();
    }

    private static void assertRefused(Reply reply, String reason) {
        assertThat(reply.refusal()).isEqualTo("400 BadRequest");
        assertThat(reply.message()).isEqualTo("Bad floatingip request: " + reason + ".");
    }

    @Test
    void keepsAnAddress() {
        JsonNode made = shown(made(", description: 'd'"));
        assertThat(made.path("status").asText()).isEqualTo("DOWN");
        assertThat(made.path("floating_ip_address").asText()).startsWith("203.0.113.");
        for (String none : new String[] {"port_id", "fixed_ip_address", "router_id", "port_details"}) {
            assertThat(made.has(none) && made.path(none).isNull()).as(none).isTrue();
        }
        assertThat(made.has("subnet_id")).isFalse();
        JsonNode port =
                api.get("/ports?device_owner=network%3Afloatingip").body().at("/ports/0");
        assertThat(port.path("status").asText()).isEqualTo("N/A");
        assertThat(port.path("device_id")).isEqualTo(made.path("id"));
        assertThat(port.at("/fixed_ips/0/ip_address")).isEqualTo(made.path("floating_ip_address"));
        assertThat(api.delete("/floatingips/" + made.path("id").asText()).status())
                .isEqualTo(204);
        assertThat(api.get("/ports?network_id=" + external + "&device_owner=network%3Afloatingip")
                        .body()
                        .path("ports"))
                .isEmpty();
    }

    @Test
    void takesTheAddressOrSubnetThatIsWanted() {
        assertThat(shown(made(", floating_ip_address: '203.0.113.99'"))
                        .path("floating_ip_address")
                        .asText())
                .isEqualTo("203.0.113.99");
        assertThat(post(", floating_ip_address: '203.0.113.99'").refusal()).isEqualTo("409 IpAddressAlreadyAllocated");
        assertThat(api.post(
                                "/ports",
                                "{port: {network_id: '" + external + "', fixed_ips: [{ip_address: '203.0.113.99'}]}}")
                        .status())
                .isEqualTo(409);
        String other = subnet(external, "198.51.100.0/24");
        assertThat(shown(made(", subnet_id: '" + other + "'"))
                        .path("floating_ip_address")
                        .asText())
                .startsWith("198.51.100.");
        String ipv6 = subnet(external, "2001:db8:e::/64");
        assertThat(shown(made(", subnet_id: '" + ipv6 + "'"))
                        .path("floating_ip_address")
                        .asText())
                .startsWith("2001:db8:e:");
        assertThat(post(", floating_ip_address: '192.0.2.1'").status()).isEqualTo(400);
        api = api.as("p2", Role.MEMBER);
        assertThat(post(", floating_ip_address: '203.0.113.98'").refusal()).isEqualTo("403 PolicyNotAuthorized");
    }

    @Test
    void refusesNetworksThatDoNotFit() {
        external = api.made("/networks", "{network: {'router:external': true}}");
        subnet(external, "2001:db8:e::/64");
        assertRefused(post(""), "Network " + external + " does not contain any IPv4 subnet");
        external = inside;
        assertRefused(post(""), "Network " + inside + " is not a valid external network");
        external = "42";
        assertRefused(post(""), "Network 42 is not a valid external network");
        assertThat(api.get("/floatingips/42").message()).isEqualTo("Floating IP 42 could not be found");
        assertThat(api.delete("/floatingips/42").refusal()).isEqualTo("404 FloatingIPNotFound");
    }

    @Test
    void standsForAPort() {
        String port = port(", name: 'vm'");
        String id = made("");
        JsonNode with = put(id, "port_id: '" + port + "'").body().path("floatingip");
        assertThat(with.path("port_id").asText()).isEqualTo(port);
        assertThat(with.path("fixed_ip_address").asText()).isEqualTo(fixed(port));
        assertThat(with.path("router_id").asText()).isEqualTo(router);
        assertThat(with.path("status").asText()).isEqualTo("ACTIVE");
        assertThat(with.at("/port_details/name").asText()).isEqualTo("vm");
        assertThat(with.at("/port_details/network_id").asText()).isEqualTo(inside);
        assertThat(with.path("port_details")).hasSize(7);
        assertThat(api.get("/floatingips?port_id=" + port + "&router_id=" + router + "&floating_network_id=" + external)
                        .body()
                        .path("floatingips"))
                .hasSize(1);
        assertThat(put(id, "description: 'x'").body().at("/floatingip/port_id").asText())
                .isEqualTo(port);
        JsonNode without = put(id, "port_id: null").body().path("floatingip");
        assertThat(without.path("fixed_ip_address").isNull()).isTrue();
        assertThat(without.path("router_id").isNull()).isTrue();
        assertThat(without.path("status").asText()).isEqualTo("DOWN");
    }

    @Test
    void standsForOneOfSeveralAddresses() {
        String port = port(", fixed_ips: [{ip_address: '10.77.0.5'}, {ip_address: '10.77.0.6'}]");
        assertRefused(
                post(", port_id: '" + port + "'"),
                "Port " + port
                        + " has multiple fixed IPv4 addresses. Must provide a specific IPv4 address when assigning a floating IP");
        String id = made(", port_id: '" + port + "', fixed_ip_address: '10.77.0.6'");
        assertThat(shown(id).path("fixed_ip_address").asText()).isEqualTo("10.77.0.6");
        assertThat(put(id, "fixed_ip_address: '10.77.0.5'")
                        .body()
                        .at("/floatingip/fixed_ip_address")
                        .asText())
                .isEqualTo("10.77.0.5");
        assertRefused(
                put(id, "port_id: '" + port + "', fixed_ip_address: '10.77.0.7'"),
                "Port " + port + " does not have fixed ip 10.77.0.7");
        assertRefused(
                post(", fixed_ip_address: '10.77.0.6'"), "fixed_ip_address cannot be specified without a port_id");
    }

    @Test
    void refusesPortsThatDoNotFit() {
        assertThat(post(", port_id: '42'").refusal()).isEqualTo("404 PortNotFound");
        subnet(inside, "2001:db8:1::/64");
        String ipv6 = port(", fixed_ips: [{ip_address: '2001:db8:1::5'}]");
        assertRefused(
                post(", port_id: '" + ipv6 + "'"),
                "Cannot add floating IP to port " + ipv6 + " that has no fixed IPv4 addresses");
        assertRefused(
                post(", port_id: '" + ipv6 + "', fixed_ip_address: '2001:db8:1::5'"),
                "Cannot process floating IP association with 2001:db8:1::5, since that is not an IPv4 address");
        String port = port(", fixed_ips: [{subnet_id: '" + insideSubnet + "'}]");
        String id = made(", port_id: '" + port + "'");
        Reply twice = post(", port_id: '" + port + "'");
        assertThat(twice.refusal()).isEqualTo("409 FloatingIPPortAlreadyAssociated");
        assertThat(twice.message())
                .startsWith("Cannot associate floating IP 203.0.113.")
                .endsWith(" with port " + port + " using fixed IP " + fixed(port)
                        + ", as that fixed IP already has a floating IP on external network " + external + ".");
        assertThat(put(id, "port_id: '" + port + "'").status()).isEqualTo(200);
        inside = api.made("/networks", "{network: {}}");
        String unreachable = subnet(inside, "10.78.0.0/24");
        String far = port("");
        Reply reply = post(", port_id: '" + far + "'");
        assertThat(reply.refusal()).isEqualTo("404 ExternalGatewayForFloatingIPNotFound");
        assertThat(reply.message())
                .isEqualTo("External network " + external + " is not reachable from subnet " + unreachable
                        + ".  Therefore, cannot associate Port " + far + " with a Floating IP.");
    }

    @Test
    void refusesPortsOfOthers() {
        String port = port("");
        api = api.as("p2", Role.MEMBER);
        assertThat(post(", port_id: '" + port + "'").refusal()).isEqualTo("404 PortNotFound");
        String id = made("");
        api = api.as("p1", Role.MEMBER);
        assertThat(api.get("/floatingips/" + id).status()).isEqualTo(404);
        assertThat(put(id, "port_id: '" + port + "'").status()).isEqualTo(404);
    }

    @Test
    void ofIpv6StandsForIpv4WhereThereIsNoIpv6() {
        subnet(external, "2001:db8:e::/64");
        String port = port("");
        String id = made(", floating_ip_address: '2001:db8:e::f1', port_id: '" + port + "'");
        assertThat(shown(id).path("fixed_ip_address").asText()).isEqualTo(fixed(port));
        made(", port_id: '" + port + "'");
    }

    @Test
    void endsWithItsPort() {
        String port = port("");
        String id = made(", port_id: '" + port + "'");
        api.put("/ports/" + port, "{port: {fixed_ips: [{ip_address: '10.77.0.200'}]}}");
        assertThat(shown(id).path("port_id").isNull()).isTrue();
        put(id, "port_id: '" + port + "'");
        assertThat(api.delete("/ports/" + port).status()).isEqualTo(204);
        assertThat(shown(id).path("port_id").isNull()).isTrue();
        assertThat(shown(id).path("status").asText()).isEqualTo("DOWN");
    }

    @Test
    void keepsItsRouter() {
        String port = port("");
        made(", port_id: '" + port + "'");
        Reply inUse = api.put("/routers/" + router, "{router: {external_gateway_info: {}}}");
        assertThat(inUse.refusal()).isEqualTo("409 RouterExternalGatewayInUseByFloatingIp");
        assertThat(inUse.message())
                .isEqualTo("Gateway cannot be updated for router " + router + ", since a gateway to external network "
                        + external + " is required by one or more floating IPs.");
        Reply needed =
                api.put("/routers/" + router + "/remove_router_interface", "{subnet_id: '" + insideSubnet + "'}");
        assertThat(needed.refusal()).isEqualTo("409 RouterInterfaceInUseByFloatingIP");
        assertThat(needed.message())
                .isEqualTo("Router interface for subnet " + insideSubnet + " on router " + router
                        + " cannot be deleted, as it is required by one or more floating IPs.");
    }

    @Test
    void goesWithItsNetworkIfNobodyHasIt() {
        external = api.made("/networks", "{network: {'router:external': true}}");
        subnet(external, "203.0.112.0/24");
        String id = made("");
        assertThat(api.delete("/networks/" + external).status()).isEqualTo(204);
        assertThat(api.get("/floatingips/" + id).status()).isEqualTo(404);
    }
}
