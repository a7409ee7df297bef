package org.flow6.network;

import java.util.List;

/**
 * A network as this switch sees it.
 *
 * @param boundPorts the ports bound on this switch, ordered by key
 * @param openClaims prefixes whose every address a bound port may own, ordered by port key: allowed address pairs that
 *     are prefixes, and everything for a port without port security
 */
public record NetworkView(Network network, NetworkKey key, List<PortKey> boundPorts, List<OpenClaim> openClaims) {
    public NetworkView {
        boundPorts = List.copyOf(boundPorts);
        openClaims = List.copyOf(openClaims);
    }

    /** A bound port's claim to all of a prefix. */
    public record OpenClaim(PortKey port, IpPrefix prefix) {}
}
