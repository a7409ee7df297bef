package org.flow6.network.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.flow6.network.file.Reads.addresses;
import static org.flow6.network.file.Reads.model;
import static org.flow6.network.file.Reads.port;
import static org.flow6.network.file.Reads.violations;

import java.util.Arrays;
import java.util.Optional;
import org.flow6.network.NetworkModel;
import org.flow6.network.Port;
import org.flow6.network.Port.ExtraDhcpOption;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.projectfloodlight.openflow.types.IPVersion;

class PortKindTest {
    private static final String MAC = "mac_address: '02:00:00:00:00:01'";

    /** Networks on line 1, subnets on lines 3 to 7, ports from line 11 on. */
    private static final String BLUE = """
            networks: [{id: blue}, {id: red}, {id: open, port_security_enabled: false}]
            subnets:
            - {id: auto, network_id: blue, ip_version: 6, cidr: "2001:db8:a::/64", ipv6_ra_mode: slaac, ipv6_address_mode: slaac}
            - {id: less, network_id: blue, ip_version: 6, cidr: "2001:db8:b::/64", ipv6_ra_mode: dhcpv6-stateless}
            - {id: full, network_id: blue, ip_version: 6, cidr: "2001:db8:f::/64", ipv6_address_mode: dhcpv6-stateful}
            - {id: four, network_id: blue, ip_version: 4, cidr: 192.0.2.0/24}
            - {id: red6, network_id: red, ip_version: 6, cidr: "2001:db8:d::/64"}
            routers: [{id: r1}]
            security_groups: [{id: web}, {id: quick, stateful: false}, {id: brief, stateful: false}]
            ports:
            """;

    @Test
    void hasNeutronsDefaults() {
        Port port = port(model(BLUE + "- {id: vm, network_id: red, " + MAC + "}"), "vm");
        assertThat(port.toString())
                .isEqualTo("Port[id=vm, name=, networkId=red, macAddress=02:00:00:00:00:01, fixedIps=[], deviceOwner=, "
                        + "deviceId=, adminStateUp=true, portSecurityEnabled=true, allowedAddressPairs=[], "
                        + "securityGroups=[default], hostId=Optional.empty, interfaceName=Optional.empty, dnsName=Optional.empty, "
                        + "extraDhcpOptions=[], routerAdvertisement=Optional.empty, projectId=]");
    }

    @Test
    void keepsWhatItStates() {
        Port port = port(model(BLUE + """
                        - id: vm
                          name: one
                          network_id: red
                          mac_address: 02-00-00-00-00-0A
                          device_owner: compute:nova
                          device_id: abc
                          admin_state_up: false
                          allowed_address_pairs: [{ip_address: "::/0"}, {ip_address: 192.0.2.9, mac_address: "00:00:5e:00:01:01"}]
                          security_groups: [web, web]
                          binding:host_id: hostA
                          binding:profile: {interface_name: s1-eth1, whatever: [1, 2]}
                          tenant_id: p
                        """), "vm");
        assertThat(port.toString())
                .isEqualTo("Port[id=vm, name=one, networkId=red, macAddress=02:00:00:00:00:0a, fixedIps=[], "
                        + "deviceOwner=compute:nova, deviceId=abc, adminStateUp=false, portSecurityEnabled=true, "
                        + "allowedAddressPairs=[AddressPair[ipAddress=::/0, macAddress=02:00:00:00:00:0a], "
                        + "AddressPair[ipAddress=192.0.2.9/32, macAddress=00:00:5e:00:01:01]], securityGroups=[web], "
                        + "hostId=Optional[hostA], interfaceName=Optional[s1-eth1], dnsName=Optional.empty, "
                        + "extraDhcpOptions=[], routerAdvertisement=Optional.empty, projectId=p]");
    }

