package org.flow6.northbound.etcd;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.flow6.northbound.etcd.Etcd.connected;
import static org.flow6.northbound.etcd.Etcd.until;

import io.etcd.jetcd.Client;
import io.etcd.jetcd.options.CompactOption;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.flow6.northbound.Document;
import org.flow6.northbound.ObjectKey;
import org.flow6.northbound.Store;
import org.flow6.northbound.StoreException;
import org.flow6.northbound.StoreState;
import org.flow6.northbound.Transaction;
import org.flow6.northbound.Transaction.Outcome;
import org.junit.jupiter.api.Test;

/** What hosts write and have, whatever becomes of etcd in between. */
class EtcdStoreTest extends EtcdScene {
    @Test
    void whatOneHostCommitsAllHave() throws Exception {
        try (Etcd etcd = new Etcd(folder, "http");
                EtcdStore a = connected(etcd.settings("a"));
                EtcdStore b = connected(etcd.settings("b"))) {
            long first = revision(commit(a, tx().put(VM1, "{1}").put(VM2, "{2}")));
            assertThat(a.state().objects())
                    .isEqualTo(Map.of(VM1, new Document("{1}", first), VM2, new Document("{2}", first)));
            until(() -> b.state().revision() >= first);
            assertThat(b.state().objects()).isEqualTo(a.state().objects());

            assertThat(commit(b, tx().require(VM1, OptionalLong.empty()).put(VM1, "{3}")))
                    .isEqualTo(new Outcome.Conflict(Set.of(VM1)));
            long second = revision(commit(
                    b, tx().require(VM1, OptionalLong.of(first)).put(VM1, "{3}").remove(VM2)));
            until(() -> a.state().revision() >= second);
            assertThat(a.state().objects()).isEqualTo(Map.of(VM1, new Document("{3}", second)));
        }
    }

    @Test
    void knowsWhatTheNewestIsBeforeItIsTold() throws Exception {
        try (Etcd etcd = new Etcd(folder, "http");
                EtcdStore a = connected(etcd.settings("a"));
                EtcdStore b = connected(etcd.settings("b"))) {
            assertThat(b.newest()).isZero();
            for (int i = 0; i < 20; i++) {
                long made = revision(commit(a, tx().put(VM1, "{" + i + "}")));
                assertThat(b.newest()).isEqualTo(made);
                until(() -> b.state().revision() == made);
            }
        }
    }

    @Test
    void nothingIsGivenTwice() throws Exception {
        try (Etcd etcd = new Etcd(folder, "http");
                EtcdStore a = connected(etcd.settings("a"));
                EtcdStore b = connected(etcd.settings("b"))) {
            List<CompletionStage<Outcome>> outcomes = new ArrayList<>();
            for (int i = 0; i < 20; i++) {
                Store store = i % 2 == 0 ? a : b;
                ObjectKey key = new ObjectKey("ports", "p" + i);
                outcomes.add(store.commit(tx().require(key, OptionalLong.empty())
                        .put(key, port("blue", Integer.toString(i % 5)))
                        .build()));
            }
            assertThat(outcomes.stream()
                            .map(outcome -> outcome.toCompletableFuture().join())
                            .filter(Outcome.Committed.class::isInstance))
                    .hasSize(5);
            until(() -> a.state().objects().size() == 5 && b.state().objects().size() == 5);

            // Given back, and in the same transaction taken by another.
            ObjectKey had = a.state().objects().keySet().iterator().next();
            String text = Objects.requireNonNull(a.state().objects().get(had)).json();
            ObjectKey next = new ObjectKey("ports", "next");
            assertThat(commit(b, tx().put(next, text))).isInstanceOf(Outcome.Conflict.class);
            revision(commit(b, tx().remove(had).put(next, text)));
            revision(commit(b, tx().remove(next)));
            revision(commit(b, tx().put(had, text)));
        }
    }

    @Test
    void whatHasToBeAloneIs() throws Exception {
        try (Etcd etcd = new Etcd(folder, "http");
                EtcdStore a = connected(etcd.settings("a"));
                EtcdStore b = connected(etcd.settings("b"))) {
            long base = revision(commit(a, tx().put(BLUE, "{}")));
            Transaction port = new Transaction(base, false, Map.of(VM1, 0L), Map.of(VM1, Optional.of("{}")));
            revision(commit(a, port));
            Transaction other = new Transaction(base, false, Map.of(VM2, 0L), Map.of(VM2, Optional.of("{}")));
            long now = revision(commit(b, other));
            // Its conditions hold, and yet there are ports now.
            Transaction removal =
                    new Transaction(base, true, Map.of(BLUE, base), Map.of(BLUE, Optional.<String>empty()));
            assertThat(commit(a, removal)).isEqualTo(new Outcome.Conflict(Set.of()));
            until(() -> a.state().revision() >= now);
            revision(commit(a, new Transaction(now, true, Map.of(), removal.writes())));
            ObjectKey vm3 = new ObjectKey("ports", "vm3");
            assertThat(commit(b, new Transaction(now, false, Map.of(vm3, 0L), Map.of(vm3, Optional.of("{}")))))
                    .isInstanceOf(Outcome.Conflict.class);
        }
    }

