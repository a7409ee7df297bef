package org.flow6.northbound.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.flow6.northbound.api.ApiCalls.Reply;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A network from its making to its end, as the openstack client asks for it where nobody has to say who they are. */
class NetworkWalkTest {
    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path folder;

    private static void assertDone(Reply reply) {
        assertThat(reply.status()).as(reply.toString()).isBetween(200, 204);
    }

    private static String subnet(ApiCalls api, String network, String cidr, String rest) {
        return api.made(
                "/subnets",
                "{subnet: {network_id: '" + network + "', ip_version: " + (cidr.contains(":") ? 6 : 4) + ", cidr: '"
                        + cidr + "'" + rest + "}}");
    }

    private static String modes(String mode) {
        return ", ipv6_ra_mode: '" + mode + "', ipv6_address_mode: '" + mode + "'";
    }

    @Test
    void isMadeAndUnmade() {
        try (ApiCalls api = ApiCalls.over(folder)) {
            String n1 = api.made("/networks", "{network: {name: 'n1', admin_state_up: true}}");
            String n3 = api.made("/networks", "{network: {name: 'n3', port_security_enabled: false}}");
            String n4 = api.made("/networks", "{network: {name: 'n4'}}");
            String ext = api.made("/networks", "{network: {name: 'ext', 'router:external': true}}");
            String s1 = subnet(api, n1, "2001:db8:1::/64", modes("slaac"));
            String s3 = subnet(api, n4, "2001:db8:3::/64", modes("dhcpv6-stateless") + ", gateway_ip: null");
            String v4 = subnet(api, n3, "10.77.0.0/24", "");
            String exts = subnet(api, ext, "2001:db8:e::/64", ", enable_dhcp: false, gateway_ip: '2001:db8:e::1'");
            String sg = api.made("/security-groups", "{security_group: {name: 'sg1', description: 'web'}}");
            api.made(
                    "/security-group-rules",
                    "{security_group_rule: {security_group_id: '" + sg + "', direction: 'ingress', ethertype: 'IPv6',"
                            + " protocol: 'ipv6-icmp', port_range_min: '128', port_range_max: '0', remote_ip_prefix: '::/0'}}");
            String p1 = api.made("/ports", "{port: {network_id: '" + n1 + "', security_groups: ['" + sg + "']}}");
            String router = api.made("/routers", "{router: {name: 'r1', admin_state_up: true}}");
            String path = "/routers/" + router;
            assertDone(api.put(path + "/add_router_interface", "{subnet_id: '" + s1 + "'}"));
            String rp2 =
                    api.made("/ports", "{port: {network_id: '" + n4 + "', fixed_ips: [{subnet_id: '" + s3 + "'}]}}");
            assertDone(api.put(path + "/add_router_interface", "{port_id: '" + rp2 + "'}"));
            assertThat(api.put(path + "/add_router_interface", "{subnet_id: '" + s3 + "'}")
                            .status())
                    .isEqualTo(400);
            assertDone(api.put(
                    path,
                    "{router: {external_gateway_info: {network_id: '" + ext + "', external_fixed_ips: [{subnet_id: '"
                            + exts + "', ip_address: '2001:db8:e::10'}]}}}"));
            assertDone(api.put(
                    path, "{router: {routes: [{destination: '2001:db8:100::/48', nexthop: '2001:db8:e::5'}]}}"));
            assertDone(api.put(path, "{router: {routes: []}}"));
            assertThat(subnetsOf(api, router)).containsExactlyInAnyOrder(s1, s3, exts);
            float4(api, ext, n3, v4, path);
            assertThat(api.delete(path).status()).isEqualTo(409);
            for (String subnet : List.of(s1, v4)) {
                assertDone(api.put(path + "/remove_router_interface", "{subnet_id: '" + subnet + "'}"));
            }
            assertDone(api.put(path + "/remove_router_interface", "{port_id: '" + rp2 + "'}"));
            assertDone(api.put(path, "{router: {external_gateway_info: {}}}"));
            assertThat(subnetsOf(api, router)).isEmpty();
            assertDone(api.delete(path));
            assertDone(api.delete("/ports/" + p1));
            for (String network : List.of(n1, n3, n4, ext)) {
                assertDone(api.delete("/networks/" + network));
            }
            assertDone(api.delete("/security-groups/" + sg));
            assertThat(api.get("/ports").body().path("ports")).isEmpty();
        }
    }

    /** A floating IP from its making to its end. */
    private static void float4(ApiCalls api, String ext, String n3, String v4, String path) {
        subnet(api, ext, "203.0.113.0/24", ", enable_dhcp: false");
        String port = api.made("/ports", "{port: {network_id: '" + n3 + "', fixed_ips: [{subnet_id: '" + v4 + "'}]}}");
        assertDone(api.put(path + "/add_router_interface", "{subnet_id: '" + v4 + "'}"));
        String floating = api.made("/floatingips", "{floatingip: {floating_network_id: '" + ext + "'}}");
        assertDone(api.put("/floatingips/" + floating, "{floatingip: {port_id: '" + port + "'}}"));
        assertThat(api.get("/floatingips?port_id=" + port).body().path("floatingips"))
                .hasSize(1);
        assertDone(api.put("/floatingips/" + floating, "{floatingip: {port_id: null}}"));
        assertDone(api.delete("/floatingips/" + floating));
        assertDone(api.delete("/ports/" + port));
    }

    private static List<String> subnetsOf(ApiCalls api, String router) {
        List<String> subnets = new ArrayList<>();
        for (JsonNode port : api.get("/ports?device_id=" + router).body().path("ports")) {
            port.path("fixed_ips")
                    .forEach(ip -> subnets.add(ip.path("subnet_id").asText()));
        }
        return subnets;
    }
}
