package org.flow6.network;

import java.util.List;
import org.projectfloodlight.openflow.types.MacAddress;

/**
 * A MAC address on a network and the ports bound on this switch that may use it.
 *
 * @param boundPorts ordered by key; more than one where allowed address pairs share a virtual MAC address
 */
public record MacView(NetworkKey network, MacAddress mac, List<PortKey> boundPorts) {
    public MacView {
        boundPorts = List.copyOf(boundPorts);
    }
}
