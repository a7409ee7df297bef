package org.flow6.apps.l3;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.flow6.apps.l3.RouteTable.Entry;
import org.flow6.flow.Action;
import org.flow6.flow.Field;
import org.flow6.flow.Flow;
import org.flow6.flow.FlowSyntax;
import org.flow6.flow.GoldenFlows;
import org.flow6.flow.NextHop;
import org.flow6.flow.Table;
import org.flow6.network.Id;
import org.flow6.network.NetworkAddress;
import org.flow6.network.NetworkSnapshot;
import org.flow6.network.Router;
import org.flow6.network.RouterView;
import org.junit.jupiter.api.Test;
import org.projectfloodlight.openflow.types.IPAddress;

class L3Test {
    private static final L3 APP = new L3();

    /** Router r1 between blue and red, whose gateway is router r2; r3 has the prefixes of r1 on networks of its own. */
    private static final String NETWORK = """
            networks: [{id: blue}, {id: red, mtu: 1400}, {id: out, "router:external": true}, {id: far}]
            subnets:
              - {id: blue6, network_id: blue, ip_version: 6, cidr: "2001:db8:1::/64", gateway_ip: "fe80::1"}
              - {id: blue6b, network_id: blue, ip_version: 6, cidr: "2001:db8:11::/64", gateway_ip: "2001:db8:11::1"}
              - {id: blue4, network_id: blue, ip_version: 4, cidr: 192.0.2.0/24}
              - {id: red6, network_id: red, ip_version: 6, cidr: "2001:db8:2::/64", gateway_ip: "2001:db8:2::1"}
              - {id: red4, network_id: red, ip_version: 4, cidr: 198.51.100.0/31, gateway_ip: 198.51.100.0}
              - {id: out6, network_id: out, ip_version: 6, cidr: "2001:db8:e::/64", gateway_ip: "fe80::ff:fe00:302"}
              - {id: out4, network_id: out, ip_version: 4, cidr: 203.0.113.0/24}
              - {id: far6, network_id: far, ip_version: 6, cidr: "2001:db8:1::/64"}
            routers:
              - id: r1
                routes:
                  - {destination: "2001:db8:9::/48", nexthop: "2001:db8:1::11"}
                  - {destination: 10.0.0.0/8, nexthop: 192.0.2.11}
                  - {destination: "2001:db8:9::/48", nexthop: "2001:db8:2::12"}
                flow6: {blackhole_routes: ["2001:db8:9:bad::/64", 10.6.6.0/24]}
              - {id: r2}
              - {id: r3}
            ports:
              - {id: vm1, network_id: blue, mac_address: "02:00:00:00:00:01",
                 fixed_ips: [{ip_address: "2001:db8:1::11"}, {ip_address: 192.0.2.11}]}
              - {id: vm2, network_id: red, mac_address: "02:00:00:00:00:02",
                 fixed_ips: [{ip_address: "2001:db8:2::12"}, {ip_address: 198.51.100.1}],
                 allowed_address_pairs: [{ip_address: "2001:db8:2::77"}]}
              - {id: vm3, network_id: red, mac_address: "02:00:00:00:00:03", fixed_ips: [{ip_address: "2001:db8:2::13"}],
                 allowed_address_pairs: [{ip_address: "2001:db8:2::77"}]}
              - {id: r1-blue, network_id: blue, mac_address: "02:00:00:00:01:01", device_owner: "network:router_interface", device_id: r1,
                 fixed_ips: [{subnet_id: blue6, ip_address: "fe80::1"}, {ip_address: "2001:db8:11::1"}, {ip_address: 192.0.2.1}]}
              - {id: r1-red, network_id: red, mac_address: "02:00:00:00:01:02", device_owner: "network:router_interface", device_id: r1,
                 fixed_ips: [{ip_address: "2001:db8:2::1"}, {ip_address: 198.51.100.0}]}
              - {id: r1-out, network_id: out, mac_address: "02:00:00:00:01:03", device_owner: "network:router_gateway", device_id: r1,
                 fixed_ips: [{ip_address: "2001:db8:e::11"}, {ip_address: 203.0.113.11}]}
              - {id: r2-out, network_id: out, mac_address: "02:00:00:00:03:02", device_owner: "network:router_interface", device_id: r2,
                 fixed_ips: [{ip_address: "2001:db8:e::12"}, {ip_address: 203.0.113.1}]}
              - {id: r3-far, network_id: far, mac_address: "02:00:00:00:01:01", device_owner: "network:router_interface", device_id: r3,
                 fixed_ips: [{ip_address: "2001:db8:1::1"}]}
            """;

