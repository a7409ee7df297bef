package org.flow6.network;

import java.util.List;
import org.projectfloodlight.openflow.types.MacAddress;

/**
 * A MAC address on a network and who may use it: there are ports bound on this switch, or other hosts.
 *
 * @param boundPorts ordered by key; more than one where allowed address pairs share a virtual MAC address
 * @param remoteHosts the other hosts, reached by tunnels, with ports that are up and may use it, each once, ordered by
 *     key; while a port moves between hosts both get what is for it
 */
public record MacView(NetworkKey network, MacAddress mac, List<PortKey> boundPorts, List<HostKey> remoteHosts) {
    public MacView {
        boundPorts = List.copyOf(boundPorts);
        remoteHosts = List.copyOf(remoteHosts);
    }
}