    @Test
    void keepsDhcpOptionsAndItsName() {
        Port port = port(
                model(BLUE + "- {id: vm, network_id: red, " + MAC
                        + ", dns_name: vm.lab.example.org., extra_dhcp_opts: ["
                        + "{opt_name: bootfile-name, opt_value: pxe.0}, {opt_name: 59, opt_value: 'tftp://[2001:db8::9]/a', ip_version: 6}, "
                        + "{opt_name: bootfile-name, opt_value: '', ip_version: '6'}]}"),
                "vm");
        assertThat(port.dnsName()).contains("vm.lab.example.org");
        assertThat(port.extraDhcpOptions())
                .containsExactly(
                        new ExtraDhcpOption("bootfile-name", "pxe.0", IPVersion.IPv4),
                        new ExtraDhcpOption("59", "tftp://[2001:db8::9]/a", IPVersion.IPv6),
                        new ExtraDhcpOption("bootfile-name", "", IPVersion.IPv6));
    }

    @Test
    void costsNothingForWhatItDoesNotState() {
        NetworkModel model = model(
                BLUE
                        + "- {id: a, network_id: red, " + MAC + "}\n"
                        + "- {id: b, network_id: red, mac_address: '02:00:00:00:00:02', dns_name: '', extra_dhcp_opts: [], flow6: {}}\n");
        assertThat(port(model, "a").extraDhcpOptions())
                .isSameAs(port(model, "b").extraDhcpOptions())
                .isEmpty();
        assertThat(port(model, "b").dnsName()).isSameAs(Optional.empty());
        assertThat(port(model, "b").routerAdvertisement()).isSameAs(Optional.empty());
    }

    @Test
    void hasTheAddressesThatHostsMakeThemselves() {
        NetworkModel model = model(
                BLUE
                        + "- {id: vm, network_id: blue, " + MAC
                        + ", fixed_ips: [{subnet_id: full, ip_address: '2001:db8:f::5'}]}\n"
                        + "- {id: none, network_id: blue, mac_address: '02:00:00:00:00:02', fixed_ips: []}\n"
                        + "- {id: named, network_id: blue, mac_address: '02:00:00:00:00:03', fixed_ips: [{subnet_id: less}]}\n"
                        + "- {id: equal, network_id: blue, mac_address: '02:00:00:00:00:04', "
                        + "fixed_ips: [{ip_address: '2001:db8:a::ff:fe00:4'}]}\n"
                        + "- {id: router, network_id: blue, mac_address: '02:00:00:00:00:05', device_id: r1, "
                        + "device_owner: 'network:router_interface', fixed_ips: [{ip_address: '2001:db8:a::'}, {ip_address: '2001:db8:b::1'}]}\n");
        assertThat(addresses(model, "vm"))
                .containsExactly("2001:db8:f::5", "2001:db8:a::ff:fe00:1", "2001:db8:b::ff:fe00:1");
        assertThat(addresses(model, "none")).containsExactly("2001:db8:a::ff:fe00:2", "2001:db8:b::ff:fe00:2");
        assertThat(addresses(model, "named")).containsExactly("2001:db8:b::ff:fe00:3", "2001:db8:a::ff:fe00:3");
        assertThat(addresses(model, "equal")).containsExactly("2001:db8:a::ff:fe00:4", "2001:db8:b::ff:fe00:4");
        assertThat(addresses(model, "router")).containsExactly("2001:db8:a::", "2001:db8:b::1");
    }

    @Test
    void isInGroupsOfOneSort() {
        NetworkModel model = model(BLUE
                + "- {id: a, network_id: red, security_groups: [default, web, web], " + MAC + "}\n"
                + "- {id: b, network_id: red, security_groups: [quick, brief], mac_address: '02:00:00:00:00:02'}\n");
        assertThat(port(model, "a").securityGroups()).hasToString("[default, web]");
        assertThat(port(model, "b").securityGroups()).hasToString("[quick, brief]");
    }

    @Test
    void findsTheSubnetOfAnAddress() {
        Port port = port(
                model(BLUE + "- {id: vm, network_id: red, " + MAC + ", fixed_ips: [{ip_address: '2001:db8:d::1'}]}"),
                "vm");
        assertThat(port.fixedIps()).hasToString("[FixedIp[subnetId=red6, ipAddress=2001:db8:d::1]]");
    }

