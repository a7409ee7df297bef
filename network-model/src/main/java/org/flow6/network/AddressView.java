package org.flow6.network;

import java.util.List;
import java.util.Optional;
import org.projectfloodlight.openflow.types.IPAddress;
import org.projectfloodlight.openflow.types.MacAddress;

/**
 * An address on a network and every port that may own it: by a fixed IP, as its link-local address, or by an allowed
 * address pair. Several ports share one where they take turns (VRRP), so only a sole claim tells who owns it.
 *
 * @param claims at least one, ordered by port key
 * @param routed whether a router that is up is on the network, so that packets come to the address from elsewhere
 * @param forAll whether everybody is told of it by this host. Not so on a network that is part of a physical network, where
 *     all hosts and others are asked by whom is outside: an address that is neither a port's that is bound here nor a
 *     router's that {@linkplain RouterInterface#servesOutside serves there}
 * @param provider the {@link ProviderPort} of its network, if that is bound here
 * @param standbys the other hosts that could take a router's place there and are not known to be unreachable, ordered by key
 * @param proxies where it is answered for with the MAC address of a router that it is behind; of a sole claim alone
 */
public record AddressView(
        NetworkKey network,
        IPAddress<?> address,
        List<Claim> claims,
        boolean routed,
        boolean forAll,
        Optional<PortKey> provider,
        List<HostKey> standbys,
        List<Proxy> proxies) {
    public AddressView {
        claims = List.copyOf(claims);
        standbys = List.copyOf(standbys);
        proxies = List.copyOf(proxies);
    }

    /**
     * A router's gateway that answers for an address behind it ({@link Router#proxyNd}).
     *
     * @param network on which it does
     */
    public record Proxy(NetworkKey network, MacAddress mac) {}

    /**
     * A port's claim to an address.
     *
     * @param mac the MAC address that goes with the address
     * @param bound whether the port is bound on this switch
     */
    public record Claim(PortKey port, MacAddress mac, boolean router, boolean bound) {}
}
