package org.flow6.network;

import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import org.projectfloodlight.openflow.types.IPv6Address;

/**
 * Whose packets to a group a listener wants (RFC 3810 §4.2).
 *
 * @param sources without duplicates, in order
 */
public record SourceFilter(Mode mode, List<IPv6Address> sources) {
    /** Whose packets whoever they are from. */
    public static final SourceFilter ALL = new SourceFilter(Mode.EXCLUDE, List.of());

    /** Nobody's: no listener is left. */
    public static final SourceFilter NONE = new SourceFilter(Mode.INCLUDE, List.of());

    /** RFC 3810 §4.2. */
    public enum Mode {
        /** The packets of these sources. */
        INCLUDE,
        /** The packets of all but these. */
        EXCLUDE
    }

    public SourceFilter {
        sources = sources.stream().distinct().sorted().toList();
    }

    public static SourceFilter of(Mode mode, Collection<IPv6Address> sources) {
        return new SourceFilter(mode, List.copyOf(sources));
    }

    /** Whether nothing is wanted. */
    public boolean isNone() {
        return mode == Mode.INCLUDE && sources.isEmpty();
    }

    /** Whether packets from sources that it does not name are wanted. */
    public boolean wantsOthers() {
        return mode == Mode.EXCLUDE;
    }

    /** Whether a source's packets are wanted. */
    public boolean wants(IPv6Address source) {
        return wantsOthers() != sources.contains(source);
    }

    /** What both together want (RFC 3810 §4.2). */
    public SourceFilter or(SourceFilter other) {
        boolean exclude = wantsOthers() || other.wantsOthers();
        List<IPv6Address> named = Stream.concat(sources.stream(), other.sources.stream())
                .distinct()
                .filter(source -> (wants(source) || other.wants(source)) != exclude)
                .toList();
        return new SourceFilter(exclude ? Mode.EXCLUDE : Mode.INCLUDE, named);
    }

    /** The filter of which this is the text; empty where it is none's. */
    static Optional<SourceFilter> parse(String text) {
        String[] words = text.split(" ");
        try {
            Mode mode = Mode.valueOf(words[0].toUpperCase(Locale.ROOT));
            return Optional.of(new SourceFilter(
                    mode, Stream.of(words).skip(1).map(IPv6Address::of).toList()));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    @Override
    public String toString() {
        StringBuilder text = new StringBuilder(mode.name().toLowerCase(Locale.ROOT));
        sources.forEach(source -> text.append(' ').append(source));
        return text.toString();
    }
}
