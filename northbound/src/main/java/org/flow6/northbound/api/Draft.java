package org.flow6.northbound.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.flow6.northbound.Document;
import org.flow6.northbound.ObjectKey;
import org.flow6.northbound.StoreState;
import org.flow6.northbound.Transaction;
import org.jspecify.annotations.Nullable;

/**
 * A request's changes in the making: what it has read is what it will be held against. For one thread.
 */
final class Draft {
    private final StoreState state;
    private final Catalog before;
    private final String now;
    private Catalog catalog;
    private final Map<ObjectKey, Optional<ObjectNode>> writes = new LinkedHashMap<>();
    private final Map<ObjectKey, Long> conditions = new LinkedHashMap<>();

    /** @param now for {@code created_at} and {@code updated_at} */
    Draft(StoreState state, Catalog catalog, String now) {
        this.state = state;
        this.before = catalog;
        this.catalog = catalog;
        this.now = now;
    }

    Catalog catalog() {
        return catalog;
    }

    /** An object that must not change until the request is done; null if it is not there. */
    @Nullable
    ObjectNode hold(String collection, String id) {
        if (id.isEmpty()) {
            return null;
        }
        ObjectKey key = new ObjectKey(collection, id);
        hold(key);
        return catalog.get(key);
    }

    private void hold(ObjectKey key) {
        conditions.putIfAbsent(key, state.revisionOf(key));
    }

    /** Makes an object, or replaces it; its times and revision number follow. */
    void put(String collection, ObjectNode object) {
        ObjectKey key = new ObjectKey(collection, object.path("id").asText());
        hold(key);
        ObjectNode original = before.get(key);
        object.put(
                "created_at",
                original == null ? now : original.path("created_at").asText(now));
        object.put("updated_at", now);
        object.put(
                "revision_number",
                original == null ? 0 : original.path("revision_number").asInt() + 1);
        writes.put(key, Optional.of(object));
        catalog = catalog.with(key, object);
    }

    void remove(String collection, JsonNode object) {
        remove(new ObjectKey(collection, object.path("id").asText()));
    }

    void remove(ObjectKey key) {
        hold(key);
        writes.put(key, Optional.empty());
        catalog = catalog.with(key, null);
    }

    /** A copy to change and {@link #put}. */
    static ObjectNode copy(ObjectNode object) {
        return object.deepCopy();
    }

    boolean isEmpty() {
        return writes.isEmpty();
    }

    Map<ObjectKey, Optional<ObjectNode>> writes() {
        return writes;
    }

    /** @param portsAlone whether the request is one for ports; it then stands beside others for other ports */
    Transaction transaction(boolean portsAlone) {
        boolean alone = !portsAlone
                || writes.keySet().stream().anyMatch(key -> !key.collection().equals(Ports.ALL));
        Map<ObjectKey, Optional<String>> texts = new LinkedHashMap<>();
        writes.forEach((key, object) -> texts.put(key, object.map(JsonNode::toString)));
        return new Transaction(state.revision(), alone, conditions, texts);
    }

    /** What the store's state would be. */
    static Map<ObjectKey, Optional<Document>> difference(StoreState from, StoreState to) {
        return from.differenceTo(to);
    }
}