    private static final Map<String, Integer> BINDINGS = Map.of("vm1", 1, "vm2", 2, "vm3", 3);

    private static List<String> entries(String yaml, String router) {
        NetworkSnapshot snapshot = GoldenFlows.network(yaml, BINDINGS);
        return RouteTable.of(snapshot.router(Id.<Router>of(router)).orElseThrow())
                .map(entry -> entry.destination() + by(entry))
                .toList();
    }

    @Test
    void aNextHopByWhichNothingGetsThroughIsLeftOutUnlessItIsTheLast() {
        NetworkAddress one = hop("blue", "2001:db8:1::11");
        NetworkAddress other = hop("red", "2001:db8:2::12");
        assertThat(hopsOfShared(Set.of())).isEqualTo("2001:db8:9::/48[2001:db8:1::11, 2001:db8:2::12]");
        assertThat(hopsOfShared(Set.of(one, hop("red", "2001:db8:2::13"))))
                .isEqualTo("2001:db8:9::/48[2001:db8:2::12]");
        assertThat(hopsOfShared(Set.of(other))).isEqualTo("2001:db8:9::/48[2001:db8:1::11]");
        assertThat(hopsOfShared(Set.of(one, other))).isEqualTo(hopsOfShared(Set.of()));
    }

    @Test
    void nextHopsThatShareAPrefixAreWatched() {
        assertThat(APP.watched(view(NETWORK, Set.of(hop("red", "2001:db8:2::12")))))
                .containsExactly(
                        new NextHop(hop("blue", "2001:db8:1::11"), Id.of("r1-blue")),
                        new NextHop(hop("red", "2001:db8:2::12"), Id.of("r1-red")));
    }

    private static NetworkAddress hop(String network, String address) {
        return new NetworkAddress(Id.of(network), IPAddress.of(address));
    }

    private static RouterView view(String yaml, Set<NetworkAddress> unreachable) {
        NetworkSnapshot snapshot = GoldenFlows.network(yaml, BINDINGS)
                .edit()
                .unreachableHops(unreachable)
                .update()
                .after();
        return snapshot.router(Id.<Router>of("r1")).orElseThrow();
    }

    private static String hopsOfShared(Set<NetworkAddress> unreachable) {
        return RouteTable.of(view(NETWORK, unreachable))
                .map(entry -> entry.destination() + by(entry))
                .filter(entry -> entry.startsWith("2001:db8:9::/48"))
                .findFirst()
                .orElseThrow();
    }

    private static String by(Entry entry) {
        return entry.hops().stream()
                .map(hop -> hop.neighbor().map(Object::toString).orElse("link"))
                .toList()
                .toString();
    }

    private static List<Flow> flows(String yaml, Table table) {
        return GoldenFlows.flows(APP, GoldenFlows.network(yaml, BINDINGS)).stream()
                .filter(flow -> flow.table() == table)
                .toList();
    }

    @Test
    void routesANetwork() throws Exception {
        GoldenFlows.check("l3.flows", GoldenFlows.flows(APP, GoldenFlows.network(NETWORK, BINDINGS)));
    }

