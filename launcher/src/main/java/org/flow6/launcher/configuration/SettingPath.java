package org.flow6.launcher.configuration;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The keys that lead to a setting.
 *
 * @param placeholder where in the keys one stands for a name, from 0; -1: nowhere
 */
record SettingPath(List<String> keys, int placeholder) {

    /** @param text keys joined by dots */
    static SettingPath of(String text) {
        List<String> keys = List.of(text.split("\\."));
        for (int i = 0; i < keys.size(); i++) {
            if (placeholder(keys.get(i)).isPresent()) {
                return new SettingPath(keys, i);
            }
        }
        return new SettingPath(keys, -1);
    }

    /** What a key stands for, if it is one that stands for others. */
    static Optional<Placeholder> placeholder(String key) {
        for (Placeholder placeholder : Placeholder.ALL) {
            if (placeholder.name().equals(key)) {
                return Optional.of(placeholder);
            }
        }
        return Optional.empty();
    }

    /** This path with a name in its placeholder's place, joined by dots; one without a placeholder stays as it is. */
    String with(String name) {
        List<String> named = new ArrayList<>(keys);
        if (placeholder >= 0) {
            named.set(placeholder, name);
        }
        return String.join(".", named);
    }

    /** The one of these keys that stands for a name; empty if this path has none. */
    String name(List<String> given) {
        return placeholder < 0 ? "" : given.get(placeholder);
    }

    /** Whether the given keys lead here. */
    boolean is(List<String> given) {
        return keys.size() == given.size() && begins(given);
    }

    /** The key that comes after these; empty if they do not lead this way, or to the end. */
    Optional<String> after(List<String> section) {
        return keys.size() > section.size() && begins(section)
                ? Optional.of(keys.get(section.size()))
                : Optional.empty();
    }

    private boolean begins(List<String> given) {
        for (int i = 0; i < given.size(); i++) {
            if (i != placeholder && !keys.get(i).equals(given.get(i))) {
                return false;
            }
        }
        return true;
    }

    @Override
    public String toString() {
        return String.join(".", keys);
    }
}
