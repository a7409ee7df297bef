package org.flow6.core;

import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.flow6.flow.Moment;
import org.flow6.network.Facts;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What apps remember: in memory, and with a file also over restarts. Changes hold at once; many that come together are
 * written together. For any thread.
 */
final class FactStore implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(FactStore.class);

    private final Optional<FactFile> file;
    private final ErrorLog errors;
    private final ExecutorService writer = Executors.newSingleThreadExecutor(task -> {
        Thread t = new Thread(task, "facts");
        t.setDaemon(true);
        return t;
    });

    private volatile Facts facts = Facts.NONE;
    private List<CompletableFuture<Void>> waiting = new ArrayList<>();
    private boolean failing;

    /**
     * Starts with what the file holds. A file that cannot be read is put aside, with an error; in a folder that cannot be
     * written nothing is kept, with a warning.
     */
    FactStore(Optional<FactFile> file, ErrorLog errors) {
        this.file = file.filter(FactFile::isWritable);
        this.errors = errors;
        file.ifPresent(known -> {
            try {
                facts = known.read();
            } catch (IOException e) {
                LOG.error("{}", e.getMessage());
                errors.add(String.valueOf(e.getMessage()));
            }
            if (this.file.isEmpty()) {
                String problem = known + ": cannot be written, so what apps learn is forgotten when Flow6 ends";
                LOG.warn("{}", problem);
                errors.add(problem);
            }
        });
    }

    Facts facts() {
        return facts;
    }

    Moment moment() {
        return new Moment(Instant.now(), facts);
    }

    /** Completes when the change is on the disk, or when that failed, which is an error in the status. */
    synchronized CompletableFuture<Void> apply(Facts.Change change) {
        Facts next = facts.with(change);
        if (isSame(next)) {
            return CompletableFuture.completedFuture(null);
        }
        facts = next;
        if (file.isEmpty()) {
            return CompletableFuture.completedFuture(null);
        }
        CompletableFuture<Void> written = new CompletableFuture<>();
        waiting.add(written);
        if (waiting.size() == 1) {
            FactFile known = file.get();
            writer.execute(() -> write(known));
        }
        return written;
    }

    /** By identity: comparing them takes longer than all else. */
    @SuppressWarnings("ReferenceEquality")
    private boolean isSame(Facts next) {
        return next == facts;
    }

    private void write(FactFile known) {
        List<CompletableFuture<Void>> written;
        Facts now;
        synchronized (this) {
            written = waiting;
            waiting = new ArrayList<>();
            facts = facts.heldAt(Instant.now());
            now = facts;
        }
        try {
            known.write(now);
            failing = false;
        } catch (IOException | RuntimeException e) {
            if (!failing) {
                String problem = "facts cannot be kept over a restart: " + e;
                LOG.error("{}", problem);
                errors.add(problem);
            }
            failing = true;
        }
        written.forEach(one -> one.complete(null));
    }

    /** Waits for what is being written. */
    @Override
    public void close() {
        writer.shutdown();
        try {
            if (!writer.awaitTermination(5, TimeUnit.SECONDS)) {
                LOG.error("facts are still being written");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
