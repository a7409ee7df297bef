package org.flow6.apps.secgroup.groups;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.BitSet;
import java.util.List;
import java.util.SplittableRandom;
import org.flow6.apps.secgroup.groups.PortRange.Masked;
import org.junit.jupiter.api.Test;

class PortRangeTest {
    private static final int PORTS = 1 << 16;

    @Test
    void masksAreTheFewest() {
        assertThat(new PortRange(80, 80).masked()).containsExactly(new Masked(80, 0xffff));
        assertThat(new PortRange(0, 65535).masked()).containsExactly(new Masked(0, 0));
        assertThat(new PortRange(1024, 65535).masked()).hasSize(6);
        assertThat(new PortRange(1, 65535).masked()).hasSize(16);
        assertThat(new PortRange(1, 65534).masked()).hasSize(30);
        assertThat(new PortRange(6, 9).masked()).isEqualTo(List.of(new Masked(6, 0xfffe), new Masked(8, 0xfffe)));
    }

    @Test
    void holdTheRangeAndNothingElseEachPortOnce() {
        SplittableRandom random = new SplittableRandom(1);
        for (int i = 0; i < 2000; i++) {
            int one = random.nextInt(PORTS);
            int other = i % 2 == 0 ? random.nextInt(PORTS) : Math.min(PORTS - 1, one + random.nextInt(40));
            int first = Math.min(one, other);
            int last = Math.max(one, other);
            BitSet held = new BitSet(PORTS);
            int sizes = 0;
            for (Masked masked : new PortRange(first, last).masked()) {
                int size = PORTS - masked.mask();
                sizes += size;
                assertThat(masked.value() & masked.mask()).isEqualTo(masked.value());
                held.set(masked.value(), masked.value() + size);
            }
            assertThat(sizes).isEqualTo(last - first + 1);
            assertThat(held.cardinality()).isEqualTo(sizes);
            assertThat(held.nextSetBit(0)).isEqualTo(first);
            assertThat(held.length() - 1).isEqualTo(last);
        }
    }

    @Test
    void noTwoMasksCouldBeOne() {
        SplittableRandom random = new SplittableRandom(2);
        for (int i = 0; i < 500; i++) {
            int first = random.nextInt(PORTS);
            List<Masked> pairs = new PortRange(first, first + random.nextInt(PORTS - first)).masked();
            for (int n = 1; n < pairs.size(); n++) {
                Masked before = pairs.get(n - 1);
                Masked masked = pairs.get(n);
                int size = PORTS - masked.mask();
                boolean halves = before.mask() == masked.mask()
                        && (before.value() ^ masked.value()) == size
                        && (before.value() & size) == 0;
                assertThat(halves).as("%s and %s", before, masked).isFalse();
            }
        }
    }

    @Test
    void isARange() {
        assertThatThrownBy(() -> new PortRange(2, 1)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new PortRange(1, 65536)).isInstanceOf(IllegalArgumentException.class);
    }
}
