package org.flow6.network;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.flow6.network.file.NetworkFile;
import org.flow6.network.file.NetworkFile.Valid;
import org.junit.jupiter.api.Test;
import org.projectfloodlight.openflow.types.IPAddress;
import org.projectfloodlight.openflow.types.OFPort;

/** On which host a gateway is, as each host sees it. */
class GatewayHostsTest {
    private static final Id<Host> A = Id.of("hostA");
    private static final Id<Host> B = Id.of("hostB");
    private static final Id<Host> C = Id.of("hostC");
    private static final Id<Router> R = Id.of("r");
    private static final Id<Network> OUT = Id.of("out");
    private static final NetworkModel MODEL = model("[hostA, hostB]");

    private static NetworkModel model(String gatewayHosts) {
        return ((Valid) NetworkFile.parse("n.yaml", """
                        hosts:
                        - {name: hostA, tunnel_ip: "fd00::1", physical_networks: [physnet1]}
                        - {name: hostB, tunnel_ip: "fd00::2", physical_networks: [physnet1]}
                        - {name: hostC, tunnel_ip: "fd00::3"}
                        networks:
                        - {id: out, "router:external": true, "provider:network_type": flat, "provider:physical_network": physnet1}
                        - {id: blue}
                        subnets:
                        - {id: out6, network_id: out, ip_version: 6, cidr: "2001:db8:e::/64", gateway_ip: "2001:db8:e::1"}
                        - {id: blue6, network_id: blue, ip_version: 6, cidr: "2001:db8:1::/64", gateway_ip: "2001:db8:1::1"}
                        ports:
                        - {id: r-out, network_id: out, mac_address: "02:00:00:00:01:01", device_owner: "network:router_gateway", device_id: r,
                           fixed_ips: [{ip_address: "2001:db8:e::2"}]}
                        - {id: r-blue, network_id: blue, mac_address: "02:00:00:00:01:02", device_owner: "network:router_interface", device_id: r,
                           fixed_ips: [{ip_address: "2001:db8:1::1"}]}
                        routers: [{id: r, flow6: {gateway_hosts: %s}}]
                        """.formatted(gatewayHosts))).model();
    }

    private static NetworkSnapshot on(Id<Host> host, Set<Id<Host>> unreachable) {
        return NetworkSnapshot.EMPTY
                .edit()
                .host(host.value())
                .tunnel(Optional.of(new Tunnel(OFPort.of(9), Tunnel.Type.GENEVE)))
                .model(MODEL)
                .unreachable(unreachable)
                .update()
                .after();
    }

    private static RouterInterface link(NetworkSnapshot snapshot, String port) {
        return snapshot.router(R).orElseThrow().interfaces().stream()
                .filter(link -> link.port().id().value().equals(port))
                .findFirst()
                .orElseThrow();
    }

    /** Where a host takes the gateway to be. */
    private static Id<Host> seen(Id<Host> from, Set<Id<Host>> unreachable) {
        NetworkSnapshot snapshot = on(from, unreachable);
        Optional<HostKey> elsewhere = link(snapshot, "r-out").place().elsewhere();
        return elsewhere
                .map(key -> List.of(A, B, C).stream()
                        .filter(host -> snapshot.host(host)
                                .map(HostView::key)
                                .filter(key::equals)
                                .isPresent())
                        .findFirst()
                        .orElseThrow())
                .orElse(from);
    }

    @Test
    void theFirstThatIsReachableHasIt() {
        for (Id<Host> host : List.of(A, B, C)) {
            assertThat(seen(host, Set.of())).as("%s", host).isEqualTo(A);
        }
        assertThat(seen(B, Set.of(A))).isEqualTo(B);
        assertThat(seen(C, Set.of(A))).isEqualTo(B);
        assertThat(seen(C, Set.of(B))).isEqualTo(A);
        assertThat(seen(A, Set.of(B, C))).isEqualTo(A);
    }

