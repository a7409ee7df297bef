package org.flow6.network.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.flow6.network.file.Reads.model;
import static org.flow6.network.file.Reads.subnet;
import static org.flow6.network.file.Reads.violations;

import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.flow6.network.Dhcpv6Settings;
import org.flow6.network.IpPrefix;
import org.flow6.network.Lifetimes;
import org.flow6.network.NtpServer;
import org.flow6.network.PrefixDelegation;
import org.flow6.network.RoutePreference;
import org.flow6.network.SubnetSettings;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.projectfloodlight.openflow.types.IPv6Address;

/** What subnets state under flow6. */
class SubnetSettingsTest {
    private static final String BLUE = "networks: [{id: blue}, {id: lab, dns_domain: lab.example.org.}]";

    @ParameterizedTest
    @CsvSource({
        "'', false",
        "'ipv6_ra_mode: slaac', true",
        "'ipv6_ra_mode: dhcpv6-stateless', true",
        "'ipv6_ra_mode: dhcpv6-stateful', false",
        "'ipv6_ra_mode: slaac, flow6: {autonomous: false}', false",
        "'ipv6_ra_mode: dhcpv6-stateful, flow6: {autonomous: true}', true",
    })
    void areAutonomousByTheMode(String attributes, boolean autonomous) {
        assertThat(of(attributes).autonomous()).isEqualTo(autonomous);
    }

    @Test
    void haveDefaultsThatAreShared() {
        assertThat(of("")).isSameAs(SubnetSettings.DEFAULT);
        assertThat(of("ipv6_ra_mode: slaac")).isSameAs(SubnetSettings.DEFAULT_AUTONOMOUS);
        assertThat(of("flow6: {}")).isEqualTo(SubnetSettings.DEFAULT);
        assertThat(of("flow6: {}").lifetimes()).isEqualTo(new Lifetimes(86_400, 14_400));
        assertThat(of("flow6: {}").dhcpv6().informationRefreshTime()).isEqualTo(86_400);
    }

    @Test
    void keepWhatTheyState() {
        assertThat(of("""
                        ipv6_ra_mode: dhcpv6-stateful, flow6: {on_link: false, autonomous: true, valid_lifetime: infinite,
                          preferred_lifetime: 20, dns_lifetime: 0, domain_search: [a.example., b], ntp_servers: ["2001:db8::7",
                          "ff05::101", time.example.org], bootfile_url: "tftp://[2001:db8::9]/boot", information_refresh_time: 600,
                          renewal_time: 10, rebinding_time: Infinite, rapid_commit: false, server_preference: 255, sol_max_rt: 60,
                          inf_max_rt: 86400, route_lifetime: 4294967295, route_preference: HIGH,
                          prefix_delegation: {pool: "2001:db8:f000::/36", length: 56, valid_lifetime: 30}}"""))
                .isEqualTo(new SubnetSettings(
                        false,
                        true,
                        new Lifetimes(Lifetimes.INFINITE, 20),
                        OptionalLong.of(0),
                        List.of("a.example", "b"),
                        OptionalLong.of(Lifetimes.INFINITE),
                        RoutePreference.HIGH,
                        new Dhcpv6Settings(
                                List.of(
                                        new NtpServer.Address(IPv6Address.of("2001:db8::7")),
                                        new NtpServer.Address(IPv6Address.of("ff05::101")),
                                        new NtpServer.Name("time.example.org")),
                                Optional.of(URI.create("tftp://[2001:db8::9]/boot")),
                                600,
                                OptionalLong.of(10),
                                OptionalLong.of(Lifetimes.INFINITE),
                                false,
                                OptionalInt.of(255),
                                OptionalInt.of(60),
                                OptionalInt.of(86_400),
                                Optional.of(new PrefixDelegation(
                                        IpPrefix.parse("2001:db8:f000::/36"), 56, new Lifetimes(30, 20)))),
                        false));
    }

    @Test
    void preferNothingForLongerThanItIsValid() {
        assertThat(of("flow6: {valid_lifetime: 60}").lifetimes()).isEqualTo(new Lifetimes(60, 60));
        assertThat(of("flow6: {preferred_lifetime: 86400}").lifetimes()).isEqualTo(new Lifetimes(86_400, 86_400));
        assertThat(of("flow6: {valid_lifetime: 0}").lifetimes()).isEqualTo(new Lifetimes(0, 0));
        assertThat(
                        of("flow6: {valid_lifetime: 90, preferred_lifetime: 30, prefix_delegation: {pool: 2001:db8:1::/48, length: 64}}")
                                .dhcpv6()
                                .prefixDelegation())
                .map(PrefixDelegation::lifetimes)
                .contains(new Lifetimes(90, 30));
    }

