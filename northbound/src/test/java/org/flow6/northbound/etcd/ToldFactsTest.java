package org.flow6.northbound.etcd;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.flow6.network.Fact;
import org.flow6.network.FactExchange.Place;
import org.flow6.network.FactExchange.Told;
import org.flow6.network.Facts;
import org.flow6.network.Id;
import org.junit.jupiter.api.Test;

/** What is written to etcd, whenever etcd tells of it. */
class ToldFactsTest {
    private static final Fact ONE = fact("a", "one");
    private static final Fact OTHER = fact("a", "other");
    private static final Fact.Key KEY = ONE.key();

    private final ToldFacts facts = new ToldFacts("own");
    private long revision;

    private static Fact fact(String name, String value) {
        return new Fact(new Fact.Key("kind", Id.of("net"), name), value, Optional.empty());
    }

    private void tell(Fact... some) {
        facts.tell(Facts.Change.remember(some));
    }

    private Map<Place, Optional<Told>> heard(String host, Fact.Key key, Optional<Fact> now) {
        Map<Place, Optional<Told>> difference = new LinkedHashMap<>();
        facts.heard(new Place(host, key), now.map(fact -> new Told(fact, ++revision)), difference);
        return difference;
    }

    /** Writes what is due, and expects this. */
    private void written(Map<Fact.Key, Optional<Fact>> expected) {
        Map<Fact.Key, Optional<Fact>> due = facts.due(100);
        assertThat(due).isEqualTo(expected);
        facts.taken(due);
        assertThat(facts.hasPending()).isFalse();
    }

    @Test
    void onlyTheNewestOfAKeyIsWritten() {
        tell(ONE);
        tell(OTHER, fact("b", "1"));
        facts.tell(Facts.Change.forget(fact("b", "").key()));
        written(Map.of(KEY, Optional.of(OTHER)));
    }

    @Test
    void whatIsSoAlreadyIsNotWritten() {
        heard("own", KEY, Optional.of(ONE));
        tell(ONE);
        written(Map.of());
        heard("own", KEY, Optional.empty());
        tell(ONE);
        written(Map.of(KEY, Optional.of(ONE)));
        tell(ONE);
        written(Map.of());
    }

    @Test
    void whatOthersTellIsNotItsOwn() {
        assertThat(heard("host", KEY, Optional.of(ONE))).hasSize(1);
        tell(ONE);
        written(Map.of(KEY, Optional.of(ONE)));
        facts.tell(Facts.Change.forget(KEY));
        written(Map.of(KEY, Optional.empty()));
        assertThat(facts.size()).isEqualTo(1);
    }

    /** What is known is not what etcd has, until it has told of the one between. */
    @Test
    void whatIsChangedBackBeforeEtcdTellsIsWrittenAgain() {
        heard("own", KEY, Optional.of(ONE));
        tell(OTHER);
        written(Map.of(KEY, Optional.of(OTHER)));
        tell(ONE);
        written(Map.of(KEY, Optional.of(ONE)));
        heard("own", KEY, Optional.of(OTHER));
        tell(ONE);
        written(Map.of());
        heard("own", KEY, Optional.of(ONE));
        tell(ONE);
        written(Map.of());
        tell(OTHER);
        written(Map.of(KEY, Optional.of(OTHER)));
    }

    @Test
    void whatIsForgottenAndBackBeforeEtcdTellsIsWrittenAgain() {
        heard("own", KEY, Optional.of(ONE));
        facts.tell(Facts.Change.forget(KEY));
        written(Map.of(KEY, Optional.empty()));
        tell(ONE);
        written(Map.of(KEY, Optional.of(ONE)));
    }

    /** As when somebody takes out the host: what it wrote a moment before is told together with that. */
    @Test
    void whatSomebodyElseRemovedIsWrittenAgain() {
        tell(ONE);
        written(Map.of(KEY, Optional.of(ONE)));
        heard("own", KEY, Optional.of(ONE));
        heard("own", KEY, Optional.empty());
        tell(ONE);
        written(Map.of(KEY, Optional.of(ONE)));
    }

    @Test
    void whatEtcdRefusedIsWrittenLaterAsItIsThen() {
        Fact b = fact("b", "1");
        tell(ONE, b);
        Map<Fact.Key, Optional<Fact>> due = facts.due(100);
        tell(OTHER);
        facts.refused(due);
        assertThat(facts.hasPending()).isTrue();
        written(Map.of(KEY, Optional.of(OTHER), b.key(), Optional.of(b)));
    }

    @Test
    void writesSoMuchAtOnceAtMost() {
        tell(IntStream.range(0, 250).mapToObj(i -> fact("n" + i, "1")).toArray(Fact[]::new));
        for (int size : new int[] {100, 100, 50, 0}) {
            assertThat(facts.due(100)).hasSize(size);
        }
    }

    @Test
    void aNewLookAtAllTellsWhatDiffers() {
        Place a = new Place("host", KEY);
        Place b = new Place("host", fact("b", "").key());
        Told one = new Told(ONE, 1);
        Told other = new Told(fact("b", "1"), 2);
        assertThat(facts.heardAll(Map.of(a, Optional.of(one), b, Optional.of(other))))
                .hasSize(2);
        assertThat(facts.heardAll(Map.of(b, Optional.of(other)))).isEqualTo(Map.of(a, Optional.empty()));
        assertThat(facts.heardAll(Map.of(b, Optional.of(other)))).isEmpty();
        assertThat(facts.size()).isEqualTo(1);
    }

    /** What etcd took may be undone by a backup that was put back. */
    @Test
    void aNewLookAtAllIsWhatEtcdHas() {
        heard("own", KEY, Optional.of(ONE));
        tell(OTHER);
        written(Map.of(KEY, Optional.of(OTHER)));
        facts.heardAll(Map.of(new Place("own", KEY), Optional.of(new Told(ONE, 1))));
        tell(OTHER);
        written(Map.of(KEY, Optional.of(OTHER)));
    }
}
