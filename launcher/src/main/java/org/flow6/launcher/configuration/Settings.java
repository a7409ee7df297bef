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
import org.flow6.launcher.configuration.Node.Entry;
import org.flow6.launcher.configuration.Node.Mapping;
import org.flow6.launcher.configuration.Node.Null;
import org.flow6.launcher.configuration.Node.Scalar;
import org.flow6.launcher.configuration.Node.Sequence;

/** The values that a text gives to settings, and everything that is wrong with them. */
final class Settings {
    private final Set<String> knownApps;
    private final Map<Setting, Entry> entries = new EnumMap<>(Setting.class);
    private final Map<String, Entry> apps = new TreeMap<>();
    private final List<Problem> problems = new ArrayList<>();

    /** @param where the key, with the keys above it; empty if none is concerned */
    record Problem(int line, String where, String message) {}

    Settings(Node root, Set<String> knownApps) {
        this.knownApps = knownApps;
        section(root, root.line(), List.of());
    }

    /** What is wrong so far, in the order of lines. */
    List<Problem> problems() {
        return problems.stream().sorted(Comparator.comparingInt(Problem::line)).toList();
    }

    boolean has(Setting setting) {
        return entries.containsKey(setting);
    }

    /**
     * The value of a setting; empty if nothing is said, or if it is wrong, which is then a problem.
     *
     * @param form throws IllegalArgumentException with a message for the user
     */
    <T> Optional<T> value(Setting setting, Function<String, T> form) {
        Entry entry = entries.get(setting);
        return entry == null ? Optional.empty() : value(entry.line(), setting.path(), setting, entry.value(), form);
    }

    /** The values of a setting that is a list; an element that is wrong is left out and is a problem. */
    <T> List<T> values(Setting setting, Function<String, T> form) {
        Entry entry = entries.get(setting);
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
            value(element.line(), setting.path() + "[" + i + "]", setting, element, form)
                    .ifPresent(values::add);
        }
        return values;
    }

    /** For every known app whether it is enabled. */
    SortedMap<String, Boolean> apps() {
        SortedMap<String, Boolean> enabled = new TreeMap<>();
        knownApps.forEach(app -> enabled.put(app, true));
        apps.forEach((app, entry) -> {
            if (entry.value() instanceof Scalar scalar
                    && !scalar.quoted()
                    && scalar.text().matches("(?i)true|false")) {
                enabled.put(app, Boolean.parseBoolean(scalar.text()));
            } else {
                String path = "apps." + app + ".enabled";
                report(entry.line(), path, entry.value().describe() + " is not true or false");
            }
        });
        return enabled;
    }

    /** Reports that settings of which one is given are not all given. */
    void requireTogether(Setting... settings) {
        List<Setting> absent =
                List.of(settings).stream().filter(setting -> !has(setting)).toList();
        for (Setting setting : settings) {
            Entry entry = entries.get(setting);
            if (entry != null && !absent.isEmpty()) {
                String names =
                        String.join(", ", absent.stream().map(Setting::path).toList());
                report(entry.line(), setting.path(), "needs " + names + " beside it");
                return;
            }
        }
    }

    private <T> Optional<T> value(int line, String where, Setting setting, Node node, Function<String, T> form) {
        if (!(node instanceof Scalar scalar)) {
            report(line, where, node.describe() + " is not " + setting.form());
            return Optional.empty();
        }
        try {
            return Optional.of(form.apply(scalar.text()));
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
        List<String> known = Setting.keysAfter(above);
        if (above.equals(List.of("apps")) && !knownApps.contains(entry.key())) {
            report(entry.line(), where, "unknown app; known are " + String.join(", ", new TreeSet<>(knownApps)));
            return;
        }
        if (!known.contains(entry.key()) && !known.contains(Setting.ANY)) {
            report(entry.line(), where, "unknown key; known here are " + String.join(", ", known));
            return;
        }
        Optional<Setting> setting = Setting.at(keys);
        if (setting.isEmpty()) {
            section(entry.value(), entry.line(), keys);
        } else if (!setting.get().isAvailable()) {
            report(entry.line(), where, "not available in this version; use northbound.file");
        } else if (entry.value() instanceof Null) {
            return;
        } else if (setting.get() == Setting.APP_ENABLED) {
            apps.put(keys.get(1), entry);
        } else {
            entries.put(setting.get(), entry);
        }
    }

    void report(int line, String where, String message) {
        problems.add(new Problem(line, where, message));
    }

    private static String join(List<String> above, String key) {
        return above.isEmpty() ? key : String.join(".", above) + "." + key;
    }
}