    @Test
    void searchTheDomainOfTheNetwork() {
        String lab = "subnets: [{id: s, network_id: lab, ip_version: 6, cidr: 2001:db8::/64, flow6: {SEARCH}},"
                + " {id: four, network_id: lab, ip_version: 4, cidr: 192.0.2.0/24}]";
        assertThat(subnet(model(BLUE, lab.replace("SEARCH", "")), "s")
                        .settings()
                        .domainSearch())
                .containsExactly("lab.example.org");
        assertThat(subnet(model(BLUE, lab.replace("SEARCH", "domain_search: []")), "s")
                        .settings()
                        .domainSearch())
                .isEmpty();
        assertThat(subnet(model(BLUE, lab.replace("SEARCH", "domain_search: [b]")), "s")
                        .settings()
                        .domainSearch())
                .containsExactly("b");
        assertThat(subnet(model(BLUE, lab.replace("SEARCH", "")), "four").settings())
                .isSameAs(SubnetSettings.DEFAULT);
    }

    @Test
    void leaveT1ToTheHostBesideAnyT2AndTheReverse() {
        Dhcpv6Settings settings =
                of("flow6: {renewal_time: 50, rebinding_time: 0}").dhcpv6();
        assertThat(settings.renewalTime()).hasValue(50);
        assertThat(settings.rebindingTime()).hasValue(0);
        assertThat(of("flow6: {renewal_time: 50, rebinding_time: 50}").dhcpv6().rebindingTime())
                .hasValue(50);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "on_link: maybe; on_link: 'maybe' is not true or false",
                "autonomous: 2; autonomous: '2' is not true or false",
                "valid_lifetime: 4294967296; valid_lifetime: '4294967296' is not seconds from 0 to 4294967295 or infinite",
                "valid_lifetime: -1; valid_lifetime: '-1' is not seconds from 0 to 4294967295 or infinite",
                "preferred_lifetime: 1d; preferred_lifetime: '1d' is not seconds from 0 to 4294967295 or infinite",
                "preferred_lifetime: 86401; preferred_lifetime: 86401 is more than valid_lifetime, 86400",
                "valid_lifetime: 5, preferred_lifetime: infinite; preferred_lifetime: infinite is more than valid_lifetime, 5",
                "dns_lifetime: never; dns_lifetime: 'never' is not seconds from 0 to 4294967295 or infinite",
                "domain_search: lab; domain_search: 'lab' is not a list",
                "domain_search: [a, -b]; domain_search[1]: '-b' is not a domain name",
                "ntp_servers: [192.0.2.1]; ntp_servers[0]: '192.0.2.1' is not an IPv6 address or a domain name",
                "ntp_servers: ['::1']; ntp_servers[0]: '::1' is not an IPv6 address or a domain name",
                "bootfile_url: boot; bootfile_url: 'boot' is not a URI of ASCII with a scheme, up to 1024 characters",
                "bootfile_url: 'http://a b'; bootfile_url: 'http://a b' is not a URI of ASCII with a scheme, up to 1024 characters",
                "bootfile_url: 'http://ä/'; bootfile_url: 'http://ä/' is not a URI of ASCII with a scheme, up to 1024 characters",
                "information_refresh_time: 599; information_refresh_time: '599' is not seconds from 600 to 4294967295 or infinite",
                "renewal_time: 51, rebinding_time: 50; renewal_time: 51 is more than rebinding_time, 50 (RFC 8415 §21.4)",
                "rapid_commit: often; rapid_commit: 'often' is not true or false",
                "server_preference: 256; server_preference: '256' is not a number from 0 to 255",
                "sol_max_rt: 59; sol_max_rt: '59' is not a number from 60 to 86400",
                "inf_max_rt: 86401; inf_max_rt: '86401' is not a number from 60 to 86400",
                "route_lifetime: x; route_lifetime: 'x' is not seconds from 0 to 4294967295 or infinite",
                "route_preference: higher; route_preference: 'higher' is not one of high, low, medium",
                "on_lnk: true; on_lnk: flow6 has no such attribute: is on_link meant?",
                "prefix_delegation: {length: 60}; prefix_delegation.pool: is missing",
                "prefix_delegation: {pool: 2001:db8:1::/48}; prefix_delegation.length: is missing",
                "prefix_delegation: {pool: 2001:db8:1::/48, length: 65}; prefix_delegation.length: '65' is not a number from 1 to 64",
                "prefix_delegation: {pool: 2001:db8:1::/48, length: 47}; prefix_delegation.length: no /47 is within the pool 2001:db8:1::/48",
                "prefix_delegation: {pool: 192.0.2.0/24, length: 64}; prefix_delegation.pool: 192.0.2.0/24 is not IPv6",
                "prefix_delegation: {pool: ff00::/16, length: 64}; prefix_delegation.pool: ff00::/16 is a multicast address",
                "prefix_delegation: {pool: fe80::/16, length: 64}; prefix_delegation.pool: fe80::/16 is link-local, and delegated prefixes are routed",
                "prefix_delegation: {pool: 2001:db8:1::/48, length: 64, preferred_lifetime: 90000}; prefix_delegation.preferred_lifetime: 90000 is more than valid_lifetime, 86400",
                "prefix_delegation: {pool: 2001:db8::/32, length: 64}; prefix_delegation.pool: 2001:db8::/32 overlaps 2001:db8::/64, the cidr of subnet s",
            })
    void areRefused(String settings, String violation) {
        assertThat(violations(
                        BLUE,
                        "subnets:",
                        "- id: s",
                        "  network_id: blue",
                        "  ip_version: 6",
                        "  cidr: 2001:db8::/64",
                        "  flow6: {" + settings + "}"))
                .containsExactly("7: subnet s: flow6." + violation);
    }

    @Test
    void areAutonomousInASixtyFourAlone() {
        assertThat(violations(
                        BLUE,
                        "subnets:",
                        "- id: s",
                        "  network_id: blue",
                        "  ip_version: 6",
                        "  cidr: 2001:db8::/80",
                        "  flow6: {autonomous: true}"))
                .containsExactly(
                        "7: subnet s: flow6.autonomous: needs a cidr that is a /64, not 2001:db8::/80 (SLAAC)");
    }

    @Test
    void letHostsChooseAddressesInASixtyFourAlone() {
        assertThat(of("flow6: {}").allowSlaacPrefix()).isFalse();
        assertThat(of("flow6: {allow_slaac_prefix: true}").allowSlaacPrefix()).isTrue();
        String subnet =
                "- {id: s, network_id: blue, ip_version: VERSION, cidr: 'CIDR', flow6: {allow_slaac_prefix: ALLOWED}}";
        String tooLong = subnet.replace("VERSION", "6").replace("CIDR", "2001:db8::/65");
        assertThat(subnet(model(BLUE, "subnets:", tooLong.replace("ALLOWED", "false")), "s")
                        .settings()
                        .allowSlaacPrefix())
                .isFalse();
        assertThat(violations(BLUE, "subnets:", tooLong.replace("ALLOWED", "true")))
                .containsExactly(
                        "3: subnet s: flow6.allow_slaac_prefix: needs a cidr that is a /64, not 2001:db8::/65 (SLAAC)");
        assertThat(violations(
                        BLUE,
                        "subnets:",
                        subnet.replace("VERSION", "4")
                                .replace("CIDR", "192.0.2.0/24")
                                .replace("ALLOWED", "true")))
                .containsExactly(
                        "3: subnet s: flow6.allow_slaac_prefix: is for IPv6 subnets, and the cidr 192.0.2.0/24 is IPv4");
    }

    @Test
    void areForIpv6() {
        assertThat(violations(
                        BLUE,
                        "subnets:",
                        "- id: s",
                        "  network_id: blue",
                        "  ip_version: 4",
                        "  cidr: 192.0.2.0/24",
                        "  flow6:",
                        "    on_link: true",
                        "    autonomous: true",
                        "    rapid_commit: true"))
                .containsExactly(
                        "8: subnet s: flow6.on_link: is for IPv6 subnets, and the cidr 192.0.2.0/24 is IPv4",
                        "9: subnet s: flow6.autonomous: is for IPv6 subnets, and the cidr 192.0.2.0/24 is IPv4",
                        "10: subnet s: flow6.rapid_commit: is for IPv6 subnets, and the cidr 192.0.2.0/24 is IPv4");
    }

    @Test
    void delegateWhatNobodyElseOfTheNetworkHas() {
        assertThat(violations(BLUE, """
                        subnets:
                        - {id: a, network_id: blue, ip_version: 6, cidr: "2001:db8:a::/64", flow6: {prefix_delegation: {pool: "2001:db8:100::/40", length: 64}}}
                        - {id: b, network_id: blue, ip_version: 6, cidr: "2001:db8:b::/64", flow6: {prefix_delegation: {pool: "2001:db8:1ff::/48", length: 64}}}
                        - {id: c, network_id: blue, ip_version: 6, cidr: "2001:db8:110::/64"}
                        - {id: d, network_id: lab, ip_version: 6, cidr: "2001:db8:d::/64", flow6: {prefix_delegation: {pool: "2001:db8:100::/40", length: 64}}}
                        """))
                .containsExactly(
                        "3: subnet a: flow6.prefix_delegation.pool: 2001:db8:100::/40 overlaps 2001:db8:110::/64, the cidr of subnet c",
                        "4: subnet b: flow6.prefix_delegation.pool: 2001:db8:1ff::/48 overlaps 2001:db8:100::/40, the pool of subnet a");
    }

    private static SubnetSettings of(String attributes) {
        return subnet(
                        model(
                                BLUE,
                                "subnets: [{id: s, network_id: blue, ip_version: 6, cidr: 2001:db8::/64, " + attributes
                                        + "}]"),
                        "s")
                .settings();
    }
}