    @Test
    void takesPortSecurityFromTheNetworkUnlessNeutronTrustsIt() {
        NetworkModel model = model(
                BLUE
                        + "- {id: a, network_id: open, " + MAC + "}\n"
                        + "- {id: b, network_id: open, port_security_enabled: true, mac_address: '02:00:00:00:00:02'}\n"
                        + "- {id: c, network_id: red, port_security_enabled: false, mac_address: '02:00:00:00:00:03'}\n"
                        + "- {id: d, network_id: red, device_owner: 'network:dhcp', mac_address: '02:00:00:00:00:04'}\n"
                        + "- {id: e, network_id: red, security_groups: [], mac_address: '02:00:00:00:00:05'}\n"
                        + "- {id: f, network_id: red, device_owner: 'network:dhcp', port_security_enabled: true, mac_address: '02:00:00:00:00:06'}\n");
        assertThat(port(model, "f"))
                .matches(port ->
                        port.portSecurityEnabled() && port.securityGroups().isEmpty());
        assertThat(port(model, "a"))
                .matches(port ->
                        !port.portSecurityEnabled() && port.securityGroups().isEmpty());
        assertThat(port(model, "b"))
                .matches(port ->
                        port.portSecurityEnabled() && port.securityGroups().size() == 1);
        assertThat(port(model, "c"))
                .matches(port ->
                        !port.portSecurityEnabled() && port.securityGroups().isEmpty());
        assertThat(port(model, "d"))
                .matches(port ->
                        !port.portSecurityEnabled() && port.securityGroups().isEmpty());
        assertThat(port(model, "e"))
                .matches(port ->
                        port.portSecurityEnabled() && port.securityGroups().isEmpty());
    }

