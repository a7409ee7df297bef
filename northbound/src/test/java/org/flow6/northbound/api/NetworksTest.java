package org.flow6.northbound.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import org.flow6.northbound.api.ApiCalls.Reply;
import org.junit.jupiter.api.Test;

class NetworksTest extends ApiScene {
    private Reply create(String attributes) {
        return api.post("networks", "{network: {" + attributes + "}}");
    }

    private Reply change(String id, String attributes) {
        return api.put("networks/" + id, "{network: {" + attributes + "}}");
    }

    private String port(String network, String attributes) {
        return api.post("ports", "{port: {network_id: '" + network + "'" + attributes + "}}")
                .id();
    }

    @Test
    void hasNeutronsDefaults() {
        Reply made = create("");
        assertThat(made.status()).isEqualTo(201);
        assertThat(made.object())
                .isEqualTo(ApiCalls.parsed(
                        "{id: '" + made.id() + "', name: '', description: '', tags: [], revision_number: 0,"
                                + " created_at: '2026-11-21T12:00:00Z', updated_at: '2026-11-21T12:00:00Z',"
                                + " project_id: '', tenant_id: '', admin_state_up: true, status: 'ACTIVE',"
                                + " subnets: [], shared: false, 'router:external': false, mtu: 1450,"
                                + " port_security_enabled: true, dns_domain: '', availability_zone_hints: [],"
                                + " availability_zones: [], ipv4_address_scope: null, ipv6_address_scope: null,"
                                + " qos_policy_id: null, l2_adjacency: true, 'provider:network_type': 'geneve',"
                                + " 'provider:physical_network': null, 'provider:segmentation_id': null}"));
        assertThat(made.id()).matches("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}");
        assertThat(api.get("networks/" + made.id()).object()).isEqualTo(made.object());
    }

    @Test
    void takesWhatARequestSays() {
        JsonNode made = create("name: 'n', mtu: '1400', admin_state_up: 'false', 'router:external': true, shared: 1,"
                        + " port_security_enabled: false, dns_domain: 'Example.ORG.', description: 'd'")
                .object();
        assertThat(made.path("mtu")).isEqualTo(ApiCalls.parsed("1400"));
        assertThat(made.path("admin_state_up")).isEqualTo(ApiCalls.parsed("false"));
        assertThat(made.path("router:external")).isEqualTo(ApiCalls.parsed("true"));
        assertThat(made.path("shared")).isEqualTo(ApiCalls.parsed("true"));
        assertThat(made.path("is_default")).isEqualTo(ApiCalls.parsed("false"));
        assertThat(made.path("dns_domain").asText()).isEqualTo("example.org.");
        assertThat(made.path("description").asText()).isEqualTo("d");
    }

    @Test
    void changes() {
        String id = create("name: 'n', mtu: 1400").id();
        JsonNode changed = change(id, "name: 'm', mtu: 0, description: 'bye', admin_state_up: false")
                .object();
        assertThat(changed.path("name").asText()).isEqualTo("m");
        assertThat(changed.path("mtu").asInt()).isEqualTo(1450);
        assertThat(changed.path("revision_number").asInt()).isEqualTo(1);
        assertThat(api.get("networks/" + id).object()).isEqualTo(changed);
        assertThat(change("none", "name: 'x'").error())
                .isEqualTo("404 NetworkNotFound: Network none could not be found.");
        assertThat(change(id, "status: 'DOWN'").error())
                .isEqualTo("400 HTTPBadRequest: Cannot update read-only attribute status");
    }

