package org.flow6.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.flow6.northbound.Document;
import org.flow6.northbound.ObjectKey;
import org.flow6.northbound.api.UniqueNames;
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
        List<Map<ObjectKey, Optional<String>>> parts = ImportParts.of(writes, Map.of(), ORDER);
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
        List<Map<ObjectKey, Optional<String>>> parts = ImportParts.of(writes, Map.of(), ORDER);
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
        assertThat(ImportParts.of(Map.of(), Map.of(), ORDER)).isEmpty();
    }

    private static String json(int mac, int address) {
        return """
                {"network_id": "net", "mac_address": "02:00:00:00:%02x:%02x", "fixed_ips": [{"subnet_id": "net6", "ip_address": "2001:db8::%x"}]}
                """.formatted(mac >> 8, mac & 0xff, address);
    }

    /** At no moment do two have the same, and nobody loses what it has got from another. */
    @Test
    void whatChangesHandsIsGivenUpBeforeItIsTaken() {
        Map<ObjectKey, Document> before = new HashMap<>();
        Map<ObjectKey, Optional<String>> writes = new HashMap<>();
        for (int i = 0; i < 1200; i++) {
            before.put(port(i), new Document(json(i, i), 1));
            // Some change MAC addresses with each other, some addresses.
            int other = 1199 - i;
            boolean changesMac = i % 100 == 7 || other % 100 == 7;
            boolean changesAddress = i % 100 == 30 || other % 100 == 30;
            writes.put(port(i), Optional.of(json(changesMac ? other : i, changesAddress ? other : i)));
        }
        Map<ObjectKey, String> now = new HashMap<>();
        before.forEach((key, document) -> now.put(key, document.json()));
        Map<String, ObjectKey> holders = new HashMap<>();
        now.forEach((key, json) -> UniqueNames.of(key, json).forEach(name -> holders.put(name, key)));
        int removed = 0;
        for (Map<ObjectKey, Optional<String>> part : ImportParts.of(writes, before, ORDER)) {
            part.keySet().forEach(key -> holders.values().removeIf(key::equals));
            for (Map.Entry<ObjectKey, Optional<String>> write : part.entrySet()) {
                removed += write.getValue().isEmpty() ? 1 : 0;
                write.getValue()
                        .ifPresentOrElse(json -> now.put(write.getKey(), json), () -> now.remove(write.getKey()));
                write.getValue().ifPresent(json -> UniqueNames.of(write.getKey(), json)
                        .forEach(name -> assertThat(holders.put(name, write.getKey()))
                                .as("%s, which %s takes", name, write.getKey())
                                .isNull()));
            }
        }
        assertThat(now).hasSize(1200);
        writes.forEach((key, json) -> assertThat(now).containsEntry(key, json.orElseThrow()));
        assertThat(removed).as("only those that must be").isBetween(1, 48);
    }
}