    @Test
    void statesWhatAddressItLikesWhereThatIsAllowed() {
        NetworkModel model = model("""
                networks: [{id: blue}]
                subnets:
                  - {id: auto, network_id: blue, ip_version: 6, cidr: "2001:db8:a::/64", ipv6_address_mode: slaac,
                     flow6: {chosen_addresses: true}}
                ports:
                  - {id: p1, network_id: blue, mac_address: "02:00:00:00:00:01", fixed_ips: [{ip_address: "2001:db8:a::5"}]}
                  - {id: p2, network_id: blue, mac_address: "02:00:00:00:00:02", fixed_ips: [{subnet_id: auto}]}
                  - {id: p3, network_id: blue, mac_address: "02:00:00:00:00:03"}
                """);
        assertThat(addresses(model, "p1")).containsExactly("2001:db8:a::5");
        assertThat(addresses(model, "p2")).containsExactly("2001:db8:a::ff:fe00:2");
        assertThat(addresses(model, "p3")).containsExactly("2001:db8:a::ff:fe00:3");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "mac_address: zz; mac_address: 'zz' is not a MAC address",
                "mac_address: '01:00:00:00:00:01'; mac_address: '01:00:00:00:00:01' is a multicast address, not one of a single port",
                "mac_address: '00:00:00:00:00:00'; mac_address: is all zeros",
                "mac_address: [1]; mac_address: a list is not a MAC address",
                "network_id: blue; mac_address: is missing",
                "mac_address: null; mac_address: is missing",
                "MAC, fixed_ips: [{subnet_id: gone, ip_address: '::5'}]; fixed_ips[0]: there is no subnet 'gone'",
                "MAC, fixed_ips: [{subnet_id: red6, ip_address: '2001:db8:d::5'}]; fixed_ips[0]: subnet red6 is of network red, not of network blue",
                "MAC, fixed_ips: [{subnet_id: full, ip_address: '2001:db8:d::5'}]; fixed_ips[0]: 2001:db8:d::5 is not in 2001:db8:f::/64, the cidr of subnet full",
                "MAC, fixed_ips: [{ip_address: '2001:db8:d::5'}]; fixed_ips[0]: no subnet of network blue holds 2001:db8:d::5",
                "MAC, fixed_ips: [{subnet_id: full}]; fixed_ips[0]: has no ip_address: state which one the port has on subnet full",
                "MAC, fixed_ips: [{subnet_id: auto, ip_address: '2001:db8:a::5'}]; fixed_ips[0]: 2001:db8:a::5 is not 2001:db8:a::ff:fe00:1, which hosts on subnet auto make of the MAC address (SLAAC): leave ip_address out",
                "MAC, fixed_ips: [{}]; fixed_ips[0]: states neither subnet_id nor ip_address",
                "MAC, fixed_ips: [{ip_address: '2001:db8:f::'}]; fixed_ips[0]: 2001:db8:f:: is the first address of 2001:db8:f::/64, which stands for its routers (RFC 4291 §2.6.1)",
                "MAC, fixed_ips: [{ip_address: 192.0.2.0}]; fixed_ips[0]: 192.0.2.0 is the first address of 192.0.2.0/24",
                "MAC, fixed_ips: [{ip_address: 192.0.2.255}]; fixed_ips[0]: 192.0.2.255 is the broadcast address of 192.0.2.0/24",
                "MAC, fixed_ips: [{ip_address: 'ff02::1'}]; fixed_ips[0].ip_address: 'ff02::1' is a multicast address",
                "MAC, fixed_ips: [{ip_address: '::'}]; fixed_ips[0].ip_address: '::' is the unspecified address",
                "MAC, fixed_ips: [{ip_address: '::1'}]; fixed_ips[0].ip_address: '::1' is a loopback address",
                "MAC, fixed_ips: [{ip_address: 127.0.0.1}]; fixed_ips[0].ip_address: '127.0.0.1' is a loopback address",
                "MAC, fixed_ips: [{ip_address: 255.255.255.255}]; fixed_ips[0].ip_address: '255.255.255.255' is the broadcast address",
                "MAC, fixed_ips: [{ip_address: 'fe80::1%eth0'}]; fixed_ips[0].ip_address: 'fe80::1%eth0' is not an IPv6 or IPv4 address",
                "MAC, fixed_ips: [{ip_address: '::ffff:192.0.2.1'}]; fixed_ips[0].ip_address: '::ffff:192.0.2.1' is not an IPv6 or IPv4 address",
                "MAC, fixed_ips: [{ip_address: '2001:db8:f::5', subnet: full}]; fixed_ips[0].subnet: a fixed IP has no such attribute",
                "MAC, fixed_ips: [{ip_address: '2001:db8:f::5'}, {ip_address: '2001:db8:f::5'}]; fixed_ips[1]: 2001:db8:f::5 is there twice",
                "MAC, fixed_ips: '2001:db8:f::5'; fixed_ips: '2001:db8:f::5' is not a list",
                "MAC, fixed_ips: [5]; fixed_ips[0]: '5' is not a mapping of subnet_id, ip_address",
                "MAC, allowed_address_pairs: [{mac_address: '02:00:00:00:00:09'}]; allowed_address_pairs[0].ip_address: is missing",
                "MAC, allowed_address_pairs: [{ip_address: '2001:db8::/200'}]; allowed_address_pairs[0].ip_address: '2001:db8::/200' is not an address or a prefix",
                "MAC, allowed_address_pairs: [{ip_address: 'ff02::1'}]; allowed_address_pairs[0].ip_address: 'ff02::1' is a multicast address",
                "MAC, port_security_enabled: false, allowed_address_pairs: [{ip_address: '::/0'}]; allowed_address_pairs: needs port security, which is off for this port",
                "MAC, port_security_enabled: false, security_groups: [web]; security_groups: needs port security, which is off for this port",
                "MAC, security_groups: [brief, web, quick]; security_groups: group web is stateful and group brief is not: the groups of a port are all of one sort",
                "MAC, security_groups: [default, brief]; security_groups: group default is stateful and group brief is not: the groups of a port are all of one sort",
                "MAC, device_owner: 'network:dhcp', security_groups: [web]; security_groups: needs port security, which is off for this port",
                "MAC, security_groups: [web, gone]; security_groups: there is no security group 'gone'",
                "MAC, security_groups: [{id: web}]; security_groups[0]: a mapping is not an id",
                "MAC, security_groups: ['']; security_groups[0]: '' is not an id",
                "MAC, device_owner: 'network:router_interface', device_id: gone; device_id: there is no router 'gone'",
                "MAC, mac_adress: x; mac_adress: a port has no such attribute: is mac_address meant?",
                "MAC, colour: blue; colour: a port has no such attribute",
                "MAC, name: a, name: b; name: is there twice: leave one of the two out",
                "MAC, flow6: {speed: 3, mtu: 4}; flow6.speed: flow6 has no such attribute|flow6.mtu: flow6 has no such attribute",
                "MAC, dns_name: 'a b'; dns_name: 'a b' is not a domain name",
                "MAC, extra_dhcp_opts: [{opt_name: '', opt_value: a}]; extra_dhcp_opts[0].opt_name: '' is not a name",
                "MAC, extra_dhcp_opts: [{opt_name: a}]; extra_dhcp_opts[0].opt_value: is missing",
                "MAC, extra_dhcp_opts: [{opt_name: a, opt_value: null}]; extra_dhcp_opts[0].opt_value: is missing",
                "MAC, extra_dhcp_opts: [{opt_name: a, opt_value: b, ip_version: 5}]; extra_dhcp_opts[0].ip_version: '5' is not one of 4, 6",
                "MAC, extra_dhcp_opts: [{opt_name: a, opt_value: b, ip_version: 6}, {opt_name: a, opt_value: c, ip_version: 6}]; extra_dhcp_opts: a is there twice for IPv6",
                "MAC, admin_state_up: 2; admin_state_up: '2' is not true or false",
            })
    void isRefused(String attributes, String violations) {
        String stated = attributes.replace("MAC,", MAC + ",");
        String network = stated.startsWith("network_id") ? "" : "network_id: blue, ";
        assertThat(violations(BLUE + "- {id: vm, " + network + stated + "}"))
                .containsExactlyInAnyOrder(Arrays.stream(violations.split("\\|"))
                        .map(violation -> "11: port vm: " + violation)
                        .toArray(String[]::new));
    }

    @Test
    void needsItsNetwork() {
        assertThat(violations("ports:", "- id: vm", "  " + MAC, "  network_id: gone"))
                .containsExactly("4: port vm: network_id: there is no network 'gone'");
    }

    @Test
    void sharesNeitherMacNorAddressOnItsNetwork() {
        assertThat(violations(BLUE, """
                        - {id: a, network_id: blue, mac_address: "02:00:00:00:00:01", fixed_ips: [{ip_address: "2001:db8:f::5"}]}
                        - id: b
                          network_id: blue
                          mac_address: "02:00:00:00:00:01"
                          fixed_ips:
                          - ip_address: 192.0.2.9
                          - ip_address: "2001:db8:f::5"
                        - {id: c, network_id: red, mac_address: "02:00:00:00:00:01"}
                        """))
                .containsExactly(
                        "15: port b: mac_address: 02:00:00:00:00:01 is also the MAC address of port a on line 12",
                        "18: port b: fixed_ips[1]: 2001:db8:f::5 is also an address of port a on line 12");
    }

    @Test
    void sharesNoInterfaceOnAHost() {
        String ports = BLUE + """
                - {id: a, network_id: red, mac_address: "02:00:00:00:00:01", "binding:host_id": h1, "binding:profile": {interface_name: eth1}}
                - {id: b, network_id: red, mac_address: "02:00:00:00:00:02", "binding:host_id": h2, "binding:profile": {interface_name: eth1}}
                """;
        assertThat(model(ports).ports()).hasSize(2);
        assertThat(violations(ports + """
                                - {id: c, network_id: red, mac_address: "02:00:00:00:00:03", "binding:profile": {interface_name: eth1}}
                                """))
                .containsExactlyInAnyOrder(
                        "13: port c: binding:profile: interface_name eth1 is also that of port a",
                        "13: port c: binding:profile: interface_name eth1 is also that of port b");
    }
}