    @Test
    void refusesWhatDoesNotFit() {
        assertThat(create("name: '" + "x".repeat(256) + "'").error())
                .startsWith("400 HTTPBadRequest: Invalid input for name. Reason:")
                .endsWith("exceeds maximum length of 255.");
        assertThat(create("admin_state_up: 'maybe'").error())
                .isEqualTo(
                        "400 HTTPBadRequest: Invalid input for admin_state_up. Reason: 'maybe' cannot be converted to boolean.");
        assertThat(create("mtu: -1").status()).isEqualTo(400);
        assertThat(create("dns_domain: 'a b'").status()).isEqualTo(400);
        assertThat(create("id: 'x'").error()).isEqualTo("400 HTTPBadRequest: Attribute 'id' not allowed in POST");
        assertThat(create("x: 1, y: 2").error()).isEqualTo("400 HTTPBadRequest: Unrecognized attribute(s) 'x, y'");
        assertThat(api.post("networks", "{net: {}}").error())
                .isEqualTo("400 HTTPBadRequest: Unable to find 'network' in request body");
        assertThat(api.post("networks", "{network: 1}").error())
                .isEqualTo("400 HTTPBadRequest: Body contains invalid data");
        assertThat(api.post("networks", "").status()).isEqualTo(400);
    }

    @Test
    void hasAnMtuThatItsFamiliesNeed() {
        assertThat(create("mtu: 67").error())
                .isEqualTo(
                        "400 InvalidInput: Invalid input for operation: Requested MTU is too small, require at least 68.");
        String id = create("mtu: 1279").id();
        String ipv6 = "{subnet: {network_id: '" + id + "', ip_version: 6, cidr: '2001:db8::/64'}}";
        assertThat(api.post("subnets", ipv6).error()).startsWith("409 NetworkMTUSubnetConflict");
        change(id, "mtu: 1280");
        assertThat(api.post("subnets", ipv6).status()).isEqualTo(201);
        assertThat(change(id, "mtu: 1279").error()).endsWith("require at least 1280.");
    }

    @Test
    void listsItsSubnets() {
        String id = create("").id();
        String subnet = api.post(
                        "subnets", "{subnet: {network_id: '" + id + "', ip_version: 6, cidr: '2001:db8::/64'}}")
                .id();
        assertThat(api.get("networks/" + id).object().path("subnets")).isEqualTo(ApiCalls.parsed("['" + subnet + "']"));
        assertThat(api.delete("networks/" + id).status()).isEqualTo(204);
        assertThat(api.get("subnets/" + subnet).status()).isEqualTo(404);
        assertThat(api.get("networks/" + id).status()).isEqualTo(404);
        assertThat(api.delete("networks/" + id).status()).isEqualTo(404);
    }

    @Test
    void staysWhilePortsUseIt() {
        String id = create("").id();
        String dhcp = port(id, ", device_owner: 'network:dhcp'");
        String used = port(id, "");
        assertThat(api.delete("networks/" + id).error())
                .isEqualTo("409 NetworkInUse: Unable to complete operation on network " + id
                        + ". There are one or more ports still in use on the network, id for these ports is: " + used
                        + ".");
        api.delete("ports/" + used);
        assertThat(api.delete("networks/" + id).status()).isEqualTo(204);
        assertThat(api.get("ports/" + dhcp).status()).isEqualTo(404);
    }

    @Test
    void namesNotAllOfManyPortsInTheWay() {
        String id = create("").id();
        String one = "{network_id: '" + id + "'},";
        api.post("ports", "{ports: [" + one.repeat(11) + one.replace("},", "}") + "]}");
        String error = api.delete("networks/" + id).error();
        assertThat(error).endsWith(",….");
        assertThat(error.split(",")).hasSize(12);
    }

    @Test
    void staysExternalWhileRoutersHaveTheirGatewayOnIt() {
        String id = create("'router:external': true").id();
        String router = api.post("routers", "{router: {}}").id();
        port(id, ", device_owner: 'network:router_gateway', device_id: '" + router + "'");
        assertThat(change(id, "'router:external': false").error())
                .isEqualTo("409 ExternalNetworkInUse: External network " + id
                        + " cannot be updated to be made non-external, since it has existing gateway ports.");
        String unused = create("'router:external': true").id();
        assertThat(change(unused, "'router:external': false").status()).isEqualTo(200);
    }