    @Test
    void aThousandObjectsChangeAtOnce() throws Exception {
        try (Etcd etcd = new Etcd(folder, "http");
                EtcdStore a = connected(etcd.settings("a"));
                EtcdStore b = connected(etcd.settings("b"))) {
            long base = revision(commit(a, tx().put(BLUE, "{}")));
            Map<ObjectKey, Optional<String>> writes = new HashMap<>();
            Map<ObjectKey, Long> conditions = new HashMap<>();
            for (int i = 0; i < 1000; i++) {
                ObjectKey key = new ObjectKey("ports", "p" + i);
                writes.put(key, Optional.of(port("n" + i, "1")));
                conditions.put(key, 0L);
            }
            long many = revision(commit(a, new Transaction(base, true, conditions, writes)));
            until(() -> b.state().revision() >= many);
            assertThat(b.state().objects()).hasSize(1001);
            Map<ObjectKey, Long> held = new HashMap<>();
            conditions.keySet().forEach(key -> held.put(key, many));
            assertThatThrownBy(() -> commit(b, new Transaction(held, writes)))
                    .hasCauseInstanceOf(StoreException.class)
                    .hasMessageContaining("conditions in one transaction");
            String large = "x".repeat(2 << 20);
            assertThatThrownBy(() -> commit(b, tx().put(VM1, large)))
                    .hasCauseInstanceOf(StoreException.class)
                    .hasMessageContaining("too large");
        }
    }

    @Test
    void withoutEtcdItIsReadAndNotWritten() throws Exception {
        List<StoreState> told = new ArrayList<>();
        try (Etcd etcd = new Etcd(folder, "http")) {
            long first;
            try (EtcdStore a = connected(etcd.settings("a"))) {
                first = revision(commit(a, tx().put(VM1, "{1}")));
                etcd.kill();
                until(() -> !a.status().connected());
                assertThat(a.state().objects()).hasSize(1);
                assertThatThrownBy(() -> commit(a, tx().put(VM2, "{}")))
                        .hasCauseInstanceOf(StoreException.class)
                        .hasMessageContaining("etcd cannot be reached");
                assertThatThrownBy(a::newest)
                        .isInstanceOf(StoreException.class)
                        .hasMessageContaining("etcd cannot be reached");
                etcd.restart();
                until(() -> a.status().connected());
                revision(commit(a, tx().put(VM2, "{2}")));
            }
            etcd.kill();
            try (EtcdStore again = EtcdStore.open(etcd.settings("a"));
                    EtcdStore empty = EtcdStore.open(etcd.settings("new"))) {
                assertThat(again.status().known()).isTrue();
                assertThat(again.state().objects()).hasSize(2).containsEntry(VM1, new Document("{1}", first));
                StoreState start = again.watch((now, difference) -> told.add(now));
                assertThat(start.objects()).hasSize(2);
                assertThat(empty.status().known()).isFalse();
                etcd.restart();
                until(() -> again.status().connected() && empty.status().connected());
                assertThat(told).isEmpty();
                assertThat(empty.state().objects()).isEqualTo(start.objects());
                revision(commit(empty, tx().remove(VM1)));
                until(() -> again.state().objects().size() == 1);
            }
        }
    }

    @Test
    void aDamagedSnapshotIsNotTaken() throws Exception {
        try (Etcd etcd = new Etcd(folder, "http")) {
            EtcdSettings settings = etcd.settings("a");
            try (EtcdStore a = connected(settings)) {
                revision(commit(a, tx().put(VM1, "{1}").put(VM2, "{\"x\": \"\\n\"}\n")));
            }
            Path snapshot = settings.snapshot().orElseThrow();
            String whole = Files.readString(snapshot);
            SnapshotFile file = new SnapshotFile(snapshot, "/flow6", () -> StoreState.EMPTY);
            assertThat(file.read().orElseThrow().objects()).hasSize(2);
            assertThat(new SnapshotFile(snapshot, "/other", () -> StoreState.EMPTY).read())
                    .isEmpty();
            for (int length : new int[] {0, 10, whole.indexOf('\n') + 1, whole.length() - 30, whole.lastIndexOf('{')}) {
                Files.writeString(snapshot, whole.substring(0, length));
                assertThat(file.read()).as("%d octets", length).isEmpty();
            }
        }
    }

    /** What has happened in the meantime is forgotten by etcd, but not what came of it. */
    @Test
    void compactionWhileAwayDoesNotMatter() throws Exception {
        try (Etcd etcd = new Etcd(folder, "http")) {
            try (EtcdStore b = connected(etcd.settings("b"))) {
                revision(commit(b, tx().put(VM1, "{1}").put(VM2, "{2}")));
            }
            try (EtcdStore a = connected(etcd.settings("a"));
                    Client client = Client.builder().endpoints(etcd.endpoint()).build()) {
                revision(commit(a, tx().remove(VM1)));
                long last = revision(commit(a, tx().put(BLUE, "{}")));
                client.getKVClient()
                        .compact(
                                last,
                                CompactOption.builder()
                                        .withCompactPhysical(true)
                                        .build())
                        .get(10, TimeUnit.SECONDS);
                try (EtcdStore b = EtcdStore.open(etcd.settings("b"))) {
                    assertThat(b.state().objects()).containsOnlyKeys(VM1, VM2);
                    until(() -> b.state().objects().keySet().equals(Set.of(VM2, BLUE)));
                }
            }
        }
    }
}
