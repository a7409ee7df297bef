package org.flow6.network;

import java.util.List;
import java.util.Optional;

/** A router; its interfaces are the ports whose {@code device_id} is its id. */
public record Router(
        Id<Router> id,
        String name,
        boolean adminStateUp,
        List<Route> routes,
        Optional<ExternalGateway> externalGateway,
        String projectId)
        implements Resource {

    public Router {
        routes = List.copyOf(routes);
    }

    /** Neutron's {@code external_gateway_info}. */
    public record ExternalGateway(Id<Network> networkId, boolean enableSnat, List<Port.FixedIp> fixedIps) {
        public ExternalGateway {
            fixedIps = List.copyOf(fixedIps);
        }
    }
}
