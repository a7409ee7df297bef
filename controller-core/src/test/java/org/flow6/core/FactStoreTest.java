package org.flow6.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.flow6.core.FactFileTest.fact;

import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.flow6.core.Status.ErrorEntry;
import org.flow6.network.Fact;
import org.flow6.network.Facts;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FactStoreTest {
    private static final int PATIENCE = 20;

    @TempDir
    @SuppressWarnings("NullAway.Init") // set by JUnit
    Path folder;

    @SuppressWarnings("NullAway.Init") // set before each test
    private Path path;

    private final ErrorLog errors = new ErrorLog();
    private final List<FactStore> stores = new ArrayList<>();

    @BeforeEach
    void setUp() {
        path = folder.resolve("state");
    }

    @AfterEach
    void close() {
        stores.forEach(FactStore::close);
    }

    private FactStore store(Optional<Path> file) {
        FactStore store = new FactStore(file.map(FactFile::new), errors, new SharedFacts("a", List.of()));
        stores.add(store);
        return store;
    }

    private static Optional<String> value(FactStore store, String name) {
        Fact.Key key = fact(name, "").key();
        return store.moment().facts().get(key, Instant.now()).map(Fact::value);
    }

    private static void remember(FactStore store, String name, String value) throws Exception {
        store.apply(Facts.Change.remember(fact(name, value))).get(PATIENCE, TimeUnit.SECONDS);
    }

    private List<String> messages() {
        return errors.entries().stream().map(ErrorEntry::message).toList();
    }

    @Test
    void holdsAtOnceAndIsOnTheDiskWhenTheFutureIsDone() throws Exception {
        FactStore store = store(Optional.of(path));
        CompletableFuture<Void> written = store.apply(Facts.Change.remember(fact("a", "1")));
        assertThat(value(store, "a")).contains("1");
        written.get(PATIENCE, TimeUnit.SECONDS);
        assertThat(value(store(Optional.of(path)), "a")).contains("1");

        CompletableFuture<Void> forgotten =
                store.apply(Facts.Change.forget(fact("a", "").key()));
        assertThat(value(store, "a")).isEmpty();
        forgotten.get(PATIENCE, TimeUnit.SECONDS);
        assertThat(value(store(Optional.of(path)), "a")).isEmpty();
        assertThat(messages()).isEmpty();
    }

    @Test
    void writesNothingIfNothingChanges() throws Exception {
        FactStore store = store(Optional.of(path));
        remember(store, "a", "1");
        Files.delete(path);
        assertThat(store.apply(Facts.Change.remember(fact("a", "1")))).isCompleted();
        assertThat(store.apply(Facts.Change.forget(fact("b", "").key()))).isCompleted();
        store.close();
        assertThat(path).doesNotExist();
    }

    @Test
    void writesTogetherWhatComesTogether() throws Exception {
        FactStore store = store(Optional.of(path));
        // A pipe takes 64 KiB, and then a write waits for its reader.
        Path pipe = folder.resolve("state.new");
        new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor();
        try (RandomAccessFile both = new RandomAccessFile(pipe.toFile(), "rw");
                InputStream reader = new FileInputStream(both.getFD())) {
            List<CompletableFuture<Void>> written = new ArrayList<>();
            written.add(store.apply(Facts.Change.remember(fact("big", "x".repeat(1 << 17)))));
            await(() -> reader.available() > 0);
            for (int i = 0; i < 500; i++) {
                written.add(store.apply(Facts.Change.remember(fact(String.valueOf(i), "1"))));
            }
            assertThat(written).noneMatch(CompletableFuture::isDone);
            assertThat(value(store, "499")).contains("1");

            StringBuilder text = new StringBuilder();
            await(() -> {
                text.append(there(reader));
                return written.stream().allMatch(CompletableFuture::isDone);
            });
            text.append(there(reader));
            assertThat(text.toString().split("\"version\"", -1)).hasSize(3);
        }
    }

    /** What can be read at once; a pipe cannot be asked for its length. */
    private static String there(InputStream reader) throws IOException {
        byte[] bytes = new byte[reader.available()];
        return new String(bytes, 0, Math.max(0, reader.read(bytes)), StandardCharsets.UTF_8);
    }

    private static void await(Callable<Boolean> condition) throws Exception {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE);
        while (!condition.call()) {
            assertThat(System.nanoTime() - end).isNegative();
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(1));
        }
    }

    @Test
    void keepsWhatWasAppliedBeforeItIsClosed() throws Exception {
        FactStore store = store(Optional.of(path));
        for (int i = 0; i < 100; i++) {
            var unused = store.apply(Facts.Change.remember(fact(String.valueOf(i), "1")));
        }
        store.close();
        assertThat(store(Optional.of(path)).held()).isEqualTo(100);
        assertThat(store.apply(Facts.Change.remember(fact("late", "1")))).isCompleted();
    }

    @Test
    void remembersWithoutAFileUntilItIsClosed() {
        FactStore store = store(Optional.empty());
        assertThat(store.apply(Facts.Change.remember(fact("a", "1")))).isCompleted();
        assertThat(value(store, "a")).contains("1");
        assertThat(messages()).isEmpty();
    }

    @Test
    void warnsOfAFolderThatCannotBeWrittenAndRemembersAllTheSame() {
        Path nowhere = folder.resolve("none").resolve("state");
        FactStore store = store(Optional.of(nowhere));
        assertThat(messages()).singleElement().asString().startsWith(nowhere + ": cannot be written");
        assertThat(store.apply(Facts.Change.remember(fact("a", "1")))).isCompleted();
        assertThat(value(store, "a")).contains("1");
        assertThat(messages()).hasSize(1);
    }

    @Test
    void saysOnceThatItCannotWriteAndGoesOn() throws Exception {
        Path away = Files.createDirectory(folder.resolve("away"));
        FactStore store = store(Optional.of(away.resolve("state")));
        Files.delete(away);
        remember(store, "a", "1");
        remember(store, "b", "1");
        assertThat(value(store, "a")).contains("1");
        assertThat(messages()).singleElement().asString().startsWith("facts cannot be kept over a restart: ");

        Files.createDirectory(away);
        remember(store, "c", "1");
        assertThat(store(Optional.of(away.resolve("state"))).held()).isEqualTo(3);
        Files.delete(away.resolve("state"));
        Files.delete(away);
        remember(store, "d", "1");
        assertThat(messages()).hasSize(2);
    }

    @Test
    void startsAnewAfterABrokenFileAndSaysSo() throws IOException {
        Files.writeString(path, "{");
        FactStore store = store(Optional.of(path));
        assertThat(messages()).singleElement().asString().contains("state.broken");
        assertThat(store.held()).isZero();
    }

    @Test
    void forgetsWhatIsOverAlsoWithoutAFile() {
        FactStore store = store(Optional.empty());
        Instant past = Instant.now().minusSeconds(1);
        List<Fact> over = new ArrayList<>();
        for (int i = 0; i < Facts.MOST; i++) {
            over.add(new Fact(fact(String.valueOf(i), "").key(), "", Optional.of(past)));
        }
        var unused = store.apply(new Facts.Change(over, List.of()));
        assertThat(value(store, "1")).isEmpty();
        assertThat(store.held()).isZero();
        unused = store.apply(Facts.Change.remember(fact("new", "1")));
        assertThat(value(store, "new")).contains("1");
        assertThat(store.held()).isEqualTo(1);
    }
}
