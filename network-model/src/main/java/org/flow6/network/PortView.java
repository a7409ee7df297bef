package org.flow6.network;

import java.util.Optional;
import org.projectfloodlight.openflow.types.OFPort;

/**
 * A port with what surrounds it.
 *
 * @param ofPort the OpenFlow port of this switch that it is bound to; empty when it is bound elsewhere or nowhere, or
 *     when it or its network is administratively down
 */
public record PortView(Port port, PortKey key, Network network, NetworkKey networkKey, Optional<OFPort> ofPort) {}
