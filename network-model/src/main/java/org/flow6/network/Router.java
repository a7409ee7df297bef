package org.flow6.network;

import java.util.List;
import java.util.Optional;

/**
 * A router; its interfaces are the ports whose {@code device_id} is its id.
 *
 * @param routes several of one destination share its packets
 * @param blackholeRoutes destinations whose packets are dropped without a word, each once; from {@code flow6}
 * @param gatewayHosts the hosts that its gateway may be on, each once, the preferred one first; from {@code flow6}, or the
 *     only one that could have it; empty: it is wherever its packets come from
 * @param proxyNd whether addresses behind the router are answered for on the networks of its gateways, with the
 *     gateway's MAC address: the upstream router takes their prefixes to be on its link; from {@code flow6}
 */
public record Router(
        Id<Router> id,
        String name,
        boolean adminStateUp,
        List<Route> routes,
        List<IpPrefix> blackholeRoutes,
        List<Id<Host>> gatewayHosts,
        boolean proxyNd,
        Optional<ExternalGateway> externalGateway,
        String projectId)
        implements Resource {

    public Router {
        routes = List.copyOf(routes);
        blackholeRoutes = List.copyOf(blackholeRoutes);
        gatewayHosts = List.copyOf(gatewayHosts);
    }

    /** Neutron's {@code external_gateway_info}. */
    public record ExternalGateway(Id<Network> networkId, boolean enableSnat, List<Port.FixedIp> fixedIps) {
        public ExternalGateway {
            fixedIps = List.copyOf(fixedIps);
        }
    }
}
