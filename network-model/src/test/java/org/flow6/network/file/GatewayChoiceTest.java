package org.flow6.network.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.flow6.network.file.Reads.model;
import static org.flow6.network.file.Reads.violations;

import java.util.List;
import org.flow6.network.Host;
import org.flow6.network.Id;
import org.flow6.network.Router;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The router itself is to be stated on line 10. */
class GatewayChoiceTest {
    private static final String HOSTS = """
            hosts:
            - {name: hostA, tunnel_ip: "fd00::1", physical_networks: [physnet1, physnet2]}
            - {name: hostB, tunnel_ip: "fd00::2", physical_networks: [physnet1]}
            - {name: hostC, tunnel_ip: "fd00::3"}
            """;
    private static final String TEXT = HOSTS + """
            networks: [{id: out, "router:external": true, "provider:network_type": flat, "provider:physical_network": physnet1}, {id: blue}]
            subnets: [{id: out6, network_id: out, ip_version: 6, cidr: "2001:db8:e::/64"}]
            ports:
            - {id: r-out, network_id: out, mac_address: "02:00:00:00:01:01", device_owner: "network:router_gateway", device_id: r, fixed_ips: [{ip_address: "2001:db8:e::2"}]}
            routers:
            """;

    private static List<Id<Host>> hosts(String text) {
        Router router = model(text).routers().get(Id.<Router>of("r"));
        assertThat(router).isNotNull();
        return router.gatewayHosts();
    }

    @Test
    void areTheNamedOnesInTheirOrder() {
        assertThat(hosts(TEXT + "- {id: r, flow6: {gateway_hosts: [hostB, hostA]}}"))
                .containsExactly(Id.of("hostB"), Id.of("hostA"));
    }

    @Test
    void anOnlyOneNeedsNoName() {
        String onlyA =
                TEXT.replace("\"provider:physical_network\": physnet1", "\"provider:physical_network\": physnet2");
        assertThat(hosts(onlyA + "- {id: r}")).containsExactly(Id.of("hostA"));
        assertThat(hosts(TEXT.replace("id: r-out,", "id: r-out, \"binding:host_id\": hostB,") + "- {id: r}"))
                .containsExactly(Id.of("hostB"));
        assertThat(hosts(TEXT.replace(HOSTS, "") + "- {id: r}")).isEmpty();
        assertThat(hosts(TEXT.replace("network:router_gateway", "network:router_interface") + "- {id: r}"))
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "flow6: {gateway_hosts: [hostA, hostD]}; flow6.gateway_hosts: there is no host 'hostD'",
                "flow6: {gateway_hosts: [hostA, hostB, hostA]}; flow6.gateway_hosts: host hostA is there twice",
                "flow6: {gateway_hosts: [hostA, hostC]}; flow6.gateway_hosts: network out is part of physical network physnet1, to which host hostC is not attached: add it to the host's physical_networks",
                "flow6: {gateway_hosts: hostA}; flow6.gateway_hosts: 'hostA' is not a list",
                "flow6: {}; id: its gateway on out can be on hosts hostA, hostB: name those that may have it in flow6.gateway_hosts, the preferred one first",
            })
    void areRefused(String attributes, String violation) {
        assertThat(violations(TEXT + "- {id: r, " + attributes + "}")).containsExactly("10: router r: " + violation);
    }

    @Test
    void cannotBeNobody() {
        String none =
                TEXT.replace("\"provider:physical_network\": physnet1", "\"provider:physical_network\": physnet3");
        assertThat(violations(none + "- {id: r}"))
                .containsExactly(
                        "10: router r: id: its gateway on out can be on no host: none is attached to physnet3");
    }

    @Test
    void needAGatewayOnAPhysicalNetwork() {
        assertThat(violations(TEXT + "- {id: r}\n- {id: s, flow6: {gateway_hosts: [hostA]}}"))
                .contains(
                        "11: router s: flow6.gateway_hosts: the router has no gateway on a physical network (a port of "
                                + "device_owner network:router_gateway on a network of provider:network_type flat or vlan): it is on "
                                + "every host");
    }
}
