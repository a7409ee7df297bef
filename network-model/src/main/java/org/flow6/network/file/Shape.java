package org.flow6.network.file;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.flow6.network.text.Node.Entry;
import org.flow6.network.text.Node.Mapping;
import org.jspecify.annotations.Nullable;

/**
 * What a mapping may state: one declaration per attribute, from which reading, checking and documentation follow.
 * A subclass declares its attributes as fields.
 */
abstract class Shape {
    /** How a message names such a mapping: {@code a port}. */
    private final String noun;

    private final List<Attribute<?>> attributes = new ArrayList<>();
    private final Map<String, Attribute<?>> byName = new HashMap<>();
    private final Set<String> ignored = new LinkedHashSet<>();

    Shape(String noun) {
        this.noun = noun;
    }

    /** An attribute that must be there. */
    final <T> Attribute<T> required(String name, String meaning, ValueReader<T> reader) {
        return add(name, meaning, reader, true, null);
    }

    /** An attribute that may be absent, with what that means in its meaning. */
    final <T> Attribute<T> optional(String name, String meaning, ValueReader<T> reader) {
        return add(name, meaning, reader, false, null);
    }

    /** An attribute with a default. */
    final <T> Attribute<T> optional(String name, String meaning, ValueReader<T> reader, T fallback) {
        return add(name, meaning, reader, false, fallback);
    }

    /** Attributes of Neutron's that are accepted and change nothing. */
    final void ignore(String... names) {
        ignored.addAll(List.of(names));
    }

    /** The names of attributes that change nothing, in the order of their declaration. */
    final Set<String> ignored() {
        return ignored;
    }

    private <T> Attribute<T> add(
            String name, String meaning, ValueReader<T> reader, boolean required, @Nullable T fallback) {
        Attribute<T> attribute = new Attribute<>(attributes.size(), name, meaning, reader, required, fallback);
        attributes.add(attribute);
        byName.put(name, attribute);
        return attribute;
    }

    /** All attributes in the order of their declaration. */
    final List<Attribute<?>> attributes() {
        return attributes;
    }

    final String noun() {
        return noun;
    }

    /** A reader of a mapping of this shape within an attribute. */
    final ValueReader<Values> reader() {
        return Readers.mapping(this, field -> {
            if (!(field.node() instanceof Mapping mapping)) {
                return field.isNot("a mapping of " + String.join(", ", names()));
            }
            Values values = new Values(mapping.line(), attributes.size());
            int before = field.complaints().size();
            read(mapping, field, values);
            return field.complaints().size() == before ? values : null;
        });
    }

    /** What a mapping that states nothing comes to. */
    final Values nothing() {
        return new Values(0, attributes.size());
    }

    /** Reads each entry of a mapping, complaining about what is unknown, missing, twice there or wrong. */
    final void read(Mapping mapping, Field at, Values into) {
        Set<String> seen = new HashSet<>();
        for (Entry entry : mapping.entries()) {
            Field field = at.member(entry.key(), entry.value());
            if (!seen.add(entry.key())) {
                at.complaints()
                        .add(new Complaint(entry.line(), field.path(), "is there twice: leave one of the two out"));
            } else {
                read(entry, field, into);
            }
        }
        for (Attribute<?> attribute : attributes) {
            if (attribute.required() && !into.states(attribute)) {
                at.member(attribute.name(), mapping).complain("is missing");
            }
        }
    }

    private void read(Entry entry, Field field, Values into) {
        Attribute<?> attribute = byName.get(entry.key());
        if (attribute == null) {
            unknown(entry, field);
        } else if (!entry.value().isNull() || attribute.reader().readsNull()) {
            into.put(attribute, entry.value().line(), attribute.reader().read(field));
        }
    }

    /** Handles an entry that is no attribute. */
    void unknown(Entry entry, Field field) {
        if (ignored.contains(entry.key())) {
            return;
        }
        String nearest = Spelling.nearest(entry.key(), byName.keySet());
        field.complaints()
                .add(new Complaint(
                        entry.line(),
                        field.path(),
                        noun + " has no such attribute" + (nearest == null ? "" : ": is " + nearest + " meant?")));
    }

    private List<String> names() {
        return attributes.stream().map(Attribute::name).toList();
    }
}
