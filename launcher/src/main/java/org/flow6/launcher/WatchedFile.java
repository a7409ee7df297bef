package org.flow6.launcher;

import java.io.IOException;
import java.nio.file.ClosedWatchServiceException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardWatchEventKinds;
import java.nio.file.WatchKey;
import java.nio.file.WatchService;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Hands over a file's content whenever it has changed and stayed so for a moment, however it was written: in place, by a
 * rename, or by another target of a symbolic link. While the file is absent or cannot be read, nothing happens.
 */
final class WatchedFile implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(WatchedFile.class);
    private static final long SETTLED_MILLIS = 50;
    /** For what the folder does not tell of: links from elsewhere, file systems of other machines. */
    private static final long LOOK_MILLIS = 1000;

    private final Path file;
    private final Consumer<byte[]> changed;
    private final WatchService service;
    private byte[] known;

    private WatchedFile(Path file, byte[] known, Consumer<byte[]> changed, WatchService service) {
        this.file = file;
        this.known = known;
        this.changed = changed;
        this.service = service;
    }

    /**
     * Watches in a thread of its own, on which changes are handed over.
     *
     * @param known the content that was read last: what differs from it is handed over
     */
    static WatchedFile start(Path file, byte[] known, Consumer<byte[]> changed) throws IOException {
        Path absolute = file.toAbsolutePath();
        WatchService service = absolute.getFileSystem().newWatchService();
        Path folder = absolute.getParent();
        if (folder != null) {
            folder.register(
                    service,
                    StandardWatchEventKinds.ENTRY_CREATE,
                    StandardWatchEventKinds.ENTRY_MODIFY,
                    StandardWatchEventKinds.ENTRY_DELETE);
        }
        WatchedFile watched = new WatchedFile(absolute, known.clone(), changed, service);
        Thread thread = new Thread(watched::watch, "watch " + absolute.getFileName());
        thread.setDaemon(true);
        thread.start();
        return watched;
    }

    @Override
    public void close() {
        try {
            service.close();
        } catch (IOException e) {
            log.debug("{}", file, e);
        }
    }

    private void watch() {
        try {
            while (true) {
                look();
                WatchKey key = service.poll(LOOK_MILLIS, TimeUnit.MILLISECONDS);
                if (key != null) {
                    key.pollEvents();
                    key.reset();
                }
            }
        } catch (ClosedWatchServiceException | InterruptedException end) {
            log.debug("{}: no longer watched", file);
        }
    }

    private void look() throws InterruptedException {
        try {
            byte[] now = Files.readAllBytes(file);
            while (!Arrays.equals(now, known)) {
                TimeUnit.MILLISECONDS.sleep(SETTLED_MILLIS);
                byte[] later = Files.readAllBytes(file);
                if (Arrays.equals(now, later)) {
                    known = now;
                    changed.accept(now);
                }
                now = later;
            }
        } catch (IOException e) {
            log.debug("{}: not readable now", file, e);
        }
    }
}
