package org.flow6.network;

import org.pcollections.HashTreePMap;
import org.pcollections.PMap;
import org.pcollections.PSortedSet;
import org.pcollections.TreePSet;

/**
 * The ports of each network that are bound here and up.
 *
 * @param keys of each network's, in order; without its {@link ProviderPort}
 * @param open of these, the ports that may own all of a prefix: few, or none
 */
record BoundPorts(PMap<Id<Network>, PSortedSet<PortKey>> keys, SetIndex<Id<Network>, Id<Port>> open) {
    static final BoundPorts NONE = new BoundPorts(HashTreePMap.empty(), SetIndex.empty());

    PSortedSet<PortKey> of(Id<Network> network) {
        return keys.getOrDefault(network, TreePSet.empty());
    }

    BoundPorts with(Port port, PortKey key) {
        Id<Network> network = port.networkId();
        return new BoundPorts(
                port.isProvider() ? keys : keys.plus(network, of(network).plus(key)),
                Claims.prefixes(port).isEmpty() ? open : open.with(network, port.id()));
    }

    BoundPorts without(Port port, PortKey key) {
        Id<Network> network = port.networkId();
        PSortedSet<PortKey> rest = of(network).minus(key);
        return new BoundPorts(
                rest.isEmpty() ? keys.minus(network) : keys.plus(network, rest), open.without(network, port.id()));
    }
}
