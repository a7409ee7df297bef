package org.flow6.packets;

import org.projectfloodlight.openflow.types.IPAddress;

/**
 * What an IP packet carries: ICMP, and others whose checksum covers the packet's addresses (RFC 8200 §8.1).
 */
public interface UpperLayer {
    NextHeader nextHeader();

    /** The wire form, with the checksum for a packet between these addresses, which are of one family. */
    Bytes encode(IPAddress<?> source, IPAddress<?> finalDestination);
}