    @Test
    void placesAreThoseThatFlowsAreMadeFor() {
        for (Id<Host> host : List.of(A, B, C)) {
            for (Set<Id<Host>> lost : List.of(Set.<Id<Host>>of(), Set.of(A), Set.of(B), Set.of(A, B))) {
                assertThat(GatewayHosts.places(MODEL, lost, host))
                        .as("%s without %s", host, lost)
                        .isEqualTo(Map.of(R, seen(host, lost)));
            }
        }
        assertThat(GatewayHosts.places(NetworkModel.EMPTY, Set.of(A), B)).isEmpty();
    }

    @Test
    void whoIsCutOffHasItNoMore() {
        assertThat(seen(A, GatewayHosts.unreachable(A, Map.of(B, false, C, false))))
                .isEqualTo(B);
        assertThat(seen(B, GatewayHosts.unreachable(B, Map.of(A, false, C, false))))
                .isEqualTo(A);
        assertThat(seen(A, GatewayHosts.unreachable(A, Map.of(B, false, C, true))))
                .isEqualTo(A);
    }

    /** Of two hosts neither knows who is cut off: both have it, rather than nobody. */
    @Test
    void oneLostHostProvesNothing() {
        assertThat(GatewayHosts.unreachable(A, Map.of(B, false))).containsExactly(B);
        assertThat(GatewayHosts.unreachable(B, Map.of(A, false))).containsExactly(A);
        assertThat(GatewayHosts.unreachable(C, Map.of())).isEmpty();
        assertThat(GatewayHosts.unreachable(C, Map.of(A, true, B, false))).containsExactly(B);
    }

    @Test
    void whereNobodyIsReachableTheFirstIsTried() {
        assertThat(seen(C, GatewayHosts.unreachable(C, Map.of(A, false, B, false))))
                .isEqualTo(A);
    }

    @Test
    void anOnlyHostKeepsIt() {
        assertThat(GatewayHosts.active(List.of(A), Set.of(A), A)).contains(A);
        assertThat(GatewayHosts.active(List.of(A), Set.of(A), B)).contains(A);
        assertThat(GatewayHosts.active(List.of(), Set.of(), A)).isEmpty();
    }

    @Test
    void gatewaysKnowOfAllHostsAndTheseOfGateways() {
        assertThat(GatewayHosts.watched(MODEL, A)).containsExactlyInAnyOrder(B, C);
        assertThat(GatewayHosts.watched(MODEL, C)).containsExactlyInAnyOrder(A, B);
        assertThat(GatewayHosts.watched(model("[hostA]"), B)).isEmpty();
        assertThat(GatewayHosts.watched(NetworkModel.EMPTY, A)).isEmpty();
    }

    @Test
    void otherPortsOfTheRouterAreEverywhere() {
        NetworkSnapshot snapshot = on(C, Set.of());
        assertThat(link(snapshot, "r-out").isHere()).isFalse();
        assertThat(link(snapshot, "r-blue").place()).isEqualTo(GatewayPlace.HERE);
        assertThat(here(snapshot, OUT, "2001:db8:e::2")).isFalse();
        assertThat(here(snapshot, Id.of("blue"), "2001:db8:1::1")).isTrue();
        assertThat(here(on(A, Set.of()), OUT, "2001:db8:e::2")).isTrue();
    }

    private static boolean here(NetworkSnapshot snapshot, Id<Network> network, String address) {
        return snapshot.address(new NetworkAddress(network, IPAddress.of(address)))
                .orElseThrow()
                .forAll();
    }

    @Test
    void aLostHostTouchesItsRoutersAndTheirGatewaysAlone() {
        NetworkUpdate update = on(C, Set.of()).edit().unreachable(Set.of(A)).update();
        assertThat(update.routers()).containsExactly(R);
        assertThat(update.networks()).containsExactly(OUT);
        assertThat(update.addresses()).contains(new NetworkAddress(OUT, IPAddress.of("2001:db8:e::2")));
        assertThat(update.ports()).isEmpty();
        assertThat(update.hosts()).isEmpty();
        assertThat(update.after().edit().unreachable(Set.of(A)).update().isEmpty())
                .isTrue();
        NetworkUpdate other = update.after().edit().unreachable(Set.of(A, C)).update();
        assertThat(other.isEmpty()).as("no router may be on C").isTrue();
    }
}
