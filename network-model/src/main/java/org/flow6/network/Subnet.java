package org.flow6.network;

import java.util.List;
import java.util.Optional;
import org.projectfloodlight.openflow.types.IPAddress;

/**
 * A subnet: a prefix of a network and how its hosts are configured.
 *
 * @param gatewayIp the router's address; may be link-local or outside the CIDR; empty: no router
 * @param raMode who sends Router Advertisements: Flow6 when set, an external router when empty
 * @param settings what else hosts are told, from {@code flow6}
 */
public record Subnet(
        Id<Subnet> id,
        String name,
        Id<Network> networkId,
        IpPrefix cidr,
        Optional<IPAddress<?>> gatewayIp,
        boolean enableDhcp,
        Optional<Ipv6Mode> raMode,
        Optional<Ipv6Mode> addressMode,
        List<IPAddress<?>> dnsNameservers,
        List<Route> hostRoutes,
        List<AllocationPool> allocationPools,
        SubnetSettings settings,
        String projectId)
        implements Resource {

    public Subnet {
        dnsNameservers = List.copyOf(dnsNameservers);
        hostRoutes = List.copyOf(hostRoutes);
        allocationPools = List.copyOf(allocationPools);
    }

    /** Addresses from start to end, both included. */
    public record AllocationPool(IPAddress<?> start, IPAddress<?> end) {}
}
