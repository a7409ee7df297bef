package org.flow6.northbound;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Kills a process that writes, at random moments: {@code -Dflow6.kills=200} has it die more often. */
class EmbeddedStoreKillTest {
    private static final int KILLS = Integer.getInteger("flow6.kills", 20);
    private static final int MOST_MILLIS = 300;

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path folder;

    @Test
    void holdsEveryAcknowledgedWriteWheneverItsProcessIsKilled() throws Exception {
        Random random = new Random(20260101);
        long acknowledged = 0;
        for (int i = 0; i < KILLS; i++) {
            acknowledged = writeUntilKilled(acknowledged, random.nextInt(MOST_MILLIS));
            try (EmbeddedStore store = EmbeddedStore.open(folder)) {
                StoreState state = store.state();
                // One more may be kept of which nobody could be told any more.
                assertThat(state.objects().size()).isBetween((int) acknowledged, (int) acknowledged + 1);
                assertThat(state.revision()).isEqualTo(state.objects().size());
                acknowledged = state.revision();
                for (long number = 0; number < acknowledged; number++) {
                    assertThat(Objects.requireNonNull(state.objects().get(Writer.key(number))))
                            .isEqualTo(new Document(Writer.json(number), number + 1));
                }
            }
        }
        assertThat(acknowledged).isGreaterThan(KILLS);
    }

    /** How many writes had been acknowledged by then. */
    private long writeUntilKilled(long from, int millis) throws IOException, InterruptedException {
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        Path said = folder.resolve("said");
        Process writer = new ProcessBuilder(
                        java,
                        "-Xshare:auto",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Writer.class.getName(),
                        folder.toString(),
                        Long.toString(from))
                .redirectOutput(said.toFile())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        while (Files.size(said) == 0) {
            assertThat(writer.waitFor(1, TimeUnit.MILLISECONDS))
                    .as("ends by itself")
                    .isFalse();
        }
        assertThat(writer.waitFor(millis, TimeUnit.MILLISECONDS))
                .as("ends by itself")
                .isFalse();
        writer.destroyForcibly().waitFor();
        String text = Files.readString(said);
        // The last line may be cut off.
        return text.substring(0, text.lastIndexOf('\n') + 1)
                        .lines()
                        .mapToLong(Long::parseLong)
                        .max()
                        .orElse(from - 1)
                + 1;
    }
}
