package org.flow6.launcher;

import java.io.IOException;
import java.util.Optional;
import org.flow6.core.Controller;
import org.flow6.launcher.configuration.Configuration.Northbound;
import org.flow6.network.file.NetworkFile;
import org.flow6.northbound.EmbeddedStore;
import org.flow6.northbound.StoreException;
import org.flow6.northbound.api.NeutronApi;

/** Feeds a controller with the network, and with its changes. */
interface Feed extends AutoCloseable {

    /** Neutron's API; empty where there is none. */
    Optional<NeutronApi> api();

    @Override
    void close();

    /** A network that was read, for a controller that may be starting yet. */
    @FunctionalInterface
    interface Start {
        /** @throws StartFailure naming everything that is wrong with it */
        Feed feed(Controller controller) throws StartFailure, IOException;
    }

    /** Makes what the controller needs before the network is read: its state is kept beside. */
    static void prepare(Northbound northbound) throws StartFailure {
        if (northbound instanceof Northbound.Embedded embedded) {
            try {
                EmbeddedStore.makeFolder(embedded.folder());
            } catch (StoreException e) {
                throw StoreFeed.failure(e);
            }
        }
    }

    /** Reads the network from where it is kept. */
    static Start of(Northbound northbound) {
        if (northbound instanceof Northbound.Embedded embedded) {
            return StoreFeed.open(embedded.folder());
        }
        NetworkFile file = new NetworkFile(((Northbound.File) northbound).path());
        NetworkFile.Reading reading = file.read();
        return controller -> NetworkFeed.start(file, reading, controller);
    }
}
