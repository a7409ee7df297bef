package org.flow6.network;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.projectfloodlight.openflow.types.IPAddress;
import org.projectfloodlight.openflow.types.IPv4Address;
import org.projectfloodlight.openflow.types.IPv6Address;

class PrefixesRandomTest {
    /** The addresses of both families that the random prefixes hold, by the whole of each. */
    private static final List<IpPrefix> WHOLES =
            List.of(IpPrefix.parse("2001:db8:0:ffff:ffff:ffff:ffff:ffc0/122"), IpPrefix.parse("192.0.2.128/26"));

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void areTheFewestThatHoldTheSameAddresses(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        for (int round = 0; round < 2_000; round++) {
            List<IpPrefix> prefixes = new ArrayList<>();
            for (int i = random.nextInt(40); i > 0; i--) {
                IpPrefix whole = WHOLES.get(random.nextInt(2));
                int deeper = 6 - (int) Math.sqrt(random.nextInt(40));
                prefixes.add(IpPrefix.of(nth(whole, random.nextInt(64)), whole.length() + deeper));
            }
            assertThat(Prefixes.aggregate(prefixes))
                    .as("seed %d, round %d: %s", seed, round, prefixes)
                    .isEqualTo(WHOLES.stream()
                            .flatMap(whole -> covered(whole, prefixes))
                            .toList());
        }
    }

    /** The prefix if all of it is held; else what is held of its halves. */
    private static Stream<IpPrefix> covered(IpPrefix prefix, List<IpPrefix> by) {
        if (by.stream().anyMatch(holder -> holder.contains(prefix))) {
            return Stream.of(prefix);
        }
        if (prefix.isHost()) {
            return Stream.empty();
        }
        int bits = prefix.address().getBytes().length * 8 - prefix.length();
        IpPrefix low = IpPrefix.of(prefix.address(), prefix.length() + 1);
        IpPrefix high = IpPrefix.of(nth(prefix, 1 << (bits - 1)), prefix.length() + 1);
        List<IpPrefix> held = Stream.concat(covered(low, by), covered(high, by)).toList();
        return held.equals(List.of(low, high)) ? Stream.of(prefix) : held.stream();
    }

    /** The address that is so many above the first of a prefix of at most 64 of them. */
    private static IPAddress<?> nth(IpPrefix prefix, int number) {
        byte[] bytes = prefix.address().getBytes().clone();
        bytes[bytes.length - 1] += (byte) number;
        return prefix.isIpv6() ? IPv6Address.of(bytes) : IPv4Address.of(bytes);
    }

    @Test
    void joinUpToAllAddresses() {
        assertThat(aggregate("8000::/1", "::/1", "128.0.0.0/1", "0.0.0.0/1", "10.0.0.1"))
                .containsExactly(IpPrefix.ALL_IPV6, IpPrefix.ALL_IPV4);
        assertThat(aggregate("255.255.255.255", "255.255.255.254", "0.0.0.0"))
                .containsExactly(IpPrefix.parse("0.0.0.0/32"), IpPrefix.parse("255.255.255.254/31"));
        assertThat(aggregate()).isEmpty();
    }

    private static List<IpPrefix> aggregate(String... prefixes) {
        return Prefixes.aggregate(Stream.of(prefixes).map(IpPrefix::parse).toList());
    }
}
