package org.flow6.northbound.etcd;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.flow6.network.Fact;
import org.flow6.network.FactExchange.Place;
import org.flow6.network.FactExchange.Told;
import org.flow6.network.Facts;
import org.flow6.network.Id;
import org.flow6.northbound.ObjectKey;
import org.flow6.northbound.Transaction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EtcdFactsTest {
    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path folder;

    private static Fact fact(String name, String value) {
        return new Fact(new Fact.Key("kind", Id.of("a/b c"), name), value, Optional.empty());
    }

    /** All that somebody has heard, and still holds. */
    private static final class Heard {
        private final Map<Place, Told> all = new HashMap<>();
        private int times;

        Heard(EtcdStore store) {
            store.facts().follow(this::take);
        }

        private synchronized void take(Map<Place, Optional<Told>> news) {
            times++;
            news.forEach((place, told) -> {
                if (told.isPresent()) {
                    all.put(place, told.get());
                } else {
                    all.remove(place);
                }
            });
        }

        synchronized boolean hasHeard() {
            return times > 0;
        }

        synchronized Map<String, List<Fact>> facts() {
            Map<String, List<Fact>> facts = new HashMap<>();
            all.forEach((place, told) -> facts.computeIfAbsent(place.host(), host -> new ArrayList<>())
                    .add(told.fact()));
            return facts;
        }

        synchronized int size() {
            return all.size();
        }

        synchronized long written(String host, Fact fact) {
            Told told = all.get(new Place(host, fact.key()));
            return told == null ? 0 : told.written();
        }
    }

    private static void tell(EtcdStore store, Fact... facts) {
        store.facts().tell(Facts.Change.remember(facts));
    }

    @Test
    void whatOneHostTellsAllHear() throws Exception {
        Fact lasting = fact("2001:db8::/56 x", "\"quoted\" é");
        Fact ending = new Fact(fact("b", "").key(), "", Optional.of(Instant.parse("2026-11-22T00:00:00.123Z")));
        try (Etcd etcd = new Etcd(folder, "http");
                EtcdStore a = Etcd.connected(etcd.settings("host/a"));
                EtcdStore b = Etcd.connected(etcd.settings("host"))) {
            Heard byA = new Heard(a);
            Heard byB = new Heard(b);
            Etcd.until(() -> byA.hasHeard() && byB.hasHeard());
            tell(a, lasting, ending);
            tell(b, ending);
            Etcd.until(() -> byA.size() == 3 && byB.size() == 3);
            assertThat(byB.facts().get("host/a")).containsExactlyInAnyOrder(lasting, ending);
            assertThat(byA.facts().get("host")).containsExactly(ending);
            long before = byA.written("host", ending);
            tell(b, fact("b", "new"));
            Etcd.until(() -> byA.written("host", ending) > before);
            a.facts().tell(Facts.Change.forget(lasting.key(), ending.key()));
            Etcd.until(() -> byA.facts().equals(Map.of("host", List.of(fact("b", "new")))));
            Etcd.until(() -> byB.facts().equals(byA.facts()));
        }
    }

    /** Facts change nothing that transactions of the network depend on. */
    @Test
    void standsInTheWayOfNoOtherChange() throws Exception {
        try (Etcd etcd = new Etcd(folder, "http");
                EtcdStore a = Etcd.connected(etcd.settings("a"))) {
            Heard heard = new Heard(a);
            Etcd.until(heard::hasHeard);
            long base = a.state().revision();
            tell(a, fact("x", "1"));
            Etcd.until(() -> heard.size() == 1);
            ObjectKey blue = new ObjectKey("networks", "blue");
            assertThat(a.commit(new Transaction(base, true, Map.of(blue, 0L), Map.of(blue, Optional.of("{}"))))
                            .toCompletableFuture()
                            .join())
                    .isInstanceOf(Transaction.Outcome.Committed.class);
        }
    }

    @Test
    void whatIsToldWithoutEtcdIsWrittenWhenItIsBack() throws Exception {
        try (Etcd etcd = new Etcd(folder, "http");
                EtcdStore a = Etcd.connected(etcd.settings("a"))) {
            Heard byA = new Heard(a);
            Etcd.until(byA::hasHeard);
            tell(a, fact("old", "1"), fact("kept", "1"));
            Etcd.until(() -> byA.size() == 2);
            etcd.kill();
            Etcd.until(() -> !a.status().connected());
            List<Fact> many = new ArrayList<>();
            for (int i = 0; i < 1000; i++) {
                many.add(fact("n" + i, "1"));
            }
            a.facts().tell(new Facts.Change(many, List.of(fact("old", "").key())));
            tell(a, fact("n7", "2"));
            try (EtcdStore b = EtcdStore.open(etcd.settings("b"))) {
                Heard byB = new Heard(b);
                etcd.restart();
                Etcd.until(() -> byA.size() == 1001 && byB.size() == 1001);
                assertThat(byB.facts().get("a"))
                        .contains(fact("kept", "1"), fact("n7", "2"), fact("n999", "1"))
                        .doesNotContain(fact("old", "1"));
            }
        }
    }

    /** Whether etcd has told of the one between or not: see {@link ToldFactsTest}. */
    @Test
    void whatIsChangedAndChangedBackIsAsItWas() throws Exception {
        Fact one = fact("a", "one");
        Fact other = fact("a", "other");
        try (Etcd etcd = new Etcd(folder, "http");
                EtcdStore a = Etcd.connected(etcd.settings("a"));
                EtcdStore b = Etcd.connected(etcd.settings("b"))) {
            Heard heard = new Heard(b);
            new Heard(a);
            for (int i = 0; i < 100; i++) {
                tell(a, other);
                if (i % 2 == 0) {
                    Etcd.until(() -> List.of(other).equals(heard.facts().get("a")));
                }
                tell(a, one);
            }
            Fact last = fact("z", "last");
            tell(a, last);
            Etcd.until(() -> heard.written("a", last) > 0);
            assertThat(heard.facts().get("a")).containsExactlyInAnyOrder(one, last);
        }
    }

    @Test
    void leavesOutWhatIsNoFact() throws Exception {
        try (Etcd etcd = new Etcd(folder, "http");
                EtcdStore a = Etcd.connected(etcd.settings("a"))) {
            for (String key : List.of("a/kind/net/x", "a/kind/net", "a/kind//x", "a/kind/net/%zz", "a/kind/net/y")) {
                String text = key.endsWith("x")
                        ? "not JSON"
                        : key.endsWith("y") ? "{\"until\": \"now\"}" : "{\"value\": \"1\"}";
                etcd.put("/flow6/facts/" + key, text);
            }
            etcd.put("/flow6/facts/a/kind/net/z", "{\"value\": \"1\"}");
            Heard heard = new Heard(a);
            Etcd.until(heard::hasHeard);
            assertThat(heard.size()).isEqualTo(1);
        }
    }
}
