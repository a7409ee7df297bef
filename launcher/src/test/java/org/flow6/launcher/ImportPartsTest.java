package org.flow6.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.flow6.northbound.ObjectKey;
import org.junit.jupiter.api.Test;

class ImportPartsTest {
    private static final List<String> ORDER = List.of("networks", "ports");

    private static ObjectKey port(int number) {
        return new ObjectKey("ports", "p" + number);
    }

    @Test
    void removesWhatRefersBeforeWhatIsReferredToAndWritesTheOtherWayRound() {
        Map<ObjectKey, Optional<String>> writes = Map.of(
                port(1),
                Optional.of("{}"),
                port(2),
                Optional.empty(),
                new ObjectKey("networks", "new"),
                Optional.of("{}"),
                new ObjectKey("networks", "old"),
                Optional.empty());
        List<Map<ObjectKey, Optional<String>>> parts = ImportParts.of(writes, ORDER);
        assertThat(parts).hasSize(1);
        assertThat(parts.get(0).keySet().stream().map(ObjectKey::toString))
                .containsExactly("ports/p2", "networks/old", "networks/new", "ports/p1");
        assertThat(parts.get(0)).isEqualTo(writes);
    }

    @Test
    void everyPartFitsAndNothingIsLost() {
        Map<ObjectKey, Optional<String>> writes = new HashMap<>();
        for (int i = 0; i < 1200; i++) {
            writes.put(port(i), Optional.of("x".repeat(i < 100 ? 100_000 : 10)));
        }
        writes.put(port(5000), Optional.of("x".repeat(1_000_000)));
        List<Map<ObjectKey, Optional<String>>> parts = ImportParts.of(writes, ORDER);
        Map<ObjectKey, Optional<String>> all = new HashMap<>();
        for (Map<ObjectKey, Optional<String>> part : parts) {
            int characters = part.values().stream()
                    .mapToInt(json -> json.orElseThrow().length())
                    .sum();
            assertThat(part).hasSizeBetween(1, 500);
            assertThat(characters <= 400_000 || part.size() == 1).isTrue();
            all.putAll(part);
        }
        assertThat(all).isEqualTo(writes);
        assertThat(ImportParts.of(Map.of(), ORDER)).isEmpty();
    }
}
