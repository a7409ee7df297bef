package org.flow6.network;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class FactsTest {
    private static final Instant NOW = Instant.parse("2026-11-21T03:04:05Z");
    private static final Id<Network> BLUE = Id.of("blue");
    private static final Id<Network> RED = Id.of("red");

    private static Fact fact(String kind, Id<Network> network, String name, String value) {
        return new Fact(new Fact.Key(kind, network, name), value, Optional.empty());
    }

    private static Fact until(String name, Instant until) {
        return new Fact(new Fact.Key("lease", BLUE, name), "", Optional.of(until));
    }

    @Test
    void keepsOneFactForAKey() {
        Fact first = fact("lease", BLUE, "a", "1");
        Fact second = fact("lease", BLUE, "a", "2");
        Facts facts = Facts.NONE.with(Facts.Change.remember(first));
        Facts next = facts.with(Facts.Change.remember(second));
        assertThat(facts.get(first.key(), NOW)).contains(first);
        assertThat(next.get(first.key(), NOW)).contains(second);
        assertThat(next.size()).isEqualTo(1);
        assertThat(next.all()).containsExactly(second);
        assertThat(next.with(Facts.Change.remember(second))).isSameAs(next);
    }

    @Test
    void tellsKindsAndNetworksApart() {
        List<Fact> all = List.of(
                fact("lease", BLUE, "a", "1"),
                fact("lease", BLUE, "b", "2"),
                fact("lease", RED, "a", "3"),
                fact("declined", BLUE, "a", "4"));
        Facts facts = Facts.NONE.with(new Facts.Change(all, List.of()));
        assertThat(facts.of("lease", BLUE, NOW)).containsExactlyInAnyOrder(all.get(0), all.get(1));
        assertThat(facts.of("lease", RED, NOW)).containsExactly(all.get(2));
        assertThat(facts.of("declined", RED, NOW)).isEmpty();
        assertThat(facts.get(all.get(3).key(), NOW)).contains(all.get(3));
        assertThat(facts.size()).isEqualTo(4);
    }

    @Test
    void forgetsBeforeItRemembers() {
        Fact fact = fact("lease", BLUE, "a", "1");
        Facts facts = Facts.NONE.with(Facts.Change.remember(fact));
        Fact.Key key = fact.key();
        assertThat(facts.with(Facts.Change.forget(key))).isEqualTo(Facts.NONE);
        Facts.Change both = new Facts.Change(List.of(fact("lease", BLUE, "a", "2")), List.of(key));
        assertThat(facts.with(both).get(key, NOW)).map(Fact::value).contains("2");
        assertThat(Facts.NONE.with(Facts.Change.forget(key))).isSameAs(Facts.NONE);
        assertThat(Facts.Change.NONE.isEmpty()).isTrue();
        assertThat(both.isEmpty()).isFalse();
    }

    @Test
    void aFactEndsByItself() {
        Fact fact = until("a", NOW);
        Facts facts = Facts.NONE.with(Facts.Change.remember(fact));
        assertThat(facts.get(fact.key(), NOW.minusNanos(1))).contains(fact);
        assertThat(facts.get(fact.key(), NOW)).isEmpty();
        assertThat(facts.of("lease", BLUE, NOW)).isEmpty();
        assertThat(facts.heldAt(NOW.minusNanos(1))).isSameAs(facts);
        assertThat(facts.heldAt(NOW)).isEqualTo(Facts.NONE);
    }

    @Test
    void tellsWhetherSomeOfAKindOnANetworkEnd() {
        Fact lasting = fact("lease", BLUE, "a", "1");
        Fact ending = until("b", NOW);
        Facts facts = Facts.NONE.with(Facts.Change.remember(lasting));
        assertThat(facts.someEnd("lease", BLUE)).isFalse();
        Facts both = facts.with(Facts.Change.remember(ending));
        assertThat(both.someEnd("lease", BLUE)).isTrue();
        assertThat(both.someEnd("lease", RED)).isFalse();
        assertThat(both.someEnd("declined", BLUE)).isFalse();
        assertThat(both.with(Facts.Change.remember(until("b", NOW.plusSeconds(1))))
                        .with(Facts.Change.forget(ending.key()))
                        .someEnd("lease", BLUE))
                .isFalse();
        assertThat(both.with(Facts.Change.remember(fact("lease", BLUE, "b", "2")))
                        .someEnd("lease", BLUE))
                .isFalse();
        assertThat(both.with(Facts.Change.remember(until("a", NOW)))
                        .with(Facts.Change.forget(ending.key()))
                        .someEnd("lease", BLUE))
                .isTrue();
        assertThat(both.heldAt(NOW).someEnd("lease", BLUE)).isFalse();
    }

    @Test
    void showsThoseOfOthersBesideItsOwn() {
        Fact mine = fact("lease", BLUE, "a", "mine");
        Fact hidden = fact("lease", BLUE, "a", "theirs");
        Fact theirs = fact("lease", BLUE, "b", "theirs");
        Facts others = Facts.NONE.with(new Facts.Change(List.of(hidden, theirs, until("c", NOW)), List.of()));
        Facts both = Facts.NONE.with(Facts.Change.remember(mine)).beside(others);
        assertThat(both.of("lease", BLUE, NOW)).containsExactlyInAnyOrder(mine, theirs);
        assertThat(both.of("lease")).containsExactlyInAnyOrder(mine, theirs, until("c", NOW));
        assertThat(both.all()).hasSize(3);
        assertThat(both.get(mine.key(), NOW)).contains(mine);
        assertThat(both.get(theirs.key(), NOW)).contains(theirs);
        assertThat(both.someEnd("lease", BLUE)).isTrue();
        assertThat(both.size()).isEqualTo(1);
        assertThat(both.own().all()).containsExactly(mine);
        assertThat(both.beside(Facts.NONE)).isEqualTo(both.own()).isNotEqualTo(both);
        assertThat(both.over(NOW)).isEqualTo(Facts.Change.NONE);

        Facts without = both.with(Facts.Change.forget(mine.key(), theirs.key()));
        assertThat(without.get(mine.key(), NOW)).contains(hidden);
        assertThat(without.get(theirs.key(), NOW)).contains(theirs);
        assertThat(without.with(Facts.Change.remember(theirs)).own().all()).containsExactly(theirs);
    }

    @Test
    void leavesOutWhatIsTooMuchButChangesWhatIsThere() {
        List<Fact> many = new ArrayList<>();
        for (int i = 0; i < Facts.MOST + 10; i++) {
            many.add(fact("lease", BLUE, String.valueOf(i), "1"));
        }
        Facts facts = Facts.NONE.with(new Facts.Change(many, List.of()));
        assertThat(facts.size()).isEqualTo(Facts.MOST);
        assertThat(facts.get(many.get(Facts.MOST).key(), NOW)).isEmpty();
        Facts changed = facts.with(Facts.Change.remember(fact("lease", BLUE, "7", "2")));
        assertThat(changed.get(many.get(7).key(), NOW)).map(Fact::value).contains("2");
        Facts.Change swap = new Facts.Change(
                List.of(many.get(Facts.MOST)), List.of(many.get(0).key()));
        assertThat(facts.with(swap).get(many.get(Facts.MOST).key(), NOW)).isPresent();
    }

    @Test
    void equalsAMapOfFactsAfterManyChanges() {
        SplittableRandom random = new SplittableRandom(1);
        Facts facts = Facts.NONE;
        Map<Fact.Key, Fact> expected = new HashMap<>();
        for (int i = 0; i < 5000; i++) {
            Fact fact = fact(
                    "k" + random.nextInt(3),
                    random.nextBoolean() ? BLUE : RED,
                    "n" + random.nextInt(20),
                    "v" + random.nextInt(3));
            if (random.nextInt(3) == 0) {
                facts = facts.with(Facts.Change.forget(fact.key()));
                expected.remove(fact.key());
            } else {
                facts = facts.with(Facts.Change.remember(fact));
                expected.put(fact.key(), fact);
            }
            assertThat(facts.size()).isEqualTo(expected.size());
        }
        assertThat(facts.all()).containsExactlyInAnyOrderElementsOf(expected.values());
        Facts again = Facts.NONE.with(new Facts.Change(List.copyOf(expected.values()), List.of()));
        assertThat(again).isEqualTo(facts).hasSameHashCodeAs(facts);
        assertThat(Stream.of(facts.toString())).allMatch(text -> text.startsWith("Facts"));
    }
}
