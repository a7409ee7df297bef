package org.flow6.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.flow6.network.Fact;
import org.flow6.network.Facts;
import org.flow6.network.Id;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FactFileTest {
    private static final int KILLS = 3;
    private static final long PATIENCE = TimeUnit.SECONDS.toNanos(30);

    @TempDir
    @SuppressWarnings("NullAway.Init") // set by JUnit
    Path folder;

    @SuppressWarnings("NullAway.Init") // set before each test
    private Path path;

    @BeforeEach
    void setUp() {
        path = folder.resolve("network.yaml.here.state");
    }

    static Fact fact(String name, String value) {
        return new Fact(new Fact.Key("test", Id.of("net"), name), value, Optional.empty());
    }

    private static Facts facts(Fact... facts) {
        return Facts.NONE.with(Facts.Change.remember(facts));
    }

    @Test
    void knowsNothingWithoutAFile() throws IOException {
        assertThat(new FactFile(path).read()).isEqualTo(Facts.NONE);
        assertThat(path).doesNotExist();
    }

    @Test
    void readsWhatItWrote() throws IOException {
        Facts facts = facts(
                fact("a", ""),
                fact("ü \"quoted\"\n", "two\nlines, a \\ and \u0000"),
                new Fact(
                        new Fact.Key("other", Id.of("net 2"), ""),
                        "ends",
                        Optional.of(Instant.parse("2031-02-03T04:05:06.789012345Z"))));
        new FactFile(path).write(facts);
        assertThat(new FactFile(path).read()).isEqualTo(facts);

        new FactFile(path).write(facts(fact("b", "1")));
        assertThat(new FactFile(path).read()).isEqualTo(facts(fact("b", "1")));
        new FactFile(path).write(Facts.NONE);
        assertThat(new FactFile(path).read()).isEqualTo(Facts.NONE);
        assertThat(folder).isDirectoryContaining(path::equals);
        try (var files = Files.list(folder)) {
            assertThat(files).containsExactly(path);
        }
    }

    @Test
    void writesInAnOrderThatDoesNotDependOnWhatCameFirst() throws IOException {
        new FactFile(path).write(facts(fact("a", "1"), fact("b", "2")));
        String text = Files.readString(path);
        new FactFile(path).write(facts(fact("b", "2"), fact("a", "1")));
        assertThat(path).hasContent(text);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "[]",
                "{",
                "\u0000\u0000\u0000",
                "{\"version\": 1}",
                "{\"version\": 1, \"facts\": {}}",
                "{\"version\": 1, \"facts\": [7]}",
                "{\"version\": 1, \"facts\": [{\"kind\": \"k\", \"network\": \"n\", \"name\": \"a\"}]}",
                "{\"version\": 1, \"facts\": [{\"kind\": \"k\", \"network\": \"\", \"name\": \"a\", \"value\": \"\"}]}",
                "{\"version\": 1, \"facts\": [{\"kind\": \"k\", \"network\": \"n\", \"name\": \"a\", \"value\": 5}]}",
                "{\"version\": 1, \"facts\": [{\"kind\": \"k\", \"network\": \"n\", \"name\": \"a\", \"value\": \"\","
                        + " \"until\": \"tomorrow\"}]}"
            })
    void putsABrokenFileAside(String text) throws IOException {
        Files.writeString(path, text);
        Path aside = folder.resolve("network.yaml.here.state.broken");
        Files.writeString(aside, "an older one");
        assertThatThrownBy(() -> new FactFile(path).read())
                .isInstanceOf(IOException.class)
                .hasMessageStartingWith(path + ": ")
                .hasMessageEndingWith("; put aside as " + aside + ", nothing of it is remembered")
                .hasMessageNotContaining("\n");
        assertThat(path).doesNotExist();
        assertThat(aside).hasContent(text);
        assertThat(new FactFile(path).read()).isEqualTo(Facts.NONE);
    }

    @Test
    void doesNotGuessAtAnotherVersion() throws IOException {
        Files.writeString(path, "{\"version\": 2, \"facts\": []}");
        assertThatThrownBy(() -> new FactFile(path).read()).hasMessageContaining("not a state file of version 1");
    }

    @Test
    void namesTheLineThatIsNoJson() throws IOException {
        Files.writeString(path, "{\"version\": 1,\n\"facts\": [,]}\n");
        assertThatThrownBy(() -> new FactFile(path).read()).hasMessageContaining(": line 2: not JSON; ");
    }

    @Test
    void leavesOutWhatIsTooMuch() throws IOException {
        String many = IntStream.rangeClosed(0, Facts.MOST)
                .mapToObj("{\"kind\": \"k\", \"network\": \"n\", \"name\": \"%d\", \"value\": \"\"}"::formatted)
                .reduce(
                        new StringBuilder(),
                        (text, fact) -> text.append(text.isEmpty() ? "" : ",").append(fact),
                        StringBuilder::append)
                .toString();
        Files.writeString(path, "{\"version\": 1, \"facts\": [" + many + "]}");
        assertThat(new FactFile(path).read().size()).isEqualTo(Facts.MOST);
    }

    @Test
    void takesNoHalfWrittenFileForWhole() throws IOException {
        new FactFile(path).write(facts(fact("a", "1")));
        Files.writeString(folder.resolve("network.yaml.here.state.new"), "{\"version\": 1, \"facts\": [{\"ki");
        assertThat(new FactFile(path).read()).isEqualTo(facts(fact("a", "1")));
        new FactFile(path).write(facts(fact("a", "2")));
        assertThat(new FactFile(path).read()).isEqualTo(facts(fact("a", "2")));
    }

    /** Writes files of one fact and of many in turn until it is killed. */
    static final class Writer {
        private Writer() {}

        public static void main(String[] arguments) throws IOException {
            FactFile file = new FactFile(Path.of(arguments[0]));
            Facts few = facts(fact("0", "few"));
            Facts many = few.with(new Facts.Change(
                    IntStream.range(0, 2000)
                            .mapToObj(i -> fact(String.valueOf(i), "many"))
                            .toList(),
                    List.of()));
            while (true) {
                file.write(few);
                file.write(many);
            }
        }
    }

    @Test
    void isWholeWheneverItsWriterIsKilled() throws Exception {
        for (int i = 0; i < KILLS; i++) {
            Process writer = new ProcessBuilder(
                            Path.of(System.getProperty("java.home"), "bin", "java")
                                    .toString(),
                            "-cp",
                            System.getProperty("java.class.path"),
                            Writer.class.getName(),
                            path.toString())
                    .inheritIO()
                    .start();
            try {
                // While it writes, whoever reads sees a whole file, too.
                long end = System.nanoTime() + PATIENCE;
                for (int reads = 0; reads < 20; ) {
                    reads += new FactFile(path).read().size() > 0 ? 1 : 0;
                    assertThat(System.nanoTime() - end).isNegative();
                }
            } finally {
                writer.destroyForcibly().waitFor();
            }
            assertThat(new FactFile(path).read().size()).isIn(1, 2000);
        }
    }

    @Test
    void saysWhetherItsFolderCanBeWritten() throws IOException {
        assertThat(new FactFile(path).isWritable()).isTrue();
        assertThat(new FactFile(folder.resolve("none/state")).isWritable()).isFalse();
        Path file = Files.writeString(folder.resolve("file"), "");
        assertThat(new FactFile(file.resolve("state")).isWritable()).isFalse();
        // No file is made there, not even by root.
        assertThat(new FactFile(Path.of("/proc/self/state")).isWritable()).isFalse();
    }
}
