package org.flow6.network;

import org.projectfloodlight.openflow.types.IPAddress;

/**
 * A host that Flow6 runs on.
 *
 * @param id its name, as in {@code binding:host_id} and in the configuration of its Flow6
 * @param tunnelIp where its end of tunnels is; no other host has it
 */
public record Host(Id<Host> id, IPAddress<?> tunnelIp) implements Resource {}
