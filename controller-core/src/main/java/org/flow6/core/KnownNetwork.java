package org.flow6.core;

import org.flow6.network.NetworkModel;
import org.flow6.network.Wanted;

/**
 * A network, as much of it as is known.
 *
 * @param ports of which it has all, beside those of routers and those that name the host
 */
record KnownNetwork(NetworkModel model, Wanted ports) {}
