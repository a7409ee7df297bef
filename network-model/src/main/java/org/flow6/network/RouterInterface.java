package org.flow6.network;

import java.util.List;

/**
 * A router on a network, both administratively up.
 *
 * @param port whose {@link Port#isRouterInterface} holds
 * @param network that it is on
 * @param mtu octets of the largest IP packet that gets from here to every port of the network, also on other hosts
 * @param subnets those of its fixed IPs that are on its network, each once, in the order of the fixed IPs
 */
public record RouterInterface(
        Port port,
        PortKey key,
        Network network,
        int mtu,
        NetworkKey networkKey,
        Router router,
        RouterKey routerKey,
        List<Subnet> subnets) {
    public RouterInterface {
        subnets = List.copyOf(subnets);
    }

    /**
     * Whether the router serves the hosts of the network, and so advertises itself there (Neutron's
     * ROUTER_INTERFACE_OWNERS): not on the network of its gateway, nor by ports that translate addresses or that its
     * replicas talk by.
     */
    public boolean facesHosts() {
        return switch (port.deviceOwner()) {
            case "network:router_interface",
                    "network:router_interface_distributed",
                    "network:ha_router_replicated_interface" -> true;
            default -> false;
        };
    }

    /** Whether it is the router's way out, to an external network. */
    public boolean isGateway() {
        return port.deviceOwner().equals("network:router_gateway");
    }

    /** How it advertises itself. */
    public RouterAdvertisementSettings advertisement() {
        return port.routerAdvertisement().orElse(RouterAdvertisementSettings.DEFAULT);
    }
}
