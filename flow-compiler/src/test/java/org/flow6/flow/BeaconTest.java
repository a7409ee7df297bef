package org.flow6.flow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import org.flow6.flow.Beacon.Timing;
import org.junit.jupiter.api.Test;

class BeaconTest {
    /** From the first to the second, so many early ones within the fourth, apart, answers, farewells. */
    private static Timing timing(int... seconds) {
        return new Timing(
                Duration.ofSeconds(seconds[0]),
                Duration.ofSeconds(seconds[1]),
                seconds[2],
                Duration.ofSeconds(seconds[3]),
                Duration.ofSeconds(seconds[4]),
                Duration.ofSeconds(seconds[5]),
                seconds[6]);
    }

    @Test
    void takesTheTimesOfARouter() {
        assertThat(timing(200, 600, 3, 16, 3, 0, 3).most()).isEqualTo(Duration.ofMinutes(10));
        assertThat(timing(0, 3, 0, 0, 3, 0, 0).farewells()).isZero();
    }

    @Test
    void refusesTimesThatMakeNoSense() {
        for (int[] times : List.of(
                new int[] {600, 200, 3, 16, 3, 0, 3},
                new int[] {-1, 600, 3, 16, 3, 0, 3},
                new int[] {0, 600, 3, 16, 0, 0, 3},
                new int[] {200, 600, 3, 16, -3, 0, 3},
                new int[] {200, 600, 3, 16, 900, 0, 3},
                new int[] {200, 600, -1, 16, 3, 0, 3},
                new int[] {200, 600, 3, -16, 3, 0, 3},
                new int[] {200, 600, 3, 16, 3, -1, 3},
                new int[] {200, 600, 3, 16, 3, 0, -3})) {
            assertThatThrownBy(() -> timing(times)).isInstanceOf(IllegalArgumentException.class);
        }
    }
}
