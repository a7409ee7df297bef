package org.flow6.core;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;
import org.flow6.flow.FlowApp;
import org.flow6.network.Fact;
import org.flow6.network.FactExchange.Place;
import org.flow6.network.FactExchange.Told;
import org.flow6.network.Facts;
import org.flow6.network.Id;
import org.flow6.network.Port;
import org.jspecify.annotations.Nullable;
import org.projectfloodlight.openflow.types.DatapathId;

/**
 * What several hosts tell of facts, and what follows for this one: which facts of others it shows, which become its own as
 * their ports come here, and which of its own are another's by now. Of two ports that have the same the first one keeps it.
 * For one thread at a time.
 */
final class SharedFacts {
    private final String host;
    private final Map<String, Function<Fact, Optional<Id<Port>>>> kinds = new HashMap<>();
    private final Map<Fact.Key, Map<String, Told>> told = new HashMap<>();
    private final Map<Id<Port>, Set<Fact.Key>> byPort = new HashMap<>();
    private final Map<DatapathId, Set<Id<Port>>> bound = new HashMap<>();
    private Facts others = Facts.NONE;

    SharedFacts(String host, List<FlowApp> apps) {
        this.host = host;
        apps.forEach(app -> kinds.putAll(app.sharedFacts()));
    }

    /** The facts of others that hold here too: those about ports that are not bound here, and those about none. */
    Facts others() {
        return others;
    }

    /** Whether facts of a kind are told. */
    boolean shares(String kind) {
        return kinds.containsKey(kind);
    }

    /** Of a change of this host's facts what the others are told. */
    Facts.Change toTell(Facts.Change change) {
        return new Facts.Change(
                change.remembered().stream()
                        .filter(fact -> shares(fact.key().kind()))
                        .toList(),
                change.forgotten().stream().filter(key -> shares(key.kind())).toList());
    }

    /**
     * Takes what is told.
     *
     * @param own this host's facts
     * @param lost whether it has lost those that it told before, and takes them back
     * @return what becomes of them
     */
    Facts.Change heard(Map<Place, Optional<Told>> news, Facts own, boolean lost, Instant now) {
        // What becomes of its own comes to a host, too: it is none that a port brings.
        Map<Fact.Key, Boolean> touched = new LinkedHashMap<>();
        news.forEach((place, fact) -> {
            if (shares(place.key().kind())) {
                note(place, fact.orElse(null));
                touched.merge(place.key(), !place.host().equals(host), Boolean::logicalOr);
            }
        });
        Map<Fact.Key, Optional<Fact>> changes = new LinkedHashMap<>();
        touched.forEach((key, adopts) -> {
            settle(key, own, adopts, now, changes);
            Told said = told.getOrDefault(key, Map.of()).get(host);
            if (lost
                    && said != null
                    && said.fact().holdsAt(now)
                    && own.get(key, now).isEmpty()) {
                changes.putIfAbsent(key, Optional.of(said.fact()));
            }
        });
        return change(changes);
    }

    private void note(Place place, @Nullable Told fact) {
        Map<String, Told> all = told.computeIfAbsent(place.key(), key -> new HashMap<>());
        if (fact != null) {
            all.put(place.host(), fact);
            port(fact.fact()).ifPresent(port -> byPort.computeIfAbsent(port, id -> new HashSet<>())
                    .add(place.key()));
            return;
        }
        Told before = all.remove(place.host());
        if (all.isEmpty()) {
            told.remove(place.key());
        }
        Optional<Id<Port>> port = before == null ? Optional.empty() : port(before.fact());
        boolean still =
                all.values().stream().anyMatch(other -> port(other.fact()).equals(port));
        if (port.isPresent() && !still) {
            byPort.computeIfPresent(port.get(), (id, keys) -> keys.remove(place.key()) && keys.isEmpty() ? null : keys);
        }
    }

