package org.flow6.network;

import java.util.List;
import java.util.Optional;

/**
 * A layer-2 network.
 *
 * @param mtu octets that an IP packet may have, 68 to 65535 (1280 at least where a subnet is IPv6)
 * @param portSecurityEnabled the default of its ports
 * @param external whether routers may have their gateway on it ({@code router:external})
 * @param segment the part of a physical network that it is; empty: a tenant's network, which tunnels carry from host to host
 * @param dnsDomain the domain that names of its ports are in, without a final dot
 * @param trustedRouters those of its ports with port security that may route and advertise themselves all the same
 * @param trustedDhcpServers those of its ports with port security that may serve DHCP all the same
 * @param multicast how its multicast is kept to its listeners
 */
public record Network(
        Id<Network> id,
        String name,
        boolean adminStateUp,
        int mtu,
        boolean portSecurityEnabled,
        boolean external,
        Optional<ProviderSegment> segment,
        Optional<String> dnsDomain,
        List<Id<Port>> trustedRouters,
        List<Id<Port>> trustedDhcpServers,
        MulticastSettings multicast,
        String projectId)
        implements Resource {
    public Network {
        trustedRouters = List.copyOf(trustedRouters);
        trustedDhcpServers = List.copyOf(trustedDhcpServers);
    }

    /** One with multicast as it is by default. */
    public Network(
            Id<Network> id,
            String name,
            boolean adminStateUp,
            int mtu,
            boolean portSecurityEnabled,
            boolean external,
            Optional<ProviderSegment> segment,
            Optional<String> dnsDomain,
            List<Id<Port>> trustedRouters,
            List<Id<Port>> trustedDhcpServers,
            String projectId) {
        this(
                id,
                name,
                adminStateUp,
                mtu,
                portSecurityEnabled,
                external,
                segment,
                dnsDomain,
                trustedRouters,
                trustedDhcpServers,
                MulticastSettings.DEFAULT,
                projectId);
    }
}
