package org.flow6.network;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.flow6.network.file.NetworkFile;
import org.flow6.network.file.NetworkFile.Valid;
import org.junit.jupiter.api.Test;
import org.projectfloodlight.openflow.types.MacAddress;
import org.projectfloodlight.openflow.types.OFPort;

/** What is on other hosts, and how little of it a change touches. */
class HostsTest {
    private static final Id<Network> BLUE = Id.of("blue");
    private static final Tunnel TUNNEL = new Tunnel(OFPort.of(9), Tunnel.Type.VXLAN);
    private static final int PORTS = 10_000;
    private static final String HOSTS = """
            hosts:
            - {name: hostA, tunnel_ip: "fd00::1"}
            - {name: hostB, tunnel_ip: "fd00::2"}
            - {name: hostC, tunnel_ip: "fd00::3"}
            """;
    private static final String NETWORK = "networks: [{id: blue}, {id: red}]\nports:\n";

    private static String port(int number, String network, String host) {
        return "- {id: p%d, network_id: %s, mac_address: \"02:00:00:00:%02x:%02x\", \"binding:host_id\": %s}\n"
                .formatted(number, network, number >> 8, number & 0xff, host);
    }

    private static final String FEW = HOSTS + NETWORK + port(1, "blue", "hostA") + port(2, "blue", "hostB");

    private static NetworkModel model(String text) {
        return ((Valid) NetworkFile.parse("n.yaml", text)).model();
    }

    private static NetworkSnapshot snapshot(String text) {
        return NetworkSnapshot.EMPTY
                .edit()
                .host("hostA")
                .tunnel(Optional.of(TUNNEL))
                .model(model(text))
                .update()
                .after();
    }

    private static Optional<HostKey> remote(NetworkSnapshot snapshot, int port) {
        return snapshot.port(Id.<Port>of("p" + port)).orElseThrow().remoteHost();
    }

    private static Optional<MacView> mac(NetworkSnapshot snapshot, int port) {
        return snapshot.mac(new NetworkMac(BLUE, MacAddress.of("02:00:00:00:00:0" + port)));
    }

    @Test
    void portsOfOtherHostsAreThere() {
        NetworkSnapshot snapshot = snapshot(FEW);
        HostView hostB = snapshot.host(Id.of("hostB")).orElseThrow();
        assertThat(hostB.tunnel()).isEqualTo(TUNNEL);
        assertThat(remote(snapshot, 1)).isEmpty();
        assertThat(remote(snapshot, 2)).contains(hostB.key());
        assertThat(mac(snapshot, 1)).isEmpty();
        assertThat(mac(snapshot, 2).orElseThrow().remoteHosts()).containsExactly(hostB.key());
        assertThat(mac(snapshot, 2).orElseThrow().boundPorts()).isEmpty();
        NetworkView blue = snapshot.network(BLUE).orElseThrow();
        assertThat(blue.remoteHosts()).containsExactly(hostB.key());
        assertThat(blue.tunneled()).isTrue();
        assertThat(snapshot.host(Id.of("hostA"))).isEmpty();
        assertThat(snapshot.host(Id.of("nobody"))).isEmpty();
    }

    @Test
    void whatIsForAPortThatJustMovedGoesToBothHosts() {
        NetworkSnapshot before = snapshot(FEW);
        NetworkSnapshot moved = before.edit()
                .model(model(FEW.replace("\"binding:host_id\": hostB", "\"binding:host_id\": hostC")))
                .movedFrom(Map.of(Id.of("p2"), Id.of("hostB")))
                .update()
                .after();
        HostKey hostB = moved.host(Id.of("hostB")).orElseThrow().key();
        HostKey hostC = moved.host(Id.of("hostC")).orElseThrow().key();
        assertThat(mac(moved, 2).orElseThrow().remoteHosts()).containsExactlyInAnyOrder(hostB, hostC);
        assertThat(remote(moved, 2)).contains(hostC);
        NetworkUpdate settled = moved.edit().movedFrom(Map.of()).update();
        assertThat(mac(settled.after(), 2).orElseThrow().remoteHosts()).containsExactly(hostC);
        assertThat(settled.macs()).hasSize(1);
        NetworkSnapshot here = before.edit()
                .movedFrom(Map.of(Id.of("p2"), Id.of("hostA"), Id.of("p9"), Id.of("hostC")))
                .update()
                .after();
        assertThat(mac(here, 2).orElseThrow().remoteHosts()).containsExactly(hostB);
    }

