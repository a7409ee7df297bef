package org.flow6.flow;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.flow6.network.Facts;
import org.flow6.network.Id;
import org.flow6.network.NetworkView;
import org.flow6.network.Port;
import org.flow6.packets.Ethernet;

/**
 * What an app sends unasked to every port of a network that is bound here, again and again for as long as a unit stays:
 * Router Advertisements. Sent to each port by itself, never by way of other switches. All functions are pure.
 *
 * @param <U> records with value equality that hold everything their frames depend on
 */
public interface Beacon<U> {

    /** Unique within the app. */
    String name();

    /** Who sends on a network. */
    Stream<U> units(NetworkView view);

    /** The port that a unit sends from: units of one port follow one another, and nothing is sent back to it. */
    Id<Port> source(U unit);

    /**
     * Whether hosts take what a unit sends for news of another one's of the same port. If not, the other one says its
     * last words first: a router whose link-local address changed (RFC 4861 §6.2.8).
     */
    default boolean isContinuedBy(U unit, U next) {
        return true;
    }

    Timing timing(U unit);

    /** What is due, whenever it is. */
    List<Ethernet> frames(U unit, Moment moment);

    /**
     * The last words: what is sent when no unit of the port is left, or the app is disabled.
     *
     * @param now the network as it is without the unit, or, when the app is disabled, with it; empty: it is gone
     */
    List<Ethernet> farewell(U unit, Optional<NetworkView> now, Moment moment);

    /**
     * What to remember when a unit is new or takes another's place.
     *
     * @param now the network as it is with the unit
     */
    default Facts.Change started(U unit, NetworkView now, Moment moment) {
        return Facts.Change.NONE;
    }

    /**
     * What to remember when no unit of the port is left, or the app is disabled.
     *
     * @param now as in {@link #farewell}
     */
    default Facts.Change ended(U unit, Optional<NetworkView> now, Moment moment) {
        return Facts.Change.NONE;
    }

    /**
     * When frames are sent (RFC 4861 §6.2.4, §6.2.6).
     *
     * @param least shortest time from one to the next; the time is random
     * @param most longest time from one to the next
     * @param initialCount how many come early, when a unit is new or changed
     * @param initialMost longest time from one of these to the next
     * @param gap what is between two of them at least, also where one was asked for; more than nothing, and at most
     *     {@code most}
     * @param solicitedDelay the longest random delay of one that was asked for
     * @param farewells how often the last words are said, a {@code gap} apart
     */
    record Timing(
            Duration least,
            Duration most,
            int initialCount,
            Duration initialMost,
            Duration gap,
            Duration solicitedDelay,
            int farewells) {
        public Timing {
            boolean apart = !gap.isNegative() && !gap.isZero() && most.compareTo(gap) >= 0;
            if (!apart || least.isNegative() || least.compareTo(most) > 0) {
                throw new IllegalArgumentException("from " + least + " to " + most + ", " + gap + " apart");
            }
            if (initialCount < 0 || initialMost.isNegative() || solicitedDelay.isNegative() || farewells < 0) {
                throw new IllegalArgumentException(initialCount + " within " + initialMost + ", answers within "
                        + solicitedDelay + ", " + farewells + " farewells");
            }
        }
    }
}
