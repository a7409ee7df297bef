package org.flow6.core;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.flow6.core.Status.HostsStatus;
import org.flow6.core.ovsdb.OvsInterface;
import org.flow6.core.ovsdb.OvsdbPicture;
import org.flow6.core.ovsdb.TunnelPort;
import org.flow6.network.Host;
import org.flow6.network.Id;
import org.flow6.network.NetworkModel;
import org.flow6.network.file.NetworkFile;
import org.junit.jupiter.api.Test;

/** What a host tells of the others, by what the switch's database says of its BFD sessions. */
class ReachabilityTest {
    private static final Id<Host> A = Id.of("hostA");
    private static final Id<Host> B = Id.of("hostB");
    private static final Id<Host> C = Id.of("hostC");
    private static final NetworkModel NETWORK = ((NetworkFile.Valid) NetworkFile.parse("n.yaml", """
                    hosts:
                    - {name: hostA, tunnel_ip: "fd00::1", physical_networks: [physnet1]}
                    - {name: hostB, tunnel_ip: "fd00::2", physical_networks: [physnet1]}
                    - {name: hostC, tunnel_ip: "fd00::3", physical_networks: []}
                    networks:
                    - {id: out, "router:external": true, "provider:network_type": flat, "provider:physical_network": physnet1}
                    subnets:
                    - {id: out6, network_id: out, ip_version: 6, cidr: "2001:db8:e::/64", gateway_ip: "2001:db8:e::1"}
                    ports:
                    - {id: r1-out, network_id: out, mac_address: "02:00:00:00:01:01", device_owner: "network:router_gateway", device_id: r1,
                       fixed_ips: [{ip_address: "2001:db8:e::2"}]}
                    - {id: r2-out, network_id: out, mac_address: "02:00:00:00:01:02", device_owner: "network:router_gateway", device_id: r2,
                       fixed_ips: [{ip_address: "2001:db8:e::3"}]}
                    routers:
                    - {id: r1, flow6: {gateway_hosts: [hostA, hostB]}}
                    - {id: r2, flow6: {gateway_hosts: [hostB]}}
                    - {id: everywhere}
                    """)).model();

    private final Reachability onC = new Reachability(C.value(), () -> 0);

    /** The switch's database with a session for each of these hosts. */
    private static OvsdbPicture sessions(Map<Id<Host>, Optional<Boolean>> up) {
        Map<String, OvsInterface> interfaces = new HashMap<>();
        up.forEach((host, state) -> {
            String name = TunnelPort.watching(host);
            interfaces.put(
                    name,
                    new OvsInterface(
                            "br-int",
                            name,
                            "geneve",
                            Optional.empty(),
                            Optional.empty(),
                            Map.of(),
                            Optional.empty(),
                            Optional.empty(),
                            OptionalInt.empty(),
                            OptionalInt.empty(),
                            state,
                            Optional.empty()));
        });
        return new OvsdbPicture(
                Optional.empty(), Map.of(), Optional.empty(), interfaces, Map.of(), List.of(), Set.of());
    }

    private static HostsStatus seen(Optional<Boolean> hostA, Optional<Boolean> hostB, String placeOfR1) {
        return new HostsStatus(Map.of("hostA", hostA, "hostB", hostB), Map.of("r1", placeOfR1, "r2", B.value()));
    }

    @Test
    void nothingIsKnownBeforeTheNetworkIs() {
        assertThat(onC.report()).isEqualTo(HostsStatus.NONE);
    }

    @Test
    void aHostWhoseSessionHasNotBegunCountsAsReachable() {
        onC.network(NETWORK);
        assertThat(onC.report()).isEqualTo(seen(Optional.empty(), Optional.empty(), "hostA"));
        onC.unreachable(sessions(Map.of(A, Optional.empty(), B, Optional.of(true))));
        assertThat(onC.report()).isEqualTo(seen(Optional.empty(), Optional.of(true), "hostA"));
    }