    @Test
    void whatIsDownOrUnknownIsNowhere() {
        String[] texts = {
            FEW.replace("\"binding:host_id\": hostB", "\"binding:host_id\": hostB, admin_state_up: false"),
            FEW.replace("{id: blue}", "{id: blue, admin_state_up: false}"),
            FEW.replace(HOSTS, "")
        };
        for (String text : texts) {
            NetworkSnapshot snapshot = snapshot(text);
            assertThat(remote(snapshot, 2)).as(text).isEmpty();
            assertThat(mac(snapshot, 2)).as(text).isEmpty();
            assertThat(snapshot.network(BLUE).orElseThrow().remoteHosts())
                    .as(text)
                    .isEmpty();
        }
        NetworkSnapshot untold =
                NetworkSnapshot.EMPTY.edit().model(model(FEW)).update().after();
        assertThat(mac(untold, 2)).isEmpty();
        assertThat(untold.network(BLUE).orElseThrow().tunneled()).isFalse();
    }

    @Test
    void withoutATunnelNoHostIsReached() {
        NetworkUpdate update = snapshot(FEW).edit().tunnel(Optional.empty()).update();
        assertThat(update.tunnels()).containsExactly(TUNNEL);
        assertThat(update.after().host(Id.of("hostB"))).isEmpty();
        assertThat(update.after().network(BLUE).orElseThrow().tunneled()).isFalse();
        assertThat(update.ports()).isEmpty();
    }

    @Test
    void oneRemotePortMoreTouchesItsOwnViews() {
        String many = HOSTS
                + NETWORK
                + IntStream.range(0, PORTS)
                        .mapToObj(i -> port(i, "blue", i % 2 == 0 ? "hostA" : "hostB"))
                        .collect(Collectors.joining());
        NetworkSnapshot before = snapshot(many);
        NetworkUpdate more =
                before.edit().model(model(many + port(PORTS, "blue", "hostB"))).update();
        assertThat(more.ports()).containsExactly(Id.of("p" + PORTS));
        assertThat(more.macs()).hasSize(1);
        assertThat(more.addresses()).hasSize(1);
        assertThat(more.networks()).isEmpty();
        assertThat(more.hosts()).isEmpty();
        NetworkUpdate first =
                before.edit().model(model(many + port(PORTS, "blue", "hostC"))).update();
        assertThat(first.networks()).containsExactly(BLUE);
        assertThat(first.macs()).hasSize(1);
        assertThat(first.after().network(BLUE).orElseThrow().remoteHosts()).hasSize(2);
    }

    @Test
    void aHostsNewAddressTouchesTheHostAlone() {
        NetworkUpdate update = snapshot(FEW)
                .edit()
                .model(model(FEW.replace("fd00::2", "fd00::22")))
                .update();
        assertThat(update.hosts()).containsExactly(Id.of("hostB"));
        assertThat(update.macs()).isEmpty();
        assertThat(update.networks()).isEmpty();
    }

    /** Else it would have another key than on hosts that never knew the one before. */
    @Test
    void aNetworkThatReplacesAnotherHasTheKeyOfItsOwn() {
        Map<NetworkKey, String> seen = new HashMap<>();
        int number = 0;
        String one = "n0";
        String other = null;
        while (other == null) {
            one = "n" + number++;
            other = seen.put(NetworkKey.of(Id.of(one)), one);
        }
        NetworkSnapshot before = snapshot("networks: [{id: " + other + "}]");
        NetworkSnapshot after = before.edit()
                .model(model("networks: [{id: " + one + "}]"))
                .update()
                .after();
        assertThat(after.network(Id.<Network>of(one)).orElseThrow().key())
                .isEqualTo(before.network(Id.<Network>of(other)).orElseThrow().key());
    }
}
