package org.flow6.packets.dhcpv6;

/** What a client has its addresses or prefixes by (RFC 8415 §12). */
public sealed interface IdentityAssociation extends Dhcpv6Option, HasOptions permits IaNa, IaPd, IaTa {
    /** The client's number of it among those of its kind, 0 to 2³²−1. */
    long iaid();
}
