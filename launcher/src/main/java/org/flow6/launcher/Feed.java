package org.flow6.launcher;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;
import org.flow6.core.Controller;
import org.flow6.launcher.configuration.Configuration;
import org.flow6.launcher.configuration.Configuration.Northbound;
import org.flow6.network.file.NetworkFile;
import org.flow6.northbound.EmbeddedStore;
import org.flow6.northbound.StoreException;
import org.flow6.northbound.StoreStatus;
import org.flow6.northbound.api.NeutronApi;
import org.flow6.northbound.api.ThisHost;

/** Feeds a controller with the network, and with its changes. */
interface Feed extends AutoCloseable {

    /** How what keeps the network fares. */
    StoreStatus status();

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
        Optional<Path> folder =
                northbound instanceof Northbound.Etcd etcd ? Optional.of(etcd.folder()) : northbound.embedded();
        if (folder.isPresent()) {
            try {
                EmbeddedStore.makeFolder(folder.get());
            } catch (StoreException e) {
                throw StoreFeed.failure(northbound.etcd().isPresent() ? "folder" : "embedded", e);
            }
        }
    }

    /** Reads the network from where it is kept. */
    static Start of(Configuration configuration) {
        Northbound northbound = configuration.northbound();
        ThisHost self = new ThisHost(self(configuration), Instant.now());
        if (northbound instanceof Northbound.Embedded embedded) {
            return StoreFeed.open(embedded.folder(), self);
        } else if (northbound instanceof Northbound.Etcd etcd) {
            boolean reached = configuration.tunnel().isPresent();
            return StoreFeed.follow(reached ? etcd.settings().as(self.said().toString()) : etcd.settings(), self);
        }
        NetworkFile file = new NetworkFile(((Northbound.File) northbound).path());
        NetworkFile.Reading reading = file.read();
        return controller -> NetworkFeed.start(file, reading, self, controller);
    }

    /** This host as the network lists it. */
    private static ObjectNode self(Configuration configuration) {
        ObjectNode host = JsonNodeFactory.instance.objectNode().put("name", configuration.host());
        configuration
                .tunnel()
                .ifPresent(tunnel -> host.put("tunnel_ip", tunnel.localIp().toString()));
        ArrayNode attached = host.putArray("physical_networks");
        configuration.bridgeMappings().keySet().forEach(attached::add);
        return host;
    }
}
