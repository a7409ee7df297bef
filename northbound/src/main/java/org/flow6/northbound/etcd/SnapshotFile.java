package org.flow6.northbound.etcd;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.flow6.northbound.Document;
import org.flow6.northbound.ObjectKey;
import org.flow6.northbound.StoreState;
import org.pcollections.HashTreePMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps the newest state on the disk, written as a whole, and not often. Its first line says of what and how many, each
 * other one holds an object.
 */
final class SnapshotFile implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(SnapshotFile.class);
    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final int FORMAT = 1;
    private static final int FIRST_MILLIS = 500;
    private static final int APART_MILLIS = 10_000;

    private final Path path;
    private final String prefix;
    private final Supplier<StoreState> newest;
    private final Thread thread = new Thread(this::run, "etcd-snapshot");
    private boolean changed;
    private boolean closed;

    SnapshotFile(Path path, String prefix, Supplier<StoreState> newest) {
        this.path = path;
        this.prefix = prefix;
        this.newest = newest;
        thread.setDaemon(true);
    }

    void start() {
        thread.start();
    }

    /** What was kept; empty if nothing was, or nothing that can be read. */
    Optional<StoreState> read() {
        try (BufferedReader lines = Files.newBufferedReader(path)) {
            JsonNode about = MAPPER.readTree(String.valueOf(lines.readLine()));
            if (about.path("format").asInt() != FORMAT
                    || !about.path("prefix").asText().equals(prefix)) {
                log.warn("{}: not taken, it is of another version or prefix", path);
                return Optional.empty();
            }
            Map<ObjectKey, Document> read = new LinkedHashMap<>();
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                JsonNode one = MAPPER.readTree(line);
                read.put(
                        ObjectKey.parse(one.path("key").asText()),
                        new Document(
                                one.path("json").asText(), one.path("revision").asLong()));
            }
            if (read.size() != about.path("objects").asInt(-1)) {
                throw new IOException("it is not whole");
            }
            return Optional.of(new StoreState(about.path("revision").asLong(), HashTreePMap.from(read)));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        } catch (IOException | IllegalArgumentException e) {
            log.error("{}: not taken: {}", path, e.getMessage());
            return Optional.empty();
        }
    }

    /** There is something to keep. */
    synchronized void changed() {
        changed = true;
        notifyAll();
    }

    private void run() {
        try {
            while (waitForChange()) {
                pause(FIRST_MILLIS);
                write();
                pause(APART_MILLIS);
            }
        } catch (InterruptedException e) {
            log.debug("closing");
        }
    }

    /** Whether there is one, and not the end. */
    private synchronized boolean waitForChange() throws InterruptedException {
        while (!changed && !closed) {
            wait();
        }
        return !closed;
    }

    private synchronized void pause(int millis) throws InterruptedException {
        long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis);
        for (long left = millis; left > 0 && !closed; left = TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime())) {
            wait(left);
        }
    }

    private synchronized boolean isToBeWritten() {
        boolean was = changed;
        changed = false;
        return was;
    }

    private void write() {
        if (!isToBeWritten()) {
            return;
        }
        StoreState state = newest.get();
        Path fresh = path.resolveSibling(path.getFileName() + ".new");
        try {
            try (FileChannel channel = FileChannel.open(
                    fresh, StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.TRUNCATE_EXISTING)) {
                BufferedWriter text = new BufferedWriter(Channels.newWriter(channel, StandardCharsets.UTF_8));
                write(state, text);
                text.flush();
                channel.force(true);
            }
            Files.move(fresh, path, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            log.error(
                    "{}: cannot be written, so without etcd Flow6 starts with older contents: {}", path, e.toString());
        }
    }

    private void write(StoreState state, BufferedWriter text) throws IOException {
        ObjectNode about = MAPPER.createObjectNode();
        about.put("format", FORMAT).put("prefix", prefix).put("revision", state.revision());
        text.append(about.put("objects", state.objects().size()).toString()).append('\n');
        for (Map.Entry<ObjectKey, Document> entry : state.objects().entrySet()) {
            ObjectNode one = MAPPER.createObjectNode();
            one.put("key", entry.getKey().toString())
                    .put("revision", entry.getValue().revision());
            text.append(one.put("json", entry.getValue().json()).toString()).append('\n');
        }
    }

    /** Keeps what there is still to keep. */
    @Override
    public void close() {
        synchronized (this) {
            closed = true;
            notifyAll();
        }
        try {
            thread.join(TimeUnit.SECONDS.toMillis(5));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        write();
    }
}