    /** What this host has to tell so that what is told of it is what it has. */
    Facts.Change unlike(Set<Place> news, Facts own) {
        List<Fact> remembered = new ArrayList<>();
        List<Fact.Key> forgotten = new ArrayList<>();
        for (Place place : news) {
            if (place.host().equals(host) && shares(place.key().kind())) {
                Told said = told.getOrDefault(place.key(), Map.of()).get(host);
                Fact has = own.get(place.key(), Instant.MIN).orElse(null);
                if (has != null && (said == null || !said.fact().equals(has))) {
                    remembered.add(has);
                } else if (has == null && said != null) {
                    forgotten.add(place.key());
                }
            }
        }
        return new Facts.Change(remembered, forgotten);
    }

    /**
     * The ports that are bound at a switch of this host from now on.
     *
     * @return what becomes of this host's facts
     */
    Facts.Change bound(DatapathId datapathId, Set<Id<Port>> ports, Facts own, Instant now) {
        Set<Id<Port>> before = bound.getOrDefault(datapathId, Set.of());
        bound.put(datapathId, Set.copyOf(ports));
        Map<Fact.Key, Optional<Fact>> changes = new LinkedHashMap<>();
        Stream.concat(ports.stream(), before.stream())
                .filter(port -> ports.contains(port) != before.contains(port))
                .forEach(port -> List.copyOf(byPort.getOrDefault(port, Set.of()))
                        .forEach(key -> settle(key, own, ports.contains(port), now, changes)));
        return change(changes);
    }

    private static Facts.Change change(Map<Fact.Key, Optional<Fact>> changes) {
        List<Fact> remembered = new ArrayList<>();
        List<Fact.Key> forgotten = new ArrayList<>();
        changes.forEach((key, fact) -> fact.ifPresentOrElse(remembered::add, () -> forgotten.add(key)));
        return new Facts.Change(remembered, forgotten);
    }

    private Optional<Id<Port>> port(Fact fact) {
        Function<Fact, Optional<Id<Port>>> finder = kinds.get(fact.key().kind());
        return finder == null ? Optional.empty() : finder.apply(fact);
    }

    private boolean isHere(Optional<Id<Port>> port) {
        return port.isPresent() && bound.values().stream().anyMatch(ports -> ports.contains(port.get()));
    }

    private void settle(Fact.Key key, Facts own, boolean adopts, Instant now, Map<Fact.Key, Optional<Fact>> changes) {
        Told theirs = told.getOrDefault(key, Map.of()).entrySet().stream()
                .filter(one ->
                        !one.getKey().equals(host) && one.getValue().fact().holdsAt(now))
                .map(Map.Entry::getValue)
                .reduce(null, (one, other) -> one == null || one.written() < other.written() ? other : one);
        Fact mine = own.get(key, now).orElse(null);
        boolean here = theirs != null && isHere(port(theirs.fact()));
        others = others.with(theirs == null || here ? Facts.Change.forget(key) : Facts.Change.remember(theirs.fact()));
        if (theirs == null) {
            return;
        } else if (mine != null && isAnothers(mine, theirs)) {
            changes.put(key, Optional.empty());
        } else if (here && adopts && (mine == null || isLonger(theirs.fact(), mine))) {
            changes.put(key, Optional.of(theirs.fact()));
        }
    }

    /** Whether a fact of this host's is about a port that is not here any more, or about what a port had before. */
    private boolean isAnothers(Fact mine, Told theirs) {
        Told said = told.getOrDefault(mine.key(), Map.of()).get(host);
        Optional<Id<Port>> port = port(mine);
        if (said == null || port.isEmpty() || bound.isEmpty()) {
            return false;
        }
        boolean laterThanTheirs = said.written() > theirs.written();
        return port.equals(port(theirs.fact())) ? !isHere(port) && !laterThanTheirs : laterThanTheirs;
    }

    private boolean isLonger(Fact theirs, Fact mine) {
        return port(theirs).equals(port(mine))
                && theirs.until().isPresent()
                && mine.until().isPresent()
                && theirs.until().get().isAfter(mine.until().get());
    }
}
