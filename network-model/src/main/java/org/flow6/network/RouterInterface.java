package org.flow6.network;

import java.util.List;

/**
 * A router on a network, both administratively up.
 *
 * @param port whose {@link Port#isRouterInterface} holds
 * @param network that it is on
 * @param mtu octets of the largest IP packet that gets from here to every port of the network, also on other hosts
 * @param subnets those of its fixed IPs that are on its network, each once, in the order of the fixed IPs
 * @param place where it is at work
 * @param servesOutside whether this host is where the router is for whom is outside, on the physical network that its
 *     network is part of. One host is for each router; of a network of tenants there is no outside, and all hosts are
 */
public record RouterInterface(
        Port port,
        PortKey key,
        Network network,
        int mtu,
        NetworkKey networkKey,
        Router router,
        RouterKey routerKey,
        List<Subnet> subnets,
        GatewayPlace place,
        boolean servesOutside) {
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
        return isGateway(port.deviceOwner());
    }

    /** Whether a {@code device_owner} says that it is a router's way out. */
    public static boolean isGateway(String deviceOwner) {
        return deviceOwner.equals("network:router_gateway");
    }

    /** Whether packets by it leave and come on this host. */
    public boolean isHere() {
        return place.elsewhere().isEmpty();
    }

    /** Whether it is the router's way out to a physical network, which is served from this host. */
    boolean isServedGateway() {
        return isGateway() && network.segment().isPresent() && servesOutside;
    }

    /** How it advertises itself. */
    public RouterAdvertisementSettings advertisement() {
        return port.routerAdvertisement().orElse(RouterAdvertisementSettings.DEFAULT);
    }
}
