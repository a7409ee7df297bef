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

/** The stores that configurations name, for commands that do something with one and end. */
final class Stores {
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
     * @throws StoreException if a Flow6 has it, or it cannot be read
     */
    static Store existing(Northbound.Embedded embedded) {
        Path folder = embedded.folder();
        if (!Files.isDirectory(folder)) {
            throw new StoreException(folder + " is not there: no Flow6 has kept a network in it yet");
        }
        return EmbeddedStore.open(folder);
    }
}
