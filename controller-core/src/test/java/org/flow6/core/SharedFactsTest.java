package org.flow6.core;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.flow6.flow.Derivation;
import org.flow6.flow.FlowApp;
import org.flow6.network.AddressClaim;
import org.flow6.network.Fact;
import org.flow6.network.FactExchange;
import org.flow6.network.Facts;
import org.flow6.network.Id;
import org.flow6.network.Port;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.projectfloodlight.openflow.types.DatapathId;
import org.projectfloodlight.openflow.types.IPv6Address;

/** Hosts that tell each other of facts; what one tells all others hear before it returns. */
class SharedFactsTest {
    private static final String LEASE = "lease";
    private static final DatapathId SWITCH = DatapathId.of(1);
    private static final Id<Port> VM1 = Id.of("vm1");
    private static final Id<Port> VM2 = Id.of("vm2");

    private final Board board = new Board();
    private final List<FactStore> stores = new ArrayList<>();

    /** An app whose leases say which port has them, and whose notes stay where they are. */
    private static final class LeaseApp implements FlowApp {
        @Override
        public String name() {
            return "leases";
        }

        @Override
        public List<Derivation<?, ?, ?>> derivations() {
            return List.of();
        }

        @Override
        public Map<String, Function<Fact, Optional<Id<Port>>>> sharedFacts() {
            return Map.of(
                    LEASE,
                    fact -> Optional.of(Id.of(fact.value())),
                    "warning",
                    fact -> Optional.empty(),
                    AddressClaim.KIND,
                    fact -> AddressClaim.of(fact).map(AddressClaim::port));
        }
    }

    /** What hosts have told. */
    private static final class Board {
        private final Map<FactExchange.Place, FactExchange.Told> told = new HashMap<>();
        private final List<FactExchange.Listener> listeners = new ArrayList<>();
        private long written;

        FactExchange of(String host) {
            return new FactExchange() {
                @Override
                public void follow(Listener listener) {
                    listeners.add(listener);
                    Map<Place, Optional<Told>> all = new HashMap<>();
                    told.forEach((place, fact) -> all.put(place, Optional.of(fact)));
                    listener.heard(all);
                }

                @Override
                public void tell(Facts.Change change) {
                    change.forgotten().forEach(key -> put(new Place(host, key), Optional.empty()));
                    change.remembered().forEach(fact -> put(new Place(host, fact.key()), Optional.of(fact)));
                }
            };
        }

        void put(FactExchange.Place place, Optional<Fact> fact) {
            Optional<FactExchange.Told> now = fact.map(some -> new FactExchange.Told(some, ++written));
            FactExchange.Told before = now.isPresent() ? told.put(place, now.get()) : told.remove(place);
            if (now.isPresent() || before != null) {
                List.copyOf(listeners).forEach(listener -> listener.heard(Map.of(place, now)));
            }
        }

        /** A host that is taken out for good. */
        void remove(String host) {
            List.copyOf(told.keySet()).stream()
                    .filter(place -> place.host().equals(host))
                    .forEach(place -> put(place, Optional.empty()));
        }

        Set<FactExchange.Place> places() {
            return told.keySet();
        }
    }

    @AfterEach
    void close() {
        stores.forEach(FactStore::close);
    }

    private FactStore silent(String host) {
        FactStore store =
                new FactStore(Optional.empty(), new ErrorLog(), new SharedFacts(host, List.of(new LeaseApp())));
        stores.add(store);
        return store;
    }

    private FactStore host(String name) {
        FactStore store = silent(name);
        store.share(board.of(name));
        return store;
    }

    private static Fact fact(String kind, String name, String value) {
        return new Fact(new Fact.Key(kind, Id.of("blue"), name), value, Optional.empty());
    }

    private static Fact lease(String name, Id<Port> port) {
        return fact(LEASE, name, port.value());
    }

    private static Fact lease(String name, Id<Port> port, Instant until) {
        return new Fact(lease(name, port).key(), port.value(), Optional.of(until));
    }

    private static void remember(FactStore store, Fact... facts) {
        assertThat(store.apply(Facts.Change.remember(facts))).isCompleted();
    }

    private static List<Fact> shown(FactStore store) {
        return store.moment().facts().all().toList();
    }

    private static List<Fact> own(FactStore store) {
        return store.moment().facts().own().all().toList();
    }

    @Test
    void othersAreShownWhatIsSharedAndNothingElse() {
        FactStore a = host("a");
        FactStore b = host("b");
        remember(a, lease("x", VM1), fact("warning", "w", ""), fact("note", "n", ""));
        assertThat(shown(b)).containsExactlyInAnyOrder(lease("x", VM1), fact("warning", "w", ""));
        assertThat(own(b)).isEmpty();
        assertThat(b.held()).isZero();
        var unused = b.apply(Facts.Change.forget(lease("x", VM1).key()));
        assertThat(shown(b)).contains(lease("x", VM1));
        unused = a.apply(Facts.Change.forget(lease("x", VM1).key()));
        assertThat(shown(b)).containsExactly(fact("warning", "w", ""));
    }

    @Test
    void whatWasLearnedBeforeIsToldAndHeardOnceThereIsAWay() {
        FactStore a = host("a");
        remember(a, lease("x", VM1));
        FactStore late = silent("b");
        remember(late, lease("y", VM2), fact("note", "n", ""));
        assertThat(shown(a)).containsExactly(lease("x", VM1));
        late.share(board.of("b"));
        assertThat(shown(a)).containsExactlyInAnyOrder(lease("x", VM1), lease("y", VM2));
        assertThat(shown(late)).contains(lease("x", VM1));
    }

