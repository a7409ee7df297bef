package org.flow6.launcher;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.flow6.core.Controller;
import org.flow6.network.file.NetworkFile;
import org.flow6.network.file.NetworkFile.Invalid;
import org.flow6.network.file.NetworkFile.Reading;
import org.flow6.network.file.NetworkFile.Valid;
import org.flow6.network.file.NetworkFileWatcher;
import org.flow6.network.file.Violation;
import org.flow6.northbound.StoreStatus;
import org.flow6.northbound.api.NeutronApi;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Feeds the controller with the network file, and with each good change of it. */
final class NetworkFeed {
    private static final Logger log = LoggerFactory.getLogger(NetworkFeed.class);

    /** A file of another kind has a violation in every line. */
    private static final int SHOWN = 100;

    private final Path path;
    private final Controller controller;
    private final BlindRules blind = new BlindRules();

    private NetworkFeed(Path path, Controller controller) {
        this.path = path;
        this.controller = controller;
    }

    /**
     * Takes what was read of the file, and then follows it.
     *
     * @throws StartFailure naming everything that is wrong with the file
     */
    static Feed start(NetworkFile file, Reading reading, Controller controller) throws StartFailure, IOException {
        NetworkFeed feed = new NetworkFeed(file.path(), controller);
        if (reading instanceof Valid valid) {
            feed.blind.tell(valid.model());
            controller.network(valid.model());
        } else if (reading instanceof Invalid invalid) {
            throw new StartFailure(
                    invalid.violations().stream().map(Violation::toString).toList());
        }
        NetworkFileWatcher watcher = NetworkFileWatcher.start(file, feed::take);
        Instant since = Instant.now();
        return new Feed() {
            @Override
            public StoreStatus status() {
                return new StoreStatus("file", true, true, 0, since, Optional.empty());
            }

            @Override
            public Optional<NeutronApi> api() {
                return Optional.empty();
            }

            @Override
            public void close() {
                watcher.close();
            }
        };
    }

    private void take(Reading reading) {
        if (reading instanceof Valid valid) {
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
