package org.flow6.core.neighbor;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * An entry of a neighbor cache: what is known of one neighbor, and when something is to be done about it. Immutable; events
 * give the next one, by RFC 4861 §7.2.2 to §7.3.3 and its appendix C. Times are nanoseconds of one clock.
 *
 * @param address null while the entry is incomplete
 * @param asked how many solicitations were sent since the neighbor was last asked anew
 * @param deadline when {@link Event.TimeOut} is due
 */
public record CacheEntry(State state, @Nullable LinkAddress address, int asked, long deadline) {
    /** MAX_MULTICAST_SOLICIT and MAX_UNICAST_SOLICIT (RFC 4861 §10). */
    public static final int MOST_ASKED = 3;

    /** RETRANS_TIMER. */
    public static final long RETRANSMIT = TimeUnit.SECONDS.toNanos(1);

    /** REACHABLE_TIME, of which a random share from a half to one and a half counts (RFC 4861 §6.3.2). */
    public static final long REACHABLE = TimeUnit.SECONDS.toNanos(30);

    /** DELAY_FIRST_PROBE_TIME. */
    public static final long DELAY = TimeUnit.SECONDS.toNanos(5);

    /** How long a neighbor is known that nobody sends to. RFC 4861 §5.3 leaves it open. */
    public static final long IDLE = TimeUnit.MINUTES.toNanos(10);

    /** RFC 4861 §7.3.2. */
    public enum State {
        INCOMPLETE,
        REACHABLE,
        STALE,
        DELAY,
        PROBE
    }

    /** What happens to an entry. */
    public sealed interface Event {
        /**
         * The neighbor advertised itself, or replied to an ARP request.
         *
         * @param address empty where the advertisement has no target link-layer address
         */
        record Advertised(Optional<LinkAddress> address, boolean solicited, boolean override) implements Event {}

        /** The neighbor asked something and named its link-layer address (RFC 4861 §7.2.3, RFC 826). */
        record Solicited(LinkAddress address) implements Event {}

        /** Somebody sends to the neighbor. */
        record Used() implements Event {}

        /** It is to be found out at once whether the neighbor is there, used or not. */
        record Doubted() implements Event {}

        /** The deadline has come. */
        record TimeOut() implements Event {}
    }

    /** What is to be done, in order. */
    public enum Output {
        /** Ask all who may be the neighbor (RFC 4861 §7.2.2). */
        ASK_ALL,
        /** Ask the neighbor where it was last (RFC 4861 §7.3.3). */
        ASK_ALONE,
        /** The link-layer address is new: flows are to have it. */
        LEARN,
        /** Send the packets that wait. */
        SEND_WAITING,
        /** Nobody answered: tell the senders of packets that wait (RFC 4861 §7.2.2). */
        UNREACHABLE
    }

    /**
     * How patient one is.
     *
     * @param reachable how long the neighbor counts as reachable if an event shows that it is
     * @param retransmit how long an answer is waited for
     */
    public record Times(long reachable, long retransmit) {}

    /** @param next empty if the entry is gone */
    public record Step(Optional<CacheEntry> next, List<Output> outputs) {
        public Step {
            outputs = List.copyOf(outputs);
        }
    }

    /** The entry of a neighbor that a packet is for and that was not known; all are to be asked. */
    public static CacheEntry incomplete(long now) {
        return new CacheEntry(State.INCOMPLETE, null, 1, now + RETRANSMIT);
    }

    /** The entry of a neighbor that was known once. */
    public static CacheEntry stale(LinkAddress address, long now) {
        return new CacheEntry(State.STALE, address, 0, now + IDLE);
    }

    /** The entry of a neighbor that did not answer, and that is to be asked for anew at a time. */
    public static CacheEntry missing(long time) {
        return new CacheEntry(State.INCOMPLETE, null, 0, time);
    }

    public Step step(Event event, long now, Times times) {
        if (event instanceof Event.Advertised said) {
            return state == State.INCOMPLETE
                    ? resolve(said, now, times.reachable())
                    : advertised(said, now, times.reachable());
        } else if (event instanceof Event.Solicited asked) {
            return solicited(asked.address(), now);
        } else if (event instanceof Event.Used) {
            return used(now, times);
        } else if (event instanceof Event.Doubted) {
            return state == State.STALE || state == State.DELAY ? probe(now, times) : unchanged();
        }
        return timeOut(now, times);
    }

    /** With its questions asked anew, as nobody could hear them. */
    public CacheEntry unasked(long now) {
        return state == State.INCOMPLETE || state == State.PROBE ? new CacheEntry(state, address, 0, now) : this;
    }

    /** The link-layer address of an entry that is not incomplete. */
    public LinkAddress known() {
        LinkAddress known = address;
        if (known == null) {
            throw new IllegalStateException("not known in " + state);
        }
        return known;
    }

    private static CacheEntry reachable(LinkAddress address, long now, long reachable) {
        return new CacheEntry(State.REACHABLE, address, 0, now + reachable);
    }

    private Step resolve(Event.Advertised said, long now, long reachable) {
        if (said.address().isEmpty()) {
            return unchanged();
        }
        LinkAddress next = said.address().get();
        return new Step(
                Optional.of(said.solicited() ? reachable(next, now, reachable) : stale(next, now)),
                List.of(Output.LEARN, Output.SEND_WAITING));
    }

    private Step advertised(Event.Advertised said, long now, long reachable) {
        LinkAddress next = said.address().orElse(known());
        boolean same = next.equals(address);
        if (!same && !said.override()) {
            return state == State.REACHABLE ? become(stale(known(), now)) : unchanged();
        }
        List<Output> outputs = same ? List.of() : List.of(Output.LEARN);
        if (said.solicited()) {
            return new Step(Optional.of(reachable(next, now, reachable)), outputs);
        }
        return same ? unchanged() : new Step(Optional.of(stale(next, now)), outputs);
    }

    private Step solicited(LinkAddress next, long now) {
        if (state == State.INCOMPLETE) {
            return new Step(Optional.of(stale(next, now)), List.of(Output.LEARN, Output.SEND_WAITING));
        }
        return next.equals(address) ? unchanged() : new Step(Optional.of(stale(next, now)), List.of(Output.LEARN));
    }

    private Step used(long now, Times times) {
        if (state == State.INCOMPLETE && asked == 0) {
            return ask(Output.ASK_ALL, now, times);
        }
        return state == State.STALE ? become(new CacheEntry(State.DELAY, address, 0, now + DELAY)) : unchanged();
    }

    private Step timeOut(long now, Times times) {
        return switch (state) {
            case INCOMPLETE ->
                asked < MOST_ASKED
                        ? ask(Output.ASK_ALL, now, times)
                        : new Step(Optional.empty(), List.of(Output.UNREACHABLE));
            case REACHABLE -> become(stale(known(), now));
            case STALE -> new Step(Optional.empty(), List.of());
            case DELAY -> probe(now, times);
            case PROBE ->
                asked < MOST_ASKED ? ask(Output.ASK_ALONE, now, times) : new Step(Optional.empty(), List.of());
        };
    }

    private Step probe(long now, Times times) {
        return new Step(
                Optional.of(new CacheEntry(State.PROBE, address, 1, now + times.retransmit())),
                List.of(Output.ASK_ALONE));
    }

    private Step ask(Output whom, long now, Times times) {
        return new Step(
                Optional.of(new CacheEntry(state, address, asked + 1, now + times.retransmit())), List.of(whom));
    }

    private static Step become(CacheEntry next) {
        return new Step(Optional.of(next), List.of());
    }

    private Step unchanged() {
        return become(this);
    }
}
