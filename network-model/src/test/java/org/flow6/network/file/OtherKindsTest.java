package org.flow6.network.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.flow6.network.file.Reads.model;
import static org.flow6.network.file.Reads.violations;

import java.util.List;
import java.util.Optional;
import org.flow6.network.Id;
import org.flow6.network.Network;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Networks, address groups, floating IPs. */
class OtherKindsTest {
    private static final String EXTERNAL = """
            networks: [{id: blue}, {id: out, "router:external": true}]
            subnets: [{id: out6, network_id: out, ip_version: 6, cidr: "2001:db8:e::/64"}]
            ports: [{id: vm, network_id: blue, mac_address: "02:00:00:00:00:01"}]
            """;

    @Test
    void networksHaveDefaults() {
        assertThat(model("networks: [{id: blue}]").networks().get(Id.<Network>of("blue")))
                .isEqualTo(new Network(
                        Id.of("blue"),
                        "",
                        true,
                        1500,
                        true,
                        false,
                        Optional.empty(),
                        Optional.empty(),
                        List.of(),
                        List.of(),
                        ""));
    }

    @Test
    void networksKeepWhatTheyState() {
        assertThat(model("networks: [{id: blue, name: n, admin_state_up: 'False', mtu: '1280', "
                                + "port_security_enabled: no, 'router:external': 1, project_id: p, tenant_id: q}]")
                        .networks()
                        .get(Id.<Network>of("blue")))
                .isEqualTo(new Network(
                        Id.of("blue"),
                        "n",
                        false,
                        1280,
                        false,
                        true,
                        Optional.empty(),
                        Optional.empty(),
                        List.of(),
                        List.of(),
                        "p"));
    }

    @Test
    void networksHaveADomain() {
        assertThat(model("networks: [{id: blue, dns_domain: Lab.example.org.}]")
                        .networks()
                        .get(Id.<Network>of("blue")))
                .extracting(Network::dnsDomain)
                .isEqualTo(Optional.of("Lab.example.org"));
        for (String domain :
                new String[] {".", "a..b", "-a", "a-", "a b", "ä", "a".repeat(64), "a.".repeat(127) + "b"}) {
            assertThat(violations("networks: [{id: blue, dns_domain: '" + domain + "'}]"))
                    .singleElement()
                    .asString()
                    .endsWith(" is not a domain name");
        }
        String longest = "a.".repeat(126) + "b";
        assertThat(model("networks: [{id: blue, dns_domain: " + longest + "}]")
                        .networks()
                        .values())
                .allMatch(network -> network.dnsDomain().equals(Optional.of(longest)));
    }

    @ParameterizedTest
    @CsvSource({"67", "65536", "-1", "big", "1500.5"})
    void networksHaveAnMtuThatExists(String mtu) {
        assertThat(violations("networks:", "  - id: blue", "    mtu: " + mtu))
                .containsExactly("3: network blue: mtu: '" + mtu + "' is not a number from 68 to 65535");
    }

    @Test
    void networksWithIpv6HaveAnMtuThatIpv6Needs() {
        String four = "subnets: [{id: four, network_id: blue, ip_version: 4, cidr: 192.0.2.0/24}]";
        String six = "subnets: [{id: six, network_id: blue, ip_version: 6, cidr: '2001:db8::/64'}]";
        assertThat(model("networks: [{id: blue, mtu: 1279}]", four).networks()).hasSize(1);
        assertThat(model("networks: [{id: blue, mtu: 1280}]", six).networks()).hasSize(1);
        assertThat(violations("networks: [{id: blue, mtu: 1279}]", six))
                .containsExactly(
                        "1: network blue: mtu: 1279 is too small for IPv6 subnet six: at least 1280 (RFC 8200 §5)");
    }

