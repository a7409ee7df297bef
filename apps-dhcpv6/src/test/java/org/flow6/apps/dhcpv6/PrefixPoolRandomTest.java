package org.flow6.apps.dhcpv6;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.stream.LongStream;
import org.flow6.network.IpPrefix;
import org.flow6.network.Lifetimes;
import org.flow6.network.PrefixDelegation;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PrefixPoolRandomTest {
    private static PrefixPool pool(String prefix, int length) {
        return new PrefixPool(new PrefixDelegation(IpPrefix.parse(prefix), length, Lifetimes.DEFAULT));
    }

    /** Whatever is taken, of this length and others: what is found overlaps nothing, and none is found only at the end. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6})
    void findsFreePrefixesUntilThereIsNone(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        for (int round = 0; round < 200; round++) {
            int bits = random.nextInt(7);
            int length = 40 + random.nextInt(25);
            PrefixPool pool = pool("2001:db8::/" + (length - bits), length);
            List<IpPrefix> taken = new ArrayList<>();
            for (int i = random.nextInt(4); i > 0; i--) {
                pool.free(random.nextLong(), List.of())
                        .map(free -> IpPrefix.of(free.address(), length - 3 + random.nextInt(6)))
                        .ifPresent(taken::add);
            }
            List<IpPrefix> before = List.copyOf(taken);
            Optional<IpPrefix> free = pool.free(random.nextLong(), taken);
            while (free.isPresent()) {
                assertThat(pool.has(free.get())).isTrue();
                assertThat(taken).noneMatch(free.get()::overlaps);
                taken.add(free.get());
                free = pool.free(random.nextLong(), taken);
            }
            long possible = LongStream.range(0, 1L << bits)
                    .mapToObj(number -> pool.free(number, List.of()).orElseThrow())
                    .filter(each -> before.stream().noneMatch(each::overlaps))
                    .count();
            assertThat(taken.size() - before.size()).isEqualTo((int) possible);
        }
    }

    @Test
    void reachesBothEndsOfLargePools() {
        PrefixPool all = pool("::/0", 64);
        assertThat(all.free(-1, List.of())).contains(IpPrefix.parse("ffff:ffff:ffff:ffff::/64"));
        assertThat(all.free(-1, List.of(IpPrefix.parse("ffff:ffff:ffff:ffff::/64"))))
                .contains(IpPrefix.parse("::/64"));
        assertThat(all.free(5, List.of(IpPrefix.parse("::/1")))).contains(IpPrefix.parse("8000::/64"));
        assertThat(all.free(5, List.of(IpPrefix.parse("::/0")))).isEmpty();
        assertThat(pool("2001:db8::/64", 64).free(77, List.of())).contains(IpPrefix.parse("2001:db8::/64"));
    }
}
