package org.flow6.launcher;

import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import org.flow6.launcher.configuration.Configuration.Northbound;
import org.flow6.launcher.configuration.ConfigurationFile;
import org.flow6.launcher.configuration.RefusedConfiguration;
import org.flow6.northbound.EmbeddedStore;
import org.flow6.northbound.Store;
import org.flow6.northbound.StoreException;
import org.flow6.northbound.etcd.EtcdSettings;
import org.flow6.northbound.etcd.EtcdStore;

/** The stores that configurations name, for commands that do something with one and end. */
final class Stores {
    private static final long PATIENCE_MILLIS = 10_000;

    private Stores() {}

    /** @param config as the user wrote it */
    static Northbound named(String config) throws RefusedConfiguration {
        Path file;
        try {
            file = Main.resolve(config);
        } catch (InvalidPathException e) {
            throw new StoreException("'" + config + "' is not a file", e);
        }
        return new ConfigurationFile(file, config, new ControllerCore().known())
                .read()
                .northbound();
    }

    /**
     * Opens a store that there is.
     *
     * @throws StoreException if a Flow6 has it, or it cannot be reached or read
     */
    static Store existing(Northbound northbound) {
        if (!(northbound instanceof Northbound.Embedded embedded)) {
            return opened(northbound);
        }
        Path folder = embedded.folder();
        if (!Files.isDirectory(folder)) {
            throw new StoreException(folder + " is not there: no Flow6 has kept a network in it yet");
        }
        return EmbeddedStore.open(folder);
    }

    /**
     * Opens a store that can be written, if need be a new one.
     *
     * @throws StoreException if a Flow6 has it, or it cannot be reached or read
     */
    static Store opened(Northbound northbound) {
        if (northbound instanceof Northbound.Embedded embedded) {
            return EmbeddedStore.open(embedded.folder());
        }
        EtcdSettings settings = northbound.etcd().orElseThrow();
        // What a command reads is kept by nobody: the host's own Flow6 may run beside it.
        EtcdStore store = EtcdStore.open(settings.forCommand());
        try {
            store.awaitConnection(PATIENCE_MILLIS);
            return store;
        } catch (StoreException e) {
            store.close();
            throw e;
        }
    }
}