    @Test
    void theNextHostHasTheGatewayOfOneThatIsLost() {
        onC.network(NETWORK);
        Set<Id<Host>> lost = onC.unreachable(sessions(Map.of(A, Optional.of(false), B, Optional.of(true))));
        assertThat(lost).containsExactly(A);
        assertThat(onC.report()).isEqualTo(seen(Optional.of(false), Optional.of(true), "hostB"));
        onC.unreachable(sessions(Map.of(A, Optional.of(true), B, Optional.of(true))));
        assertThat(onC.report()).isEqualTo(seen(Optional.of(true), Optional.of(true), "hostA"));
    }

    @Test
    void aHostThatHasLostAllOthersIsNotWhereItsGatewaysAre() {
        Reachability onA = new Reachability(A.value(), () -> 0);
        onA.network(NETWORK);
        onA.unreachable(sessions(Map.of(B, Optional.of(false), C, Optional.of(true))));
        assertThat(onA.report().gateways()).containsEntry("r1", "hostA");
        onA.unreachable(sessions(Map.of(B, Optional.of(false), C, Optional.of(false))));
        assertThat(onA.report())
                .isEqualTo(new HostsStatus(
                        Map.of("hostB", Optional.of(false), "hostC", Optional.of(false)),
                        Map.of("r1", "hostB", "r2", "hostB")));
    }

    @Test
    void hostsThatNoGatewayHasAChoiceOfAreNotWatched() {
        onC.network(NETWORK);
        onC.network(NetworkModel.EMPTY);
        assertThat(onC.report()).isEqualTo(HostsStatus.NONE);
    }

    // After it was cut off.

    private long now = -5_000_000_000L;
    private final Reachability atB = new Reachability("hostB", () -> now);

    private Set<Id<Host>> seen(boolean a, boolean c) {
        return atB.unreachable(Map.of(A, a, C, c));
    }

    private void after(long millis) {
        now += Duration.ofMillis(millis).toNanos();
    }

    @Test
    void oneThatIsLostIsLostAtOnce() {
        assertThat(seen(true, true)).isEmpty();
        assertThat(seen(false, true)).containsExactly(A);
        assertThat(atB.settling()).isEmpty();
        assertThat(seen(true, true)).isEmpty();
    }

    @Test
    void whoWasCutOffWaitsForTheOthers() {
        assertThat(seen(false, false)).containsExactlyInAnyOrder(A, B, C);
        after(60_000);
        assertThat(seen(false, true)).isEmpty();
        assertThat(atB.settling()).contains(Duration.ofSeconds(4));
        after(900);
        assertThat(seen(true, true)).isEmpty();
        assertThat(atB.settling()).isEmpty();
        assertThat(seen(false, true)).as("lost again").containsExactly(A);
    }

    @Test
    void butNotForEver() {
        seen(false, false);
        seen(false, true);
        after(3_999);
        assertThat(seen(false, true)).isEmpty();
        assertThat(atB.settling()).contains(Duration.ofMillis(1));
        after(1);
        assertThat(seen(false, true)).containsExactly(A);
        assertThat(atB.settling()).isEmpty();
    }

    @Test
    void whoIsCutOffAgainIsCutOff() {
        seen(false, false);
        seen(false, true);
        assertThat(seen(false, false)).containsExactlyInAnyOrder(A, B, C);
        assertThat(atB.settling()).isEmpty();
    }

    @Test
    void whatItTellsOfIsWhatItSees() {
        atB.network(NETWORK);
        seen(false, false);
        assertThat(atB.report().gateways()).containsEntry("r1", "hostA");
        seen(false, true);
        assertThat(atB.report())
                .isEqualTo(new HostsStatus(
                        Map.of("hostA", Optional.of(false), "hostC", Optional.of(true)),
                        Map.of("r1", "hostA", "r2", "hostB")));
    }

    @Test
    void oneOtherHostAloneIsNotWaitedFor() {
        Reachability ofTwo = new Reachability("hostB", () -> now);
        assertThat(ofTwo.unreachable(Map.of(A, false))).containsExactly(A);
        assertThat(ofTwo.unreachable(Map.of(A, true))).isEmpty();
        assertThat(ofTwo.settling()).isEmpty();
    }
}
