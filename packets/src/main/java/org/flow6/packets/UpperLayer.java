package org.flow6.packets;

import org.projectfloodlight.openflow.types.IPv6Address;

/** What an IPv6 packet carries: ICMPv6, and others whose checksum covers the packet's addresses (RFC 8200 §8.1). */
public interface UpperLayer {
    NextHeader nextHeader();

    /** The wire form, with the checksum for a packet between these addresses. */
    Bytes encode(IPv6Address source, IPv6Address finalDestination);
}
