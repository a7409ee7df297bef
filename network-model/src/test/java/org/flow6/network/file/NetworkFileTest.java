package org.flow6.network.file;

import static org.assertj.core.api.Assertions.assertThat;

import org.flow6.network.Id;
import org.flow6.network.NetworkModel;
import org.flow6.network.file.NetworkFile.Reading;
import org.flow6.network.file.NetworkFile.Valid;
import org.junit.jupiter.api.Test;

class NetworkFileTest {
    private static final String EXAMPLE = """
            networks:  [{id: blue, mtu: 1450}]
            subnets:   [{id: blue6, network_id: blue, ip_version: 6, cidr: "2001:db8:1::/64", gateway_ip: "2001:db8:1::1",
                         enable_dhcp: true, ipv6_ra_mode: dhcpv6-stateful, ipv6_address_mode: dhcpv6-stateful, dns_nameservers: ["2001:db8::53"]}]
            ports:
              - {id: vm1, network_id: blue, mac_address: "02:00:00:00:00:01", fixed_ips: [{subnet_id: blue6, ip_address: "2001:db8:1::11"}],
                 device_owner: "compute:nova", "binding:host_id": hostA, security_groups: [web]}
              - {id: r1-blue, network_id: blue, mac_address: "02:00:00:00:01:01", device_owner: "network:router_interface", device_id: r1,
                 fixed_ips: [{subnet_id: blue6, ip_address: "2001:db8:1::1"}]}
            routers:   [{id: r1, routes: [{destination: "2001:db8:f::/48", nexthop: "2001:db8:1::99"}]}]
            security_groups: [{id: web}]
            security_group_rules: [{id: w1, security_group_id: web, direction: ingress, ethertype: IPv6, protocol: tcp, port_range_min: 80, port_range_max: 80}]
            """;

    @Test
    void readsTheExample() {
        NetworkModel model = valid(EXAMPLE);
        assertThat(model.ports().get(Id.of("vm1")))
                .extracting(port -> port.hostId().orElse(""))
                .isEqualTo("hostA");
    }

    private static NetworkModel valid(String text) {
        Reading reading = read(text);
        assertThat(reading).isInstanceOf(Valid.class);
        return ((Valid) reading).model();
    }

    private static Reading read(String text) {
        return NetworkFile.parse("network.yaml", text);
    }
}
