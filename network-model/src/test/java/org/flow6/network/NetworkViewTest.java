package org.flow6.network;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
import org.flow6.network.file.NetworkFile;
import org.flow6.network.file.NetworkFile.Valid;
import org.junit.jupiter.api.Test;
import org.projectfloodlight.openflow.types.IPAddress;
import org.projectfloodlight.openflow.types.MacAddress;
import org.projectfloodlight.openflow.types.OFPort;

/** Subnets and routers of networks, and the finding of ports and subnets. */
class NetworkViewTest {
    private static final Id<Network> BLUE = Id.of("blue");
    private static final Id<Network> RED = Id.of("red");
    private static final String TEXT = """
            networks: [{id: blue}, {id: red}]
            subnets:
            - {id: z, network_id: blue, ip_version: 6, cidr: "2001:db8:1::/64"}
            - {id: a, network_id: blue, ip_version: 6, cidr: "2001:db8:2::/64"}
            - {id: four, network_id: blue, ip_version: 4, cidr: 192.0.2.0/24}
            - {id: far, network_id: red, ip_version: 6, cidr: "2001:db8::/32"}
            routers: [{id: r1}, {id: r2}]
            ports:
            - {id: vm, network_id: blue, mac_address: "02:00:00:00:00:01", fixed_ips: [{ip_address: "2001:db8:2::5"}],
               allowed_address_pairs: [{ip_address: "2001:db8:2::9", mac_address: "02:00:00:00:00:09"}]}
            - {id: r1-blue, network_id: blue, mac_address: "02:00:00:00:01:01", device_owner: "network:router_interface", device_id: r1,
               fixed_ips: [{ip_address: "2001:db8:1::1"}, {ip_address: "2001:db8:2::1"}, {ip_address: "2001:db8:1::2"}]}
            - {id: r2-blue, network_id: blue, mac_address: "02:00:00:00:02:01", device_owner: "network:router_gateway", device_id: r2,
               fixed_ips: [{ip_address: "2001:db8:1::3"}], flow6: {max_interval: 4}}
            - {id: r2-red, network_id: red, mac_address: "02:00:00:00:02:01", device_owner: "network:router_interface", device_id: r2}
            """;

    @Test
    void showsSubnetsById() {
        assertThat(blue(snapshot(TEXT)).subnets())
                .map(subnet -> subnet.id().value())
                .containsExactly("a", "four", "z");
    }

    @Test
    void derivesOnceOfAPortAndAnewWhenTheNetworkChanges() {
        BiFunction<NetworkView, Port, List<String>> function =
                (view, port) -> List.of(view.network().id().value(), port.id().value(), port.name());
        NetworkSnapshot before = snapshot(TEXT);
        Optional<List<String>> made = before.derived(Id.<Port>of("vm"), function);
        assertThat(made).contains(List.of("blue", "vm", ""));
        assertThat(before.derived(Id.<Port>of("vm"), function).orElseThrow()).isSameAs(made.orElseThrow());
        assertThat(before.derived(Id.<Port>of("r1-blue"), function)).contains(List.of("blue", "r1-blue", ""));
        assertThat(before.derived(Id.<Port>of("none"), function)).isEmpty();
        NetworkModel named =
                snapshot(TEXT.replace("{id: vm,", "{id: vm, name: web,")).model();
        NetworkSnapshot after = before.edit().model(named).update().after();
        assertThat(after.derived(Id.<Port>of("vm"), function)).contains(List.of("blue", "vm", "web"));
    }

    @Test
    void showsAPortByItsKeyAsItIsNow() {
        NetworkSnapshot before = snapshot(TEXT);
        PortView view = before.port(Id.<Port>of("vm")).orElseThrow();
        assertThat(before.port(view.key())).contains(view);
        assertThat(before.port(view.key())).contains(view);
        NetworkSnapshot bound =
                before.edit().bind(Id.of("vm"), OFPort.of(7)).update().after();
        assertThat(bound.port(view.key()).flatMap(PortView::ofPort)).contains(OFPort.of(7));
        NetworkSnapshot none = bound.edit().model(NetworkModel.EMPTY).update().after();
        assertThat(none.port(view.key())).isEmpty();
    }

    @Test
    void showsRoutersWithTheirSubnetsInTheOrderOfTheirAddresses() {
        List<RouterInterface> routers = blue(snapshot(TEXT)).routers();
        assertThat(routers).isSortedAccordingTo((left, right) -> left.key().compareTo(right.key()));
        assertThat(routers).map(router -> router.port().id().value()).containsExactlyInAnyOrder("r1-blue", "r2-blue");
        for (RouterInterface router : routers) {
            boolean first = router.port().id().value().equals("r1-blue");
            assertThat(router.router().id()).hasToString(first ? "r1" : "r2");
            assertThat(router.subnets())
                    .map(subnet -> subnet.id().value())
                    .isEqualTo(first ? List.of("z", "a") : List.of("z"));
            assertThat(router.facesHosts()).isEqualTo(first);
            assertThat(router.advertisement().maxInterval()).isEqualTo(first ? 100 : 4);
        }
    }

