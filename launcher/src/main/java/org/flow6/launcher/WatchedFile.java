package org.flow6.launcher;

import java.io.IOException;
import java.nio.file.ClosedWatchServiceException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardWatchEventKinds;
import java.nio.file.WatchKey;
import java.nio.file.WatchService;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells when a file is another one, or has been written, or is gone, and stayed so for a moment: a file that is put in place
 * by a rename is taken at once, one that is written in place when its writer pauses.
 */
final class WatchedFile implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(WatchedFile.class);
    /** A file that is new may still be written: by an editor, not by who cares for its readers. */
    private static final long NEW_MILLIS = 3;

    private static final long WRITTEN_MILLIS = 30;
    /** What is empty or gone is most likely about to be written. */
    private static final long EMPTY_MILLIS = 300;
    /** For what the folder does not tell of: links to other folders, file systems of other machines. */
    private static final long LOOK_MILLIS = 1000;

    private final Path file;
    private final Runnable changed;
    private final WatchService service;

    /** What tells one state of a file from another without reading it. */
    private record Trace(@Nullable Object identity, long size, FileTime modified) {
        static final Trace ABSENT = new Trace(null, 0, FileTime.fromMillis(0));

        static Trace of(Path file) throws IOException {
            try {
                BasicFileAttributes found = Files.readAttributes(file, BasicFileAttributes.class);
                return new Trace(found.fileKey(), found.size(), found.lastModifiedTime());
            } catch (NoSuchFileException absent) {
                return ABSENT;
            }
        }

        long settleMillisAfter(Trace before) {
            if (size == 0) {
                return EMPTY_MILLIS;
            }
            return identity != null && identity.equals(before.identity) ? WRITTEN_MILLIS : NEW_MILLIS;
        }
    }

    private WatchedFile(Path file, Runnable changed, WatchService service) {
        this.file = file;
        this.changed = changed;
        this.service = service;
    }

    /**
     * Watches in a thread of its own.
     *
     * @param changed told on that thread; once at the beginning too, for what changed since the file was last read
     * @throws IOException if the folder cannot be watched
     */
    static WatchedFile start(Path file, Runnable changed) throws IOException {
        Path absolute = file.toAbsolutePath();
        Path folder = absolute.getParent();
        if (folder == null) {
            throw new IOException(absolute + " is not a file");
        }
        WatchService service = absolute.getFileSystem().newWatchService();
        folder.register(
                service,
                StandardWatchEventKinds.ENTRY_CREATE,
                StandardWatchEventKinds.ENTRY_MODIFY,
                StandardWatchEventKinds.ENTRY_DELETE);
        WatchedFile watched = new WatchedFile(absolute, changed, service);
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
            Trace known = trace(Trace.ABSENT);
            tell();
            while (true) {
                WatchKey key = service.poll(LOOK_MILLIS, TimeUnit.MILLISECONDS);
                if (key != null) {
                    key.pollEvents();
                    key.reset();
                }
                Trace now = settled(known);
                if (!now.equals(known)) {
                    known = now;
                    tell();
                }
            }
        } catch (ClosedWatchServiceException | InterruptedException end) {
            log.debug("{}: no longer watched", file);
        }
    }

    /** A defect in what reads the file must not keep later changes from it. */
    private void tell() {
        try {
            changed.run();
        } catch (RuntimeException e) {
            log.error("{}: changed, and was not taken", file, e);
        }
    }

    private Trace settled(Trace known) throws InterruptedException {
        Trace now = trace(known);
        while (!now.equals(known)) {
            TimeUnit.MILLISECONDS.sleep(now.settleMillisAfter(known));
            Trace later = trace(known);
            if (later.equals(now)) {
                break;
            }
            now = later;
        }
        return now;
    }

    private Trace trace(Trace otherwise) {
        try {
            return Trace.of(file);
        } catch (IOException e) {
            log.debug("{}", file, e);
            return otherwise;
        }
    }
}
