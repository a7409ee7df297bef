package org.flow6.northbound;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import org.flow6.northbound.Transaction.Outcome;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EmbeddedStoreTest {
    private static final ObjectKey VM1 = new ObjectKey("ports", "vm1");
    private static final ObjectKey VM2 = new ObjectKey("ports", "a/slash and ü");

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path folder;

    private static Outcome commit(Store store, Transaction.Builder transaction) {
        return store.commit(transaction.build()).toCompletableFuture().join();
    }

    private static Transaction.Builder tx() {
        return new Transaction.Builder();
    }

    @Test
    void keepsWhatIsCommittedOverARestart() {
        try (EmbeddedStore store = EmbeddedStore.open(folder)) {
            assertThat(store.state()).isEqualTo(StoreState.EMPTY);
            assertThat(commit(store, tx().put(VM1, "{1}").put(VM2, "{2}"))).isEqualTo(new Outcome.Committed(1));
            assertThat(commit(store, tx().put(VM2, "{3}"))).isEqualTo(new Outcome.Committed(2));
        }
        try (EmbeddedStore store = EmbeddedStore.open(folder)) {
            assertThat(store.state().revision()).isEqualTo(2);
            assertThat(store.state().objects())
                    .isEqualTo(Map.of(VM1, new Document("{1}", 1), VM2, new Document("{3}", 2)));
        }
    }

    @Test
    void changesNothingWhereAConditionIsNotMet() {
        try (EmbeddedStore store = EmbeddedStore.open(folder)) {
            commit(store, tx().put(VM1, "{1}"));
            StoreState before = store.state();
            assertThat(commit(
                            store,
                            tx().require(VM1, OptionalLong.empty())
                                    .put(VM1, "{2}")
                                    .put(VM2, "{2}")))
                    .isEqualTo(new Outcome.Conflict(Set.of(VM1)));
            assertThat(commit(store, tx().require(VM2, OptionalLong.of(1)).remove(VM1)))
                    .isEqualTo(new Outcome.Conflict(Set.of(VM2)));
            assertThat(store.state()).isEqualTo(before);
            assertThat(commit(store, tx().require(VM1, OptionalLong.of(1)).remove(VM1)))
                    .isEqualTo(new Outcome.Committed(2));
            assertThat(store.state().objects()).isEmpty();
        }
    }

    /** Those that wait are written together, and each sees what the ones before it did. */
    @Test
    void ofManyThatWantTheSameOneGetsIt() {
        try (EmbeddedStore store = EmbeddedStore.open(folder)) {
            List<CompletionStage<Outcome>> outcomes = new ArrayList<>();
            for (int i = 0; i < 1000; i++) {
                outcomes.add(store.commit(tx().require(VM1, OptionalLong.empty())
                        .put(VM1, "{" + i + "}")
                        .build()));
            }
            assertThat(outcomes.stream()
                            .map(outcome -> outcome.toCompletableFuture().join())
                            .filter(Outcome.Committed.class::isInstance))
                    .hasSize(1);
            assertThat(store.state().revision()).isEqualTo(1);
        }
    }

    @Test
    void isOfOneProcessAtATime() {
        try (EmbeddedStore store = EmbeddedStore.open(folder)) {
            assertThat(store.state().revision()).isZero();
            assertThatThrownBy(() -> EmbeddedStore.open(folder))
                    .isInstanceOf(StoreException.class)
                    .hasMessageContaining(folder + " is in use");
        }
        EmbeddedStore.open(folder).close();
    }

    @Test
    void saysWhatIsWrongWithItsFolder() throws Exception {
        Path file = folder.resolve("file");
        Files.writeString(file, "x");
        assertThatThrownBy(() -> EmbeddedStore.open(file))
                .isInstanceOf(StoreException.class)
                .hasMessageContaining("cannot be made");
        Files.writeString(folder.resolve("network.mv.db"), "no store at all".repeat(1000));
        assertThatThrownBy(() -> EmbeddedStore.open(folder))
                .isInstanceOf(StoreException.class)
                .hasMessageContaining("is damaged");
    }

    @Test
    void aClosedStoreTakesNothing() {
        EmbeddedStore store = EmbeddedStore.open(folder);
        store.close();
        CompletableFuture<Outcome> outcome =
                store.commit(tx().put(VM1, "{}").build()).toCompletableFuture();
        assertThatThrownBy(outcome::join)
                .isInstanceOf(CompletionException.class)
                .hasCauseInstanceOf(StoreException.class);
    }

    /** Whoever follows the store has what it has; random transactions, under conditions that hold or do not. */
    @Test
    void tellsEveryChangeInOrder() {
        for (long seed = 1; seed <= 3; seed++) {
            Random random = new Random(seed);
            Map<ObjectKey, Document> followed = new HashMap<>();
            List<Long> revisions = new ArrayList<>();
            Map<ObjectKey, Document> expected;
            try (EmbeddedStore store = EmbeddedStore.open(folder.resolve("seed" + seed))) {
                StoreState start = store.watch((now, difference) -> {
                    revisions.add(now.revision());
                    difference.forEach((key, document) -> {
                        if (document.isPresent()) {
                            followed.put(key, document.get());
                        } else {
                            assertThat(followed.remove(key)).isNotNull();
                        }
                    });
                    assertThat(now.objects()).isEqualTo(followed);
                });
                assertThat(start).isEqualTo(StoreState.EMPTY);
                for (int i = 0; i < 300; i++) {
                    var unused = store.commit(random(random, store.state()));
                }
                store.commit(tx().build()).toCompletableFuture().join();
                expected = new LinkedHashMap<>(store.state().objects());
            }
            assertThat(followed).isEqualTo(expected);
            assertThat(revisions).isSorted().doesNotHaveDuplicates();
            try (EmbeddedStore again = EmbeddedStore.open(folder.resolve("seed" + seed))) {
                assertThat(again.state().objects()).isEqualTo(expected);
                assertThat(StoreState.EMPTY.differenceTo(again.state())).hasSameSizeAs(expected);
            }
        }
    }

    private static Transaction random(Random random, StoreState state) {
        Map<ObjectKey, Long> conditions = new HashMap<>();
        Map<ObjectKey, Optional<String>> writes = new HashMap<>();
        for (int i = random.nextInt(4); i >= 0; i--) {
            ObjectKey key = new ObjectKey("ports", "p" + random.nextInt(20));
            writes.put(key, random.nextInt(3) == 0 ? Optional.empty() : Optional.of("{" + random.nextInt(5) + "}"));
            if (random.nextBoolean()) {
                conditions.put(key, state.revisionOf(key));
            }
        }
        return new Transaction(conditions, writes);
    }
}
