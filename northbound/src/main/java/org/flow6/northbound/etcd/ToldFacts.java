package org.flow6.northbound.etcd;

import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.flow6.network.Fact;
import org.flow6.network.FactExchange.Place;
import org.flow6.network.FactExchange.Told;
import org.flow6.network.Facts;

/**
 * What etcd has of facts, and what of this host's own is still to be written there: the newest of each key, and nothing that
 * is so already. Telling is for any thread, all else for one.
 */
final class ToldFacts {
    private final String host;
    private final Map<Place, Told> known = new HashMap<>();
    /** What etcd took from here, and has not told of yet. */
    private final Map<Fact.Key, Optional<Fact>> taken = new HashMap<>();
    /** Guarded by itself; empty: to be told no longer. */
    private final Map<Fact.Key, Optional<Fact>> pending = new LinkedHashMap<>();

    ToldFacts(String host) {
        this.host = host;
    }

    /** This host's facts change. */
    void tell(Facts.Change change) {
        synchronized (pending) {
            change.forgotten().forEach(key -> pending.put(key, Optional.empty()));
            change.remembered().forEach(fact -> pending.put(fact.key(), Optional.of(fact)));
        }
    }

    boolean hasPending() {
        synchronized (pending) {
            return !pending.isEmpty();
        }
    }

    /** Takes out what is next to be written, and is not so already: so much at most, and empty where nothing is left. */
    Map<Fact.Key, Optional<Fact>> due(int most) {
        Map<Fact.Key, Optional<Fact>> due = new LinkedHashMap<>();
        synchronized (pending) {
            var all = pending.entrySet().iterator();
            while (all.hasNext() && due.size() < most) {
                Map.Entry<Fact.Key, Optional<Fact>> next = all.next();
                if (!next.getValue().equals(newest(next.getKey()))) {
                    due.put(next.getKey(), next.getValue());
                }
                all.remove();
            }
        }
        return due;
    }

    /** What etcd has of a fact of this host, as far as that is known. */
    private Optional<Fact> newest(Fact.Key key) {
        Optional<Fact> last = taken.get(key);
        return last != null
                ? last
                : Optional.ofNullable(known.get(new Place(host, key))).map(Told::fact);
    }

    /** Etcd has taken what was due; it tells of it later. */
    void taken(Map<Fact.Key, Optional<Fact>> due) {
        taken.putAll(due);
    }

    /** Etcd has not taken what was due: it waits again, but for what has changed since. */
    void refused(Map<Fact.Key, Optional<Fact>> due) {
        synchronized (pending) {
            due.forEach(pending::putIfAbsent);
        }
    }

    /**
     * Etcd tells of a change.
     *
     * @param now empty: the fact is gone
     * @param difference gets it, if it was not known
     */
    void heard(Place place, Optional<Told> now, Map<Place, Optional<Told>> difference) {
        if (place.host().equals(host)) {
            taken.remove(place.key(), now.map(Told::fact));
        }
        Told before = now.isPresent() ? known.put(place, now.get()) : known.remove(place);
        if (!Optional.ofNullable(before).equals(now)) {
            difference.put(place, now);
        }
    }

    /**
     * Etcd tells of everything that there is.
     *
     * @return what was not known
     */
    Map<Place, Optional<Told>> heardAll(Map<Place, Optional<Told>> all) {
        Map<Place, Optional<Told>> difference = new LinkedHashMap<>();
        taken.clear();
        all.forEach((place, now) -> heard(place, now, difference));
        Set<Place> gone = new HashSet<>(known.keySet());
        gone.removeAll(all.keySet());
        gone.forEach(place -> heard(place, Optional.empty(), difference));
        return difference;
    }

    /** How many facts hosts tell. */
    int size() {
        return known.size();
    }
}
