package org.flow6.network;

import java.util.List;
import org.projectfloodlight.openflow.types.IPAddress;
import org.projectfloodlight.openflow.types.MacAddress;

/**
 * An address on a network and every port that may own it: by a fixed IP, as its link-local address, or by an allowed
 * address pair. Several ports share one where they take turns (VRRP), so only a sole claim tells who owns it.
 *
 * @param claims at least one, ordered by port key
 * @param routed whether a router that is up is on the network, so that packets come to the address from elsewhere
 */
public record AddressView(NetworkKey network, IPAddress<?> address, List<Claim> claims, boolean routed) {
    public AddressView {
        claims = List.copyOf(claims);
    }

    /**
     * A port's claim to an address.
     *
     * @param mac the MAC address that goes with the address
     * @param bound whether the port is bound on this switch
     * @param here whether packets for it come to this host: it is bound, or is a router's and no other host's gateway
     */
    public record Claim(PortKey port, MacAddress mac, boolean router, boolean bound, boolean here) {}
}
