package org.flow6.core;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.flow6.network.Id;
import org.flow6.network.NetworkModel;
import org.flow6.network.Port;
import org.flow6.network.file.NetworkFile;
import org.junit.jupiter.api.Test;

class MovesTest {
    private static final long OVER = TimeUnit.MILLISECONDS.toNanos(Moves.MILLIS);
    private static final Id<Port> VM = Id.of("vm");

    private final Moves moves = new Moves();

    /** A network with a port that names a host; with none where that is empty. */
    private static NetworkModel on(String host) {
        String text = """
                hosts: [{name: hostA, tunnel_ip: "fd00::1"}, {name: hostB, tunnel_ip: "fd00::2"}]
                networks: [{id: net}]
                ports: [{id: vm, network_id: net, mac_address: "02:00:00:00:00:01", "binding:host_id": HOST}]
                """;
        String changed = host.isEmpty() ? text.replace(", \"binding:host_id\": HOST", "") : text.replace("HOST", host);
        return ((NetworkFile.Valid) NetworkFile.parse("net.yaml", changed)).model();
    }

    @Test
    void aPortIsOnBothHostsForAWhile() {
        assertThat(moves.note(on("hostA"), on("hostB"), 7)).isTrue();
        assertThat(moves.from()).isEqualTo(Map.of(VM, Id.of("hostA")));
        assertThat(moves.isFrom(Id.of("hostA"), VM)).isTrue();
        assertThat(moves.isFrom(Id.of("hostB"), VM)).isFalse();
        moves.forget(7 + OVER - 1);
        assertThat(moves.from()).hasSize(1);
        moves.forget(7 + OVER);
        assertThat(moves.from()).isEmpty();
        assertThat(moves.isFrom(Id.of("hostA"), VM)).isFalse();
    }

    @Test
    void itIsTheLastHostThatItWasOn() {
        moves.note(on("hostA"), on("hostB"), 0);
        assertThat(moves.note(on("hostB"), on("hostA"), 1)).isTrue();
        assertThat(moves.from()).isEqualTo(Map.of(VM, Id.of("hostB")));
        moves.forget(OVER);
        assertThat(moves.from()).as("its time began anew").hasSize(1);
    }

    @Test
    void whatComesOrGoesOrStaysDoesNotMove() {
        assertThat(moves.note(NetworkModel.EMPTY, on("hostA"), 0)).isFalse();
        assertThat(moves.note(on("hostA"), on("hostA"), 0)).isFalse();
        assertThat(moves.note(on(""), on("hostA"), 0)).isFalse();
        assertThat(moves.note(on("hostA"), on(""), 0)).isFalse();
        assertThat(moves.from()).isEmpty();
    }

    @Test
    void aPortThatIsGoneIsNowhere() {
        moves.note(on("hostA"), on("hostB"), 0);
        assertThat(moves.note(on("hostB"), NetworkModel.EMPTY, 1)).isFalse();
        assertThat(moves.from()).isEmpty();
    }
}