    @Test
    void showsNoRouterThatIsDown() {
        assertThat(blue(snapshot(TEXT.replace("{id: r1}", "{id: r1, admin_state_up: false}")))
                        .routers())
                .map(router -> router.port().id().value())
                .containsExactly("r2-blue");
        assertThat(blue(snapshot(TEXT.replace("device_id: r1", "device_id: r1, admin_state_up: false")))
                        .routers())
                .map(router -> router.port().id().value())
                .containsExactly("r2-blue");
        NetworkView down = blue(snapshot(TEXT.replace("{id: blue}", "{id: blue, admin_state_up: false}")));
        assertThat(down.routers()).isEmpty();
        assertThat(down.subnets()).hasSize(3);
    }

    @Test
    void touchesEachNetworkOfAChangedRouterAndNoOther() {
        assertThat(touched(TEXT.replace("{id: r1}", "{id: r1, name: R1}"))).containsExactly(BLUE);
        assertThat(touched(TEXT.replace("{id: r2}", "{id: r2, name: R2}"))).containsExactlyInAnyOrder(BLUE, RED);
        assertThat(touched(TEXT.replace("{id: r2}", "{id: r2}, {id: r3}"))).isEmpty();
        assertThat(touched(TEXT.replace("cidr: \"2001:db8::/32\"", "cidr: \"2001:db8::/32\", name: Far")))
                .containsExactly(RED);
        assertThat(touched(TEXT.replace("max_interval: 4", "max_interval: 5"))).containsExactly(BLUE);
        assertThat(touched(TEXT.replace("id: vm,", "id: vm, name: VM,"))).isEmpty();
    }

    @Test
    void showsThePortsOfDhcpServersThatAreUp() {
        String server =
                "- {id: dhcp, network_id: red, mac_address: \"02:00:00:00:00:dd\", device_owner: \"network:dhcp\"}\n";
        assertThat(snapshot(TEXT).network(RED).orElseThrow().dhcpServers()).isEmpty();
        assertThat(snapshot(TEXT + server).network(RED).orElseThrow().dhcpServers())
                .map(port -> port.id().value())
                .containsExactly("dhcp");
        assertThat(touched(TEXT + server)).containsExactly(RED);
        String down = server.replace("}", ", admin_state_up: false}");
        assertThat(snapshot(TEXT + down).network(RED).orElseThrow().dhcpServers())
                .isEmpty();
    }

    @Test
    void findsPortsByTheirOwnMacAddress() {
        NetworkSnapshot snapshot = snapshot(TEXT);
        assertThat(owner(snapshot, BLUE, "02:00:00:00:00:01")).contains("vm");
        assertThat(owner(snapshot, BLUE, "02:00:00:00:00:09")).isEmpty();
        assertThat(owner(snapshot, RED, "02:00:00:00:00:01")).isEmpty();
        assertThat(owner(snapshot, RED, "02:00:00:00:02:01")).contains("r2-red");
    }

    @Test
    void findsSubnetsByAddress() {
        NetworkSnapshot snapshot = snapshot(TEXT);
        assertThat(snapshot.subnetsHolding(IPAddress.of("2001:db8:1::77")))
                .map(subnet -> subnet.id().value())
                .containsExactly("z", "far");
        assertThat(snapshot.subnetsHolding(IPAddress.of("192.0.2.7")))
                .map(subnet -> subnet.id().value())
                .containsExactly("four");
        assertThat(snapshot.subnetsHolding(IPAddress.of("2001:db9::1"))).isEmpty();
        IPAddress<?> shared = IPAddress.of("2001:db8:1::77");
        assertThat(snapshot.subnet(new NetworkAddress(RED, shared)))
                .map(subnet -> subnet.id().value())
                .contains("far");
        assertThat(snapshot.subnet(new NetworkAddress(BLUE, IPAddress.of("2001:db8:3::1"))))
                .isEmpty();
    }

    private static Optional<String> owner(NetworkSnapshot snapshot, Id<Network> network, String mac) {
        return snapshot.owner(new NetworkMac(network, MacAddress.of(mac)))
                .map(view -> view.port().id().value());
    }

    private static Iterable<Id<Network>> touched(String text) {
        return snapshot(TEXT).edit().model(model(text)).update().networks();
    }

    private static NetworkView blue(NetworkSnapshot snapshot) {
        return snapshot.network(BLUE).orElseThrow();
    }

    private static NetworkSnapshot snapshot(String text) {
        return NetworkSnapshot.EMPTY.edit().model(model(text)).update().after();
    }

    private static NetworkModel model(String text) {
        return ((Valid) NetworkFile.parse("n.yaml", text)).model();
    }
}
