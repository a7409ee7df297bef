package org.flow6.northbound;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class FileStoreTest {
    private static final ObjectKey A = new ObjectKey("ports", "a");
    private static final ObjectKey B = new ObjectKey("ports", "b");

    private int readings;
    private final FileStore store = new FileStore(Path.of("network.yaml"));

    /** Each word is an object, with its first letter as its id. */
    private Map<ObjectKey, String> objects(String text) {
        readings++;
        return Stream.of(text.split(" "))
                .collect(Collectors.toMap(word -> new ObjectKey("ports", word.substring(0, 1)), word -> word));
    }

    private void take(String text) {
        store.take(() -> objects(text));
    }

    @Test
    void looksAtTheFileWhenSomebodyWantsToKnow() {
        assertThat(store.isCurrent()).isTrue();
        take("a1");
        take("a2 b1");
        assertThat(readings).isZero();
        assertThat(store.isCurrent()).isFalse();
        store.refresh();
        assertThat(store.isCurrent()).isTrue();
        assertThat(store.state().objects()).containsOnlyKeys(A, B);
        store.refresh();
        assertThat(readings).isEqualTo(1);
    }

    @Test
    void tellsWatchersWhatChanged() {
        List<Map<ObjectKey, Optional<Document>>> told = new ArrayList<>();
        store.watch((now, difference) -> told.add(difference));
        take("a1 b1");
        store.refresh();
        take("a1 b2");
        store.refresh();
        take("a1");
        store.refresh();
        assertThat(told).hasSize(3);
        assertThat(told.get(0)).containsOnlyKeys(A, B);
        assertThat(told.get(1)).isEqualTo(Map.of(B, Optional.of(new Document("b2", 2))));
        assertThat(told.get(2)).isEqualTo(Map.of(B, Optional.empty()));
        assertThat(store.state().revisionOf(A)).isEqualTo(1);
    }

    @Test
    void isNotWritten() {
        Transaction transaction = new Transaction.Builder().put(A, "{}").build();
        assertThatThrownBy(() -> store.commit(transaction).toCompletableFuture().join())
                .hasCauseInstanceOf(StoreException.class)
                .hasMessageContaining("network.yaml");
        assertThat(store.readOnly()).hasValueSatisfying(why -> assertThat(why).contains("network.yaml"));
    }
}
