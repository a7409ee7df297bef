package org.flow6.launcher;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.flow6.core.Controller;
import org.flow6.network.file.NetworkFile;
import org.flow6.network.file.Violation;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Feeds the controller with the network file, and with each good change of it. */
final class NetworkFeed implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(NetworkFeed.class);

    private final NetworkFile file;
    private final Controller controller;
    private final WatchedFile watched;

    private NetworkFile.Reading newest;

    private NetworkFeed(NetworkFile file, NetworkFile.Reading first, Controller controller) throws IOException {
        this.file = file;
        this.newest = first;
        this.controller = controller;
        this.watched = WatchedFile.start(file.path(), this::changed);
    }

    /**
     * Reads the file, and then follows it.
     *
     * @throws StartFailure naming everything that is wrong with the file
     */
    static NetworkFeed start(Path path, Controller controller) throws StartFailure, IOException {
        NetworkFile file = new NetworkFile(path);
        NetworkFile.Reading reading = file.read();
        if (reading instanceof NetworkFile.Invalid invalid) {
            throw new StartFailure(
                    invalid.violations().stream().map(Violation::toString).toList());
        } else if (reading instanceof NetworkFile.Valid valid) {
            controller.network(valid.model());
        }
        return new NetworkFeed(file, reading, controller);
    }

    @SuppressWarnings(
            "ReferenceEquality") // an unchanged text gives the same reading, and comparing large ones takes long
    private void changed() {
        NetworkFile.Reading reading = file.read();
        if (reading == newest) {
            return;
        }
        newest = reading;
        if (reading instanceof NetworkFile.Valid valid) {
            controller.network(valid.model());
        } else if (reading instanceof NetworkFile.Invalid invalid) {
            List<Violation> violations = invalid.violations();
            violations.forEach(violation -> log.error("{}", violation));
            log.error("{}: refused; the last good network stays", file.path());
            controller.networkRefused(
                    violations.get(0) + (violations.size() > 1 ? ", and " + (violations.size() - 1) + " more" : ""));
        }
    }

    @Override
    public void close() {
        watched.close();
    }
}
