package org.flow6.northbound;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.flow6.northbound.Transaction.Outcome;
import org.h2.mvstore.MVMap;
import org.h2.mvstore.MVStore;
import org.h2.mvstore.MVStoreException;
import org.jspecify.annotations.Nullable;
import org.pcollections.HashTreePMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A store in a folder, for one process: what it says is committed has been written to the disk. Transactions that come
 * while others are written wait for each other, and are then written at once.
 */
public final class EmbeddedStore implements Store {
    private static final Logger log = LoggerFactory.getLogger(EmbeddedStore.class);

    private static final String FILE = "network.mv.db";
    private static final String FORMAT = "1";
    private static final int WAITING = 4096;
    private static final int AT_ONCE = 256;
    /** So many writes leave so much room in the file that it is made smaller. */
    private static final int COMPACT_AFTER = 1000;

    private static final int COMPACT_BELOW_PERCENT = 50;
    private static final int COMPACT_OCTETS = 4 << 20;
    private static final long LOOK_SECONDS = 1;
    private static final Transaction NOTHING = new Transaction(Map.of(), Map.of());

    private final Path folder;
    private final MVStore file;
    /** {@code ports/vm1} → {@code 12 {"id": …}}: the revision stands before the object. */
    private final MVMap<String, String> objects;

    private final MVMap<String, String> about;
    private final BlockingQueue<Waiting> waiting = new ArrayBlockingQueue<>(WAITING);
    private final List<Watcher> watchers = new ArrayList<>();
    private final Thread thread = new Thread(this::run, "store");

    private final Instant since = Instant.now();
    private volatile StoreState state;
    private volatile boolean closed;
    private int written;

    private record Waiting(Transaction transaction, CompletableFuture<Outcome> outcome) {}

    private record Done(CompletableFuture<Outcome> future, Outcome outcome) {}

    private EmbeddedStore(Path folder, MVStore file) {
        this.folder = folder;
        this.file = file;
        objects = file.openMap("objects");
        about = file.openMap("about");
        String format = about.putIfAbsent("format", FORMAT);
        if (format != null && !format.equals(FORMAT)) {
            file.closeImmediately();
            throw new StoreException(
                    folder + " is of another version of Flow6: its format is " + format + ", not " + FORMAT);
        }
        state = read();
    }

    /**
     * Opens the store of a folder, which is made if need be, with an empty store in it.
     *
     * @throws StoreException if another process has it, or it cannot be read or written
     */
    public static EmbeddedStore open(Path folder) {
        makeFolder(folder);
        MVStore file;
        try {
            file = new MVStore.Builder()
                    .fileName(folder.resolve(FILE).toString())
                    .autoCommitDisabled()
                    .cacheSize(1)
                    .open();
        } catch (MVStoreException e) {
            throw new StoreException(folder + " " + whyNot(e), e);
        }
        EmbeddedStore store = new EmbeddedStore(folder, file);
        store.thread.start();
        return store;
    }

