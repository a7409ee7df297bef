package org.flow6.network;

/**
 * A layer-2 network.
 *
 * @param mtu octets that an IP packet may have, 68 to 65535 (1280 at least where a subnet is IPv6)
 * @param portSecurityEnabled the default of its ports
 * @param external whether routers may have their gateway on it ({@code router:external})
 */
public record Network(
        Id<Network> id,
        String name,
        boolean adminStateUp,
        int mtu,
        boolean portSecurityEnabled,
        boolean external,
        String projectId)
        implements Resource {}
