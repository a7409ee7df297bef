package org.flow6.northbound;

import java.nio.file.Path;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.pcollections.HashTreePMap;

/**
 * The network file, seen as a store: nobody writes it but the file's owner. What is in it is looked at when somebody
 * wants to know.
 */
public final class FileStore implements Store {
    private final Path file;
    private final List<Watcher> watchers = new CopyOnWriteArrayList<>();
    private final Instant since = Instant.now();
    private volatile StoreState state = StoreState.EMPTY;
    /** Not looked at yet. */
    private volatile @Nullable Supplier<Map<ObjectKey, String>> newest;

    public FileStore(Path file) {
        this.file = file;
    }

    /** @param objects tells, some time later, what is in the file now */
    public void take(Supplier<Map<ObjectKey, String>> objects) {
        newest = objects;
    }

    @Override
    public Optional<String> readOnly() {
        return Optional.of("the network is what " + file + " says: change it there (northbound.file)");
    }

    @Override
    public boolean isCurrent() {
        return newest == null;
    }

    @Override
    public synchronized void refresh() {
        Supplier<Map<ObjectKey, String>> objects = newest;
        if (objects == null) {
            return;
        }
        newest = null;
        long revision = state.revision() + 1;
        Map<ObjectKey, Document> documents = new LinkedHashMap<>();
        objects.get().forEach((key, json) -> {
            Document before = state.objects().get(key);
            boolean same = before != null && before.json().equals(json);
            documents.put(key, same ? before : new Document(json, revision));
        });
        StoreState next = new StoreState(revision, HashTreePMap.from(documents));
        Map<ObjectKey, Optional<Document>> difference = state.differenceTo(next);
        state = next;
        if (!difference.isEmpty()) {
            watchers.forEach(watcher -> watcher.changed(next, difference));
        }
    }

    @Override
    public StoreStatus status() {
        return new StoreStatus("file", true, true, state.revision(), since, Optional.empty());
    }

    @Override
    public StoreState state() {
        return state;
    }

    @Override
    public synchronized StoreState watch(Watcher watcher) {
        watchers.add(watcher);
        return state;
    }

    @Override
    public CompletionStage<Transaction.Outcome> commit(Transaction transaction) {
        return CompletableFuture.failedFuture(new StoreException(readOnly().orElseThrow()));
    }

    @Override
    public void close() {}
}
