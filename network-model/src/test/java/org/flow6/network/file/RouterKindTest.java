package org.flow6.network.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.flow6.network.file.Reads.model;
import static org.flow6.network.file.Reads.violations;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.flow6.network.Id;
import org.flow6.network.Router;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RouterKindTest {
    private static final String EXTERNAL = """
            networks: [{id: blue}, {id: out, "router:external": true}]
            subnets: [{id: out6, network_id: out, ip_version: 6, cidr: "2001:db8:e::/64"}]
            ports: [{id: vm, network_id: blue, mac_address: "02:00:00:00:00:01"}]
            """;

    /** Router r on blue and red by both families; the router itself is to be stated on line 12. */
    private static final String LINKED = """
            networks: [{id: blue}, {id: red}]
            subnets:
            - {id: blue6, network_id: blue, ip_version: 6, cidr: "2001:db8:1::/64"}
            - {id: blue4, network_id: blue, ip_version: 4, cidr: 192.0.2.0/25}
            - {id: red6, network_id: red, ip_version: 6, cidr: "2001:db8:2::/64", gateway_ip: "fe80::1"}
            ports:
            - {id: r-blue, network_id: blue, mac_address: "02:00:00:00:01:01", device_owner: "network:router_interface", device_id: r,
               fixed_ips: [{ip_address: "2001:db8:1::1"}, {subnet_id: blue4, ip_address: 192.0.2.1}]}
            - {id: r-red, network_id: red, mac_address: "02:00:00:00:01:02", device_owner: "network:router_interface", device_id: r,
               fixed_ips: [{subnet_id: red6, ip_address: "fe80::1"}]}
            routers:
            """;

    private static Router router(String attributes) {
        Router router =
                model(LINKED + "- {id: r, " + attributes + "}").routers().get(Id.<Router>of("r"));
        assertThat(router).isNotNull();
        return router;
    }

    @Test
    void keepWhatTheyState() {
        assertThat(model(EXTERNAL, """
                                routers:
                                - id: r
                                  external_gateway_info: {network_id: out, enable_snat: false, external_fixed_ips: [{ip_address: "2001:db8:e::9"}]}
                                - {id: s, external_gateway_info: {}}
                                - {id: t, external_gateway_info: null}
                                """).routers().values().stream()
                        .map(Object::toString)
                        .sorted())
                .containsExactly(
                        "Router[id=r, name=, adminStateUp=true, routes=[], blackholeRoutes=[], gatewayHosts=[], proxyNd=false, externalGateway=Optional["
                                + "ExternalGateway[networkId=out, enableSnat=false, fixedIps=[FixedIp[subnetId=out6, "
                                + "ipAddress=2001:db8:e::9]]]], projectId=]",
                        "Router[id=s, name=, adminStateUp=true, routes=[], blackholeRoutes=[], gatewayHosts=[], "
                                + "proxyNd=false, externalGateway=Optional.empty, projectId=]",
                        "Router[id=t, name=, adminStateUp=true, routes=[], blackholeRoutes=[], gatewayHosts=[], "
                                + "proxyNd=false, externalGateway=Optional.empty, projectId=]");
    }

    private static final String PROXIES = """
            networks: [{id: out, "router:external": true}, {id: out2, "router:external": true}, {id: a}, {id: b}]
            subnets:
            - {id: out6, network_id: out, ip_version: 6, cidr: "2001:db8:e::/64"}
            - {id: out7, network_id: out2, ip_version: 6, cidr: "2001:db8:f::/64"}
            - {id: a6, network_id: a, ip_version: 6, cidr: "2001:db8:a::/64"}
            - {id: b6, network_id: b, ip_version: 6, cidr: "2001:db8:a::/56"}
            routers: [{id: r, flow6: {proxy_nd: true}}, {id: s, flow6: {proxy_nd: true}}]
            ports:
            - {id: ra, network_id: a, mac_address: "02:00:00:00:00:01", device_owner: "network:router_interface", device_id: r, fixed_ips: [{ip_address: "2001:db8:a::1"}]}
            - {id: ro, network_id: out, mac_address: "02:00:00:00:00:02", device_owner: "network:router_gateway", device_id: r, fixed_ips: [{ip_address: "2001:db8:e::1"}]}
            - {id: sb, network_id: b, mac_address: "02:00:00:00:00:03", device_owner: "network:router_interface", device_id: s, fixed_ips: [{ip_address: "2001:db8:a::2"}]}
            - {id: so, network_id: out, mac_address: "02:00:00:00:00:04", device_owner: "network:router_gateway", device_id: s, fixed_ips: [{ip_address: "2001:db8:e::2"}]}
            """;

    @Test
    void oneRouterAnswersForAnAddressOnANetwork() {
        assertThat(violations(PROXIES))
                .containsExactly(
                        "7: router s: flow6.proxy_nd: router r answers for the same addresses on the same network: "
                                + "2001:db8:a::/56 of subnet b6 (port sb) and 2001:db8:a::/64 of subnet a6 (port ra)");
        String apart =
                PROXIES.replace("so, network_id: out,", "so, network_id: out2,").replace("e::2", "f::2");
        assertThat(model(apart).routers().values()).allMatch(Router::proxyNd);
        String one = PROXIES.replace("s, flow6: {proxy_nd: true}", "s, flow6: {proxy_nd: false}");
        assertThat(model(one).routers().values().stream().filter(Router::proxyNd))
                .hasSize(1);
    }

    @Test
    void haveRoutesToTheirNeighbors() {
        Router router = router("""
                routes: [{destination: "2001:db8:9::/48", nexthop: "2001:db8:1::9"}, {destination: 0.0.0.0/0, nexthop: 192.0.2.9},
                         {destination: "2001:db8:9::/48", nexthop: "2001:db8:2::9"}],
                flow6: {blackhole_routes: ["2001:db8:9:1::/64", 10.0.0.0/8]}""");
        assertThat(router.routes())
                .hasToString("[Route[destination=2001:db8:9::/48, nexthop=2001:db8:1::9], Route[destination=0.0.0.0/0, "
                        + "nexthop=192.0.2.9], Route[destination=2001:db8:9::/48, nexthop=2001:db8:2::9]]");
        assertThat(router.blackholeRoutes()).hasToString("[2001:db8:9:1::/64, 10.0.0.0/8]");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "routes: [{destination: 2001:db8::/32, nexthop: 192.0.2.1}]; routes[0]: destination 2001:db8::/32 and nexthop 192.0.2.1 are of different families",
                "routes: [{destination: 2001:db8::/32, nexthop: ff02::1}]; routes[0].nexthop: 'ff02::1' is a multicast address",
                "routes: [{nexthop: fe80::1}]; routes[0].destination: is missing",
                "external_gateway_info: {network_id: gone}; external_gateway_info.network_id: there is no network 'gone'",
                "external_gateway_info: {network_id: blue}; external_gateway_info.network_id: network blue is not external: set its router:external to true",
                "external_gateway_info: {network_id: out, external_fixed_ips: [{subnet_id: out6}]}; external_gateway_info.external_fixed_ips[0]: has no ip_address: state the router's on subnet out6",
                "external_gateway_info: {network_id: out, external_fixed_ips: [{ip_address: 2001:db8::9}]}; external_gateway_info.external_fixed_ips[0]: no subnet of network out holds 2001:db8::9",
                "external_gateway_info: {enable_snat: true}; external_gateway_info.network_id: is missing",
            })
    void areRefused(String attributes, String violation) {
        assertThat(violations(EXTERNAL + "routers:\n- {id: r, " + attributes + "}"))
                .containsExactly("5: router r: " + violation);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "routes: [{destination: 2001:db8:9::/48, nexthop: 2001:db8:3::1}]; routes[0].nexthop: 2001:db8:3::1 is on no subnet of router r",
                "routes: [{destination: 10.0.0.0/8, nexthop: 192.0.2.129}]; routes[0].nexthop: 192.0.2.129 is on no subnet of router r",
                "routes: [{destination: 2001:db8:9::/48, nexthop: fe80::9}]; routes[0].nexthop: fe80::9 is on no subnet of router r: a link-local address does not tell on which network it is",
                "routes: [{destination: 2001:db8:9::/48, nexthop: 2001:db8:1::1}]; routes[0].nexthop: 2001:db8:1::1 is an address of the router itself, by port r-blue",
                "routes: [{destination: 2001:db8:9::/48, nexthop: fe80::1}]; routes[0].nexthop: fe80::1 is an address of the router itself, by port r-red",
                "routes: [{destination: 10.0.0.0/8, nexthop: 192.0.2.9}, {destination: 10.0.0.0/8, nexthop: 192.0.2.9}]; routes[1].nexthop: the same route is there twice",
                "flow6: {blackhole_routes: [10.0.0.0/8, 10.0.0.0/8]}; flow6.blackhole_routes: 10.0.0.0/8 is there twice",
                "flow6: {blackhole_routes: [2001:db8::1]}; flow6.blackhole_routes[0]: '2001:db8::1' is not a prefix with its length, such as 2001:db8::/64",
                "routes: [{destination: 10.0.0.0/8, nexthop: 192.0.2.9}], flow6: {blackhole_routes: [10.0.0.0/8]}; flow6.blackhole_routes: 10.0.0.0/8 is also the destination of one of the routes",
            })
    void haveNoOtherRoutes(String attributes, String violation) {
        assertThat(violations(LINKED + "- {id: r, " + attributes + "}")).containsExactly("12: router r: " + violation);
    }

    @Test
    void haveNoSubnetsThatOverlap() {
        String wide = LINKED.replace("2001:db8:2::/64", "2001:db8::/32");
        assertThat(violations(wide + "- {id: r}"))
                .containsExactly(
                        "12: router r: id: has two subnets that overlap: 2001:db8::/32 of subnet red6 (port r-red) "
                                + "and 2001:db8:1::/64 of subnet blue6 (port r-blue)");
        String apart = wide.replaceFirst("(?s)(r-red.*?)device_id: r,", "$1device_id: s,");
        assertThat(model(apart + "- {id: r}\n- {id: s}").routers()).hasSize(2);
    }

    @Test
    void areTheGatewayByALinkLocalAddressThatTheSubnetNames() {
        assertThat(model(LINKED + "- {id: r}").ports()).hasSize(2);
        assertThat(violations(LINKED.replace("gateway_ip: \"fe80::1\"", "gateway_ip: \"fe80::2\"") + "- {id: r}"))
                .containsExactly(
                        "10: port r-red: fixed_ips[0]: fe80::1 is not in 2001:db8:2::/64, the cidr of subnet red6");
    }

    @Test
    void areCheckedAgainWhenTheirPortsChange() {
        String routed = LINKED + "- {id: r, routes: [{destination: 10.0.0.0/8, nexthop: 192.0.2.9}]}";
        NetworkText text = new NetworkText("network.yaml");
        assertThat(List.of(routed, routed.replace("192.0.2.0/25", "192.0.2.0/29"), routed).stream()
                        .map(each -> text.read(each.getBytes(StandardCharsets.UTF_8))
                                .getClass()
                                .getSimpleName()))
                .containsExactly("Valid", "Invalid", "Valid");
    }
}
