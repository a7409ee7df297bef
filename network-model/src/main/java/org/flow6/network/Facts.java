package org.flow6.network;

import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.pcollections.HashTreePMap;
import org.pcollections.PMap;

/**
 * Every fact at one moment: those of a host, and beside them, where it knows of them, those of others. Immutable; a next one
 * shares all that is unchanged.
 */
public final class Facts {
    public static final Facts NONE = new Facts(HashTreePMap.empty(), HashTreePMap.empty(), 0, null);

    /** What apps may remember altogether, so that no flood of requests fills memory and disk. */
    public static final int MOST = 100_000;

    private final PMap<Group, PMap<String, Fact>> groups;
    /** How many facts of a group have an end; a group without any is not there. */
    private final PMap<Group, Integer> ending;

    private final int size;
    /** What hides behind a fact of the same key; null: nothing. */
    private final @Nullable Facts others;

    private record Group(String kind, Id<Network> network) {
        @Override
        public boolean equals(@Nullable Object other) {
            return other instanceof Group that && kind.equals(that.kind) && network.equals(that.network);
        }

        @Override
        public int hashCode() {
            return 31 * kind.hashCode() + network.hashCode();
        }
    }

    private Facts(
            PMap<Group, PMap<String, Fact>> groups, PMap<Group, Integer> ending, int size, @Nullable Facts others) {
        this.groups = groups;
        this.ending = ending;
        this.size = size;
        this.others = others;
    }

    /** These facts, and beside them those of others, which no change is about; of a key that both have the own one counts. */
    public Facts beside(Facts next) {
        return new Facts(groups, ending, size, next.size == 0 ? null : next.own());
    }

    /** These facts without those of others. */
    public Facts own() {
        return others == null ? this : new Facts(groups, ending, size, null);
    }

    /**
     * What to remember and what to forget.
     *
     * @param remembered facts, each in the place of the one with its key, if there is one
     */
    public record Change(List<Fact> remembered, List<Fact.Key> forgotten) {
        public static final Change NONE = new Change(List.of(), List.of());

        public Change {
            remembered = List.copyOf(remembered);
            forgotten = List.copyOf(forgotten);
        }

        /** To remember these and forget nothing. */
        public static Change remember(Fact... facts) {
            return new Change(List.of(facts), List.of());
        }

        /** To forget these. */
        public static Change forget(Fact.Key... keys) {
            return new Change(List.of(), List.of(keys));
        }

        public boolean isEmpty() {
            return remembered.isEmpty() && forgotten.isEmpty();
        }

        /** Whether facts of a kind are remembered or forgotten. */
        public boolean concerns(String kind) {
            return remembered.stream().anyMatch(fact -> fact.key().kind().equals(kind))
                    || forgotten.stream().anyMatch(key -> key.kind().equals(kind));
        }
    }

    /** The fact of a key, if there is one and it holds at that moment. */
    public Optional<Fact> get(Fact.Key key, Instant now) {
        Fact fact = find(key);
        return fact == null && others != null
                ? others.get(key, now)
                : Optional.ofNullable(fact).filter(found -> found.holdsAt(now));
    }

    /** The facts of a kind on a network that hold at a moment, in no order. */
    public Stream<Fact> of(String kind, Id<Network> network, Instant now) {
        Stream<Fact> own = group(new Group(kind, network)).values().stream().filter(fact -> fact.holdsAt(now));
        return others == null ? own : Stream.concat(own, shown(others.of(kind, network, now)));
    }

    /** Every fact of a kind, whether it holds or not, in no order. */
    public Stream<Fact> of(String kind) {
        Stream<Fact> own = groups.entrySet().stream()
                .filter(group -> group.getKey().kind().equals(kind))
                .flatMap(group -> group.getValue().values().stream());
        return others == null ? own : Stream.concat(own, shown(others.of(kind)));
    }

    /** Whether some fact of a kind on a network has an end, in the past or in the future; quick to tell. */
    public boolean someEnd(String kind, Id<Network> network) {
        return ending.containsKey(new Group(kind, network)) || (others != null && others.someEnd(kind, network));
    }

    /** Every fact, whether it holds or not, in no order. */
    public Stream<Fact> all() {
        Stream<Fact> own = groups.values().stream().map(PMap::values).flatMap(Collection::stream);
        return others == null ? own : Stream.concat(own, shown(others.all()));
    }

    private Stream<Fact> shown(Stream<Fact> ofOthers) {
        return ofOthers.filter(fact -> find(fact.key()) == null);
    }

    /** How many there are, but for those of others. */
    public int size() {
        return size;
    }

    /** These facts with a change; new ones beyond {@link #MOST} are left out. */
    public Facts with(Change change) {
        Facts next = this;
        for (Fact.Key key : change.forgotten()) {
            next = next.without(key);
        }
        for (Fact fact : change.remembered()) {
            next = next.with(fact);
        }
        return next;
    }

    /** To forget those that do not hold at a moment any more, but for those of others. */
    public Change over(Instant now) {
        List<Fact.Key> over =
                own().all().filter(fact -> !fact.holdsAt(now)).map(Fact::key).toList();
        return over.isEmpty() ? Change.NONE : new Change(List.of(), over);
    }

    /** Without those that do not hold at a moment any more, but with all of others. */
    public Facts heldAt(Instant now) {
        return with(over(now));
    }

    private Facts with(Fact fact) {
        Fact before = find(fact.key());
        if (fact.equals(before) || (before == null && size >= MOST)) {
            return this;
        }
        Group group = new Group(fact.key().kind(), fact.key().network());
        return new Facts(
                groups.plus(group, group(group).plus(fact.key().name(), fact)),
                ending(group, before, fact),
                before == null ? size + 1 : size,
                others);
    }

    private Facts without(Fact.Key key) {
        Fact before = find(key);
        if (before == null) {
            return this;
        }
        Group group = new Group(key.kind(), key.network());
        PMap<String, Fact> rest = group(group).minus(key.name());
        return new Facts(
                rest.isEmpty() ? groups.minus(group) : groups.plus(group, rest),
                ending(group, before, null),
                size - 1,
                others);
    }

    private PMap<Group, Integer> ending(Group group, @Nullable Fact before, @Nullable Fact after) {
        int count = ending.getOrDefault(group, 0) - ends(before) + ends(after);
        return count == 0 ? ending.minus(group) : ending.plus(group, count);
    }

    private static int ends(@Nullable Fact fact) {
        return fact != null && fact.until().isPresent() ? 1 : 0;
    }

    private @Nullable Fact find(Fact.Key key) {
        return group(new Group(key.kind(), key.network())).get(key.name());
    }

    private PMap<String, Fact> group(Group group) {
        return groups.getOrDefault(group, HashTreePMap.empty());
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Facts that && groups.equals(that.groups) && Objects.equals(others, that.others);
    }

    @Override
    public int hashCode() {
        return 31 * groups.hashCode() + Objects.hashCode(others);
    }

    @Override
    public String toString() {
        return "Facts" + groups + (others == null ? "" : " beside " + others);
    }
}
