package org.flow6.launcher;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.flow6.northbound.Document;
import org.flow6.northbound.ObjectKey;
import org.flow6.northbound.api.UniqueNames;

/**
 * Writes in parts of which each fits into one transaction of etcd as it is set up by default. What is removed goes first, and
 * what others refer to comes before them. Who has something that is another's afterwards, such as an address, is removed and
 * put in again: else there would be two that have it, or the one who gives it up last would take it from the other.
 */
final class ImportParts {
    /** A port takes some four keys; etcd takes 3600 in a transaction, as Flow6 writes them. */
    private static final int MOST_OBJECTS = 500;

    private static final int MOST_CHARACTERS = 400_000;

    private final List<Map<ObjectKey, Optional<String>>> parts = new ArrayList<>();
    private Map<ObjectKey, Optional<String>> part = new LinkedHashMap<>();
    private int characters;

    private ImportParts() {}

    /**
     * Puts writes into parts.
     *
     * @param before what is there
     * @param order of collections: each refers to those before it alone, mostly
     */
    static List<Map<ObjectKey, Optional<String>>> of(
            Map<ObjectKey, Optional<String>> writes, Map<ObjectKey, Document> before, List<String> order) {
        ImportParts parts = new ImportParts();
        Comparator<ObjectKey> comesBefore = Comparator.<ObjectKey>comparingInt(key -> order.indexOf(key.collection()))
                .thenComparing(Comparator.naturalOrder());
        Set<ObjectKey> giving = giving(writes, before);
        writes.keySet().stream()
                .filter(key -> isRemoved(writes, key) || giving.contains(key))
                .sorted(comesBefore.reversed())
                .forEach(key -> parts.add(key, Optional.empty()));
        writes.keySet().stream()
                .filter(key -> !isRemoved(writes, key))
                .sorted(comesBefore)
                .forEach(key -> parts.add(key, writes.getOrDefault(key, Optional.empty())));
        parts.end();
        return parts.parts;
    }

    /** Those that have what is another's afterwards. */
    private static Set<ObjectKey> giving(Map<ObjectKey, Optional<String>> writes, Map<ObjectKey, Document> before) {
        Map<String, ObjectKey> holders = new HashMap<>();
        writes.forEach((key, json) ->
                json.ifPresent(text -> UniqueNames.of(key, text).forEach(name -> holders.put(name, key))));
        Set<ObjectKey> giving = new HashSet<>();
        before.forEach((key, document) -> {
            boolean gives = UniqueNames.of(key, document.json()).stream()
                    .anyMatch(name -> !key.equals(holders.getOrDefault(name, key)));
            if (gives && writes.containsKey(key)) {
                giving.add(key);
            }
        });
        return giving;
    }

    private static boolean isRemoved(Map<ObjectKey, Optional<String>> writes, ObjectKey key) {
        return writes.getOrDefault(key, Optional.empty()).isEmpty();
    }

    private void add(ObjectKey key, Optional<String> json) {
        int length = key.toString().length() + json.map(String::length).orElse(0);
        if (part.size() == MOST_OBJECTS || (!part.isEmpty() && characters + length > MOST_CHARACTERS)) {
            end();
        }
        part.put(key, json);
        characters += length;
    }

    private void end() {
        if (!part.isEmpty()) {
            parts.add(part);
        }
        part = new LinkedHashMap<>();
        characters = 0;
    }
}
