package org.flow6.northbound;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import org.flow6.network.NetworkModel;
import org.jspecify.annotations.Nullable;
import org.pcollections.HashTreePMap;

/**
 * The network file, seen as a store: nobody writes it but the file's owner. What is in it is looked at when somebody
 * wants to know.
 */
public final class FileStore implements Store {
    private final Path file;
    private final Reader reader;
    private final List<Watcher> watchers = new CopyOnWriteArrayList<>();
    private volatile StoreState state = StoreState.EMPTY;
    /** Not looked at yet. */
    private volatile @Nullable Text newest;

    /** Tells the objects of a file's text. */
    @FunctionalInterface
    public interface Reader {
        /** @param model what the text comes to */
        Map<ObjectKey, String> objects(byte[] text, NetworkModel model);
    }

    private record Text(byte[] bytes, NetworkModel model) {}

    public FileStore(Path file, Reader reader) {
        this.file = file;
        this.reader = reader;
    }

    /** Takes over a text that the file has now, which is without fault. */
    public void take(byte[] text, NetworkModel model) {
        newest = new Text(text, model);
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
        Text text = newest;
        if (text == null) {
            return;
        }
        newest = null;
        long revision = state.revision() + 1;
        Map<ObjectKey, Document> documents = new LinkedHashMap<>();
        reader.objects(text.bytes(), text.model()).forEach((key, json) -> {
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
