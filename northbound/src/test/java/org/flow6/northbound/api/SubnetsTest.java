package org.flow6.northbound.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import org.flow6.northbound.api.ApiCalls.Reply;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class SubnetsTest extends ApiScene {
    private static final String INVALID = "400 InvalidInput: Invalid input for operation: ";

    @SuppressWarnings("NullAway.Init")
    private String network;

    @BeforeEach
    void open() {
        network = api.post("networks", "{network: {}}").id();
    }

    private Reply create(String cidr, String attributes) {
        int version = cidr.contains(":") ? 6 : 4;
        return of(version, "cidr: '" + cidr + "'" + attributes);
    }

    private Reply of(int version, String attributes) {
        return api.post(
                "subnets",
                "{subnet: {network_id: '" + network + "', ip_version: " + version + ", " + attributes + "}}");
    }

    private Reply change(String id, String attributes) {
        return api.put("subnets/" + id, "{subnet: {" + attributes + "}}");
    }

    private static void assertGateway(Reply made, String gateway, String pools) {
        assertThat(made.status()).as(made.error()).isEqualTo(201);
        assertThat(made.object().path("gateway_ip").asText()).isEqualTo(gateway);
        assertThat(made.object().path("allocation_pools")).isEqualTo(ApiCalls.parsed(pools));
    }

    @Test
    void hasNeutronsDefaults() {
        Reply made = create("2001:DB8:0::5/64", "");
        assertThat(made.status()).isEqualTo(201);
        assertThat(made.object())
                .isEqualTo(ApiCalls.parsed("{id: '" + made.id() + "', network_id: '" + network
                        + "', name: '', description: '', tags: [], revision_number: 0,"
                        + " created_at: '2026-11-21T12:00:00Z', updated_at: '2026-11-21T12:00:00Z',"
                        + " project_id: '', tenant_id: '', ip_version: 6, cidr: '2001:db8::/64',"
                        + " gateway_ip: '2001:db8::', enable_dhcp: true, dns_nameservers: [], host_routes: [],"
                        + " service_types: [], ipv6_ra_mode: null, ipv6_address_mode: null, subnetpool_id: null,"
                        + " segment_id: null, allocation_pools: [{start: '2001:db8::1',"
                        + " end: '2001:db8::ffff:ffff:ffff:ffff'}]}"));
    }

    @Test
    void hasAGatewayAndPoolsWithoutIt() {
        assertGateway(create("192.0.2.0/24", ""), "192.0.2.1", "[{start: '192.0.2.2', end: '192.0.2.254'}]");
        assertGateway(
                create("198.51.100.0/24", ", gateway_ip: '198.51.100.10'"),
                "198.51.100.10",
                "[{start: '198.51.100.1', end: '198.51.100.9'}, {start: '198.51.100.11', end: '198.51.100.254'}]");
        assertGateway(
                create("2001:db8:1::/64", ", gateway_ip: '2001:db8:1::1'"),
                "2001:db8:1::1",
                "[{start: '2001:db8:1::2', end: '2001:db8:1:0:ffff:ffff:ffff:ffff'}]");
        assertGateway(
                create("2001:db8:2::/64", ", gateway_ip: 'fe80::1'"),
                "fe80::1",
                "[{start: '2001:db8:2::1', end: '2001:db8:2:0:ffff:ffff:ffff:ffff'}]");
        assertGateway(create("203.0.113.0/31", ""), "203.0.113.1", "[{start: '203.0.113.0', end: '203.0.113.0'}]");
        assertGateway(
                create("2001:db8:3::/127", ""), "2001:db8:3::", "[{start: '2001:db8:3::1', end: '2001:db8:3::1'}]");
        assertGateway(create("2001:db8:4::7/128", ""), "2001:db8:4::7", "[]");
        Reply none = create("10.0.0.0/30", ", gateway_ip: null");
        assertThat(none.object().path("gateway_ip").isNull()).isTrue();
        assertThat(none.object().path("allocation_pools"))
                .isEqualTo(ApiCalls.parsed("[{start: '10.0.0.1', end: '10.0.0.2'}]"));
    }

    @Test
    void takesWhatARequestSays() {
        JsonNode made = create(
                        "2001:db8::/64",
                        ", name: 's', ipv6_ra_mode: 'slaac', ipv6_address_mode: 'slaac', dns_nameservers:"
                                + " ['2001:4860:4860:0:0:0:0:8888'], host_routes: [{destination: '2001:DB8:9::/48',"
                                + " nexthop: '2001:db8::9'}], allocation_pools: [{start: '2001:DB8::100',"
                                + " end: '2001:db8::1ff'}, {start: '2001:db8::1000', end: '2001:db8::10ff'}],"
                                + " gateway_ip: '2001:db8::fe', flow6: {allow_slaac_prefix: true}")
                .object();
        assertThat(made.path("dns_nameservers")).isEqualTo(ApiCalls.parsed("['2001:4860:4860::8888']"));
        assertThat(made.path("host_routes"))
                .isEqualTo(ApiCalls.parsed("[{destination: '2001:db8:9::/48', nexthop: '2001:db8::9'}]"));
        assertThat(made.at("/allocation_pools/0/start").asText()).isEqualTo("2001:db8::100");
        assertThat(made.path("flow6")).isEqualTo(ApiCalls.parsed("{allow_slaac_prefix: true}"));
    }

    @Test
    void hasModesThatGoTogether() {
        String cidr = "2001:db8::/64";
        assertThat(create(cidr, ", ipv6_ra_mode: 'slaac', ipv6_address_mode: 'dhcpv6-stateful'")
                        .error())
                .isEqualTo(INVALID + "ipv6_ra_mode set to 'slaac' with ipv6_address_mode set to 'dhcpv6-stateful'"
                        + " is not valid. If both attributes are set, they must be the same value.");
        assertThat(create(cidr, ", ipv6_ra_mode: 'slaac', enable_dhcp: false").error())
                .isEqualTo(
                        INVALID + "ipv6_ra_mode or ipv6_address_mode cannot be set when enable_dhcp is set to False.");
        assertThat(create("10.0.0.0/24", ", ipv6_address_mode: 'slaac'").error())
                .isEqualTo(INVALID + "ipv6_ra_mode or ipv6_address_mode cannot be set when ip_version is 4.");
        assertThat(create("2001:db8::/80", ", ipv6_address_mode: 'dhcpv6-stateless'")
                        .error())
                .isEqualTo(INVALID + "Invalid CIDR 2001:db8::/80 for IPv6 address mode. OpenStack uses the EUI-64"
                        + " address format, which requires the prefix to be /64.");
        assertThat(create("2001:db8::/80", ", ipv6_address_mode: 'dhcpv6-stateful'")
                        .status())
                .isEqualTo(201);
        assertThat(create(cidr, ", ipv6_ra_mode: 'magic'").error())
                .startsWith("400 HTTPBadRequest: Invalid input for ipv6_ra_mode. Reason: 'magic' is not in");
        String id = create("2001:db8:1::/64", ", ipv6_ra_mode: 'slaac'").id();
        assertThat(change(id, "ipv6_ra_mode: 'dhcpv6-stateful'").error())
                .isEqualTo("400 HTTPBadRequest: Cannot update read-only attribute ipv6_ra_mode");
        assertThat(change(id, "enable_dhcp: false").status()).isEqualTo(400);
    }

    @Test
    void hasACidrOfItsVersionThatOverlapsNoOther() {
        assertThat(of(6, "cidr: '10.9.0.0/24'").error())
                .isEqualTo(INVALID + "cidr '10.9.0.0/24' does not match the ip_version '6'");
        assertThat(create("0.0.0.0/0", "").error()).isEqualTo(INVALID + "0 is not allowed as CIDR prefix length");
        assertThat(create("ff05::/64", "").status()).isEqualTo(400);
        assertThat(create("127.0.0.0/24", "").status()).isEqualTo(400);
        assertThat(create("2001:db8::", "").error())
                .startsWith(
                        "400 HTTPBadRequest: Invalid input for cidr. Reason: '2001:db8::' isn't a recognized IP subnet cidr");
        assertThat(of(5, "cidr: '10.9.0.0/24'").error())
                .isEqualTo("400 HTTPBadRequest: Invalid input for ip_version. Reason: '5' is not in [4, 6].");
        assertThat(of(6, "name: 'x'").error())
                .isEqualTo(
                        "400 BadRequest: Bad subnets request: a subnetpool must be specified in the absence of a cidr.");
        assertThat(create("2001:db8::/64", "").status()).isEqualTo(201);
        for (String cidr : new String[] {"2001:db8::/64", "2001:db8::/48", "2001:db8:0:0:8000::/65"}) {
            assertThat(create(cidr, "").error())
                    .isEqualTo(INVALID + "Requested subnet with cidr: " + cidr + " for network: " + network
                            + " overlaps with another subnet.");
        }
        String other = api.post("networks", "{network: {}}").id();
        assertThat(api.post(
                                "subnets",
                                "{subnet: {network_id: '" + other + "', ip_version: '6', cidr: '2001:db8::/64'}}")
                        .status())
                .isEqualTo(201);
        assertThat(api.post("subnets", "{subnet: {network_id: 'none', ip_version: 6, cidr: '2001:db8::/64'}}")
                        .error())
                .isEqualTo("404 NetworkNotFound: Network none could not be found.");
    }

    @Test
    void hasPoolsWithinItThatDoNotOverlap() {
        assertThat(pools("{start: '2001:db8::9', end: '2001:db8::1'}").error())
                .isEqualTo("400 InvalidAllocationPool: The allocation pool 2001:db8::9-2001:db8::1 is not valid.");
        assertThat(pools("{start: '10.0.0.1', end: '10.0.0.2'}").error()).startsWith("400 InvalidAllocationPool");
        assertThat(pools("{start: '2001:db8::1', end: '10.0.0.2'}").error()).startsWith("400 InvalidAllocationPool");
        assertThat(pools("{start: '2001:db8::1', end: '2001:db8:1::1'}").error())
                .isEqualTo(
                        "400 OutOfBoundsAllocationPool: The allocation pool 2001:db8::1-2001:db8:1::1 spans beyond the"
                                + " subnet cidr 2001:db8::/64.");
        assertThat(pools("{start: '2001:db8::1', end: '2001:db8::9'}, {start: '2001:db8::9', end: '2001:db8::a'}")
                        .error())
                .startsWith(
                        "409 OverlappingAllocationPools: Found overlapping allocation pools: 2001:db8::9-2001:db8::a");
        assertThat(pools("{start: '2001:db8::', end: '2001:db8::9'}").error())
                .isEqualTo(
                        "409 GatewayConflictWithAllocationPools: Gateway ip 2001:db8:: conflicts with allocation pool"
                                + " 2001:db8::-2001:db8::9.");
        assertThat(pools("{start: '2001:db8::9'}").status()).isEqualTo(400);
    }

    private Reply pools(String pools) {
        return create("2001:db8::/64", ", allocation_pools: [" + pools + "]");
    }

    @Test
    void hasAddressesOfItsFamily() {
        assertThat(create("2001:db8::/64", ", gateway_ip: '10.0.0.1'").error())
                .isEqualTo(INVALID + "gateway_ip '10.0.0.1' does not match the ip_version '6'");
        assertThat(create("2001:db8::/64", ", dns_nameservers: ['10.0.0.1']").error())
                .isEqualTo(INVALID + "dns_nameserver '10.0.0.1' does not match the ip_version '6'");
        assertThat(create("2001:db8::/64", ", host_routes: [{destination: '10.0.0.0/8', nexthop: '2001:db8::1'}]")
                        .error())
                .isEqualTo(INVALID + "destination '10.0.0.0/8' does not match the ip_version '6'");
        assertThat(create("10.0.0.0/24", ", host_routes: [{destination: '10.0.0.0/8', nexthop: '2001:db8::1'}]")
                        .error())
                .isEqualTo(INVALID + "nexthop '2001:db8::1' does not match the ip_version '4'");
        for (String gateway : new String[] {"10.0.0.0", "10.0.0.255", "224.0.0.1", "0.0.0.0", "127.0.0.1"}) {
            assertThat(create("10.0.0.0/24", ", gateway_ip: '" + gateway + "'").error())
                    .as(gateway)
                    .isEqualTo(INVALID + "Gateway is not valid on subnet.");
        }
    }

    @Test
    void changesItsGatewayUnlessARouterHasIt() {
        String id = create("2001:db8::/64", ", gateway_ip: '2001:db8::1'").id();
        String router = api.post("routers", "{router: {}}").id();
        api.post(
                "ports",
                "{port: {network_id: '" + network + "', device_id: '" + router
                        + "', device_owner: 'network:router_interface', fixed_ips: [{ip_address: '2001:db8::1'}]}}");
        assertThat(change(id, "gateway_ip: '2001:db8::1'").status()).isEqualTo(200);
        assertThat(change(id, "gateway_ip: null").error())
                .startsWith("409 GatewayIpInUse: Current gateway ip 2001:db8::1");
        String other = create(
                        "2001:db8:1::/64", ", allocation_pools: [{start: '2001:db8:1::100', end: '2001:db8:1::1ff'}]")
                .id();
        assertThat(change(other, "gateway_ip: '2001:db8:1::2'")
                        .object()
                        .path("gateway_ip")
                        .asText())
                .isEqualTo("2001:db8:1::2");
        assertThat(change(other, "gateway_ip: '2001:db8:1::100'").error())
                .startsWith("409 GatewayConflictWithAllocationPools");
        assertThat(change(other, "gateway_ip: null").object().path("gateway_ip").isNull())
                .isTrue();
    }

    @Test
    void changes() {
        String id = create("2001:db8::/64", "").id();
        JsonNode changed = change(
                        id,
                        "name: 'x', enable_dhcp: false, dns_nameservers: ['2620:fe::fe'],"
                                + " host_routes: [{destination: '2001:db8:a::/48', nexthop: '2001:db8::a'}],"
                                + " allocation_pools: [{start: '2001:db8::10', end: '2001:db8::20'}]")
                .object();
        assertThat(changed.path("enable_dhcp").asBoolean()).isFalse();
        assertThat(changed.path("dns_nameservers")).hasSize(1);
        assertThat(changed.at("/allocation_pools/0/start").asText()).isEqualTo("2001:db8::10");
        assertThat(change(id, "dns_nameservers: null, host_routes: []").object().path("dns_nameservers"))
                .isEmpty();
        assertThat(change(id, "cidr: '2001:db8:1::/64'").error())
                .isEqualTo("400 HTTPBadRequest: Cannot update read-only attribute cidr");
        assertThat(change("none", "name: 'x'").error())
                .isEqualTo("404 SubnetNotFound: Subnet none could not be found.");
    }

    @Test
    void staysWhilePortsUseIt() {
        String id = create("192.0.2.0/24", "").id();
        String port =
                api.post("ports", "{port: {network_id: '" + network + "'}}").id();
        String dhcp = api.post("ports", "{port: {network_id: '" + network + "', device_owner: 'network:dhcp'}}")
                .id();
        assertThat(api.delete("subnets/" + id).error())
                .isEqualTo("409 SubnetInUse: Unable to complete operation on subnet " + id
                        + ": One or more ports have an IP allocation from this subnet.");
        api.delete("ports/" + port);
        assertThat(api.delete("subnets/" + id).status()).isEqualTo(204);
        assertThat(api.get("ports/" + dhcp).object().path("fixed_ips")).isEmpty();
        assertThat(api.delete("subnets/" + id).status()).isEqualTo(404);
    }

    @Test
    void isFoundByItsAttributes() {
        String six = create("2001:db8::/64", ", ipv6_ra_mode: 'slaac', ipv6_address_mode: 'slaac'")
                .id();
        String four = create("192.0.2.0/24", ", enable_dhcp: false").id();
        for (String query : new String[] {
            "ip_version=6", "cidr=2001:DB8:0::/64", "gateway_ip=2001:db8::", "enable_dhcp=True", "ipv6_ra_mode=slaac"
        }) {
            assertThat(api.get("subnets?network_id=" + network + "&" + query).object())
                    .as(query)
                    .extracting(subnet -> subnet.path("id").asText())
                    .containsExactly(six);
        }
        assertThat(api.get("subnets?ipv6_ra_mode=None").object().at("/0/id").asText())
                .isEqualTo(four);
    }

    @Test
    void isMadeByTheNetworksOwner() {
        String shared = api.post("networks", "{network: {shared: true}}").id();
        String six = ", ip_version: 6, cidr: '2001:db8::/64'}}";
        ApiCalls member = api.by("member");
        assertThat(member.post("subnets", "{subnet: {network_id: '" + shared + "'" + six)
                        .error())
                .isEqualTo("403 PolicyNotAuthorized: rule:create_subnet is disallowed by policy");
        assertThat(member.post("subnets", "{subnet: {network_id: '" + network + "'" + six)
                        .status())
                .isEqualTo(404);
        String id = api.post("subnets", "{subnet: {network_id: '" + shared + "'" + six)
                .id();
        assertThat(member.get("subnets/" + id).status()).isEqualTo(200);
    }
}
