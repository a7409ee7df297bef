package org.flow6.core.endpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EndpointTest {
    private static final Path FOLDER = Path.of("/etc/flow6");

    @ParameterizedTest
    @ValueSource(strings = {"unix:/run/br-int.mgmt", "tcp:127.0.0.1:6653", "tcp:[fd00::1]:1", "tcp:db.example:65535"})
    void readsWhatItWrites(String text) {
        assertThat(Endpoint.parse(text, FOLDER)).hasToString(text);
    }

    @Test
    void knowsItsParts() {
        assertThat(Endpoint.parse("tcp:[::1]:6640", FOLDER)).isEqualTo(new Endpoint.Tcp("::1", 6640));
        assertThat(Endpoint.parse("unix:a:b", FOLDER)).isEqualTo(new Endpoint.Unix(Path.of("/etc/flow6/a:b")));
        assertThat(new Endpoint.Tls("::1", 6640)).hasToString("ssl:[::1]:6640");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "tcp",
                "udp:1.2.3.4:5",
                "unix:",
                "tcp:",
                "tcp::6653",
                "tcp:h",
                "tcp:h:",
                "tcp:h:0",
                "tcp:h:65536",
                "tcp:h:x",
                "tcp:fd00::1:6653",
                "tcp:[]:1",
                "tcp:[h]:1",
                "ssl:h:6640",
                "/run/db.sock"
            })
    void refusesWhatNamesNoPlaceToConnectTo(String text) {
        assertThatThrownBy(() -> Endpoint.parse(text, FOLDER))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("'" + text + "' is not " + Endpoint.FORM);
    }

    @Test
    void refusesAPathThatNoSocketCanHave() {
        assertThatThrownBy(() -> Endpoint.parse("unix:/" + "x".repeat(Endpoint.MAX_UNIX_PATH), FOLDER))
                .hasMessageContaining("107 bytes");
    }
}
