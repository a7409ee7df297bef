package org.flow6.launcher.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class RateLimitTest {
    private static final long SECOND = TimeUnit.SECONDS.toNanos(1);

    private final RateLimit limit = new RateLimit(2);

    private int atOnce(String client, long now) {
        int may = 0;
        while (limit.secondsToWait(client, now) == 0) {
            may++;
        }
        return may;
    }

    @Test
    void allowsTwiceTheRateAtOnceAndThenTheRate() {
        assertThat(atOnce("192.0.2.1", -SECOND)).isEqualTo(4);
        assertThat(limit.secondsToWait("192.0.2.1", -SECOND)).isEqualTo(1);
        assertThat(atOnce("192.0.2.1", 0)).isEqualTo(2);
        assertThat(atOnce("192.0.2.1", SECOND / 2)).isEqualTo(1);
        assertThat(atOnce("192.0.2.1", 100 * SECOND)).isEqualTo(4);
    }

    @Test
    void countsEachClientForItself() {
        assertThat(atOnce("192.0.2.1", 0)).isEqualTo(4);
        assertThat(atOnce("192.0.2.2", 0)).isEqualTo(4);
        assertThat(atOnce("2001:db8::1", 0)).isEqualTo(4);
        assertThat(atOnce("2001:db8::2", 0)).isZero();
        assertThat(atOnce("2001:db8:0:1::1", 0)).isEqualTo(4);
        assertThat(atOnce("unix", 0)).isEqualTo(4);
    }

    @Test
    void remembersABoundedNumberOfClients() {
        for (int i = 0; i < 20_000; i++) {
            limit.secondsToWait("10.0." + (i >> 8) + "." + (i & 255), 0);
        }
        assertThat(limit.clients()).isEqualTo(10_000);
    }
}
