package org.flow6.flow;

import org.flow6.network.Id;
import org.flow6.network.NetworkAddress;
import org.flow6.network.Port;

/**
 * Where a router may send packets to.
 *
 * @param from the router's port on that network
 */
public record NextHop(NetworkAddress address, Id<Port> from) {}
