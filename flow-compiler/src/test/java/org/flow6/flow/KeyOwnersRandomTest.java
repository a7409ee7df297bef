package org.flow6.flow;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class KeyOwnersRandomTest {
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6})
    void behavesAsAMap(long seed) {
        Random random = new Random(seed);
        KeyOwners owners = new KeyOwners();
        Map<FlowKey, Integer> expected = new HashMap<>();
        for (int step = 0; step < 20_000; step++) {
            // Few places in common, so that many keys want the same one, also around the table's end.
            FlowKey key = new FlowKey(random.nextInt(40), random.nextInt(40) - 20L);
            if (random.nextInt(5) < 2) {
                owners.remove(key);
                expected.remove(key);
            } else {
                int owner = random.nextInt(32_767);
                owners.put(key, owner);
                expected.put(key, owner);
            }
            assertThat(owners.size()).isEqualTo(expected.size());
            assertThat(owners.get(key)).isEqualTo(expected.getOrDefault(key, -1));
        }
        for (int high = 0; high < 40; high++) {
            for (int low = -20; low < 20; low++) {
                FlowKey key = new FlowKey(high, low);
                assertThat(owners.get(key)).isEqualTo(expected.getOrDefault(key, -1));
            }
        }
    }
}
