package org.flow6.core.neighbor;

import org.flow6.network.Id;
import org.flow6.network.Port;
import org.projectfloodlight.openflow.types.MacAddress;

/** What Neighbor Discovery calls a link-layer address, on a link whose ports are known: a MAC address behind a port. */
public record LinkAddress(MacAddress mac, Id<Port> port) {}
