package org.flow6.network;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.flow6.network.file.NetworkFile;
import org.flow6.network.file.NetworkFile.Valid;
import org.junit.jupiter.api.Test;

/** What of a network a host is concerned with. */
class ReachTest {
    private static final String HOSTS = """
            hosts:
            - {name: hostA, tunnel_ip: "fd00::1"}
            - {name: hostB, tunnel_ip: "fd00::2"}
            """;
    private static final String NETWORKS = """
            networks: [{id: blue}, {id: red}, {id: green}, {id: up}]
            subnets:
            - {id: blue6, network_id: blue, ip_version: 6, cidr: "2001:db8:1::/64", gateway_ip: "2001:db8:1::1"}
            - {id: red6, network_id: red, ip_version: 6, cidr: "2001:db8:2::/64", gateway_ip: "2001:db8:2::1"}
            - {id: green6, network_id: green, ip_version: 6, cidr: "2001:db8:3::/64", gateway_ip: "2001:db8:3::1"}
            - {id: up6, network_id: up, ip_version: 6, cidr: "2001:db8:4::/64", gateway_ip: "2001:db8:4::fe"}
            security_groups: [{id: web}, {id: db}, {id: far}]
            security_group_rules:
            - {id: from-db, security_group_id: web, direction: ingress, ethertype: IPv6, remote_group_id: db}
            - {id: from-web, security_group_id: db, direction: ingress, ethertype: IPv6, remote_group_id: web}
            ports:
            """;
    private static final String OWN = port(1, "blue", "hostA", "web");
    private static final String OTHERS = port(2, "blue", "hostB", "web")
            + port(3, "red", "hostB", "web")
            + port(4, "green", "hostB", "db")
            + port(5, "green", "hostB", "far");
    private static final String ALL = HOSTS + NETWORKS + OWN + OTHERS;

    private final Reach reach = new Reach("hostA");

    private static String port(int number, String network, String host, String group) {
        return ("- {id: p%d, network_id: %s, mac_address: \"02:00:00:00:00:0%d\", \"binding:host_id\": %s,"
                        + " security_groups: [%s]}\n")
                .formatted(number, network, number, host, group);
    }

    private static String routerPort(String router, String network, String address, String owner) {
        return ("- {id: %s-%s, network_id: %s, mac_address: \"02:00:00:00:01:%02x\", device_owner: \"network:router_%s\","
                        + " device_id: %s, fixed_ips: [{subnet_id: %s6, ip_address: \"%s\"}]}\n")
                .formatted(
                        router,
                        network,
                        network,
                        (router + network).hashCode() & 0xff,
                        owner,
                        router,
                        network,
                        address);
    }

    private static NetworkModel model(String text) {
        NetworkFile.Reading reading = NetworkFile.parse("n.yaml", text);
        assertThat(reading).isInstanceOf(Valid.class);
        return ((Valid) reading).model();
    }

    private NetworkModel part(String text, String... plugged) {
        return reach.of(model(text), Set.of(plugged).stream().map(Id::<Port>of).collect(Collectors.toSet()));
    }

    private static Set<String> ids(Set<? extends Id<?>> ids) {
        return ids.stream().map(Id::value).collect(Collectors.toSet());
    }

    @Test
    void aHostThatIsAloneHasAll() {
        NetworkModel all = model((NETWORKS + OWN + OTHERS).replaceAll(", \"binding:host_id\": host.", ""));
        assertThat(reach.of(all, Set.of())).isSameAs(all);
        assertThat(part(ALL).networks()).hasSize(1);
        assertThat(reach.of(all, Set.of())).isSameAs(all);
        assertThat(part(ALL).networks()).hasSize(1);
    }

    @Test
    void networksOfOwnPortsAreThereAndNoOthers() {
        NetworkModel part = part(ALL);
        assertThat(ids(part.networks().keySet())).containsExactly("blue");
        assertThat(ids(part.subnets().keySet())).containsExactly("blue6");
        assertThat(ids(part.ports().keySet())).containsExactlyInAnyOrder("p1", "p2");
        assertThat(ids(part.hosts().keySet())).containsExactlyInAnyOrder("hostA", "hostB");
    }

