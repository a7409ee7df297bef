package org.flow6.apps.l3;

import org.flow6.flow.Action;
import org.flow6.flow.Field;
import org.flow6.flow.Match;
import org.flow6.network.IpPrefix;
import org.projectfloodlight.openflow.types.IPAddress;
import org.projectfloodlight.openflow.types.IPv4Address;
import org.projectfloodlight.openflow.types.IPv6Address;

/** What routing says of both families by fields of each. */
final class Families {
    private Families() {}

    static Match from(IpPrefix source) {
        return source.isIpv6()
                ? Match.IPV6.andIpv6(Field.IPV6_SRC, source)
                : Match.IPV4.andIpv4(Field.IPV4_SRC, source);
    }

    static Match to(IpPrefix destination) {
        return destination.isIpv6()
                ? Match.IPV6.andIpv6(Field.IPV6_DST, destination)
                : Match.IPV4.andIpv4(Field.IPV4_DST, destination);
    }

    /** What goes to this next hop. */
    static Match by(IPAddress<?> nextHop) {
        return nextHop instanceof IPv6Address address
                ? Match.IPV6.and(Field.NEXT_HOP_IPV6, address)
                : Match.IPV4.and(Field.NEXT_HOP_IPV4, (IPv4Address) nextHop);
    }

    static Action setNextHop(IPAddress<?> nextHop) {
        return nextHop instanceof IPv6Address address
                ? Action.set(Field.NEXT_HOP_IPV6, address)
                : Action.set(Field.NEXT_HOP_IPV4, (IPv4Address) nextHop);
    }

    /** The destination is a neighbor itself. */
    static Action setNextHopToDestination(boolean ipv6) {
        return ipv6
                ? Action.move(Field.IPV6_DST, Field.NEXT_HOP_IPV6)
                : Action.move(Field.IPV4_DST, Field.NEXT_HOP_IPV4);
    }
}
