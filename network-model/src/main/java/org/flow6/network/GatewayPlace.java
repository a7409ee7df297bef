package org.flow6.network;

import java.util.List;
import java.util.Optional;

/**
 * Where a port of a router is at work: everywhere, or as the router's gateway on one host of several.
 *
 * @param elsewhere the other host whose it is now; empty: it is this one's, as it is everybody's that is no gateway
 * @param standbys the other hosts that could have it and are not known to be unreachable, ordered by key
 */
public record GatewayPlace(Optional<HostKey> elsewhere, List<HostKey> standbys) {
    /** Of a port that no other host could have. */
    static final GatewayPlace HERE = new GatewayPlace(Optional.empty(), List.of());

    public GatewayPlace {
        standbys = List.copyOf(standbys);
    }
}
