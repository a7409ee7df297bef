package org.flow6.launcher.configuration;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import org.flow6.network.text.Node;
import org.flow6.network.text.Node.Entry;
import org.flow6.network.text.Node.Mapping;
import org.flow6.network.text.Node.Null;
import org.flow6.network.text.Node.Scalar;
import org.flow6.network.text.Node.Sequence;
import org.jspecify.annotations.Nullable;

/** The values that a text gives to settings, and everything that is wrong with them. */
final class Settings {
    private final Known known;
    /** By the name that stands in the setting's path, which is empty for most settings. */
    private final Map<Setting, SortedMap<String, Entry>> entries = new EnumMap<>(Setting.class);

    private final List<Problem> problems = new ArrayList<>();

    /** @param where the key, with the keys above it; empty if none is concerned */
    record Problem(int line, String where, String message) {}

    /** A value and where it is. */
    record Given<T>(int line, T value) {}

    Settings(Node root, Known known) {
        this.known = known;
        section(root, root.line(), List.of());
    }

    /** What is wrong so far, in the order of lines. */
    List<Problem> problems() {
        return problems.stream().sorted(Comparator.comparingInt(Problem::line)).toList();
    }

    private boolean has(Setting setting) {
        return entries.containsKey(setting);
    }

    /**
     * The value of a setting; empty if nothing is said, or if it is wrong, which is then a problem.
     *
     * @param form throws IllegalArgumentException with a message for the user
     */
    <T> Optional<T> value(Setting setting, Function<String, T> form) {
        return Optional.ofNullable(entry(setting))
                .flatMap(entry -> value(
                        entry.line(), setting.path(), setting, entry.value(), scalar -> form.apply(scalar.text())));
    }

    /** The values of a setting that is a list; an element that is wrong is left out and is a problem. */
    <T> List<T> values(Setting setting, Function<String, T> form) {
        Entry entry = entry(setting);
        if (entry == null) {
            return List.of();
        }
        if (!(entry.value() instanceof Sequence sequence)) {
            report(entry.line(), setting.path(), entry.value().describe() + " is not a " + setting.form());
            return List.of();
        }
        List<T> values = new ArrayList<>();
        for (int i = 0; i < sequence.elements().size(); i++) {
            Node element = sequence.elements().get(i);
            String where = setting.path() + "[" + i + "]";
            value(element.line(), where, setting, element, scalar -> form.apply(scalar.text()))
                    .ifPresent(values::add);
        }
        return values;
    }

    /** The values of a setting with a name in its path, by that name: true or false. */
    SortedMap<String, Boolean> flags(Setting setting) {
        return named(setting, "(?i)true|false", Boolean::parseBoolean);
    }

    /** The values of a setting with a name in its path, by that name: 1 to 1,000,000. */
    SortedMap<String, Integer> counts(Setting setting) {
        return named(setting, "[1-9][0-9]{0,5}|1000000", Integer::valueOf);
    }

    /** The values of a setting with a name in its path, by that name, each with its line. */
    SortedMap<String, Given<String>> texts(Setting setting, Function<String, String> form) {
        SortedMap<String, Given<String>> values = new TreeMap<>();
        entries.getOrDefault(setting, new TreeMap<>()).forEach((name, entry) -> value(
                        entry.line(), setting.path(name), setting, entry.value(), scalar -> form.apply(scalar.text()))
                .ifPresent(value -> values.put(name, new Given<>(entry.line(), value))));
        return values;
    }

    private <T> SortedMap<String, T> named(Setting setting, String pattern, Function<String, T> form) {
        SortedMap<String, T> values = new TreeMap<>();
        entries.getOrDefault(setting, new TreeMap<>())
                .forEach((name, entry) -> value(entry.line(), setting.path(name), setting, entry.value(), scalar -> {
                            if (!scalar.plain() || !scalar.text().matches(pattern)) {
                                throw new IllegalArgumentException(scalar.describe() + " is not " + setting.form());
                            }
                            return form.apply(scalar.text());
                        })
                        .ifPresent(value -> values.put(name, value)));
        return values;
    }

    /** The entry of a setting without a name in its path. */
    private @Nullable Entry entry(Setting setting) {
        return entries.getOrDefault(setting, new TreeMap<>()).get("");
    }

