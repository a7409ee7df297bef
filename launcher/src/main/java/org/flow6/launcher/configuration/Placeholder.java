package org.flow6.launcher.configuration;

import java.util.Set;
import java.util.function.Function;

/** A key in a setting's path that stands for any name of its kind. */
enum Placeholder {
    NAME("app", Known::apps),
    REASON("reason", Known::reasons);

    private final String kind;

    @SuppressWarnings("ImmutableEnumChecker") // a pure function
    private final Function<Known, Set<String>> names;

    Placeholder(String kind, Function<Known, Set<String>> names) {
        this.kind = kind;
        this.names = names;
    }

    /** What it stands for, as messages name it. */
    String kind() {
        return kind;
    }

    Set<String> names(Known known) {
        return names.apply(known);
    }
}