    @Test
    void networksTrustPortsOfTheirOwn() {
        String ports = """
                ports:
                - {id: a, network_id: blue, mac_address: "02:00:00:00:00:01"}
                - {id: b, network_id: blue, mac_address: "02:00:00:00:00:02"}
                - {id: c, network_id: red, mac_address: "02:00:00:00:00:03"}
                """;
        Network blue = model(
                        "networks:",
                        "- {id: red}",
                        "- {id: blue, flow6: {trusted_router: a, trusted_dhcp_server: [b, a, b]}}",
                        ports)
                .networks()
                .get(Id.<Network>of("blue"));
        assertThat(blue).isNotNull();
        assertThat(blue.trustedRouters()).hasToString("[a]");
        assertThat(blue.trustedDhcpServers()).hasToString("[b, a]");
        assertThat(violations(
                        "networks:",
                        "- {id: red}",
                        "- id: blue",
                        "  flow6:",
                        "    trusted_router: c",
                        "    trusted_dhcp_server: [a, gone]",
                        ports))
                .containsExactly(
                        "5: network blue: flow6.trusted_router: port c is of network red, not of network blue",
                        "6: network blue: flow6.trusted_dhcp_server: there is no port 'gone'");
        assertThat(violations("networks:", "- id: blue", "  flow6: {trusted_router: {id: a}}"))
                .containsExactly("3: network blue: flow6.trusted_router: a mapping is not an id");
        assertThat(violations("networks:", "- id: blue", "  flow6: {trusted_router: ['']}"))
                .containsExactly("3: network blue: flow6.trusted_router[0]: '' is not an id");
    }

    @Test
    void attributesThatChangeNothingAreAccepted() {
        assertThat(model("networks: [{id: blue, description: d, tags: [a], status: ACTIVE, revision_number: 3, "
                                + "created_at: x, updated_at: y, shared: false, subnets: [s], dns_domain: z, "
                                + "provider:network_type: vxlan, provider:physical_network: null, "
                                + "provider:segmentation_id: 7, availability_zone_hints: [], flow6: {}}]")
                        .networks())
                .hasSize(1);
    }

    @Test
    void addressGroupsHoldPrefixes() {
        assertThat(model("address_groups: [{id: a, addresses: ['2001:db8::1', 192.0.2.7/24]}, {id: b}]")
                        .addressGroups()
                        .values())
                .map(Object::toString)
                .containsExactlyInAnyOrder(
                        "AddressGroup[id=a, name=, addresses=[2001:db8::1/128, 192.0.2.0/24], projectId=]",
                        "AddressGroup[id=b, name=, addresses=[], projectId=]");
        assertThat(violations("address_groups:", "- id: a", "  addresses:", "  - 2001:db8::1", "  - zz"))
                .containsExactly("5: address group a: addresses[1]: 'zz' is not an address or a prefix");
    }

    @Test
    void floatingIpsKeepWhatTheyState() {
        assertThat(model(EXTERNAL
                                + "floatingips: [{id: f, floating_network_id: out, floating_ip_address: '2001:db8:e::5', "
                                + "port_id: vm, fixed_ip_address: 192.0.2.1}]")
                        .floatingIps()
                        .values())
                .map(Object::toString)
                .containsExactly("FloatingIp[id=f, floatingNetworkId=out, floatingIpAddress=2001:db8:e::5, "
                        + "portId=Optional[vm], fixedIpAddress=Optional[192.0.2.1], projectId=]");
    }

    @Test
    void floatingIpsAreRefused() {
        assertThat(violations(EXTERNAL + """
                                floatingips:
                                - {id: a, floating_network_id: gone, floating_ip_address: "2001:db8:e::5", port_id: lost}
                                - {id: b, floating_network_id: out, floating_ip_address: "2001:db8:e::5"}
                                - {id: c, floating_network_id: out, floating_ip_address: "2001:db8:e::5"}
                                - {id: d, floating_network_id: out}
                                """))
                .containsExactly(
                        "5: floating IP a: floating_network_id: there is no network 'gone'",
                        "5: floating IP a: port_id: there is no port 'lost'",
                        "7: floating IP c: floating_ip_address: 2001:db8:e::5 is also floating IP b on line 6",
                        "8: floating IP d: floating_ip_address: is missing");
    }
}
