package org.flow6.northbound.api;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.flow6.northbound.Document;
import org.flow6.northbound.ObjectKey;
import org.jspecify.annotations.Nullable;
import org.pcollections.PSortedSet;
import org.pcollections.TreePMap;
import org.pcollections.TreePSet;

/**
 * All objects of a store as its API sees them, with what they are found by. Immutable: what is read of it must not be
 * changed.
 */
final class Catalog {
    private static final ObjectMapper MAPPER = new ObjectMapper();

    private final Map<String, Resource> resources;
    private final TreePMap<ObjectKey, ObjectNode> objects;
    private final TreePMap<Entry, PSortedSet<ObjectKey>> index;

    /** What objects have in common; ordered for those of one attribute to be side by side. */
    private record Entry(String collection, String attribute, String value) implements Comparable<Entry> {
        @Override
        public int compareTo(Entry other) {
            // Most often they are one and the same text, which is seen without reading it.
            if (!collection.equals(other.collection)) {
                return collection.compareTo(other.collection);
            }
            return attribute.equals(other.attribute)
                    ? value.compareTo(other.value)
                    : attribute.compareTo(other.attribute);
        }
    }

    private Catalog(
            Map<String, Resource> resources,
            TreePMap<ObjectKey, ObjectNode> objects,
            TreePMap<Entry, PSortedSet<ObjectKey>> index) {
        this.resources = resources;
        this.objects = objects;
        this.index = index;
    }

    /** @param resources by their collections */
    static Catalog empty(Map<String, Resource> resources) {
        Catalog catalog = new Catalog(Map.copyOf(resources), TreePMap.empty(), TreePMap.empty());
        for (Resource resource : resources.values()) {
            for (String id : resource.standing().keySet()) {
                catalog = catalog.with(new ObjectKey(resource.collection(), id), null);
            }
        }
        return catalog;
    }

    /** After changes of the store; objects that nobody can read are left out. */
    Catalog with(Map<ObjectKey, Optional<Document>> difference) {
        Catalog next = this;
        for (Map.Entry<ObjectKey, Optional<Document>> change : difference.entrySet()) {
            ObjectNode object =
                    change.getValue().map(document -> parse(document.json())).orElse(null);
            next = next.with(change.getKey(), object);
        }
        return next;
    }

    private static @Nullable ObjectNode parse(String json) {
        try {
            return MAPPER.readTree(json) instanceof ObjectNode object ? object : null;
        } catch (JsonProcessingException e) {
            return null;
        }
    }

    /** With an object, or without it; where one always stands, with that. */
    Catalog with(ObjectKey key, @Nullable ObjectNode kept) {
        Resource resource = resources.get(key.collection());
        if (resource == null) {
            return this;
        }
        ObjectNode object = kept == null ? resource.standing().get(key.id()) : kept;
        TreePMap<Entry, PSortedSet<ObjectKey>> entries = index;
        ObjectNode before = objects.get(key);
        if (before != null) {
            for (Map.Entry<String, String> found : resource.indexed(before)) {
                Entry entry = new Entry(resource.collection(), found.getKey(), found.getValue());
                PSortedSet<ObjectKey> left =
                        entries.getOrDefault(entry, TreePSet.empty()).minus(key);
                entries = left.isEmpty() ? entries.minus(entry) : entries.plus(entry, left);
            }
        }
        if (object == null) {
            return new Catalog(resources, objects.minus(key), entries);
        }
        for (Map.Entry<String, String> found : resource.indexed(object)) {
            Entry entry = new Entry(resource.collection(), found.getKey(), found.getValue());
            entries = entries.plus(
                    entry, entries.getOrDefault(entry, TreePSet.empty()).plus(key));
        }
        return new Catalog(resources, objects.plus(key, object), entries);
    }

    @Nullable
    ObjectNode get(ObjectKey key) {
        return objects.get(key);
    }

    @Nullable
    ObjectNode get(String collection, String id) {
        return id.isEmpty() ? null : objects.get(new ObjectKey(collection, id));
    }

    /** All objects of a collection, ordered by id. */
    Collection<ObjectNode> all(String collection) {
        // The next character after the slash: keys are ordered by their collections first.
        return objects.subMap(new ObjectKey(collection, "\0"), new ObjectKey(collection + "0", "\0"))
                .values();
    }

    /** The objects whose indexed attribute has a value, ordered by id. */
    List<ObjectNode> find(String collection, String attribute, String value) {
        Set<ObjectKey> keys = index.getOrDefault(new Entry(collection, attribute, value), TreePSet.empty());
        return keys.stream().map(objects::get).toList();
    }

    boolean has(String collection, String attribute, String value) {
        return index.containsKey(new Entry(collection, attribute, value));
    }

    /** How many {@link #find} would find. */
    int count(String collection, String attribute, String value) {
        return index.getOrDefault(new Entry(collection, attribute, value), TreePSet.empty())
                .size();
    }

    /** How many values from a first to a last one, as texts, an indexed attribute has; without looking at each. */
    int count(String collection, String attribute, String first, String last) {
        return index.subMap(new Entry(collection, attribute, first), true, new Entry(collection, attribute, last), true)
                .size();
    }

    /** The text of an attribute; empty where it is not there, or null. */
    static String text(JsonNode object, String attribute) {
        JsonNode value = object.path(attribute);
        return value.isNull() || value.isMissingNode() ? "" : value.asText();
    }
}
