package org.flow6.launcher.configuration;

import java.util.List;
import java.util.Set;
import java.util.function.Function;

/** A key in a setting's path that stands for any name of its kind. */
enum Placeholder {
    NAME("app", Known::apps),
    REASON("reason", Known::reasons),
    /** Whatever the operator calls them. */
    PHYSICAL_NETWORK;

    static final List<Placeholder> ALL = List.of(values());

    private final String kind;

    @SuppressWarnings("ImmutableEnumChecker") // a pure function
    private final Function<Known, Set<String>> names;

    private final boolean any;

    /** One that any name may stand in the place of. */
    Placeholder() {
        kind = "name";
        names = known -> Set.of();
        any = true;
    }

    Placeholder(String kind, Function<Known, Set<String>> names) {
        this.kind = kind;
        this.names = names;
        any = false;
    }

    /** What it stands for, as messages name it. */
    String kind() {
        return kind;
    }

    boolean allows(String name, Known known) {
        return any ? !name.isBlank() : names(known).contains(name);
    }

    /** Those that are known; none where any name will do. */
    Set<String> names(Known known) {
        return names.apply(known);
    }
}
