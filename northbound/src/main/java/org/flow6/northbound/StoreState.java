package org.flow6.northbound;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.pcollections.HashTreePMap;
import org.pcollections.PMap;

/**
 * All objects of a store at a moment.
 *
 * @param revision how many transactions changed the store before; grows, not always by one
 */
public record StoreState(long revision, PMap<ObjectKey, Document> objects) {
    public static final StoreState EMPTY = new StoreState(0, HashTreePMap.empty());

    /** The revision of an object; 0 if it is not there. */
    public long revisionOf(ObjectKey key) {
        Document document = objects.get(key);
        return document == null ? 0 : document.revision();
    }

    /** What has to change for this to become another state. */
    public Map<ObjectKey, Optional<Document>> differenceTo(StoreState next) {
        Map<ObjectKey, Optional<Document>> difference = new LinkedHashMap<>();
        objects.keySet().stream()
                .filter(key -> !next.objects.containsKey(key))
                .forEach(key -> difference.put(key, Optional.empty()));
        next.objects.forEach((key, document) -> {
            if (!document.equals(objects.get(key))) {
                difference.put(key, Optional.of(document));
            }
        });
        return difference;
    }
}
