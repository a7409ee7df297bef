package org.flow6.network.file;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.flow6.network.Id;
import org.flow6.network.file.NetworkFile.Invalid;
import org.flow6.network.file.NetworkFile.Reading;
import org.flow6.network.file.NetworkFile.Valid;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NetworkFileWatcherTest {
    private static final int DEADLINE_SECONDS = 20;

    private final Path directory;
    private final Path path;
    private final BlockingQueue<Reading> readings = new LinkedBlockingQueue<>();
    private NetworkFileWatcher watcher;

    NetworkFileWatcherTest(@TempDir Path directory) throws IOException {
        this.directory = directory;
        path = directory.resolve("network.yaml");
        Files.writeString(path, network("first"));
        NetworkFile file = new NetworkFile(path);
        assertThat(file.read()).isInstanceOf(Valid.class);
        watcher = NetworkFileWatcher.start(file, readings::add);
    }

    @AfterEach
    void stop() {
        watcher.close();
    }

    @Test
    void handsOnAFileThatIsWrittenInPlace() throws Exception {
        Files.writeString(path, network("second"));
        assertThat(next()).matches(reading -> names(reading, "second"));
    }

    @Test
    void handsOnAFileThatIsRenamedOverTheOldOne() throws Exception {
        replace(network("second"));
        assertThat(next()).matches(reading -> names(reading, "second"));
        replace(network("third"));
        assertThat(next()).matches(reading -> names(reading, "third"));
    }

    @Test
    void handsOnNothingWhenTheContentIsTheSame() throws Exception {
        replace(network("first"));
        Files.writeString(path, network("first"));
        Files.writeString(directory.resolve("other.yaml"), network("other"));
        replace(network("second"));
        assertThat(next()).matches(reading -> names(reading, "second"));
        assertThat(readings).isEmpty();
    }

    @Test
    void saysThatTheFileIsGoneAndTakesItUpAgain() throws Exception {
        Files.delete(path);
        assertThat(next()).hasToString("Invalid[violations=[" + path + ": is not there]]");
        Files.writeString(path, network("first"));
        assertThat(next()).matches(reading -> names(reading, "first"));
    }

    @Test
    void saysWhatIsWrongWithAFileOnce() throws Exception {
        replace("networks: [{id: a, mtu: 3}]\n");
        assertThat(next())
                .hasToString(
                        "Invalid[violations=[" + path + ":1: network a: mtu: '3' is not a number from 68 to 65535]]");
        replace("# the same on another line\nnetworks: [{id: a, mtu: 3}]\n");
        assertThat(next()).asString().contains(path + ":2: ");
    }

    @Test
    void doesNotTakeAnEmptyFileForANetworkWithoutAnything() throws Exception {
        Files.writeString(path, "");
        assertThat(next()).isInstanceOf(Invalid.class).asString().contains("is empty");
    }

    @Test
    void saysThatAFileCannotBeRead() throws Exception {
        Files.delete(path);
        Files.createDirectory(path);
        Reading reading = next();
        if (reading.toString().contains("is not there")) {
            reading = next();
        }
        assertThat(reading).isInstanceOf(Invalid.class).asString().contains("cannot be read: ");
        Files.delete(path);
    }

    @Test
    void waitsForTheRestOfAFileThatIsBeingWritten() throws Exception {
        String whole =
                network("second") + "subnets: [{id: s, network_id: second, ip_version: 6, cidr: '2001:db8::/64'}]\n";
        try (OutputStream out = Files.newOutputStream(path)) {
            for (byte b : whole.getBytes(StandardCharsets.UTF_8)) {
                out.write(b);
                out.flush();
            }
        }
        Reading reading = next();
        while (!(reading instanceof Valid valid && valid.model().subnets().containsKey(Id.of("s")))) {
            // The writer may have been stopped for longer than the watcher waits.
            reading = next();
        }
    }

    @Test
    void followsALinkThatIsPointedElsewhere() throws Exception {
        Path folder = Files.createDirectory(directory.resolve("v2"));
        Files.writeString(folder.resolve("network.yaml"), network("second"));
        Path link = directory.resolve("link");
        Files.createSymbolicLink(link, Path.of("v2", "network.yaml"));
        Files.move(link, path, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        assertThat(next()).matches(reading -> names(reading, "second"));
        Files.writeString(folder.resolve("network.yaml"), network("third"));
        assertThat(next()).matches(reading -> names(reading, "third"));
    }

    @Test
    void goesOnAfterAListenerFails() throws Exception {
        watcher.close();
        BlockingQueue<Reading> seen = new LinkedBlockingQueue<>();
        watcher = NetworkFileWatcher.start(new NetworkFile(path), reading -> {
            seen.add(reading);
            throw new IllegalStateException("a listener that fails, as it should in this test");
        });
        assertThat(seen.poll(DEADLINE_SECONDS, TimeUnit.SECONDS)).matches(reading -> names(reading, "first"));
        replace(network("second"));
        assertThat(seen.poll(DEADLINE_SECONDS, TimeUnit.SECONDS)).matches(reading -> names(reading, "second"));
    }

    @Test
    void handsOnNothingOnceClosed() throws Exception {
        watcher.close();
        replace(network("second"));
        assertThat(readings).isEmpty();
        watcher.close();
    }

    private static String network(String id) {
        return "networks: [{id: " + id + "}]\n";
    }

    private static boolean names(Reading reading, String network) {
        return reading instanceof Valid valid && valid.model().networks().containsKey(Id.of(network));
    }

    private void replace(String text) throws IOException {
        Path temporary = Files.writeString(directory.resolve("network.yaml.new"), text);
        Files.move(temporary, path, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    private Reading next() throws InterruptedException {
        Reading reading = readings.poll(DEADLINE_SECONDS, TimeUnit.SECONDS);
        assertThat(reading).as("a reading in time").isNotNull();
        return reading;
    }
}