    @Test
    void staysSharedWhileOthersUseIt() {
        String id = create("shared: true, project_id: 'owner'").id();
        String port = api.by("member")
                .post("ports", "{port: {network_id: '" + id + "'}}")
                .id();
        assertThat(change(id, "shared: false").error())
                .isEqualTo("409 InvalidSharedSetting: Unable to reconfigure sharing settings for network " + id
                        + ". Multiple tenants are using it.");
        api.delete("ports/" + port);
        assertThat(change(id, "shared: false").status()).isEqualTo(200);
    }

    @Test
    void isSeenByItsOwnersAndThoseItIsSharedWith() {
        ApiCalls member = api.by("member");
        String own = member.post("networks", "{network: {name: 'own'}}").id();
        String hidden = create("").id();
        String shared = create("shared: true").id();
        String external = create("'router:external': true").id();
        assertThat(member.get("networks?fields=id").body().path("networks")).hasSize(3);
        assertThat(member.get("networks/" + hidden).status()).isEqualTo(404);
        assertThat(member.put("networks/" + hidden, "{network: {}}").status()).isEqualTo(404);
        assertThat(member.get("networks/" + shared).object().has("provider:network_type"))
                .isFalse();
        for (String id : new String[] {shared, external}) {
            assertThat(member.put("networks/" + id, "{network: {name: 'x'}}").error())
                    .startsWith("403 PolicyNotAuthorized: rule:update_network");
            assertThat(member.delete("networks/" + id).error())
                    .startsWith("403 PolicyNotAuthorized: rule:delete_network");
        }
        assertThat(member.delete("networks/" + own).status()).isEqualTo(204);
        assertThat(member.post("networks", "{network: {shared: true}}").error())
                .isEqualTo("403 PolicyNotAuthorized: rule:create_network:shared is disallowed by policy");
        assertThat(member.post("networks", "{network: {project_id: 'other'}}").status())
                .isEqualTo(403);
        assertThat(create("tenant_id: 'other'").object().path("project_id").asText())
                .isEqualTo("other");
    }

    @Test
    void isPartOfAPhysicalNetwork() {
        String vlan =
                "'provider:network_type': 'vlan', 'provider:physical_network': 'p', 'provider:segmentation_id': '5'";
        JsonNode made = create(vlan).object();
        assertThat(made.path("provider:segmentation_id").asInt()).isEqualTo(5);
        assertThat(create(vlan).error())
                .isEqualTo(
                        "409 VlanIdInUse: Unable to create the network. The VLAN 5 on physical network p is in use.");
        String flat = "'provider:network_type': 'flat', 'provider:physical_network': 'p'";
        assertThat(create(flat).status()).isEqualTo(201);
        assertThat(create(flat).error()).startsWith("409 FlatNetworkInUse");
        String id = made.path("id").asText();
        assertThat(change(id, vlan).status()).isEqualTo(200);
        assertThat(change(id, "'provider:segmentation_id': 6").error())
                .endsWith("Plugin does not support updating provider attributes.");
        String tunneled = create("'provider:network_type': null").id();
        assertThat(change(tunneled, "'provider:physical_network': null").status())
                .isEqualTo(200);
    }

    @Test
    void refusesHalfOfAPhysicalNetwork() {
        for (String half : new String[] {
            "'provider:physical_network': 'p'",
            "'provider:network_type': 'vlan', 'provider:segmentation_id': 5",
            "'provider:network_type': 'vlan', 'provider:physical_network': 'p'",
            "'provider:network_type': 'vlan', 'provider:physical_network': 'p', 'provider:segmentation_id': 4095",
            "'provider:network_type': 'flat', 'provider:physical_network': 'p', 'provider:segmentation_id': 1",
            "'provider:network_type': 'geneve', 'provider:physical_network': 'p'",
            "'provider:network_type': 'token-ring'",
        }) {
            assertThat(create(half).status()).as(half).isEqualTo(400);
        }
    }
}
