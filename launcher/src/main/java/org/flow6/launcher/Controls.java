package org.flow6.launcher;

import com.fasterxml.jackson.databind.JsonNode;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletionStage;
import org.flow6.core.Status;
import org.flow6.core.ovsdb.TunnelPort;
import org.flow6.northbound.StoreStatus;
import org.flow6.northbound.api.NeutronApi;
import org.projectfloodlight.openflow.types.DatapathId;

/**
 * A running controller as HTTP and the configuration file see it. Methods may be called from any thread and do not block;
 * stages may complete on any thread. As a binder of meters it registers everything it counts; that happens once, some time
 * after the start, so it must count from the start without them.
 */
public interface Controls extends MeterBinder, AutoCloseable {

    /** How everything fares; meters show the newest status that was asked for. */
    CompletionStage<Status> status();

    /** How what keeps the network fares. */
    StoreStatus northbound();

    /** Completes when a switch has its flows for the first time. */
    CompletionStage<Void> inStep();

    /** For every app by name whether it is enabled. */
    Map<String, Boolean> apps();

    /**
     * Sets whether an app is at work; nothing happens if it is so already. The stage completes once flows are accordingly.
     *
     * @throws IllegalArgumentException if there is no such app
     */
    CompletionStage<Void> enable(String app, boolean enabled);

    /** Sets by which port packets to other hosts leave; empty: by none. */
    void tunnel(Optional<TunnelPort> tunnel);

    /** Sets which bridge is attached to each physical network. */
    void bridgeMappings(Map<String, String> bridges);

    /** Neutron's API; empty where the network is only read. */
    Optional<NeutronApi> api();

    /** The switches that are connected. */
    Collection<DatapathId> switches();

    /**
     * Asks a switch for what one of Ryu's calls shows.
     *
     * @param number the port or meter that alone is asked for; empty for all
     * @return what Ryu's call answers; empty if no such switch is connected
     */
    Optional<CompletionStage<JsonNode>> stats(StatsCall call, DatapathId datapath, OptionalLong number);

    /** Ends sessions and threads, and leaves the flows in the switches. */
    @Override
    void close();
}
