package org.flow6.apps.l3;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.flow6.apps.l3.RouteTable.Hop;
import org.flow6.network.NetworkKey;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.projectfloodlight.openflow.types.IPv6Address;
import org.projectfloodlight.openflow.types.MacAddress;

class PathsTest {
    private static List<Hop> hops(int count) {
        return IntStream.rangeClosed(1, count)
                .mapToObj(number -> new Hop(
                        new NetworkKey(1),
                        MacAddress.of(1),
                        Optional.empty(),
                        Optional.of(IPv6Address.of(0x20010db800000000L, number)),
                        Optional.empty()))
                .toList();
    }

    /** The hop of each path; fails where one has none or two. */
    private static List<Hop> owners(List<Hop> hops) {
        List<Hop> owners = new ArrayList<>();
        Paths.among(hops).forEach(run -> {
            assertThat(run.first()).isEqualTo(owners.size());
            assertThat(Integer.bitCount(run.count())).isEqualTo(1);
            assertThat(run.first() % run.count()).isZero();
            owners.addAll(Collections.nCopies(run.count(), run.hop()));
        });
        assertThat(owners).hasSize(Paths.COUNT);
        return owners;
    }

    @Test
    void oneHopTakesAllPathsInOneRun() {
        assertThat(Paths.among(hops(1))).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 3, 4, 5, 8})
    void everyHopHasItsShare(int count) {
        List<Hop> hops = hops(count);
        List<Hop> owners = owners(hops);
        int fair = Paths.COUNT / count;
        assertThat(hops).allSatisfy(hop -> assertThat(Collections.frequency(owners, hop))
                .isBetween(fair / 3, 2 * fair));
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 3, 5, 8})
    void aHopThatLeavesGivesUpItsOwnPathsAlone(int count) {
        List<Hop> hops = hops(count);
        List<Hop> before = owners(hops);
        Hop gone = hops.get(1);
        List<Hop> after = owners(hops.stream().filter(hop -> !hop.equals(gone)).toList());
        for (int path = 0; path < Paths.COUNT; path++) {
            if (!before.get(path).equals(gone)) {
                assertThat(after.get(path)).isEqualTo(before.get(path));
            }
        }
    }

    @Test
    void theOrderOfRoutesIsNoMatter() {
        List<Hop> reversed = new ArrayList<>(hops(5));
        Collections.reverse(reversed);
        assertThat(Paths.among(reversed)).isEqualTo(Paths.among(hops(5)));
    }
}
