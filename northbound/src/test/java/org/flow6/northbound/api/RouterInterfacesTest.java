package org.flow6.northbound.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import org.flow6.northbound.api.ApiCalls.Reply;
import org.flow6.northbound.api.Caller.Role;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class RouterInterfacesTest extends ProjectScene {
    private String network = "";
    private String router = "";

    @BeforeEach
    void open() {
        network = api.made("/networks", "{network: {}}");
        router = api.made("/routers", "{router: {name: 'r1'}}");
    }

    private String subnet(String cidr, String rest) {
        return api.subnet(network, cidr, rest);
    }

    private String port(String subnet) {
        return api.made(
                "/ports", "{port: {network_id: '" + network + "', fixed_ips: [{subnet_id: '" + subnet + "'}]}}");
    }

    private Reply act(String action, String name, String id) {
        return api.put("/routers/" + router + "/" + action, "{" + name + ": '" + id + "'}");
    }

    private Reply add(String subnet) {
        return act("add_router_interface", "subnet_id", subnet);
    }

    private Reply addPort(String port) {
        return act("add_router_interface", "port_id", port);
    }

    private Reply remove(String subnet) {
        return act("remove_router_interface", "subnet_id", subnet);
    }

    private JsonNode ports() {
        return api.get("/ports?device_id=" + router).body().path("ports");
    }

    private static void assertRefused(Reply reply, String reason) {
        assertThat(reply.refusal()).isEqualTo("400 BadRequest");
        assertThat(reply.message()).isEqualTo("Bad router request: " + reason + ".");
    }

    @Test
    void addsAndRemovesASubnet() {
        String subnet = subnet("2001:db8:1::/64", ", gateway_ip: '2001:db8:1::1'");
        Reply added = add(subnet);
        JsonNode port = ports().path(0);
        assertThat(added.status()).isEqualTo(200);
        assertThat(added.body())
                .hasToString("{\"id\":\"" + router + "\",\"tenant_id\":\"p1\",\"port_id\":"
                        + port.path("id") + ",\"network_id\":\"" + network + "\",\"subnet_id\":\"" + subnet
                        + "\",\"subnet_ids\":[\"" + subnet + "\"]}");
        assertThat(port.path("device_owner").asText()).isEqualTo("network:router_interface");
        assertThat(port.path("project_id").asText()).isEqualTo("p1");
        assertThat(port.at("/fixed_ips/0/ip_address").asText()).isEqualTo("2001:db8:1::1");
        assertThat(port.path("security_groups")).isEmpty();
        assertThat(api.get("/routers/" + router).body().at("/router/revision_number"))
                .hasToString("1");
        assertThat(remove(subnet).body()).isEqualTo(added.body());
        assertThat(ports()).isEmpty();
    }

    @Test
    void hasOnePortForTheIpv6SubnetsOfANetwork() {
        String one = subnet("2001:db8:1::/64", "");
        String two = subnet("2001:db8:2::/64", "");
        String four = subnet("10.0.0.0/24", "");
        String port = add(one).body().path("port_id").asText();
        assertThat(add(two).body().path("port_id").asText()).isEqualTo(port);
        assertThat(add(four).body().path("port_id").asText()).isNotEqualTo(port);
        assertThat(ports()).hasSize(2);
        assertThat(remove(one).body().path("port_id").asText()).isEqualTo(port);
        assertThat(api.get("/ports/" + port).body().at("/port/fixed_ips"))
                .hasToString("[{\"subnet_id\":\"" + two + "\",\"ip_address\":\"2001:db8:2::\"}]");
        assertThat(remove(two).status()).isEqualTo(200);
        assertThat(remove(four).status()).isEqualTo(200);
        assertThat(ports()).isEmpty();
    }

    @Test
    void addsAndRemovesAPort() {
        String subnet = subnet("2001:db8:1::/64", ", gateway_ip: null");
        String port = port(subnet);
        assertThat(addPort(port).body().path("subnet_ids")).hasToString("[\"" + subnet + "\"]");
        JsonNode shown = api.get("/ports/" + port).body().path("port");
        assertThat(shown.path("device_id").asText()).isEqualTo(router);
        assertThat(shown.path("device_owner").asText()).isEqualTo("network:router_interface");
        assertThat(shown.path("security_groups")).isEmpty();
        assertRefused(addPort(port), "Router already has a port on subnet " + subnet);
        assertThat(act("remove_router_interface", "port_id", port).status()).isEqualTo(200);
        assertThat(api.get("/ports/" + port).status()).isEqualTo(404);
    }

    @Test
    void refusesSubnetsThatDoNotFit() {
        String without = subnet("2001:db8:1::/64", ", gateway_ip: null");
        assertRefused(add(without), "Subnet for router interface must have a gateway IP");
        String external = subnet("2001:db8:2::/64", ", ipv6_address_mode: 'slaac'");
        assertRefused(
                add(external),
                "IPv6 subnet " + external
                        + " configured to receive RAs from an external router cannot be added to Neutron Router");
        assertThat(add("42").refusal()).isEqualTo("404 SubnetNotFound");
        assertRefused(
                api.put("/routers/" + router + "/add_router_interface", "{}"),
                "Either subnet_id or port_id must be specified");
        assertRefused(
                api.put("/routers/" + router + "/remove_router_interface", "{}"),
                "Either subnet_id or port_id must be specified");
        assertRefused(
                api.put("/routers/" + router + "/add_router_interface", "{subnet_id: 'a', port_id: 'b'}"),
                "Cannot specify both subnet-id and port-id");
    }

    @Test
    void refusesSubnetsThatOverlap() {
        String one = subnet("2001:db8:1::/64", "");
        assertThat(add(one).status()).isEqualTo(200);
        assertRefused(add(one), "Router already has a port on subnet " + one);
        network = api.made("/networks", "{network: {}}");
        String two = subnet("2001:db8:1::/80", "");
        assertRefused(
                add(two),
                "Cidr 2001:db8:1::/80 of subnet " + two + " overlaps with cidr 2001:db8:1::/64 of subnet " + one);
    }

    @Test
    void refusesAGatewayThatAnotherPortHas() {
        String subnet = subnet("2001:db8:1::/64", ", gateway_ip: '2001:db8:1::9', allocation_pools: []");
        api.made("/ports", "{port: {network_id: '" + network + "', fixed_ips: [{ip_address: '2001:db8:1::9'}]}}");
        assertThat(add(subnet).refusal()).isEqualTo("409 IpAddressAlreadyAllocated");
        assertThat(ports()).isEmpty();
    }

    @Test
    void refusesPortsThatDoNotFit() {
        String subnet = subnet("2001:db8:1::/64", "");
        String other = subnet("2001:db8:2::/64", "");
        assertThat(addPort("42").refusal()).isEqualTo("404 PortNotFound");
        String used = api.made("/ports", "{port: {network_id: '" + network + "', device_id: 'vm1'}}");
        Reply reply = addPort(used);
        assertThat(reply.refusal()).isEqualTo("409 PortInUse");
        assertThat(reply.message())
                .isEqualTo("Unable to complete operation on port " + used + " for network " + network
                        + ". Port already has an attached device vm1.");
        String bare = api.made("/ports", "{port: {network_id: '" + network + "', fixed_ips: []}}");
        assertRefused(addPort(bare), "Router port must have at least one fixed IP");
        String has = add(subnet).body().path("port_id").asText();
        assertRefused(
                addPort(port(other)),
                "Cannot have multiple router ports with the same network id if both contain IPv6 subnets. Existing port "
                        + has + " has IPv6 subnet(s) and network id " + network);
    }

    @Test
    void refusesSeveralIpv4SubnetsOfAPort() {
        String one = subnet("10.0.0.0/24", "");
        String two = subnet("10.0.1.0/24", "");
        String port = api.made(
                "/ports",
                "{port: {network_id: '" + network + "', fixed_ips: [{subnet_id: '" + one + "'}, {subnet_id: '" + two
                        + "'}]}}");
        assertRefused(addPort(port), "Cannot have multiple IPv4 subnets on router port");
    }

    @Test
    void refusesToRemoveWhatItDoesNotHave() {
        String subnet = subnet("2001:db8:1::/64", "");
        String other = subnet("2001:db8:2::/64", "");
        assertThat(remove("42").refusal()).isEqualTo("404 SubnetNotFound");
        Reply none = remove(subnet);
        assertThat(none.refusal()).isEqualTo("404 RouterInterfaceNotFoundForSubnet");
        assertThat(none.message()).isEqualTo("Router " + router + " has no interface on subnet " + subnet);
        Reply noPort = act("remove_router_interface", "port_id", "42");
        assertThat(noPort.refusal()).isEqualTo("404 RouterInterfaceNotFound");
        assertThat(noPort.message()).isEqualTo("Router " + router + " does not have an interface with id 42");
        String port = add(subnet).body().path("port_id").asText();
        Reply mismatch = api.put(
                "/routers/" + router + "/remove_router_interface",
                "{port_id: '" + port + "', subnet_id: '" + other + "'}");
        assertThat(mismatch.refusal()).isEqualTo("400 SubnetMismatchForPort");
        assertThat(mismatch.message())
                .isEqualTo("Subnet on port " + port + " does not match the requested subnet " + other + ".");
    }

    @Test
    void refusesToGoWithPorts() {
        String subnet = subnet("2001:db8:1::/64", "");
        add(subnet);
        Reply reply = api.delete("/routers/" + router);
        assertThat(reply.refusal()).isEqualTo("409 RouterInUse");
        assertThat(reply.message()).isEqualTo("Router " + router + " still has ports");
        assertThat(api.delete("/subnets/" + subnet).refusal()).isEqualTo("409 SubnetInUse");
        remove(subnet);
        assertThat(api.delete("/routers/" + router).status()).isEqualTo(204);
        assertThat(api.get("/routers/" + router).refusal()).isEqualTo("404 RouterNotFound");
    }

    @Test
    void refusesWhatIsAnothers() {
        String subnet = subnet("2001:db8:1::/64", "");
        String port = port(subnet);
        api = api.as("p2", Role.MEMBER);
        assertThat(add(subnet).refusal()).isEqualTo("404 RouterNotFound");
        router = api.made("/routers", "{router: {}}");
        assertThat(add(subnet).refusal()).isEqualTo("404 SubnetNotFound");
        assertThat(addPort(port).refusal()).isEqualTo("404 PortNotFound");
    }
}
