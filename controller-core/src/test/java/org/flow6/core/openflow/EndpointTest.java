package org.flow6.core.openflow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class EndpointTest {
    @Test
    void readsWhatItWrites() {
        for (String text :
                List.of("unix:/run/br-int.mgmt", "tcp:127.0.0.1:6653", "tcp:[fd00::1]:1", "ssl:host.example:6640")) {
            assertThat(Endpoint.parse(text)).hasToString(text);
        }
        assertThat(Endpoint.parse("tcp:[::1]")).isEqualTo(new Endpoint.Tcp("::1", 6653));
        assertThat(Endpoint.parse("unix:a:b")).isEqualTo(new Endpoint.Unix(Path.of("a:b")));
        assertThat(Endpoint.parseListen("127.0.0.1:6653")).isEqualTo(new Endpoint.Tcp("127.0.0.1", 6653));
    }

    @Test
    void refusesWhatNamesNoPlace() {
        for (String text : List.of(
                "",
                "tcp",
                "udp:1.2.3.4:5",
                "unix:",
                "tcp:",
                "tcp::6653",
                "tcp:h:65536",
                "tcp:h:x",
                "tcp:fd00::1:6653")) {
            assertThatThrownBy(() -> Endpoint.parse(text)).as(text).isInstanceOf(IllegalArgumentException.class);
        }
    }

    @Test
    void needsCertificatesForTls() {
        assertThatThrownBy(() -> OpenFlowSettings.connecting(Endpoint.parse("ssl:h:1")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("ssl:h:1");
        assertThat(new OpenFlowSettings(
                                List.of(),
                                List.of(Endpoint.parse("ssl:h:1")),
                                Optional.of(new TlsFiles(Path.of("a"), Path.of("b"), Path.of("c"))),
                                OpenFlowSettings.Limits.DEFAULT)
                        .connect())
                .hasSize(1);
    }

    @Test
    void waitsLongerAfterEachFailureUpToTheCap() {
        Backoff backoff = new Backoff(Duration.ofMillis(100), Duration.ofSeconds(1), new SplittableRandom(3));
        for (int full : new int[] {100, 200, 400, 800, 1000, 1000}) {
            assertThat(backoff.next()).isBetween(Duration.ofMillis(full / 2), Duration.ofMillis(full));
        }
        backoff.reset();
        assertThat(backoff.next()).isLessThanOrEqualTo(Duration.ofMillis(100));
    }
}
