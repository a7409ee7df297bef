package org.flow6.northbound.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.HashSet;
import java.util.Set;
import org.flow6.northbound.api.ApiCalls.Reply;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class PortsTest extends ApiScene {
    @SuppressWarnings("NullAway.Init")
    private String network;

    @BeforeEach
    void open() {
        network = api.post("networks", "{network: {name: 'n', dns_domain: 'Example.org.'}}")
                .id();
    }

    private Reply create(String attributes) {
        return api.post("ports", "{port: {network_id: '" + network + "'" + attributes + "}}");
    }

    private static JsonNode json(String text) {
        return ApiCalls.parsed(text);
    }

    @Test
    void hasNeutronsDefaults() {
        Reply made = create("");
        assertThat(made.status()).isEqualTo(201);
        JsonNode port = made.object();
        String mac = port.path("mac_address").asText();
        assertThat(mac).matches("fa:16:3e(:[0-9a-f]{2}){3}");
        String group = port.at("/security_groups/0").asText();
        assertThat(port)
                .isEqualTo(json("{name: '', description: '', tags: [], revision_number: 0, status: 'DOWN',"
                        + " created_at: '2026-11-21T12:00:00Z', updated_at: '2026-11-21T12:00:00Z',"
                        + " project_id: '', tenant_id: '', admin_state_up: true, device_id: '', device_owner: '',"
                        + " port_security_enabled: true, allowed_address_pairs: [], fixed_ips: [],"
                        + " 'binding:host_id': '', 'binding:profile': {}, 'binding:vnic_type': 'normal',"
                        + " 'binding:vif_type': 'unbound', 'binding:vif_details': {}, extra_dhcp_opts: [],"
                        + " dns_name: '', dns_assignment: [], id: '" + made.id() + "', network_id: '" + network
                        + "', mac_address: '" + mac + "', security_groups: ['" + group + "']}"));
        assertThat(api.get("ports/" + made.id()).object()).isEqualTo(port);
        assertThat(api.get("security-groups/" + group).object().path("name").asText())
                .isEqualTo("default");
        assertThat(create("").object().at("/security_groups/0").asText()).isEqualTo(group);
    }

    @Test
    void takesWhatARequestSays() {
        JsonNode port = create(
                        ", name: 'p', mac_address: '02-00-00-00-00-0A', admin_state_up: 'False', device_id: 'vm',"
                                + " device_owner: 'compute:nova', 'binding:host_id': 'hostA', 'binding:profile': {a: 1},"
                                + " 'binding:vnic_type': 'direct', dns_name: 'VM', description: 'd', flow6: {}")
                .object();
        assertThat(port.path("mac_address").asText()).isEqualTo("02:00:00:00:00:0a");
        assertThat(port.path("admin_state_up").asBoolean()).isFalse();
        assertThat(port.path("binding:vif_type").asText()).isEqualTo("ovs");
        assertThat(port.path("binding:vif_details")).isEqualTo(json("{port_filter: true}"));
        assertThat(port.path("dns_name").asText()).isEqualTo("vm");
        Reply bound = api.put("ports/" + port.path("id").asText(), "{port: {'binding:host_id': null}}");
        assertThat(bound.object().path("binding:host_id").asText()).isEmpty();
    }

    @Test
    void namesItsAddresses() {
        api.post("subnets", "{subnet: {network_id: '" + network + "', ip_version: 4, cidr: '192.0.2.0/24'}}");
        JsonNode port = create(", dns_name: 'vm'").object();
        assertThat(port.path("dns_assignment"))
                .isEqualTo(json("[{hostname: 'vm', ip_address: '192.0.2.2', fqdn: 'vm.example.org.'}]"));
    }

    @Test
    void refusesWhatDoesNotFit() {
        assertThat(create(", mac_address: 'zz'").error())
                .isEqualTo(
                        "400 HTTPBadRequest: Invalid input for mac_address. Reason: 'zz' is not a valid MAC address.");
        assertThat(create(", bogus: 1").error()).isEqualTo("400 HTTPBadRequest: Unrecognized attribute(s) 'bogus'");
        assertThat(create(", status: 'ACTIVE'").error())
                .isEqualTo("400 HTTPBadRequest: Attribute 'status' not allowed in POST");
        assertThat(create(", dns_name: 'a b'").status()).isEqualTo(400);
        assertThat(create(", 'binding:vnic_type': 'x'").status()).isEqualTo(400);
        assertThat(create(", fixed_ips: 1").error())
                .isEqualTo(
                        "400 HTTPBadRequest: Invalid input for fixed_ips. Reason: Invalid data format for fixed IP: '1'.");
        assertThat(create(", fixed_ips: [1]").error()).contains("Invalid data format for fixed IP: '1'");
        assertThat(create(", fixed_ips: [{ip_address: 'x'}]").error()).contains("'x' is not a valid IP address");
        assertThat(create(", fixed_ips: [{ip_address: '::1'}, {ip_address: '0::1'}]")
                        .error())
                .contains("Duplicate IP address '::1'");
        assertThat(api.post("ports", "{port: {}}").error())
                .isEqualTo(
                        "400 HTTPBadRequest: Failed to parse request. Required attribute 'network_id' not specified");
        assertThat(api.post("ports", "{port: {network_id: 'none'}}").error())
                .isEqualTo("404 NetworkNotFound: Network none could not be found.");
        assertThat(api.put("ports/none", "{port: {name: 'x'}}").error())
                .isEqualTo("404 PortNotFound: Port none could not be found.");
        assertThat(api.delete("ports/none").status()).isEqualTo(404);
        String id = create("").id();
        assertThat(api.put("ports/" + id, "{port: {network_id: 'x'}}").error())
                .isEqualTo("400 HTTPBadRequest: Cannot update read-only attribute network_id");
    }

    @Test
    void hasAMacAddressOfItsOwn() {
        String other = api.post("networks", "{network: {}}").id();
        String mac = ", mac_address: '02:00:00:00:00:01'";
        String id = create(mac).id();
        assertThat(create(mac).error())
                .isEqualTo("409 MacAddressInUse: Unable to complete operation for network " + network
                        + ". The mac address 02:00:00:00:00:01 is in use.");
        assertThat(api.post("ports", "{port: {network_id: '" + other + "'" + mac + "}}")
                        .status())
                .isEqualTo(201);
        String second = create(", mac_address: '02:00:00:00:00:02'").id();
        assertThat(api.put("ports/" + second, "{port: {mac_address: '02:00:00:00:00:01'}}")
                        .error())
                .startsWith("409 MacAddressInUse");
        assertThat(api.put("ports/" + id, "{port: {mac_address: '02:00:00:00:00:01'}}")
                        .status())
                .isEqualTo(200);
        assertThat(api.put("ports/" + id, "{port: {mac_address: '02:00:00:00:00:03'}}")
                        .status())
                .isEqualTo(200);
        assertThat(create(mac).status()).isEqualTo(201);
    }

    @Test
    void mergesDhcpOptionsByNameAndVersion() {
        String id = create(", extra_dhcp_opts: [{opt_name: 'a', opt_value: '1'},"
                        + " {opt_name: 'a', opt_value: '2', ip_version: '6'}]")
                .id();
        Reply changed = api.put(
                "ports/" + id,
                "{port: {extra_dhcp_opts: [{opt_name: 'a', opt_value: null}, {opt_name: 'b', opt_value: '3', ip_version: 6}]}}");
        assertThat(changed.object().path("extra_dhcp_opts"))
                .isEqualTo(json("[{opt_name: 'a', opt_value: '2', ip_version: 6},"
                        + " {opt_name: 'b', opt_value: '3', ip_version: 6}]"));
        assertThat(api.put("ports/" + id, "{port: {extra_dhcp_opts: []}}")
                        .object()
                        .path("extra_dhcp_opts"))
                .hasSize(2);
        assertThat(create(", extra_dhcp_opts: [{opt_name: 'a'}]").error())
                .startsWith("400 HTTPBadRequest: Invalid input for extra_dhcp_opts. Reason:");
        assertThat(create(", extra_dhcp_opts: [{opt_name: '', opt_value: 'x'}]").status())
                .isEqualTo(400);
        assertThat(create(", extra_dhcp_opts: [{opt_name: 'a', opt_value: 'x', ip_version: 5}]")
                        .status())
                .isEqualTo(400);
    }

    @Test
    void severalAtOnceAreMadeAllOrNone() {
        String one = "{network_id: '" + network + "', name: 'x', mac_address: '02:00:00:00:00:0";
        Reply made = api.post("ports", "{ports: [" + one + "1'}, {port: " + one + "2'}}]}");
        assertThat(made.status()).isEqualTo(201);
        assertThat(made.body().path("ports")).hasSize(2);
        assertThat(api.post("ports", "{ports: [" + one + "3'}, " + one + "4'}, " + one + "3'}]}")
                        .error())
                .startsWith("409 MacAddressInUse");
        assertThat(api.get("ports").body().path("ports")).hasSize(2);
        assertThat(api.post("ports", "{ports: []}").status()).isEqualTo(400);
    }

    @Test
    void madeMacAddressesDiffer() {
        Set<String> macs = new HashSet<>();
        StringBuilder several = new StringBuilder("{ports: [");
        for (int i = 0; i < 200; i++) {
            several.append(i == 0 ? "" : ",")
                    .append("{network_id: '")
                    .append(network)
                    .append("'}");
        }
        api.post("ports", several + "]}")
                .object()
                .forEach(port -> macs.add(port.path("mac_address").asText()));
        assertThat(macs).hasSize(200);
    }

    @Test
    void isFoundByItsAddresses() {
        String subnet = api.post(
                        "subnets", "{subnet: {network_id: '" + network + "', ip_version: 6, cidr: '2001:db8:2::/64'}}")
                .id();
        String first = create(", name: 'a', fixed_ips: [{ip_address: '2001:db8:2::abc'}]")
                .id();
        String second = create(", name: 'b', fixed_ips: [{ip_address: '2001:db8:2::abd'}]")
                .id();
        create(", name: 'c', fixed_ips: []");
        assertThat(found("fixed_ips=subnet_id=" + subnet)).containsExactlyInAnyOrder(first, second);
        assertThat(found("fixed_ips=ip_address=2001:DB8:2:0::abc")).containsExactly(first);
        assertThat(found("fixed_ips=ip_address=2001:db8:2::abc&fixed_ips=ip_address=2001:db8:2::abd"))
                .hasSize(2);
        assertThat(found("fixed_ips=ip_address=2001:db8:2::abc&fixed_ips=subnet_id=x"))
                .isEmpty();
        assertThat(found("fixed_ips=ip_address_substr=2::ABD")).containsExactly(second);
        assertThat(found("fixed_ips=ip_address_substr=:ab")).hasSize(2);
        assertThat(found("fixed_ips=ip_address=zz")).isEmpty();
        assertThat(api.get("ports?fixed_ips=zz").error())
                .isEqualTo("400 InvalidInput: Invalid input for operation: 'zz' is not in <key>=<value> format.");
        assertThat(api.get("ports?fixed_ips=mac=zz").error())
                .isEqualTo("400 HTTPBadRequest: ['fixed_ips.mac'] is invalid attribute for filtering");
    }

    @Test
    void isFoundByItsAttributes() {
        String first = create(
                        ", name: 'a', device_id: 'vm1', device_owner: 'compute:x', mac_address: '02:00:00:00:00:01'")
                .id();
        create(", name: 'b'");
        for (String query : new String[] {
            "name=a",
            "device_id=vm1",
            "device_owner=compute:x",
            "mac_address=02:00:00:00:00:01",
            "id=" + first,
            "network_id=" + network + "&name=a",
            "device_id=vm1&device_id=vm2",
            "name=a&admin_state_up=True"
        }) {
            assertThat(found(query)).as(query).containsExactly(first);
        }
        String group =
                api.get("ports/" + first).object().at("/security_groups/0").asText();
        assertThat(found("security_groups=" + group)).hasSize(2);
        assertThat(found("status=DOWN")).hasSize(2);
        assertThat(found("network_id=none")).isEmpty();
        assertThat(found("device_id=")).hasSize(1).doesNotContain(first);
        assertThat(api.get("ports?bogus=1").error())
                .isEqualTo("400 HTTPBadRequest: ['bogus'] is invalid attribute for filtering");
    }

    private Set<String> found(String query) {
        Set<String> ids = new HashSet<>();
        Reply reply = api.get("ports?" + query);
        assertThat(reply.status()).isEqualTo(200);
        reply.body().path("ports").forEach(port -> ids.add(port.path("id").asText()));
        return ids;
    }

    @Test
    void ofARouterGoesWithTheRouter() {
        String router = api.post("routers", "{router: {}}").id();
        api.post("subnets", "{subnet: {network_id: '" + network + "', ip_version: 6, cidr: '2001:db8:2::/64'}}");
        for (String owner : new String[] {"network:router_interface", "network:router_gateway"}) {
            String id = create(", device_owner: '" + owner + "', device_id: '" + router + "'")
                    .id();
            assertThat(api.delete("ports/" + id).error())
                    .isEqualTo("409 ServicePortInUse: Port " + id
                            + " cannot be deleted directly via the port API: has device owner " + owner + ".");
        }
    }

    @Test
    void onAnothersNetworkSaysLess() {
        String shared = api.post("networks", "{network: {shared: true, project_id: 'owner'}}")
                .id();
        ApiCalls member = api.by("member");
        String on = "{port: {network_id: '" + shared + "'";
        for (String attribute : new String[] {
            "mac_address: '02:00:00:00:00:01'",
            "port_security_enabled: false",
            "allowed_address_pairs: []",
            "device_owner: 'network:dhcp'",
            "fixed_ips: [{ip_address: '::1'}]",
            "'binding:host_id': 'h'"
        }) {
            assertThat(member.post("ports", on + ", " + attribute + "}}").error())
                    .as(attribute)
                    .startsWith("403 PolicyNotAuthorized: rule:create_port:");
        }
        Reply made = member.post("ports", on + ", device_owner: 'compute:a', fixed_ips: []}}");
        assertThat(made.status()).isEqualTo(201);
        assertThat(made.object().path("project_id").asText()).isEqualTo("member");
        assertThat(made.object().has("binding:host_id")).isFalse();
        assertThat(made.object().has("binding:vnic_type")).isTrue();
        assertThat(member.post("ports", "{port: {network_id: '" + network + "'}}")
                        .status())
                .isEqualTo(404);
        assertThat(api.by("stranger").get("ports/" + made.id()).status()).isEqualTo(404);
        assertThat(api.by("owner")
                        .post("ports", on + ", mac_address: '02:00:00:00:00:01'}}")
                        .status())
                .isEqualTo(201);
    }

    @Test
    void isNoInterfaceOfAnothersRouter() {
        String router = api.post("routers", "{router: {}}").id();
        String own = api.by("member").post("networks", "{network: {}}").id();
        assertThat(api.by("member")
                        .post(
                                "ports",
                                "{port: {network_id: '" + own
                                        + "', device_owner: 'network:router_interface', device_id: '" + router
                                        + "'}}")
                        .error())
                .startsWith("409 DeviceIDNotOwnedByTenant");
    }
}
