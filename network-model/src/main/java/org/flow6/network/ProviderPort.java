package org.flow6.network;

import java.util.List;
import java.util.Optional;
import org.projectfloodlight.openflow.types.MacAddress;

/**
 * The port by which a network that is part of a physical network reaches the rest of it. Every such network has one by
 * itself, on each host whose bridge is attached to the physical network. It has no addresses of its own, as anybody may
 * be behind it, and no port security.
 */
public final class ProviderPort {
    /** In {@code device_owner}; nobody else's. */
    public static final String OWNER = "flow6:provider";

    private ProviderPort() {}

    /** The id of a network's: {@code provider/NETWORK}. */
    public static Id<Port> idOf(Id<Network> network) {
        return Id.of("provider/" + network.value());
    }

    /** The port of a network whose {@link Network#segment} is present. */
    public static Port of(Network network) {
        return new Port(
                idOf(network.id()),
                "",
                network.id(),
                MacAddress.NONE,
                List.of(),
                OWNER,
                "",
                /* adminStateUp= */ true,
                /* portSecurityEnabled= */ false,
                List.of(),
                List.of(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                List.of(),
                Optional.empty(),
                network.projectId());
    }
}
