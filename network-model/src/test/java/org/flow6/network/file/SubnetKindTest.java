package org.flow6.network.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.flow6.network.file.Reads.model;
import static org.flow6.network.file.Reads.subnet;
import static org.flow6.network.file.Reads.violations;

import java.util.List;
import java.util.stream.Stream;
import org.flow6.network.Subnet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SubnetKindTest {
    private static final String BLUE = "networks: [{id: blue}]";

    @Test
    void hasNeutronsDefaults() {
        Subnet six = of("ip_version: 6, cidr: '2001:db8::/64'");
        assertThat(six.gatewayIp()).hasToString("Optional[2001:db8::]");
        assertThat(six.enableDhcp()).isTrue();
        assertThat(six.raMode()).isEmpty();
        assertThat(six.dnsNameservers()).isEmpty();
        assertThat(pools(six)).containsExactly("2001:db8::1-2001:db8::ffff:ffff:ffff:ffff");
        Subnet four = of("ip_version: 4, cidr: 192.0.2.0/24");
        assertThat(four.gatewayIp()).hasToString("Optional[192.0.2.1]");
        assertThat(pools(four)).containsExactly("192.0.2.2-192.0.2.254");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "2001:db8::/64; 2001:db8::5; 2001:db8::1-2001:db8::4 2001:db8::6-2001:db8::ffff:ffff:ffff:ffff",
                "2001:db8::/64; fe80::1; 2001:db8::1-2001:db8::ffff:ffff:ffff:ffff",
                "2001:db8::/64; 2001:db8::1; 2001:db8::2-2001:db8::ffff:ffff:ffff:ffff",
                "2001:db8::/127; 2001:db8::1; 2001:db8::-2001:db8::",
                "2001:db8::7/128; fe80::1; 2001:db8::7-2001:db8::7",
                "ffff:ffff::/64; ; ffff:ffff::1-ffff:ffff::ffff:ffff:ffff:ffff",
            })
    void poolsHoldAllButTheGateway(String cidr, String gateway, String pools) {
        if (cidr.startsWith("ffff")) {
            assertThat(violations(BLUE, "subnets: [{id: s, network_id: blue, ip_version: 6, cidr: '" + cidr + "'}]"))
                    .containsExactly("2: subnet s: cidr: " + cidr + " is multicast");
            return;
        }
        Subnet subnet = of("ip_version: 6, cidr: '" + cidr + "', gateway_ip: '" + gateway + "'");
        assertThat(pools(subnet)).containsExactly(pools.split(" "));
    }

    @Test
    void mayHaveNoGatewayOrOneOutsideTheCidr() {
        assertThat(of("ip_version: 6, cidr: '2001:db8::/64', gateway_ip: null").gatewayIp())
                .isEmpty();
        assertThat(of("ip_version: 6, cidr: '2001:db8::/64', gateway_ip: 'fe80::1'")
                        .gatewayIp())
                .hasToString("Optional[fe80::1]");
        assertThat(of("ip_version: 6, cidr: '2001:db8::/64', gateway_ip: '2001:db8:2::1'")
                        .gatewayIp())
                .hasToString("Optional[2001:db8:2::1]");
    }

    @Test
    void dropsTheBitsBehindThePrefix() {
        assertThat(of("ip_version: 6, cidr: '2001:db8::99/64'").cidr()).hasToString("2001:db8::/64");
    }

    @Test
    void keepsWhatItStates() {
        Subnet subnet = of("name: Blau, ip_version: '6', cidr: '2001:db8::/64', enable_dhcp: 'true', "
                + "ipv6_ra_mode: slaac, ipv6_address_mode: slaac, dns_nameservers: ['2001:db8::53'], project_id: p, "
                + "host_routes: [{destination: '2001:db8:9::/48', nexthop: '2001:db8::9'}], "
                + "allocation_pools: [{start: '2001:db8::100', end: '2001:db8::1ff'}]");
        assertThat(subnet.toString())
                .contains("name=Blau")
                .contains("raMode=Optional[slaac], addressMode=Optional[slaac]")
                .contains("dnsNameservers=[2001:db8::53]")
                .contains("Route[destination=2001:db8:9::/48, nexthop=2001:db8::9]")
                .contains("AllocationPool[start=2001:db8::100, end=2001:db8::1ff]")
                .contains("projectId=p");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "cidr: 2001:db8::/0, ip_version: 6; cidr: ::/0 holds every address: a subnet needs a longer prefix",
                "cidr: '2001:db8::', ip_version: 6; cidr: '2001:db8::' is not a prefix with its length, such as 2001:db8::/64",
                "cidr: '2001:db8::/129', ip_version: 6; cidr: '2001:db8::/129' is not a prefix with its length, such as 2001:db8::/64",
                "cidr: '2001:db8::/+4', ip_version: 6; cidr: '2001:db8::/+4' is not a prefix with its length, such as 2001:db8::/64",
                "cidr: 'ff02::/16', ip_version: 6; cidr: ff02::/16 is multicast",
                "cidr: '127.0.0.0/8', ip_version: 4; cidr: 127.0.0.0/8 is loopback",
                "cidr: 192.0.2.0/24, ip_version: 6; ip_version: the cidr 192.0.2.0/24 is IPv4",
                "cidr: 192.0.2.0/24, ip_version: 5; ip_version: '5' is not one of 4, 6",
                "cidr: 2001:db8::/64, ip_version: 6, gateway_ip: 192.0.2.1; gateway_ip: 192.0.2.1 is not IPv6 as the cidr is",
                "cidr: 2001:db8::/64, ip_version: 6, gateway_ip: ff02::1; gateway_ip: ff02::1 is a multicast address",
                "cidr: 2001:db8::/64, ip_version: 6, dns_nameservers: [192.0.2.53]; dns_nameservers: 192.0.2.53 is not IPv6 as the cidr is",
                "cidr: 2001:db8::/64, ip_version: 6, host_routes: [{destination: 192.0.2.0/24, nexthop: 192.0.2.1}]; host_routes: the route to 192.0.2.0/24 is not IPv6 as the cidr is",
                "cidr: 2001:db8::/64, ip_version: 6, host_routes: [{destination: 192.0.2.0/24, nexthop: 2001:db8::1}]; host_routes[0]: destination 192.0.2.0/24 and nexthop 2001:db8::1 are of different families",
                "cidr: 2001:db8::/64, ip_version: 6, host_routes: [{destination: 2001:db8::/48}]; host_routes[0].nexthop: is missing",
                "cidr: 2001:db8::/64, ip_version: 6, ipv6_ra_mode: slaac, ipv6_address_mode: dhcpv6-stateful; ipv6_address_mode: dhcpv6-stateful is not ipv6_ra_mode's slaac: state the same or leave one out",
                "cidr: 2001:db8::/64, ip_version: 6, ipv6_ra_mode: slaac, enable_dhcp: false; ipv6_ra_mode: needs enable_dhcp: true",
                "cidr: 2001:db8::/64, ip_version: 6, ipv6_address_mode: dhcpv6-stateful, enable_dhcp: false; ipv6_address_mode: needs enable_dhcp: true",
                "cidr: 2001:db8::/65, ip_version: 6, ipv6_address_mode: slaac; cidr: 2001:db8::/65 must be a /64 for hosts to make addresses in it (SLAAC)",
                "cidr: 2001:db8::/63, ip_version: 6, ipv6_ra_mode: dhcpv6-stateless; cidr: 2001:db8::/63 must be a /64 for hosts to make addresses in it (SLAAC)",
                "cidr: 192.0.2.0/24, ip_version: 4, ipv6_ra_mode: slaac; ipv6_ra_mode: is for IPv6 subnets, and the cidr 192.0.2.0/24 is IPv4",
                "cidr: 2001:db8::/64, ip_version: 6, ipv6_ra_mode: auto; ipv6_ra_mode: 'auto' is not one of dhcpv6-stateful, dhcpv6-stateless, slaac",
                "cidr: 2001:db8::/64, ip_version: 6, allocation_pools: [{start: 2001:db8::9, end: 2001:db8::8}]; allocation_pools[0]: the end 2001:db8::8 is before the start 2001:db8::9",
                "cidr: 2001:db8::/64, ip_version: 6, allocation_pools: [{start: 2001:db8::9, end: 2001:db9::8}]; allocation_pools[0]: 2001:db8::9 to 2001:db9::8 is not within the cidr 2001:db8::/64",
                "cidr: 2001:db8::/64, ip_version: 6, allocation_pools: [{start: 2001:db8::9, end: 192.0.2.1}]; allocation_pools[0]: 2001:db8::9 and 192.0.2.1 are of different families",
                "cidr: 2001:db8::/64, ip_version: 6, gateway_ip: 2001:db8::5, allocation_pools: [{start: 2001:db8::4, end: 2001:db8::6}]; allocation_pools[0]: 2001:db8::4 to 2001:db8::6 holds the gateway 2001:db8::5",
                "cidr: 2001:db8::/64, ip_version: 6, allocation_pools: [{start: 2001:db8::5, end: 2001:db8::6}, {start: 2001:db8::4, end: 2001:db8::5}]; allocation_pools[0]: 2001:db8::5 to 2001:db8::6 overlaps 2001:db8::4 to 2001:db8::5",
                "cidr: 2001:db8::/64, ip_version: 6, allocation_pools: [{start: 2001:db8::5}]; allocation_pools[0].end: is missing",
                "ip_version: 6; cidr: is missing",
                "cidr: 2001:db8::/64; ip_version: is missing",
                "cidr: 2001:db8::/64, ip_version: 6, enable_dhcp: maybe; enable_dhcp: 'maybe' is not true or false",
            })
    void isRefused(String attributes, String violation) {
        assertThat(violations(BLUE, "subnets:", "  - {id: s, network_id: blue, " + attributes + "}"))
                .containsExactly("3: subnet s: " + violation);
    }

    @Test
    void mayHaveAnyLengthWhereAddressesAreAssigned() {
        assertThat(of("ip_version: 6, cidr: '2001:db8::/80', ipv6_address_mode: dhcpv6-stateful")
                        .addressMode())
                .isPresent();
    }

    @Test
    void needsItsNetwork() {
        assertThat(violations(
                        BLUE, "subnets:", "- id: s", "  network_id: red", "  ip_version: 6", "  cidr: 2001:db8::/64"))
                .containsExactly("4: subnet s: network_id: there is no network 'red'");
    }

    @Test
    void overlapsNoOtherOfItsNetwork() {
        String subnets = """
                networks: [{id: blue}, {id: red}]
                subnets:
                - {id: a, network_id: blue, ip_version: 6, cidr: "2001:db8::/64"}
                - {id: b, network_id: red, ip_version: 6, cidr: "2001:db8::/64"}
                - {id: c, network_id: blue, ip_version: 6, cidr: "2001:db8::/48"}
                - {id: d, network_id: blue, ip_version: 4, cidr: 192.0.2.0/24}
                """;
        assertThat(violations(subnets))
                .containsExactly(
                        "5: subnet c: cidr: 2001:db8::/48 overlaps 2001:db8::/64 of subnet a on the same network");
    }

    private static Subnet of(String attributes) {
        return subnet(model(BLUE, "subnets: [{id: s, network_id: blue, " + attributes + "}]"), "s");
    }

    private static List<String> pools(Subnet subnet) {
        Stream<Subnet.AllocationPool> pools = subnet.allocationPools().stream();
        return pools.map(pool -> pool.start() + "-" + pool.end()).toList();
    }
}