    @Test
    void aTableHasSubnetsRoutesAndDefaults() {
        assertThat(entries(NETWORK, "r1"))
                .containsExactlyInAnyOrder(
                        "2001:db8:1::/64[link]",
                        "2001:db8:11::/64[link]",
                        "192.0.2.0/24[link]",
                        "2001:db8:2::/64[link]",
                        "198.51.100.0/31[link]",
                        "2001:db8:e::/64[link]",
                        "203.0.113.0/24[link]",
                        "2001:db8:9::/48[2001:db8:1::11, 2001:db8:2::12]",
                        "10.0.0.0/8[192.0.2.11]",
                        "2001:db8:9:bad::/64[]",
                        "10.6.6.0/24[]",
                        "::/0[fe80::ff:fe00:302]",
                        "0.0.0.0/0[203.0.113.1]");
        assertThat(entries(NETWORK, "r3")).containsExactly("2001:db8:1::/64[link]");
    }

    @Test
    void whatIsStatedGoesBeforeTheDefault() {
        assertThat(entries(NETWORK.replace("10.0.0.0/8", "0.0.0.0/0").replace("10.6.6.0/24", "\"::/0\""), "r1"))
                .contains("0.0.0.0/0[192.0.2.11]", "::/0[]")
                .doesNotContain("0.0.0.0/0[203.0.113.1]");
    }

    @Test
    void aSubnetGoesBeforeARouteOfItsPrefix() {
        assertThat(entries(
                        NETWORK.replace("10.0.0.0/8", "203.0.113.0/24").replace("10.6.6.0/24", "192.0.2.0/24"), "r1"))
                .contains("203.0.113.0/24[link]", "192.0.2.0/24[link]")
                .hasSize(11);
    }

    @Test
    void aRouteGoesAwayWithItsPort() {
        String down = NETWORK.replace("{id: r1-red,", "{id: r1-red, admin_state_up: false,");
        assertThat(entries(down, "r1"))
                .contains("2001:db8:9::/48[2001:db8:1::11]")
                .noneMatch(entry -> entry.startsWith("2001:db8:2::/64"));
        assertThat(flows(down, Table.ROUTE_PATH)).isEmpty();
        assertThat(flows(down, Table.NEXT_HOP).stream().map(FlowSyntax::line))
                .noneMatch(line -> line.contains("02:00:00:00:00:02"));
    }

    @Test
    void onlySmallerNetworksCheckTheSize() {
        List<Action> checks = flows(NETWORK, Table.ROUTE).stream()
                .flatMap(flow -> flow.actions().stream())
                .filter(Action.CheckLarger.class::isInstance)
                .distinct()
                .toList();
        assertThat(checks).containsExactly(Action.checkLarger(1414, Field.TOO_BIG));
        assertThat(flows(NETWORK.replace("mtu: 1400", "mtu: 1500"), Table.ROUTE).stream()
                        .flatMap(flow -> flow.actions().stream()))
                .noneMatch(Action.CheckLarger.class::isInstance);
    }

    @Test
    void aNeighborThatIsARouterRoutesAgain() {
        List<Flow> again = flows(NETWORK, Table.NEXT_HOP).stream()
                .filter(flow -> flow.actions().contains(Action.routeAgain()))
                .toList();
        assertThat(again.stream().map(FlowSyntax::line))
                .anyMatch(line -> line.contains("xxreg2=0xfe80000000000000000000fffe000302")
                        && line.contains("02:00:00:00:03:02"))
                .anyMatch(line -> line.contains("reg12=0xcb007101") && line.contains("02:00:00:00:03:02"));
    }

    @Test
    void sharedAddressesAreAskedFor() {
        assertThat(flows(NETWORK, Table.NEXT_HOP).stream().map(FlowSyntax::line))
                .noneMatch(line -> line.contains("2001:db8:2::77"));
    }

    @Test
    void aNetworkWithoutRouterHasNoNeighbors() {
        assertThat(flows(NETWORK.replace("device_id: r3,", "device_id: r3, admin_state_up: false,"), Table.NEXT_HOP))
                .hasSizeLessThan(flows(NETWORK, Table.NEXT_HOP).size());
    }
}
