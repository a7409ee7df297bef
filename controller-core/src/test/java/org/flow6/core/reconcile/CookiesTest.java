package org.flow6.core.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

class CookiesTest {
    @Test
    void isLikeASet() {
        Random random = new Random(6);
        Cookies cookies = new Cookies();
        Set<Long> expected = new HashSet<>();
        for (int i = 0; i < 100_000; i++) {
            // Few enough to be removed again, small numbers and 0 among them, and some that differ in high bits only.
            long cookie = random.nextInt(3000) * (random.nextBoolean() ? 1L : 1L << 40);
            if (random.nextInt(5) < 3) {
                cookies.add(cookie);
                expected.add(cookie);
            } else {
                cookies.remove(cookie);
                expected.remove(cookie);
            }
            assertThat(cookies.size()).isEqualTo(expected.size());
        }
        for (long cookie = 0; cookie < 3000; cookie++) {
            assertThat(cookies.contains(cookie)).isEqualTo(expected.contains(cookie));
            assertThat(cookies.contains(cookie << 40)).isEqualTo(expected.contains(cookie << 40));
        }
    }

    @Test
    void isEmptyWhenCleared() {
        Cookies cookies = new Cookies();
        cookies.add(0);
        cookies.add(1);
        cookies.clear();
        assertThat(cookies.size()).isZero();
        assertThat(cookies.contains(0)).isFalse();
        assertThat(cookies.contains(1)).isFalse();
    }
}
