package org.flow6.launcher;

import java.io.PrintWriter;
import java.nio.file.InvalidPathException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionException;
import java.util.stream.Collectors;
import org.flow6.launcher.configuration.Configuration.Northbound;
import org.flow6.launcher.configuration.RefusedConfiguration;
import org.flow6.network.file.NetworkFile;
import org.flow6.northbound.ObjectKey;
import org.flow6.northbound.Store;
import org.flow6.northbound.StoreException;
import org.flow6.northbound.StoreState;
import org.flow6.northbound.Transaction;
import org.flow6.northbound.api.FileNetwork;
import org.flow6.northbound.api.NetworkWriter;

/**
 * {@code flow6 import}: the network of a network file, into a store.
 *
 * @param config the configuration file, as the user wrote it
 * @param file the network file, as the user wrote it
 * @param replace whether the store may have a network, which then goes
 */
record Import(String config, String file, boolean replace, PrintWriter out, PrintWriter err) {

    int call() {
        try {
            Northbound northbound = Stores.named(config);
            if (northbound instanceof Northbound.File) {
                return failed(List.of(config + ": northbound.file is a network file itself: put " + file
                        + " in its place, or set northbound.embedded or northbound.etcd"));
            }
            NetworkFile read = new NetworkFile(Main.resolve(file));
            if (read.read() instanceof NetworkFile.Invalid invalid) {
                return failed(invalid.violations().stream()
                        .map(violation -> Check.named(file, violation).toString())
                        .toList());
            }
            try (Store store = Stores.opened(northbound)) {
                return fill(store, objects(read), northbound.etcd().isPresent());
            }
        } catch (RefusedConfiguration e) {
            return failed(e.problems());
        } catch (StoreException e) {
            return failed(List.of(String.valueOf(e.getMessage())));
        } catch (InvalidPathException e) {
            return failed(List.of("'" + file + "' is not a file"));
        }
    }

    private int failed(List<String> messages) {
        messages.forEach(err::println);
        return Main.FAILED;
    }

    private static Map<ObjectKey, String> objects(NetworkFile file) {
        if (file.read() instanceof NetworkFile.Valid valid) {
            String now = Instant.now().truncatedTo(ChronoUnit.SECONDS).toString();
            return FileNetwork.objects(file.path().toString(), file.text(), valid.model(), now);
        }
        throw new StoreException(file.path() + " changes while it is read: try again");
    }

    /** @param shared whether hosts follow the store, which put themselves into it */
    private int fill(Store store, Map<ObjectKey, String> objects, boolean shared) {
        StoreState before = store.state();
        Set<ObjectKey> there = before.objects().keySet().stream()
                .filter(key -> NetworkWriter.writes(key.collection()))
                .filter(key -> !shared || !NetworkWriter.isHost(key))
                .collect(Collectors.toSet());
        if (!there.isEmpty() && !replace) {
            return failed(List.of("the store has a network already, of " + there.size()
                    + " objects: --replace puts the file's in its place"));
        }
        Map<ObjectKey, Optional<String>> writes = new HashMap<>();
        there.forEach(key -> writes.put(key, Optional.empty()));
        objects.forEach((key, json) -> writes.put(key, Optional.of(json)));
        if (shared) {
            writes.keySet().removeIf(key -> NetworkWriter.isHost(key) && before.revisionOf(key) > 0);
        }
        List<Map<ObjectKey, Optional<String>>> parts =
                shared ? ImportParts.of(writes, before.objects(), NetworkWriter.order()) : List.of(writes);
        for (int i = 0; i < parts.size(); i++) {
            Optional<String> problem = written(store, parts.get(i));
            if (problem.isPresent()) {
                String done = i == 0
                        ? ""
                        : ": " + i + " parts of " + parts.size() + " are imported; do it again with --replace";
                return failed(List.of(problem.get() + done));
            }
        }
        out.println(file + ": imported, " + objects.size() + " objects");
        return Main.OK;
    }

    /** Writes if nobody else does; why not, if not. */
    private static Optional<String> written(Store store, Map<ObjectKey, Optional<String>> part) {
        Transaction transaction = new Transaction(store.state().revision(), true, Map.of(), part);
        try {
            return store.commit(transaction).toCompletableFuture().join() instanceof Transaction.Outcome.Conflict
                    ? Optional.of("the store changes at the same time: try again")
                    : Optional.empty();
        } catch (CompletionException e) {
            Throwable cause = e.getCause() == null ? e : e.getCause();
            return Optional.of(String.valueOf(cause.getMessage()));
        }
    }
}
