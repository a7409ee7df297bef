package org.flow6.network;

import java.util.Optional;
import org.projectfloodlight.openflow.types.IPAddress;

/** An address of an external network that stands for a port's fixed address; kept for the apps that translate. */
public record FloatingIp(
        Id<FloatingIp> id,
        Id<Network> floatingNetworkId,
        IPAddress<?> floatingIpAddress,
        Optional<Id<Port>> portId,
        Optional<IPAddress<?>> fixedIpAddress,
        String projectId)
        implements Resource {}
