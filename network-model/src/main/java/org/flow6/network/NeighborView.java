package org.flow6.network;

import org.projectfloodlight.openflow.types.IPAddress;
import org.projectfloodlight.openflow.types.MacAddress;

/**
 * A neighbor that a router learned, behind a port that is bound on this switch and may own the address still.
 */
public record NeighborView(NetworkKey network, IPAddress<?> address, PortKey port, MacAddress mac) {}
