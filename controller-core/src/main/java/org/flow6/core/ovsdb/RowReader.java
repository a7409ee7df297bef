package org.flow6.core.ovsdb;

import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.UUID;
import java.util.function.Consumer;

/** Reads the columns of one row as what they should hold; what they hold instead is told, and read as empty. */
record RowReader(String subject, Row row, Consumer<String> problems) {

    String text(String column) {
        return optionalText(column).orElse("");
    }

    Optional<String> optionalText(String column) {
        return one(column, Atom.Text.class, "one string").map(Atom.Text::value);
    }

    OptionalLong optionalInteger(String column) {
        Optional<Atom.Int> value = one(column, Atom.Int.class, "one integer");
        return value.isPresent() ? OptionalLong.of(value.get().value()) : OptionalLong.empty();
    }

    boolean truth(String column) {
        return one(column, Atom.Bool.class, "one boolean").map(Atom.Bool::value).orElse(false);
    }

    Set<String> texts(String column) {
        Set<String> texts = new LinkedHashSet<>();
        set(column, Atom.Text.class, "strings").forEach(atom -> texts.add(atom.value()));
        return texts;
    }

    Set<UUID> uuids(String column) {
        Set<UUID> uuids = new LinkedHashSet<>();
        set(column, Atom.Uuid.class, "references").forEach(atom -> uuids.add(atom.value()));
        return uuids;
    }

    Map<String, String> textMap(String column) {
        Map<String, String> texts = new LinkedHashMap<>();
        map(column, Atom.Text.class, Atom.Text.class, "a map of strings")
                .forEach((key, value) -> texts.put(key.value(), value.value()));
        return texts;
    }

    Map<Long, UUID> references(String column) {
        Map<Long, UUID> references = new LinkedHashMap<>();
        map(column, Atom.Int.class, Atom.Uuid.class, "a map of integers to references")
                .forEach((key, value) -> references.put(key.value(), value.value()));
        return references;
    }

    /** Reports what a column holds that no reader of its type can object to, such as an address that is none. */
    void problem(String column, String wanted, Object found) {
        problems.accept(subject + ": column " + column + " should hold " + wanted + ", and holds "
                + Shown.clip(String.valueOf(found)));
    }

    private <A extends Atom> Optional<A> one(String column, Class<A> kind, String wanted) {
        Set<A> values = set(column, kind, wanted);
        if (values.size() > 1) {
            problem(column, wanted, row.column(column).shown());
            return Optional.empty();
        }
        return values.stream().findFirst();
    }

    private <A extends Atom> Set<A> set(String column, Class<A> kind, String wanted) {
        Set<A> values = new LinkedHashSet<>();
        Datum datum = row.column(column);
        if (datum instanceof Datum.SetOf set && set.atoms().stream().allMatch(kind::isInstance)) {
            set.atoms().forEach(atom -> values.add(kind.cast(atom)));
        } else {
            problem(column, wanted, datum.shown());
        }
        return values;
    }

    private <K extends Atom, V extends Atom> Map<K, V> map(String column, Class<K> key, Class<V> value, String wanted) {
        Map<K, V> entries = new LinkedHashMap<>();
        Datum datum = row.column(column);
        if (datum.equals(Datum.SetOf.NONE)) {
            return entries;
        }
        if (datum instanceof Datum.MapOf map
                && map.entries().keySet().stream().allMatch(key::isInstance)
                && map.entries().values().stream().allMatch(value::isInstance)) {
            map.entries().forEach((k, v) -> entries.put(key.cast(k), value.cast(v)));
        } else {
            problem(column, wanted, datum.shown());
        }
        return entries;
    }
}
