package org.flow6.network.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.flow6.network.file.Reads.model;
import static org.flow6.network.file.Reads.violations;

import java.util.Objects;
import org.flow6.network.Id;
import org.flow6.network.SecurityGroupRule;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SecurityGroupRuleKindTest {
    private static final String WEB = """
            security_groups: [{id: web}]
            address_groups: [{id: office, addresses: ["2001:db8::/32", 192.0.2.1]}]
            security_group_rules:
            """;

    @Test
    void isForAnyIpv4WhereItDoesNotSay() {
        assertThat(rule("direction: ingress").toString())
                .isEqualTo("SecurityGroupRule[id=r, securityGroupId=web, direction=INGRESS, etherType=IPV4, "
                        + "protocol=OptionalInt.empty, portRangeMin=OptionalInt.empty, portRangeMax=OptionalInt.empty, "
                        + "remote=Any[], description=Optional.empty]");
    }

    @ParameterizedTest
    @CsvSource({
        "IPv6, icmp, 58",
        "IPv6, icmpv6, 58",
        "IPv6, ipv6-icmp, 58",
        "IPv6, 1, 58",
        "IPv6, '\"58\"', 58",
        "ipv6, ICMP, 58",
        "IPv4, icmp, 1",
        "IPV4, 1, 1",
        "IPv6, tcp, 6",
        "IPv4, TCP, 6",
        "IPv6, udp, 17",
        "IPv6, sctp, 132",
        "IPv6, '132', 132",
        "IPv6, ipv6-route, 43",
        "IPv6, hopopt, 0",
        "IPv6, 255, 255",
        "IPv6, any, ",
        "IPv6, ip, ",
        "IPv6, null, ",
    })
    void knowsProtocolsByNameAndNumber(String etherType, String protocol, Integer number) {
        SecurityGroupRule rule = rule("direction: ingress, ethertype: " + etherType + ", protocol: " + protocol);
        assertThat(rule.protocol().isPresent() ? (Integer) rule.protocol().getAsInt() : null)
                .isEqualTo(number);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "remote_ip_prefix: '::/0'; Any[]",
                "remote_ip_prefix: '2001:db8::1'; Prefix[prefix=2001:db8::1/128]",
                "remote_ip_prefix: '2001:db8::1/64'; Prefix[prefix=2001:db8::/64]",
                "remote_group_id: web; Group[id=web]",
                "remote_group_id: default; Group[id=default]",
                "remote_address_group_id: office; Addresses[id=office]",
                "remote_group_id: null, remote_ip_prefix: null; Any[]",
            })
    void hasOneRemote(String attributes, String remote) {
        assertThat(rule("direction: ingress, ethertype: IPv6, " + attributes).remote())
                .hasToString(remote);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "protocol: icmp, port_range_min: 0, port_range_max: 0; 0; 0",
                "protocol: icmp, port_range_min: 128; 128; -1",
                "protocol: icmp, port_range_min: 255, port_range_max: 3; 255; 3",
                "protocol: tcp, port_range_min: 1, port_range_max: '65535'; 1; 65535",
            })
    void hasPortsOrTypeAndCode(String attributes, int min, int max) {
        SecurityGroupRule rule = rule("direction: ingress, ethertype: IPv6, " + attributes);
        assertThat(rule.portRangeMin().orElse(-1)).isEqualTo(min);
        assertThat(rule.portRangeMax().orElse(-1)).isEqualTo(max);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "direction: in; direction: 'in' is not one of egress, ingress",
                "ethertype: IPv6; direction: is missing",
                "direction: ingress, ethertype: ARP; ethertype: 'ARP' is not one of ipv4, ipv6",
                "direction: ingress, protocol: 256; protocol: '256' is not a protocol's name or number from 0 to 255",
                "direction: ingress, protocol: tcpp; protocol: 'tcpp' is not a protocol's name or number from 0 to 255",
                "direction: ingress, protocol: ipv6-icmp; protocol: protocol 58 is IPv6's: it needs ethertype: IPv6",
                "direction: ingress, protocol: 41; protocol: protocol 41 is IPv6's: it needs ethertype: IPv6",
                "direction: ingress, protocol: tcp, port_range_min: 81, port_range_max: 80; port_range_min: 81 is more than port_range_max 80",
                "direction: ingress, protocol: tcp, port_range_min: 80; port_range_min: needs port_range_max too: state the same for a single port",
                "direction: ingress, protocol: tcp, port_range_max: 80; port_range_max: needs port_range_min too: state the same for a single port",
                "direction: ingress, protocol: tcp, port_range_min: 0, port_range_max: 80; port_range_min: 0 is no port: 1 to 65535",
                "direction: ingress, protocol: tcp, port_range_min: 1, port_range_max: 65536; port_range_max: '65536' is not a number from 0 to 65535",
                "direction: ingress, protocol: icmp, port_range_min: 256; port_range_min: 256 is no ICMP type: 0 to 255",
                "direction: ingress, protocol: icmp, port_range_min: 1, port_range_max: 256; port_range_max: 256 is no ICMP code: 0 to 255",
                "direction: ingress, protocol: icmp, port_range_max: 0; port_range_max: is an ICMP code, which needs its type in port_range_min",
                "direction: ingress, port_range_min: 1, port_range_max: 2; port_range_min: needs a protocol: tcp, udp, sctp, dccp, udplite or icmp",
                "direction: ingress, protocol: gre, port_range_min: 1, port_range_max: 2; port_range_min: protocol 47 has no ports",
                "direction: ingress, remote_ip_prefix: 192.0.2.0/24, remote_group_id: web; remote_group_id: is a second remote beside remote_ip_prefix: state only one of them",
                "direction: ingress, remote_address_group_id: office, remote_group_id: web; remote_address_group_id: is a second remote beside remote_group_id: state only one of them",
                "direction: ingress, remote_ip_prefix: 2001:db8::/32; remote_ip_prefix: 2001:db8::/32 is IPv6, the ethertype is IPv4",
                "direction: ingress, ethertype: IPv6, remote_ip_prefix: 0.0.0.0/0; remote_ip_prefix: 0.0.0.0/0 is IPv4, the ethertype is IPv6",
                "direction: ingress, remote_group_id: gone; remote_group_id: there is no security group 'gone'",
                "direction: ingress, remote_address_group_id: gone; remote_address_group_id: there is no address group 'gone'",
                "direction: ingress, name: x; name: a security group rule has no such attribute",
            })
    void isRefused(String attributes, String violation) {
        assertThat(violations(WEB + "- {id: r, security_group_id: web, " + attributes + "}"))
                .containsExactly("4: security group rule r: " + violation);
    }

    @Test
    void needsItsGroup() {
        assertThat(violations("security_group_rules:", "- {id: r, security_group_id: gone, direction: egress}"))
                .containsExactly("2: security group rule r: security_group_id: there is no security group 'gone'");
    }

    @Test
    void isThereOnce() {
        assertThat(violations(WEB, """
                        - {id: a, security_group_id: web, direction: ingress, ethertype: IPv6, protocol: tcp, port_range_min: 80, port_range_max: 80}
                        - {id: b, security_group_id: web, direction: ingress, ethertype: IPv6, protocol: 6, port_range_min: 80, port_range_max: 80,
                           remote_ip_prefix: "::/0", description: again}
                        - {id: c, security_group_id: web, direction: ingress, protocol: tcp, port_range_min: 80, port_range_max: 80}
                        - {id: d, security_group_id: web, direction: ingress, ethertype: IPv6, protocol: tcp, port_range_min: 80, port_range_max: 81}
                        - {id: e, security_group_id: default, direction: ingress, ethertype: IPv6, protocol: tcp, port_range_min: 80, port_range_max: 80}
                        - {id: f, security_group_id: web, direction: ingress, ethertype: IPv6, remote_group_id: web}
                        - {id: g, security_group_id: web, direction: ingress, ethertype: IPv6, remote_group_id: default}
                        """))
                .containsExactly(
                        "6: security group rule b: id: security group web has the same rule already, from security group rule a on line 5");
    }

    /** As a list of Neutron's rules has them. */
    @Test
    void mayBeOneThatItsGroupHasByItself() {
        assertThat(model("""
                        security_groups: [{id: web}]
                        security_group_rules:
                        - {id: out, security_group_id: web, direction: egress, ethertype: IPv6}
                        - {id: mine, security_group_id: default, direction: ingress, remote_group_id: default}
                        """).securityGroupRules()).hasSize(2 + 4 + 2);
    }

    private static SecurityGroupRule rule(String attributes) {
        return Objects.requireNonNull(model(WEB + "- {id: r, security_group_id: web, " + attributes + "}")
                .securityGroupRules()
                .get(Id.<SecurityGroupRule>of("r")));
    }
}