    @Test
    void aPortThatIsPluggedCountsWhateverHostItNames() {
        assertThat(ids(part(ALL, "p3", "nobody").networks().keySet())).containsExactlyInAnyOrder("blue", "red");
        assertThat(ids(part(ALL).networks().keySet())).containsExactly("blue");
        assertThat(part(HOSTS + NETWORKS + OTHERS).ports()).isEmpty();
    }

    @Test
    void groupsAreThoseOfOwnPortsAndOfRemoteGroupsTheAddresses() {
        NetworkModel part = part(ALL);
        assertThat(ids(part.securityGroups().keySet())).containsExactly("web");
        assertThat(part.securityGroupRules().values())
                .extracting(SecurityGroupRule::securityGroupId)
                .containsOnly(Id.of("web"));
        assertThat(ids(part.securityGroupRules().keySet())).contains("from-db").doesNotContain("from-web");
        assertThat(ids(part.distantPorts().keySet())).containsExactly("p4");
        NetworkModel near = part(ALL, "p5");
        assertThat(near.distantPorts()).isEmpty();
        assertThat(ids(near.ports().keySet())).contains("p4");
    }

    @Test
    void routersLeadOn() {
        String routed = ALL
                + routerPort("r1", "blue", "2001:db8:1::1", "interface")
                + routerPort("r1", "red", "2001:db8:2::1", "interface")
                + routerPort("r2", "red", "2001:db8:2::2", "interface")
                + routerPort("r2", "up", "2001:db8:4::1", "interface")
                + "routers: [{id: r1}, {id: r2}]\n";
        assertThat(ids(part(routed).networks().keySet())).containsExactlyInAnyOrder("blue", "red", "up");
        assertThat(ids(part(routed).routers().keySet())).containsExactlyInAnyOrder("r1", "r2");
        assertThat(ids(part(ALL).networks().keySet())).containsExactly("blue");
    }

    @Test
    void aGatewayOnAnotherHostIsAnOutline() {
        String routed = ALL
                + port(6, "up", "hostB", "far")
                + routerPort("r1", "blue", "2001:db8:1::1", "interface")
                + routerPort("r1", "up", "2001:db8:4::1", "gateway")
                + routerPort("r2", "red", "2001:db8:2::1", "interface")
                + routerPort("r2", "up", "2001:db8:4::2", "gateway")
                + """
                routers:
                - {id: r1, flow6: {gateway_hosts: [hostB]}}
                - {id: r2, flow6: {gateway_hosts: [hostB]}}
                """;
        routed = routed.replace("\"}\n- {name", "\", physical_networks: [far]}\n- {name")
                .replace("\"}\nnetworks", "\", physical_networks: [far]}\nnetworks")
                .replace("{id: up}", "{id: up, \"provider:network_type\": flat, \"provider:physical_network\": far}");
        NetworkModel part = part(routed);
        assertThat(ids(part.networks().keySet())).containsExactlyInAnyOrder("blue", "up");
        assertThat(ids(part.subnets().keySet())).containsExactlyInAnyOrder("blue6", "up6");
        assertThat(ids(part.routers().keySet())).containsExactly("r1");
        assertThat(ids(part.ports().keySet())).containsExactlyInAnyOrder("p1", "p2", "r1-blue", "r1-up");
        NetworkModel here = part(routed.replace("[hostB]", "[hostB, hostA]"));
        assertThat(ids(here.networks().keySet())).containsExactlyInAnyOrder("blue", "up", "red");
        assertThat(ids(here.ports().keySet())).contains("p3", "p6");
    }

    @Test
    void whatOwnPortsDoNotReachChangesNothing() {
        NetworkModel all = model(ALL);
        NetworkModel before = reach.of(all, Set.of());
        Port far = Objects.requireNonNull(all.ports().get(Id.<Port>of("p5")));
        NetworkModel without = all.edited(Set.of(far), Set.of());
        assertThat(reach.of(without, Set.of())).isSameAs(before);
        assertThat(reach.of(without.edited(Set.of(), Set.of(far)), Set.of())).isSameAs(before);
        Port near = Objects.requireNonNull(all.ports().get(Id.<Port>of("p2")));
        NetworkModel after = reach.of(without.edited(Set.of(near), Set.of()), Set.of());
        assertThat(after.portsSince(before)).containsExactly(near.id());
    }
}
