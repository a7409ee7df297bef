package org.flow6.network;

import java.util.Optional;

/**
 * A layer-2 network.
 *
 * @param mtu octets that an IP packet may have, 68 to 65535 (1280 at least where a subnet is IPv6)
 * @param portSecurityEnabled the default of its ports
 * @param external whether routers may have their gateway on it ({@code router:external})
 * @param dnsDomain the domain that names of its ports are in, without a final dot
 */
public record Network(
        Id<Network> id,
        String name,
        boolean adminStateUp,
        int mtu,
        boolean portSecurityEnabled,
        boolean external,
        Optional<String> dnsDomain,
        String projectId)
        implements Resource {}
