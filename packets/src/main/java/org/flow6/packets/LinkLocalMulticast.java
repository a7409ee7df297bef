package org.flow6.packets;

import org.projectfloodlight.openflow.types.IPv6Address;

/** The well-known groups of link-local scope (RFC 4291 §2.7.1). */
public final class LinkLocalMulticast {
    public static final IPv6Address ALL_NODES = IPv6Address.of("ff02::1");
    public static final IPv6Address ALL_ROUTERS = IPv6Address.of("ff02::2");

    /** Where version 2 reports go (RFC 3810 §5.2.14). */
    public static final IPv6Address MLDV2_ROUTERS = IPv6Address.of("ff02::16");

    private LinkLocalMulticast() {}
}
