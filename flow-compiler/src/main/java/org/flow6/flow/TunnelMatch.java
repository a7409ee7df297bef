package org.flow6.flow;

import org.projectfloodlight.openflow.types.IPAddress;
import org.projectfloodlight.openflow.types.IPv4Address;
import org.projectfloodlight.openflow.types.IPv6Address;
import org.projectfloodlight.openflow.types.OFPort;

/** Packets that came from another host. */
public final class TunnelMatch {
    private TunnelMatch() {}

    /** @param address of the host's end of the tunnel */
    public static Match from(OFPort tunnel, IPAddress<?> address) {
        Match match = Match.ANY.and(Field.IN_PORT, tunnel);
        return address instanceof IPv6Address v6
                ? match.and(Field.TUN_IPV6_SRC, v6)
                : match.and(Field.TUN_IPV4_SRC, (IPv4Address) address);
    }
}
