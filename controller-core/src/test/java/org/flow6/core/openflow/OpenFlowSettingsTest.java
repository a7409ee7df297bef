package org.flow6.core.openflow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import org.flow6.core.endpoint.Endpoint;
import org.junit.jupiter.api.Test;

class OpenFlowSettingsTest {
    @Test
    void needsCertificatesForTls() {
        assertThatThrownBy(() -> OpenFlowSettings.connecting(new Endpoint.Tls("h", 1)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("ssl:h:1");
        assertThat(new OpenFlowSettings(
                                List.of(),
                                List.of(new Endpoint.Tls("h", 1)),
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
