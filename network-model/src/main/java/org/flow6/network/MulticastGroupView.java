package org.flow6.network;

import java.util.List;
import org.projectfloodlight.openflow.types.IPv6Address;

/**
 * A multicast group with those who listen to it, but for those who get every group's packets.
 *
 * @param ports bound on this switch, ordered by key
 * @param hosts others that tunnels lead to, ordered by key
 */
public record MulticastGroupView(
        NetworkKey network, IPv6Address group, List<Wish<PortKey>> ports, List<Wish<HostKey>> hosts) {
    public MulticastGroupView {
        ports = List.copyOf(ports);
        hosts = List.copyOf(hosts);
    }

    /** Whose packets somebody wants. */
    public record Wish<K>(K of, SourceFilter filter) {}
}
