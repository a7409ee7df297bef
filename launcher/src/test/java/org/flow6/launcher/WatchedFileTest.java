package org.flow6.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WatchedFileTest {
    private static final long PATIENCE_SECONDS = 20;

    @TempDir
    @SuppressWarnings("NullAway.Init") // set by JUnit
    Path folder;

    private final BlockingQueue<String> seen = new LinkedBlockingQueue<>();

    @SuppressWarnings("NullAway.Init") // each test starts it
    private WatchedFile watched;

    private void watch(Path file) throws IOException, InterruptedException {
        watched = WatchedFile.start(file, () -> seen.add(content(file)));
        assertThat(next()).isEqualTo(content(file));
    }

    private static String content(Path file) {
        try {
            return Files.readString(file);
        } catch (NoSuchFileException e) {
            return "absent";
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private String next() throws InterruptedException {
        return String.valueOf(seen.poll(PATIENCE_SECONDS, TimeUnit.SECONDS));
    }

    @AfterEach
    void stop() {
        watched.close();
    }

    @Test
    void tellsOfWhatIsWrittenInPlaceOrByRenameOrRemoved() throws Exception {
        Path file = Files.writeString(folder.resolve("a.yaml"), "1");
        watch(file);
        Files.writeString(file, "two");
        assertThat(next()).isEqualTo("two");
        Files.move(Files.writeString(folder.resolve("b"), "3"), file, StandardCopyOption.ATOMIC_MOVE);
        assertThat(next()).isEqualTo("3");
        Files.delete(file);
        assertThat(next()).isEqualTo("absent");
        Files.writeString(file, "4");
        assertThat(next()).isEqualTo("4");
        assertThat(seen).isEmpty();
    }

    @Test
    void waitsForAWriterWhoEmptiedTheFileFirst() throws Exception {
        Path file = Files.writeString(folder.resolve("a.yaml"), "1");
        watch(file);
        try (OutputStream writer = Files.newOutputStream(file)) {
            writer.write('2');
        }
        assertThat(next()).isEqualTo("2");
    }

    @Test
    void followsALinkToAnotherFolder() throws Exception {
        Path first =
                Files.writeString(Files.createDirectory(folder.resolve("first")).resolve("a"), "1");
        Path second = Files.writeString(
                Files.createDirectory(folder.resolve("second")).resolve("a"), "2");
        Path link = Files.createSymbolicLink(folder.resolve("link"), first);
        watch(link);
        Files.move(Files.createSymbolicLink(folder.resolve("new"), second), link, StandardCopyOption.ATOMIC_MOVE);
        assertThat(next()).isEqualTo("2");
        Files.writeString(second, "three");
        assertThat(next()).isEqualTo("three");
    }
}