    /**
     * Makes a store's folder, for its owner alone.
     *
     * @throws StoreException if it cannot be made
     */
    public static void makeFolder(Path folder) {
        try {
            Files.createDirectories(
                    folder, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        } catch (IOException e) {
            throw new StoreException(folder + " cannot be made: " + e, e);
        }
    }

    private static String whyNot(MVStoreException e) {
        return switch (e.getErrorCode()) {
            case org.h2.mvstore.DataUtils.ERROR_FILE_LOCKED ->
                "is in use: one process at a time may have it. Stop the other Flow6, or use its API";
            case org.h2.mvstore.DataUtils.ERROR_FILE_CORRUPT ->
                "is damaged; put a copy of it in its place: " + e.getMessage();
            default -> "cannot be opened: " + e.getMessage();
        };
    }

    private StoreState read() {
        Map<ObjectKey, Document> read = new LinkedHashMap<>();
        objects.forEach((key, text) -> {
            int space = text.indexOf(' ');
            read.put(ObjectKey.parse(key), new Document(text.substring(space + 1), Long.parseLong(text, 0, space, 10)));
        });
        String revision = about.getOrDefault("revision", "0");
        return new StoreState(Long.parseLong(revision), HashTreePMap.from(read));
    }

    @Override
    public StoreState state() {
        return state;
    }

    @Override
    public StoreStatus status() {
        return new StoreStatus("embedded", !closed, true, state.revision(), since, Optional.empty());
    }

    @Override
    public StoreState watch(Watcher watcher) {
        synchronized (watchers) {
            watchers.add(watcher);
            return state;
        }
    }

    @Override
    public CompletionStage<Outcome> commit(Transaction transaction) {
        CompletableFuture<Outcome> outcome = new CompletableFuture<>();
        if (closed) {
            outcome.completeExceptionally(new StoreException(folder + " is closed"));
        } else if (!waiting.offer(new Waiting(transaction, outcome))) {
            outcome.completeExceptionally(new StoreException("too many writes wait for " + folder));
        } else if (closed && !thread.isAlive()) {
            refuse(waiting::poll);
        }
        return outcome;
    }

    private void run() {
        List<Waiting> batch = new ArrayList<>();
        while (!closed || !waiting.isEmpty()) {
            try {
                Waiting first = waiting.poll(LOOK_SECONDS, TimeUnit.SECONDS);
                if (first != null) {
                    batch.add(first);
                    waiting.drainTo(batch, AT_ONCE - 1);
                    write(batch);
                    batch.clear();
                }
            } catch (InterruptedException e) {
                log.error("nobody interrupts this thread: a file that is being written would be closed", e);
            }
        }
    }

    private void write(List<Waiting> batch) {
        StoreState before = state;
        List<Done> done = new ArrayList<>();
        StoreState after = before;
        for (Waiting one : batch) {
            var unmet = one.transaction().unmetBy(after);
            if (unmet.isEmpty() && !one.transaction().isOvertakenBy(after)) {
                after = one.transaction().appliedTo(after);
                done.add(new Done(one.outcome(), new Outcome.Committed(after.revision())));
            } else {
                done.add(new Done(one.outcome(), new Outcome.Conflict(unmet)));
            }
        }
        Map<ObjectKey, Optional<Document>> difference = difference(batch, before, after);
        try {
            keep(difference, after.revision());
        } catch (MVStoreException | IllegalStateException e) {
            log.error("{} cannot be written: {}", folder, e.getMessage());
            forget();
            StoreException failure = new StoreException(folder + " cannot be written: " + e.getMessage(), e);
            batch.forEach(one -> one.outcome().completeExceptionally(failure));
            return;
        }
        publish(after, difference);
        done.forEach(one -> one.future().complete(one.outcome()));
    }

    /** Of the objects that the batch may have changed. */
    private static Map<ObjectKey, Optional<Document>> difference(
            List<Waiting> batch, StoreState before, StoreState after) {
        Map<ObjectKey, Optional<Document>> difference = new LinkedHashMap<>();
        for (Waiting one : batch) {
            for (ObjectKey key : one.transaction().writes().keySet()) {
                Optional<Document> now = Optional.ofNullable(after.objects().get(key));
                if (!now.equals(Optional.ofNullable(before.objects().get(key)))) {
                    difference.put(key, now);
                }
            }
        }
        return difference;
    }

    private void keep(Map<ObjectKey, Optional<Document>> difference, long revision) {
        if (difference.isEmpty()) {
            return;
        }
        difference.forEach((key, now) -> {
            if (now.isPresent()) {
                objects.put(
                        key.toString(), now.get().revision() + " " + now.get().json());
            } else {
                objects.remove(key.toString());
            }
        });
        about.put("revision", Long.toString(revision));
        file.commit();
        file.sync();
        if (++written % COMPACT_AFTER == 0) {
            file.compact(COMPACT_BELOW_PERCENT, COMPACT_OCTETS);
        }
    }

    /** What could not be written is not there. */
    private void forget() {
        try {
            file.rollback();
        } catch (MVStoreException | IllegalStateException e) {
            log.error("{} has to be opened again: {}", folder, e.getMessage());
            closed = true;
        }
    }

    private void publish(StoreState after, Map<ObjectKey, Optional<Document>> difference) {
        List<Watcher> told;
        synchronized (watchers) {
            state = after;
            told = List.copyOf(watchers);
        }
        if (difference.isEmpty()) {
            return;
        }
        for (Watcher watcher : told) {
            try {
                watcher.changed(after, difference);
            } catch (RuntimeException e) {
                log.error("a change of {} was not taken over", folder, e);
            }
        }
    }

    @Override
    public void close() {
        closed = true;
        // For it not to wait for more; one that finds no room is not needed.
        waiting.offer(new Waiting(NOTHING, new CompletableFuture<>()));
        boolean interrupted = false;
        while (thread.isAlive()) {
            try {
                thread.join();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
        refuse(waiting::poll);
        file.close();
    }

    private void refuse(Supplier<@Nullable Waiting> left) {
        for (Waiting one = left.get(); one != null; one = left.get()) {
            one.outcome().completeExceptionally(new StoreException(folder + " is closed"));
        }
    }
}
