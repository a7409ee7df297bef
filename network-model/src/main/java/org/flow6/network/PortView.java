package org.flow6.network;

import java.util.List;
import java.util.Optional;
import org.projectfloodlight.openflow.types.IPv6Address;
import org.projectfloodlight.openflow.types.OFPort;

/**
 * A port with what surrounds it.
 *
 * @param ofPort the OpenFlow port of this switch that it is bound to; empty when it is bound elsewhere or nowhere, or
 *     when it or its network is administratively down
 * @param remoteHost the other host that it is on ({@code binding:host_id}), if the network lists that host, the port and its
 *     network are up, and the network is no part of a physical network, which then carries what is for the port
 * @param groups its security groups, ordered by id; none without port security
 * @param claimed the addresses that it has by {@linkplain AddressClaim claims}, in their order, 32 at most: link-local
 *     ones and those of subnets that allow it ({@link SubnetSettings#allowSlaacPrefix}). None that a port which is up has
 *     as a fixed IP, as its link-local address or as an allowed address, nor one that another port claimed earlier; none
 *     without port security or while the port is administratively down
 * @param provider the {@link ProviderPort} of its network, if that is bound here and another port
 */
public record PortView(
        Port port,
        PortKey key,
        Network network,
        NetworkKey networkKey,
        Optional<OFPort> ofPort,
        Optional<HostKey> remoteHost,
        List<SecurityGroup> groups,
        List<IPv6Address> claimed,
        Optional<PortKey> provider) {
    public PortView {
        groups = List.copyOf(groups);
        claimed = List.copyOf(claimed);
    }

    /** Whether a router may be attached: it advertises itself, and asks who listens to multicast. */
    public boolean mayRoute() {
        return !port.portSecurityEnabled()
                || port.isRouterInterface()
                || network.trustedRouters().contains(port.id());
    }
}
