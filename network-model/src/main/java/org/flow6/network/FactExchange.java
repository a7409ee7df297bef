package org.flow6.network;

import java.util.Map;
import java.util.Optional;

/** Where hosts tell each other of facts. For all threads; nothing here waits. */
public interface FactExchange {

    /**
     * A fact as a host tells it.
     *
     * @param written grows with whatever any host writes, so that of two the earlier one is known
     */
    record Told(Fact fact, long written) {}

    /** Whose fact it is, and which. */
    record Place(String host, Fact.Key key) {}

    /** Who hears of all facts, this host's own among them. */
    @FunctionalInterface
    interface Listener {
        /** @param news all that is told, the first time, and then what changes; empty: told no longer */
        void heard(Map<Place, Optional<Told>> news);
    }

    /** Begins to listen, for ever. By one thread, and not before what is told is known. */
    void follow(Listener listener);

    /** Tells of this host's facts, now or as soon as that can be. The last that was told of a key counts. */
    void tell(Facts.Change change);
}
