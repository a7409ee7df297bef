package org.flow6.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Optional;
import org.flow6.network.file.NetworkFile;
import org.flow6.network.file.NetworkFile.Valid;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.projectfloodlight.openflow.types.IPAddress;
import org.projectfloodlight.openflow.types.MacAddress;
import org.projectfloodlight.openflow.types.OFPort;

/** Learned neighbors: kept as facts, and shown while their port may own the address. */
class NeighborTest {
    private static final Id<Network> BLUE = Id.of("blue");
    private static final MacAddress MAC = MacAddress.of("02:00:00:00:00:77");
    private static final String TEXT = """
            networks: [{id: blue}]
            ports:
            - {id: open, network_id: blue, mac_address: "02:00:00:00:00:01", port_security_enabled: false}
            - {id: pair, network_id: blue, mac_address: "02:00:00:00:00:02", allowed_address_pairs: [{ip_address: "2001:db8:1::/64"}]}
            - {id: host, network_id: blue, mac_address: "02:00:00:00:00:03", allowed_address_pairs: [{ip_address: "2001:db8:1::5"}]}
            - {id: twin, network_id: blue, mac_address: "02:00:00:00:00:04", allowed_address_pairs: [{ip_address: "2001:db8:1::6"}]}
            - {id: other, network_id: blue, mac_address: "02:00:00:00:00:05", allowed_address_pairs: [{ip_address: "2001:db8:1::6"}]}
            """;

    private static Neighbor neighbor(String address, String port) {
        return new Neighbor(BLUE, IPAddress.of(address), Id.of(port), MAC);
    }

    private static NetworkSnapshot snapshot(String text) {
        NetworkModel model = ((Valid) NetworkFile.parse("n", text)).model();
        NetworkEditor editor = NetworkSnapshot.EMPTY.edit();
        model.ports().keySet().stream()
                .sorted()
                .forEach(id -> editor.bind(id, OFPort.of(1 + Math.abs(id.hashCode() % 1000))));
        return editor.model(model).update().after();
    }

    private static Optional<NeighborView> view(NetworkSnapshot snapshot, Neighbor neighbor) {
        return snapshot.edit().neighbors(List.of(neighbor)).update().after().neighbor(neighbor.networkAddress());
    }

    @ParameterizedTest
    @CsvSource({"2001:db8:1::9, open", "10.0.0.1, open", "fe80::1, a port with spaces"})
    void isReadBackFromItsFact(String address, String port) {
        Neighbor neighbor = neighbor(address, port);
        assertThat(Neighbor.of(neighbor.fact())).contains(neighbor);
        assertThat(Neighbor.among(Facts.NONE.with(Facts.Change.remember(neighbor.fact()))))
                .containsExactly(neighbor);
    }

    @Test
    void isNotReadFromWhatNobodyWroteLikeThat() {
        Fact fact = neighbor("2001:db8::1", "open").fact();
        assertThat(Neighbor.of(new Fact(fact.key(), "nonsense", Optional.empty())))
                .isEmpty();
        assertThat(Neighbor.of(new Fact(fact.key(), "xx open", Optional.empty())))
                .isEmpty();
        assertThat(Neighbor.of(
                        new Fact(new Fact.Key(Neighbor.KIND, BLUE, "what:ever"), fact.value(), Optional.empty())))
                .isEmpty();
        assertThat(Neighbor.of(new Fact(new Fact.Key("other", BLUE, "::1"), fact.value(), Optional.empty())))
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"::", "::1", "ff02::1", "0.0.0.0", "127.0.0.1", "224.0.0.1", "255.255.255.255"})
    void hasAnAddressThatAHostMayHave(String address) {
        assertThatThrownBy(() -> neighbor(address, "open")).isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @CsvSource({
        "2001:db8:1::9, open, true",
        "2001:db8:1::9, pair, true",
        "2001:db8:2::9, pair, false",
        "2001:db8:1::9, host, false",
        "2001:db8:1::9, gone, false",
        "10.0.0.1, open, true",
        "10.0.0.1, pair, false",
        // Of one port alone: what others say about it counts for nothing.
        "2001:db8:1::5, open, false",
        "2001:db8:1::5, host, false",
        // Of two, who take turns.
        "2001:db8:1::6, twin, true",
        "2001:db8:1::6, other, true",
        "2001:db8:1::6, open, false",
    })
    void isShownWhileItsPortMayOwnTheAddress(String address, String port, boolean shown) {
        assertThat(view(snapshot(TEXT), neighbor(address, port)).isPresent()).isEqualTo(shown);
    }

    @Test
    void isNamedByUpdatesThatShowOrHideIt() {
        Neighbor neighbor = neighbor("2001:db8:1::9", "open");
        NetworkUpdate learned =
                snapshot(TEXT).edit().neighbors(List.of(neighbor)).update();
        assertThat(learned.neighbors()).containsExactly(neighbor.networkAddress());
        NetworkSnapshot snapshot = learned.after();
        assertThat(snapshot.edit().neighbors(List.of(neighbor)).update().isEmpty())
                .isTrue();
        NetworkUpdate unbound = snapshot.edit().unbind(neighbor.port()).update();
        assertThat(unbound.neighbors()).containsExactly(neighbor.networkAddress());
        assertThat(unbound.after().neighbor(neighbor.networkAddress())).isEmpty();
        NetworkUpdate forgotten = snapshot.edit().neighbors(List.of()).update();
        assertThat(forgotten.neighbors()).containsExactly(neighbor.networkAddress());
    }
}
