package org.flow6.network.file;

import java.io.IOException;
import java.nio.file.ClosedWatchServiceException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardWatchEventKinds;
import java.nio.file.WatchEvent;
import java.nio.file.WatchKey;
import java.nio.file.WatchService;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.flow6.network.file.NetworkFile.Invalid;
import org.flow6.network.file.NetworkFile.Reading;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads a network file whenever its content changes, on a thread of its own, and hands on what came of it.
 *
 * <p>It watches the directory of the file, and of what it links to, so that a file that is renamed over it is noticed
 * too; where no notices come it looks once a second. A file may be seen while it is being written. So it is read when
 * nothing has happened for {@link #QUIET}; and what could be half a file is not handed on before it has been left alone
 * for {@link #DOUBTFUL}: one with faults, one that does not end its last line, one that lost a write buffer's worth.
 * Renaming a finished file over the old one leaves no doubt what is meant.
 */
public final class NetworkFileWatcher implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(NetworkFileWatcher.class);

    static final Duration QUIET = Duration.ofMillis(2);
    static final Duration DOUBTFUL = Duration.ofMillis(50);
    private static final Duration LOOK = Duration.ofSeconds(1);
    /** A file that never comes to rest is handed on after this. */
    private static final Duration PATIENCE = Duration.ofSeconds(1);
    /** Coarser than the clock of any file system. */
    private static final Duration FRESH = Duration.ofSeconds(2);
    /** Buffered writers leave at least so much unwritten until they are done. */
    private static final int WRITE_BUFFER = 8192;

    private final NetworkFile file;
    private final Consumer<Reading> listener;
    private final WatchService service;
    private final Thread thread;
    /** The directories that are watched. */
    private final Map<Path, WatchKey> keys = new HashMap<>();
    /** What is watched in them. */
    private final Set<Path> names = new HashSet<>();

    private @Nullable Stamp stamp;
    private long stamped;
    private @Nullable Reading reported;
    private int reportedSize;

    /** What tells, nearly always, that a file has changed. */
    private record Stamp(@Nullable Object key, FileTime modified, long size) {}

    private NetworkFileWatcher(NetworkFile file, Consumer<Reading> listener) throws IOException {
        this.file = file;
        this.listener = listener;
        service = file.path().getFileSystem().newWatchService();
        thread = new Thread(this::run, "network-file");
        thread.setDaemon(true);
    }

    /**
     * Starts watching.
     *
     * @param file which is the watcher's from now on. Content that was read from it before is not handed on again
     * @param listener called on the watcher's thread with every reading that differs from the one before
     * @throws IOException if the system has no means left to watch files
     */
    public static NetworkFileWatcher start(NetworkFile file, Consumer<Reading> listener) throws IOException {
        NetworkFileWatcher watcher = new NetworkFileWatcher(file, listener);
        watcher.register();
        watcher.reported = file.last();
        watcher.reportedSize = file.size();
        watcher.thread.start();
        return watcher;
    }

    /** Stops watching; waits for a listener that is being called, unless it is the caller. */
    @Override
    public void close() {
        try {
            service.close();
            if (Thread.currentThread() != thread) {
                thread.join();
            }
        } catch (IOException e) {
            LOG.warn("{} is still watched: {}", file.path(), e.toString());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void run() {
        boolean changed = true;
        while (true) {
            try {
                if (changed) {
                    report(settled());
                }
                changed = await(LOOK);
            } catch (ClosedWatchServiceException e) {
                return;
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            } catch (RuntimeException e) {
                LOG.error("{} could not be taken over", file.path(), e);
                changed = false;
            }
        }
    }

    /** Reads the file when it seems to be complete. */
    private Reading settled() throws InterruptedException {
        long start = System.nanoTime();
        while (true) {
            boolean patient = System.nanoTime() - start < PATIENCE.toNanos();
            if (patient && await(QUIET)) {
                continue;
            }
            file.load();
            boolean cutOff = !file.endsLine() || file.size() <= reportedSize - WRITE_BUFFER;
            if (patient && cutOff && await(DOUBTFUL)) {
                continue;
            }
            Reading reading = file.reading();
            boolean doubtful = !cutOff && reading instanceof Invalid && !isReported(reading);
            if (!patient || !doubtful || !await(DOUBTFUL)) {
                return reading;
            }
        }
    }

    private void report(Reading reading) {
        if (!isReported(reading)) {
            reported = reading;
            reportedSize = file.size();
            listener.accept(reading);
        }
    }

    private boolean isReported(Reading reading) {
        return reading == reported || (reading instanceof Invalid && reading.equals(reported));
    }

    /** Waits for a change of the file, as long as there is none. */
    private boolean await(Duration time) throws InterruptedException {
        WatchKey key = service.poll(time.toNanos(), TimeUnit.NANOSECONDS);
        if (key == null) {
            return time.equals(LOOK) && (wasFresh() || look());
        }
        boolean named = false;
        for (WatchEvent<?> event : key.pollEvents()) {
            named |= event.kind() == StandardWatchEventKinds.OVERFLOW || names.contains(event.context());
        }
        key.reset();
        boolean differs = look();
        return differs || named;
    }

    /** Whether the file looks different from when it was last looked at; if so, its place is looked at anew too. */
    private boolean look() {
        Stamp before = stamp;
        stamp = stampNow();
        stamped = System.currentTimeMillis();
        boolean differs = !Objects.equals(stamp, before);
        if (differs || stamp == null) {
            register();
        }
        return differs;
    }

    /** Whether the file had just changed when it was looked at: it could have changed again in the same clock tick. */
    private boolean wasFresh() {
        return stamp != null && stamp.modified.toMillis() > stamped - FRESH.toMillis();
    }

    private @Nullable Stamp stampNow() {
        try {
            BasicFileAttributes attributes = Files.readAttributes(file.path(), BasicFileAttributes.class);
            return new Stamp(attributes.fileKey(), attributes.lastModifiedTime(), attributes.size());
        } catch (IOException e) {
            return null;
        }
    }

    private void register() {
        Set<Path> places = new HashSet<>(Set.of(file.path().toAbsolutePath()));
        try {
            places.add(file.path().toRealPath());
        } catch (IOException e) {
            LOG.debug("{} leads nowhere: {}", file.path(), e.toString());
        }
        Set<Path> directories = new HashSet<>();
        names.clear();
        for (Path place : places) {
            names.add(place.getFileName());
            directories.add(place.getParent());
        }
        keys.entrySet().removeIf(watched -> {
            boolean old = !directories.contains(watched.getKey());
            if (old) {
                watched.getValue().cancel();
            }
            return old;
        });
        directories.forEach(this::register);
    }

    private void register(Path directory) {
        try {
            keys.put(
                    directory,
                    directory.register(
                            service,
                            StandardWatchEventKinds.ENTRY_CREATE,
                            StandardWatchEventKinds.ENTRY_MODIFY,
                            StandardWatchEventKinds.ENTRY_DELETE));
        } catch (IOException e) {
            LOG.debug("{} is not watched but looked at: {}", directory, e.toString());
        }
    }
}
