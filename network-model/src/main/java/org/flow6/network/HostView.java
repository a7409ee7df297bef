package org.flow6.network;

/**
 * Another host that the tunnels of this switch lead to.
 *
 * @param tunnel the end on this switch
 */
public record HostView(Host host, HostKey key, Tunnel tunnel) {}
