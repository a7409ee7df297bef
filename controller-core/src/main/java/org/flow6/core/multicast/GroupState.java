package org.flow6.core.multicast;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.flow6.network.SourceFilter;
import org.jspecify.annotations.Nullable;
import org.projectfloodlight.openflow.types.IPv6Address;

/**
 * What is known of who listens to one group behind one port: the state of a multicast router (RFC 3810 §7.2). Immutable;
 * records give the next one by §7.4, time by §7.2.2 and §7.2.3. Times are nanoseconds of one clock.
 *
 * @param mode of the filter
 * @param filterUntil when a filter that excludes sources ends; of no meaning to others
 * @param wanted sources whose packets are wanted, and until when: included ones, or X, the requested ones of a filter that
 *     excludes
 * @param blocked Y, those excluded; none of a filter that includes
 * @param olderUntil until when there may be listeners of version 1 (RFC 3810 §8.3.2); null: there are none
 */
public record GroupState(
        SourceFilter.Mode mode,
        long filterUntil,
        Map<IPv6Address, Long> wanted,
        Set<IPv6Address> blocked,
        @Nullable Long olderUntil) {
    /** Nobody listens. */
    public static final GroupState NONE = new GroupState(SourceFilter.Mode.INCLUDE, 0, Map.of(), Set.of(), null);

    /** What a record says (RFC 3810 §5.2.12). */
    public enum Kind {
        IS_INCLUDE,
        IS_EXCLUDE,
        TO_INCLUDE,
        TO_EXCLUDE,
        ALLOW,
        BLOCK;

        /** By the number on the wire; empty for one that a receiver ignores. */
        public static Optional<Kind> of(int type) {
            return type >= 1 && type <= values().length ? Optional.of(values()[type - 1]) : Optional.empty();
        }
    }

    /**
     * What follows from a record.
     *
     * @param questions to send, each with the sources it is about; without any about the group (RFC 3810 §7.6.3)
     */
    public record Step(GroupState next, List<List<IPv6Address>> questions) {
        public Step {
            questions = List.copyOf(questions);
        }
    }

    public GroupState {
        wanted = Map.copyOf(wanted);
        blocked = Set.copyOf(blocked);
    }

    /** What was known of a listener before: it has all the time there is to say so again. */
    public static GroupState restored(SourceFilter filter, Times times, long now) {
        long until = now + times.listening();
        return filter.wantsOthers()
                ? new GroupState(filter.mode(), until, Map.of(), Set.copyOf(filter.sources()), null)
                : new GroupState(filter.mode(), 0, each(filter.sources(), until), Set.of(), null);
    }

    /** Whose packets are wanted. */
    public SourceFilter filter() {
        return SourceFilter.of(mode, excludes() ? blocked : wanted.keySet());
    }

    private boolean excludes() {
        return mode == SourceFilter.Mode.EXCLUDE;
    }

    /** When {@link #advance} changes something next, if there is a listener. */
    public Optional<Long> deadline() {
        Optional<Long> first = wanted.values().stream().reduce((one, other) -> one - other < 0 ? one : other);
        if (!excludes()) {
            return first;
        }
        return Optional.of(first.filter(source -> source - filterUntil < 0).orElse(filterUntil));
    }

    /** Whether an answer to a question is still awaited: about the group, or about one of these sources. */
    public boolean awaits(List<IPv6Address> sources, Times times, long now) {
        long soon = now + times.lastListener();
        return sources.isEmpty()
                ? excludes() && filterUntil - soon <= 0
                : sources.stream().anyMatch(source -> {
                    Long until = wanted.get(source);
                    return until != null && until - soon <= 0;
                });
    }

    /** A version 1 report, which is IS_EX({}) (RFC 3810 §8.3.2). */
    public Step olderReport(Times times, long now) {
        Step step = record(Kind.IS_EXCLUDE, Set.of(), times, now);
        return new Step(step.next().older(now + times.listening()), step.questions());
    }

    private GroupState older(@Nullable Long until) {
        return new GroupState(mode, filterUntil, wanted, blocked, until);
    }

    /** A record of version 2. With listeners of version 1 there, none of theirs is cut off (RFC 3810 §8.3.2). */
    public Step record(Kind kind, Set<IPv6Address> sources, Times times, long now) {
        boolean older = olderUntil != null && olderUntil - now > 0;
        if (older && kind == Kind.BLOCK) {
            return new Step(this, List.of());
        }
        Set<IPv6Address> named = older && kind == Kind.TO_EXCLUDE ? Set.of() : sources;
        return excludes() ? excluding(kind, named, times, now) : including(kind, named, times, now);
    }

    /** RFC 3810 §7.4, router state INCLUDE (A); B is what the record names. */
    private Step including(Kind kind, Set<IPv6Address> b, Times times, long now) {
        long until = now + times.listening();
        Set<IPv6Address> a = wanted.keySet();
        return switch (kind) {
            case IS_INCLUDE, ALLOW -> new Step(include(plus(wanted, b, until)), List.of());
            case BLOCK -> ask(this, List.of(both(a, b)), false, times, now);
            case TO_INCLUDE -> ask(include(plus(wanted, b, until)), List.of(less(a, b)), false, times, now);
            case IS_EXCLUDE -> new Step(exclude(until, kept(both(a, b)), less(b, a)), List.of());
            case TO_EXCLUDE ->
                ask(exclude(until, kept(both(a, b)), less(b, a)), List.of(both(a, b)), false, times, now);
        };
    }

    /** RFC 3810 §7.4, router state EXCLUDE (X, Y); A is what the record names. */
    private Step excluding(Kind kind, Set<IPv6Address> a, Times times, long now) {
        long until = now + times.listening();
        Set<IPv6Address> x = wanted.keySet();
        Set<IPv6Address> open = less(a, blocked);
        Set<IPv6Address> fresh = less(open, x);
        return switch (kind) {
            case IS_INCLUDE, ALLOW ->
                new Step(exclude(filterUntil, plus(wanted, a, until), less(blocked, a)), List.of());
            case IS_EXCLUDE ->
                new Step(exclude(until, plus(kept(both(x, a)), fresh, until), both(blocked, a)), List.of());
            case BLOCK ->
                ask(exclude(filterUntil, plus(wanted, fresh, filterUntil), blocked), List.of(open), false, times, now);
            case TO_EXCLUDE ->
                ask(
                        exclude(until, plus(kept(both(x, a)), fresh, filterUntil), both(blocked, a)),
                        List.of(open),
                        false,
                        times,
                        now);
            case TO_INCLUDE ->
                ask(
                        exclude(filterUntil, plus(wanted, a, until), less(blocked, a)),
                        List.of(less(x, a)),
                        true,
                        times,
                        now);
        };
    }

    /** Asks about sources, and the group; what is asked about has but the Last Listener Query Time left (§7.6.3). */
    private static Step ask(GroupState state, List<Set<IPv6Address>> about, boolean group, Times times, long now) {
        long soon = now + times.lastListener();
        Map<IPv6Address, Long> wanted = new HashMap<>(state.wanted);
        List<List<IPv6Address>> questions = new ArrayList<>();
        for (Set<IPv6Address> sources : about) {
            if (!sources.isEmpty()) {
                sources.forEach(source -> wanted.computeIfPresent(source, (same, until) -> sooner(until, soon)));
                questions.add(sources.stream().sorted().toList());
            }
        }
        if (group) {
            questions.add(List.of());
        }
        long filterUntil = group ? sooner(state.filterUntil, soon) : state.filterUntil;
        return new Step(new GroupState(state.mode, filterUntil, wanted, state.blocked, state.olderUntil), questions);
    }

    /** What is left at a time. */
    public GroupState advance(long now) {
        Map<IPv6Address, Long> running = new HashMap<>(wanted);
        running.values().removeIf(until -> until - now <= 0);
        Long older = olderUntil != null && olderUntil - now > 0 ? olderUntil : null;
        if (!excludes() || filterUntil - now <= 0) {
            return new GroupState(SourceFilter.Mode.INCLUDE, 0, running, Set.of(), older);
        }
        Set<IPv6Address> out = new HashSet<>(blocked);
        out.addAll(less(wanted.keySet(), running.keySet()));
        return new GroupState(mode, filterUntil, running, out, older);
    }

    private GroupState include(Map<IPv6Address, Long> sources) {
        return new GroupState(SourceFilter.Mode.INCLUDE, 0, sources, Set.of(), olderUntil);
    }

    private GroupState exclude(long until, Map<IPv6Address, Long> x, Set<IPv6Address> y) {
        return new GroupState(SourceFilter.Mode.EXCLUDE, until, x, y, olderUntil);
    }

    private Map<IPv6Address, Long> kept(Set<IPv6Address> sources) {
        Map<IPv6Address, Long> kept = new HashMap<>(wanted);
        kept.keySet().retainAll(sources);
        return kept;
    }

    private static Map<IPv6Address, Long> plus(Map<IPv6Address, Long> some, Set<IPv6Address> more, long until) {
        Map<IPv6Address, Long> all = new HashMap<>(some);
        all.putAll(each(more, until));
        return all;
    }

    private static Map<IPv6Address, Long> each(Collection<IPv6Address> sources, long until) {
        Map<IPv6Address, Long> each = new HashMap<>();
        sources.forEach(source -> each.put(source, until));
        return each;
    }

    private static Set<IPv6Address> both(Set<IPv6Address> one, Set<IPv6Address> other) {
        Set<IPv6Address> both = new HashSet<>(one);
        both.retainAll(other);
        return both;
    }

    private static Set<IPv6Address> less(Set<IPv6Address> from, Set<IPv6Address> without) {
        Set<IPv6Address> rest = new HashSet<>(from);
        rest.removeAll(without);
        return rest;
    }

    private static long sooner(long one, long other) {
        return one - other < 0 ? one : other;
    }
}