    @Test
    void factsGoWithTheirPort() {
        FactStore a = host("a");
        FactStore b = host("b");
        a.bound(SWITCH, Set.of(VM1));
        b.bound(SWITCH, Set.of());
        remember(a, lease("x", VM1));
        // Plugged at both while it moves.
        b.bound(SWITCH, Set.of(VM1));
        assertThat(own(b)).containsExactly(lease("x", VM1));
        assertThat(own(a)).containsExactly(lease("x", VM1));
        remember(a, lease("y", VM1));
        assertThat(own(b)).containsExactlyInAnyOrder(lease("x", VM1), lease("y", VM1));

        a.bound(SWITCH, Set.of());
        assertThat(own(a)).isEmpty();
        assertThat(shown(a)).containsExactlyInAnyOrder(lease("x", VM1), lease("y", VM1));
        assertThat(board.places()).extracting(FactExchange.Place::host).containsOnly("b");
        board.remove("a");
        assertThat(own(b)).hasSize(2);

        a.bound(SWITCH, Set.of(VM1));
        b.bound(SWITCH, Set.of());
        assertThat(own(a)).hasSize(2);
        assertThat(own(b)).isEmpty();
    }

    @Test
    void theHostThatAPortIsOnSaysWhatItHas() {
        FactStore a = host("a");
        FactStore b = host("b");
        a.bound(SWITCH, Set.of(VM1));
        remember(a, lease("x", VM1));
        b.bound(SWITCH, Set.of(VM1));
        // The other host is down, and cannot forget it.
        var unused = b.apply(Facts.Change.forget(lease("x", VM1).key()));
        assertThat(shown(b)).isEmpty();
        assertThat(board.places()).extracting(FactExchange.Place::host).containsExactly("a");
    }

    @Test
    void ofTwoPortsTheFirstKeepsWhatBothWereGiven() {
        FactStore a = host("a");
        FactStore b = silent("b");
        a.bound(SWITCH, Set.of(VM1));
        b.bound(SWITCH, Set.of(VM2));
        remember(a, lease("x", VM1));
        remember(b, lease("x", VM2));
        b.share(board.of("b"));
        assertThat(own(a)).containsExactly(lease("x", VM1));
        assertThat(own(b)).isEmpty();
        assertThat(shown(b)).containsExactly(lease("x", VM1));
        assertThat(board.places()).extracting(FactExchange.Place::host).containsExactly("a");
    }

    @Test
    void theLongerOneOfAPortCounts() {
        Instant soon = Instant.now().plusSeconds(1000);
        FactStore a = host("a");
        FactStore b = host("b");
        a.bound(SWITCH, Set.of(VM1));
        remember(a, lease("x", VM1, soon));
        b.bound(SWITCH, Set.of(VM1));
        remember(a, lease("x", VM1, soon.plusSeconds(1)));
        assertThat(own(b)).containsExactly(lease("x", VM1, soon.plusSeconds(1)));
        remember(a, lease("x", VM1, soon));
        assertThat(own(b)).containsExactly(lease("x", VM1, soon.plusSeconds(1)));
    }

    @Test
    void whatIsOverIsNeitherToldNorTaken() {
        Instant past = Instant.now().minusSeconds(1);
        FactStore a = host("a");
        FactStore b = host("b");
        remember(a, lease("x", VM1, past));
        assertThat(shown(b)).isEmpty();
        b.bound(SWITCH, Set.of(VM1));
        assertThat(own(b)).isEmpty();
        assertThat(a.held()).isZero();
        assertThat(board.places()).isEmpty();
    }

    @Test
    void aHostThatLostItsFactsTakesBackWhatItTold() {
        board.put(new FactExchange.Place("a", lease("x", VM1).key()), Optional.of(lease("x", VM1)));
        assertThat(own(host("a"))).containsExactly(lease("x", VM1));

        // One that has some knows what it forgot.
        FactStore kept = host("b");
        remember(kept, lease("z", VM2));
        board.put(new FactExchange.Place("b", lease("late", VM2).key()), Optional.of(lease("late", VM2)));
        assertThat(board.places())
                .extracting(place -> place.host() + " " + place.key().name())
                .containsExactlyInAnyOrder("a x", "b z");
        board.remove("b");
        assertThat(board.places())
                .extracting(place -> place.host() + " " + place.key().name())
                .containsExactlyInAnyOrder("a x", "b z");
    }

    @Test
    void claimsOfOthersArePartOfTheNetwork() {
        FactStore a = host("a");
        FactStore b = host("b");
        List<String> learned = new ArrayList<>();
        b.onLearned(() -> learned.add("b"));
        AddressClaim claim =
                new AddressClaim(Id.of("blue"), IPv6Address.of("fe80::1"), VM1, Instant.parse("2026-11-21T00:00:00Z"));
        remember(a, claim.fact());
        assertThat(b.claims()).containsExactly(claim);
        assertThat(learned).isNotEmpty();
        b.bound(SWITCH, Set.of(VM1));
        assertThat(own(b)).containsExactly(claim.fact());
        board.remove("a");
        assertThat(b.claims()).containsExactly(claim);
    }
}
