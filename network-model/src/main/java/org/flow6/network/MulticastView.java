package org.flow6.network;

import java.util.List;

/**
 * Who gets every packet to a multicast group on a network, whoever listens.
 *
 * @param routers ports bound here with multicast routers, ordered by key
 * @param ports those, ports that were not asked yet, and those that the network names; ordered by key
 * @param hosts others with multicast routers, or that have not told yet what they listen to; ordered by key; none where
 *     nothing here sends to the network
 * @param outside whether the network goes on on a physical network here, where nobody knows who listens
 */
public record MulticastView(
        NetworkKey network, List<PortKey> routers, List<PortKey> ports, List<HostKey> hosts, boolean outside) {
    public MulticastView {
        routers = List.copyOf(routers);
        ports = List.copyOf(ports);
        hosts = List.copyOf(hosts);
    }
}
