package org.flow6.apps.nd;

import java.util.Map;
import java.util.TreeMap;
import org.flow6.flow.GoldenFlows;
import org.flow6.network.NetworkSnapshot;

/** A network with every kind of claim to an address. */
final class Nets {
    static final String YAML = """
            networks: [{id: blue}, {id: red}]
            subnets:
              - {id: blue6, network_id: blue, ip_version: 6, cidr: "2001:db8:1::/64"}
              - {id: blue4, network_id: blue, ip_version: 4, cidr: "192.0.2.0/24"}
            ports:
              - {id: vm1, network_id: blue, mac_address: "02:00:00:00:00:01", fixed_ips: [{subnet_id: blue6, ip_address: "2001:db8:1::11"}, {subnet_id: blue4, ip_address: 192.0.2.11}]}
              - {id: vm2, network_id: blue, mac_address: "02:00:00:00:00:02", fixed_ips: [{subnet_id: blue6, ip_address: "2001:db8:1::12"}],
                 allowed_address_pairs: [{ip_address: "2001:db8:1::77", mac_address: "00:00:5e:00:02:01"}, {ip_address: "192.0.2.77"}, {ip_address: "2001:db8:1::a2"}]}
              - {id: vm3, network_id: blue, mac_address: "02:00:00:00:00:03", fixed_ips: [{subnet_id: blue6, ip_address: "2001:db8:1::13"}],
                 allowed_address_pairs: [{ip_address: "2001:db8:1::77", mac_address: "00:00:5e:00:02:01"}, {ip_address: "2001:db8:1::11"}]}
              - {id: vm4, network_id: blue, mac_address: "02:00:00:00:00:04", fixed_ips: [{subnet_id: blue6, ip_address: "2001:db8:1::14"}],
                 allowed_address_pairs: [{ip_address: "2001:db8:1:0:f::/80"}, {ip_address: "10.0.0.0/8"}]}
              - {id: vm5, network_id: blue, mac_address: "02:00:00:00:00:05", fixed_ips: [{subnet_id: blue6, ip_address: "2001:db8:1::15"}],
                 allowed_address_pairs: [{ip_address: "::/0"}]}
              - {id: free, network_id: blue, mac_address: "02:00:00:00:00:06", port_security_enabled: false, fixed_ips: [{subnet_id: blue6, ip_address: "2001:db8:1::16"}]}
              - {id: elsewhere, network_id: blue, mac_address: "02:00:00:00:00:07", fixed_ips: [{subnet_id: blue6, ip_address: "2001:db8:1::17"}]}
              - {id: down, network_id: blue, mac_address: "02:00:00:00:00:08", admin_state_up: false, fixed_ips: [{subnet_id: blue6, ip_address: "2001:db8:1::18"}]}
              - {id: router, network_id: blue, mac_address: "02:00:00:00:00:09", device_owner: "network:router_interface", device_id: r1, fixed_ips: [{subnet_id: blue6, ip_address: "2001:db8:1::1"}]}
              - {id: red1, network_id: red, mac_address: "02:00:00:00:00:01"}
            routers: [{id: r1}]
            """;

    static final Map<String, Integer> BINDINGS = new TreeMap<>(
            Map.of("vm1", 1, "vm2", 2, "vm3", 3, "vm4", 4, "vm5", 5, "free", 6, "down", 8, "router", 9, "red1", 10));

    static final NetworkSnapshot SNAPSHOT = GoldenFlows.network(YAML, BINDINGS);

    private Nets() {}
}
