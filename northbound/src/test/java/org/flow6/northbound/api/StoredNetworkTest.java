package org.flow6.northbound.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.flow6.network.file.NetworkObjects;
import org.flow6.northbound.api.ApiCalls.Reply;
import org.junit.jupiter.api.Test;

/** What the API takes is what the controller reads, without anything wrong with it. */
class StoredNetworkTest extends ApiScene {
    private String make(String collection, String member, String attributes) {
        Reply made = api.post(collection, "{" + member + ": {" + attributes + "}}");
        assertThat(made.status()).as(made.error()).isEqualTo(201);
        return made.id();
    }

    private String subnet(String network, String cidr, String attributes) {
        return make(
                "subnets",
                "subnet",
                "network_id: '" + network + "', ip_version: " + (cidr.contains(":") ? 6 : 4) + ", cidr: '" + cidr + "'"
                        + attributes);
    }

    private String port(String network, String attributes) {
        return make("ports", "port", "network_id: '" + network + "'" + attributes);
    }

    private NetworkObjects.Outcome read() {
        Map<NetworkObjects.Name, Optional<String>> objects = new LinkedHashMap<>();
        Set<String> read = Set.of("networks", "subnets", "ports", "security_groups");
        api.store().state().objects().forEach((key, document) -> {
            if (read.contains(key.collection())) {
                objects.put(new NetworkObjects.Name(key.collection(), key.id()), Optional.of(document.json()));
            }
        });
        return new NetworkObjects().change(objects);
    }

    @Test
    void isRead() {
        String network = make("networks", "network", "name: 'n', dns_domain: 'example.org.', mtu: 1400");
        make("networks", "network", "'provider:network_type': 'flat', 'provider:physical_network': 'p'");
        make("networks", "network", "'router:external': true, shared: true, port_security_enabled: false");
        String slaac = ", ipv6_ra_mode: 'slaac', ipv6_address_mode: 'slaac'";
        subnet(network, "2001:db8:1::/64", slaac + ", dns_nameservers: ['2001:db8::53']");
        subnet(network, "2001:db8:2::/64", ", ipv6_ra_mode: 'dhcpv6-stateful', ipv6_address_mode: 'dhcpv6-stateful'");
        subnet(network, "2001:db8:3::/64", ", gateway_ip: null, enable_dhcp: false");
        subnet(network, "2001:db8:4::/127", ", gateway_ip: 'fe80::1'");
        subnet(network, "192.0.2.0/24", ", host_routes: [{destination: '10.0.0.0/8', nexthop: '192.0.2.9'}]");
        make("subnetpools", "subnetpool", "name: 'pool', prefixes: ['2001:db8:4000::/36'], is_default: true");
        make("subnets", "subnet", "network_id: '" + network + "', ip_version: 6, use_default_subnetpool: true" + slaac);
        String port = port(
                network,
                ", name: 'p', dns_name: 'vm', device_id: 'd', device_owner: 'compute:nova', 'binding:host_id': 'h',"
                        + " 'binding:profile': {interface_name: 'tap1'}, allowed_address_pairs: [{ip_address:"
                        + " '2001:db8:9::/64'}], extra_dhcp_opts: [{opt_name: '26', opt_value: '1400', ip_version: 6}]");
        port(network, ", port_security_enabled: false, security_groups: [], admin_state_up: false");
        port(network, ", device_owner: 'network:dhcp', fixed_ips: []");
        api.put("ports/" + port + "/tags/red", "");
        api.put("ports/" + port, "{port: {mac_address: '02:00:00:00:00:01', fixed_ips: []}}");
        NetworkObjects.Outcome outcome = read();
        assertThat(outcome.violations()).isEmpty();
    }
}
