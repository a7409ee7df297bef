package org.flow6.network.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.flow6.network.file.Reads.model;
import static org.flow6.network.file.Reads.violations;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.flow6.network.Host;
import org.flow6.network.Id;
import org.flow6.network.Network;
import org.flow6.network.NetworkKey;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.projectfloodlight.openflow.types.IPAddress;

class HostKindTest {
    private static final String TWO = """
            hosts:
            - {name: hostA, tunnel_ip: "fd00::1"}
            - {name: hostB, tunnel_ip: "fd00::2"}
            """;

    @Test
    void hostsHaveAnEndOfTunnels() {
        assertThat(model(TWO).hosts())
                .containsEntry(Id.of("hostA"), new Host(Id.of("hostA"), IPAddress.of("fd00::1"), Set.of()))
                .hasSize(2);
        assertThat(model("hosts: [{name: a, tunnel_ip: 192.0.2.1, description: rack 7}]")
                        .hosts())
                .hasSize(1);
    }

    @Test
    void hostsAreNobodysAndHaveNoGroup() {
        assertThat(model(TWO).securityGroups()).isEmpty();
        assertThat(violations("hosts: [{name: a, tunnel_ip: 'fd00::1', project_id: p}]"))
                .containsExactly("1: host a: project_id: a host has no such attribute");
    }

    @Test
    void namesAndAddressesAreUnique() {
        assertThat(violations(TWO + "- {name: hostA, tunnel_ip: 'fd00::3'}"))
                .containsExactly("4: host hostA: name: hostA is also the name of host hostA on line 2");
        assertThat(violations(TWO + "- {name: hostC, tunnel_ip: 'fd00::0:2'}"))
                .containsExactly("4: host hostC: tunnel_ip: fd00::2 is also the tunnel_ip of host hostB on line 3");
    }

    @ParameterizedTest
    @CsvSource(delimiter = ';', textBlock = """
            '::'; '::' is the unspecified address
            0.0.0.0; '0.0.0.0' is the unspecified address
            ff02::1; 'ff02::1' is a multicast address
            224.0.0.1; '224.0.0.1' is a multicast address
            ::1; '::1' is a loopback address
            127.0.0.1; '127.0.0.1' is a loopback address
            255.255.255.255; '255.255.255.255' is the broadcast address
            fe80::1; fe80::1 is a link-local address, which leads to no other host by itself
            fe80::1%eth0; 'fe80::1%eth0' is not an IPv6 or IPv4 address
            here; 'here' is not an IPv6 or IPv4 address
            """)
    void refusesWhatNoTunnelLeadsTo(String address, String reason) {
        assertThat(violations("hosts: [{name: a, tunnel_ip: \"" + address.replace("'", "") + "\"}]"))
                .singleElement()
                .asString()
                .isEqualTo("1: host a: tunnel_ip: " + reason.replace("\"", "'"));
    }

    @Test
    void whatIsMissingIsMissed() {
        assertThat(violations("hosts: [{}]"))
                .containsExactly("1: host: name: is missing", "1: host: tunnel_ip: is missing");
    }

    @Test
    void tunnelsAreOfOneFamily() {
        String reason = "no tunnel leads from one family to the other";
        assertThat(violations(TWO + "- {name: hostC, tunnel_ip: 192.0.2.1}"))
                .containsExactly(
                        "4: host hostC: tunnel_ip: 192.0.2.1 is IPv4 and that of host hostA is not: " + reason);
        assertThat(violations("hosts: [{name: z, tunnel_ip: 192.0.2.1}, {name: a, tunnel_ip: 'fd00::1'}]"))
                .containsExactly("1: host a: tunnel_ip: fd00::1 is IPv6 and that of host z is not: " + reason);
        assertThat(model("hosts: [{name: a, tunnel_ip: 192.0.2.1}, {name: b, tunnel_ip: 192.0.2.2}]")
                        .hosts())
                .hasSize(2);
    }

    @Test
    void portsAreOnHostsThatAreListedIfAnyAre() {
        String ports = """
                networks: [{id: blue}]
                ports:
                - {id: a, network_id: blue, mac_address: "02:00:00:00:00:01", "binding:host_id": hostX}
                - {id: b, network_id: blue, mac_address: "02:00:00:00:00:02"}
                """;
        assertThat(model(ports).ports()).hasSize(2);
        assertThat(violations(ports + TWO)).containsExactly("3: port a: binding:host_id: there is no host 'hostX'");
        assertThat(model(ports.replace("hostX", "hostB") + TWO).ports()).hasSize(2);
    }

    /** Hosts agree on keys without talking to each other, so no order of coming may decide. */
    @Test
    void networksOfOneKeyAreRefusedWhereThereAreTunnels() {
        Map<NetworkKey, String> seen = new HashMap<>();
        int number = 0;
        String one = "n0";
        String other = null;
        while (other == null) {
            one = "n" + number++;
            other = seen.put(NetworkKey.of(Id.<Network>of(one)), one);
        }
        String networks = "networks: [{id: " + other + "}, {id: " + one + "}]\n";
        assertThat(model(networks).networks()).hasSize(2);
        assertThat(violations(networks + TWO))
                .containsExactly("1: network " + one + ": id: has the same key in tunnels ("
                        + NetworkKey.of(Id.<Network>of(one)).value() + ") as network " + other
                        + " on line 1: hosts would take one for the other, so rename one");
    }
}
