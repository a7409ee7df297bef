package org.flow6.core.ovsdb;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The content of a column: RFC 7047 §5.1 {@code <value>}. A single value is a set of one, as on the wire, where
 * {@code "x"} and {@code ["set",["x"]]} mean the same.
 */
sealed interface Datum {
    record SetOf(Set<Atom> atoms) implements Datum {
        static final SetOf NONE = new SetOf(Set.of());
    }

    record MapOf(Map<Atom, Atom> entries) implements Datum {}

    /** What this version does not know how to read; it spoils the column, not the connection. */
    record Unreadable(String text) implements Datum {}

    static Datum of(Atom... atoms) {
        return new SetOf(Set.of(atoms));
    }

    static Datum text(String value) {
        return of(new Atom.Text(value));
    }

    static Datum texts(Map<String, String> entries) {
        Map<Atom, Atom> atoms = new LinkedHashMap<>();
        entries.forEach((key, value) -> atoms.put(new Atom.Text(key), new Atom.Text(value)));
        return new MapOf(atoms);
    }

    static Datum decode(JsonNode json) {
        if (json.isArray() && json.size() == 2 && json.get(1).isArray()) {
            Optional<? extends Datum> datum = Optional.empty();
            if ("set".equals(json.get(0).textValue())) {
                datum = set(json.get(1));
            } else if ("map".equals(json.get(0).textValue())) {
                datum = map(json.get(1));
            }
            if (datum.isPresent()) {
                return datum.get();
            }
            return new Unreadable(Shown.clip(json.toString()));
        }
        return Atom.decode(json)
                .<Datum>map(atom -> new SetOf(Set.of(atom)))
                .orElseGet(() -> new Unreadable(Shown.clip(json.toString())));
    }

    private static Optional<SetOf> set(JsonNode elements) {
        Set<Atom> atoms = new LinkedHashSet<>();
        for (JsonNode element : elements) {
            Optional<Atom> atom = Atom.decode(element);
            if (atom.isEmpty()) {
                return Optional.empty();
            }
            atoms.add(atom.get());
        }
        return Optional.of(new SetOf(Collections.unmodifiableSet(atoms)));
    }

    private static Optional<MapOf> map(JsonNode pairs) {
        Map<Atom, Atom> entries = new LinkedHashMap<>();
        for (JsonNode pair : pairs) {
            if (!pair.isArray() || pair.size() != 2) {
                return Optional.empty();
            }
            Optional<Atom> key = Atom.decode(pair.get(0));
            Optional<Atom> value = Atom.decode(pair.get(1));
            if (key.isEmpty() || value.isEmpty()) {
                return Optional.empty();
            }
            entries.put(key.get(), value.get());
        }
        return Optional.of(new MapOf(Collections.unmodifiableMap(entries)));
    }

    /** For people: the value as JSON. */
    default String shown() {
        return this instanceof Unreadable unreadable ? unreadable.text : toJson().toString();
    }

    /** The form RFC 7047 §5.1 gives: a set of one as its bare atom. */
    default JsonNode toJson() {
        ArrayNode body = JsonNodeFactory.instance.arrayNode();
        if (this instanceof SetOf set) {
            if (set.atoms.size() == 1) {
                return set.atoms.iterator().next().toJson();
            }
            set.atoms.forEach(atom -> body.add(atom.toJson()));
            return JsonNodeFactory.instance.arrayNode().add("set").add(body);
        }
        if (this instanceof MapOf map) {
            map.entries.forEach(
                    (key, value) -> body.addArray().add(key.toJson()).add(value.toJson()));
            return JsonNodeFactory.instance.arrayNode().add("map").add(body);
        }
        throw new IllegalStateException("an unreadable value cannot be sent: " + this);
    }

    /**
     * This value changed by a difference as {@code update2} reports it for a column of more than one value
     * (ovsdb-server(7) §4.1.14): what is in only one of two sets; and the pairs of a map that came, went or, with their
     * new value, changed.
     */
    default Datum changedBy(Datum difference) {
        if (difference instanceof Unreadable || this instanceof Unreadable) {
            return this instanceof Unreadable ? this : difference;
        }
        if (difference instanceof MapOf changes) {
            if (this instanceof SetOf set && !set.atoms.isEmpty()) {
                return new Unreadable("a map after a set");
            }
            return mapChangedBy(changes.entries);
        }
        if (this instanceof MapOf map && !map.entries.isEmpty()) {
            return new Unreadable("a set after a map");
        }
        Set<Atom> atoms = new LinkedHashSet<>(this instanceof SetOf set ? set.atoms : Set.of());
        for (Atom atom : ((SetOf) difference).atoms) {
            if (!atoms.remove(atom)) {
                atoms.add(atom);
            }
        }
        return new SetOf(Collections.unmodifiableSet(atoms));
    }

    private Datum mapChangedBy(Map<Atom, Atom> changes) {
        Map<Atom, Atom> entries = new LinkedHashMap<>(this instanceof MapOf map ? map.entries : Map.of());
        changes.forEach((key, value) -> {
            if (!entries.remove(key, value)) {
                entries.put(key, value);
            }
        });
        return new MapOf(Collections.unmodifiableMap(entries));
    }
}
