package org.flow6.network;

import java.util.Set;
import org.projectfloodlight.openflow.types.IPAddress;

/**
 * A host that Flow6 runs on.
 *
 * @param id its name, as in {@code binding:host_id} and in the configuration of its Flow6
 * @param tunnelIp where its end of tunnels is; no other host has it
 * @param physicalNetworks those that it is attached to, as its {@code bridge_mappings} say
 */
public record Host(Id<Host> id, IPAddress<?> tunnelIp, Set<String> physicalNetworks) implements Resource {
    public Host {
        physicalNetworks = Set.copyOf(physicalNetworks);
    }
}
