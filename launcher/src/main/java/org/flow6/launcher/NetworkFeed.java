package org.flow6.launcher;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import org.flow6.core.Controller;
import org.flow6.network.NetworkModel;
import org.flow6.network.file.NetworkFile;
import org.flow6.network.file.NetworkFile.Invalid;
import org.flow6.network.file.NetworkFile.Reading;
import org.flow6.network.file.NetworkFile.Valid;
import org.flow6.network.file.NetworkFileWatcher;
import org.flow6.network.file.Violation;
import org.flow6.northbound.FileStore;
import org.flow6.northbound.LiveNetwork;
import org.flow6.northbound.StoreStatus;
import org.flow6.northbound.api.FileNetwork;
import org.flow6.northbound.api.NeutronApi;
import org.flow6.northbound.api.ThisHost;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Feeds the controller with the network file, and with each good change of it. */
final class NetworkFeed implements Feed {
    private static final Logger log = LoggerFactory.getLogger(NetworkFeed.class);

    /** A file of another kind has a violation in every line. */
    private static final int SHOWN = 100;

    private final NetworkFile file;
    private final ThisHost self;
    private final Path path;
    private final Controller controller;
    private final FileStore store;
    private final BlindRules blind = new BlindRules();
    /** The time of objects for which the file states none. */
    private final String since = Instant.now().truncatedTo(ChronoUnit.SECONDS).toString();

    private @Nullable NetworkFileWatcher watcher;
    private @Nullable NeutronApi api;

    private NetworkFeed(NetworkFile file, ThisHost self, Controller controller) {
        this.file = file;
        this.self = self;
        this.path = file.path();
        this.controller = controller;
        this.store = new FileStore(path);
    }

    /**
     * Takes what was read of the file, and then follows it.
     *
     * @throws StartFailure naming everything that is wrong with the file
     */
    static Feed start(NetworkFile file, Reading reading, ThisHost self, Controller controller)
            throws StartFailure, IOException {
        NetworkFeed feed = new NetworkFeed(file, self, controller);
        if (reading instanceof Valid valid) {
            feed.blind.tell(valid.model());
            controller.network(valid.model());
            feed.offer(valid.model());
        } else if (reading instanceof Invalid invalid) {
            throw new StartFailure(
                    invalid.violations().stream().map(Violation::toString).toList());
        }
        feed.watcher = NetworkFileWatcher.start(file, feed::take);
        return feed;
    }

    @Override
    public StoreStatus status() {
        return store.status();
    }

    /** For the API, whenever somebody asks it. */
    private void offer(NetworkModel model) {
        byte[] text = file.text();
        store.take(() -> FileNetwork.objects(path.toString(), text, model, since));
    }

    /** Made when it is asked for, which no start waits for. */
    @Override
    public synchronized Optional<NeutronApi> api() {
        NeutronApi made = api;
        if (made == null) {
            made = new NeutronApi(store, LiveNetwork.still(), Optional.of(self), Instant::now);
            api = made;
        }
        return Optional.of(made);
    }

    @Override
    public synchronized void close() {
        if (watcher != null) {
            watcher.close();
        }
        if (api != null) {
            api.close();
        }
    }

    private void take(Reading reading) {
        if (reading instanceof Valid valid) {
            offer(valid.model());
            log.info("{}: in force, {} ports", path, valid.model().ports().size());
            controller.network(valid.model());
            blind.tell(valid.model());
        } else if (reading instanceof Invalid invalid) {
            List<Violation> violations = invalid.violations();
            violations.stream().limit(SHOWN).forEach(violation -> log.error("{}", violation));
            String more = violations.size() > 1 ? " and " + (violations.size() - 1) + " more" : "";
            log.error("{}: refused, {} violations; the last good network stays", path, violations.size());
            controller.networkRefused(violations.get(0) + more);
        }
    }
}