    /** Reports that settings of which one is given are not all given. */
    void requireTogether(Setting... settings) {
        List<Setting> absent =
                List.of(settings).stream().filter(setting -> !has(setting)).toList();
        for (Setting setting : settings) {
            Entry entry = entry(setting);
            if (entry != null && !absent.isEmpty()) {
                String names =
                        String.join(", ", absent.stream().map(Setting::path).toList());
                report(entry.line(), setting.path(), "needs " + names + " beside it");
                return;
            }
        }
    }

    /**
     * Reports that none of some settings is given beside one that needs one of them.
     *
     * @param why that is so, for users
     */
    void requireAny(Setting setting, String why, Setting... needed) {
        Entry entry = entry(setting);
        if (entry != null && List.of(needed).stream().noneMatch(this::has)) {
            String names = String.join(
                    " or ", List.of(needed).stream().map(Setting::path).toList());
            report(entry.line(), setting.path(), why + ": needs " + names + " beside it");
        }
    }

    /** Reports that of settings which exclude each other more than one is given. */
    void requireOneOf(Setting... settings) {
        List<Setting> given = List.of(settings).stream().filter(this::has).toList();
        for (Setting setting : given.subList(Math.min(1, given.size()), given.size())) {
            Entry entry = entry(setting);
            if (entry != null) {
                report(
                        entry.line(),
                        setting.path(),
                        "is given beside " + given.get(0).path() + ": leave one of them out");
            }
        }
    }

    /** Reports that a setting is given without one that it has a meaning with only. */
    void requireBeside(Setting setting, Setting needed) {
        if (!has(needed)) {
            entries.getOrDefault(setting, new TreeMap<>())
                    .forEach((name, entry) ->
                            report(entry.line(), setting.path(name), "needs " + needed.path() + " beside it"));
        }
    }

    private <T> Optional<T> value(int line, String where, Setting setting, Node node, Function<Scalar, T> form) {
        if (!(node instanceof Scalar scalar)) {
            report(line, where, node.describe() + " is not " + setting.form());
            return Optional.empty();
        }
        try {
            return Optional.of(form.apply(scalar));
        } catch (IllegalArgumentException e) {
            report(line, where, String.valueOf(e.getMessage()));
            return Optional.empty();
        }
    }

    private void section(Node node, int line, List<String> above) {
        if (node instanceof Null) {
            return;
        }
        String where = String.join(".", above);
        if (!(node instanceof Mapping mapping)) {
            String keys = String.join(", ", Setting.keysAfter(above));
            report(line, where, node.describe() + " is not a mapping (of " + keys + ")");
            return;
        }
        Set<String> seen = new HashSet<>();
        for (Entry entry : mapping.entries()) {
            if (!seen.add(entry.key())) {
                report(entry.line(), join(above, entry.key()), "given a second time");
            } else {
                entry(entry, above);
            }
        }
    }

    private void entry(Entry entry, List<String> above) {
        List<String> keys = new ArrayList<>(above);
        keys.add(entry.key());
        String where = String.join(".", keys);
        if (!isKnown(entry, above, where)) {
            return;
        }
        Optional<Setting> setting = Setting.at(keys);
        if (setting.isEmpty()) {
            section(entry.value(), entry.line(), keys);
        } else if (entry.value() instanceof Null) {
            return;
        } else {
            entries.computeIfAbsent(setting.get(), first -> new TreeMap<>())
                    .put(setting.get().name(keys), entry);
        }
    }

    private boolean isKnown(Entry entry, List<String> above, String where) {
        for (String key : Setting.keysAfter(above)) {
            Optional<Placeholder> placeholder = Setting.placeholder(key);
            if (placeholder.isPresent()) {
                Set<String> names = placeholder.get().names(known);
                boolean allowed = placeholder.get().allows(entry.key(), known);
                if (!allowed) {
                    String all = names.isEmpty() ? "" : "; known are " + String.join(", ", new TreeSet<>(names));
                    report(entry.line(), where, "unknown " + placeholder.get().kind() + all);
                }
                return allowed;
            }
        }
        List<String> keys = Setting.keysAfter(above);
        if (!keys.contains(entry.key())) {
            report(entry.line(), where, "unknown key; known here are " + String.join(", ", keys));
        }
        return keys.contains(entry.key());
    }

    void report(int line, String where, String message) {
        problems.add(new Problem(line, where, message));
    }

    private static String join(List<String> above, String key) {
        return above.isEmpty() ? key : String.join(".", above) + "." + key;
    }
}
