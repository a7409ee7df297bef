package org.flow6.apps.secgroup.groups;

import java.util.ArrayList;
import java.util.List;
import org.flow6.flow.Field;
import org.flow6.flow.Match;
import org.flow6.network.IpPrefix;
import org.flow6.packets.MulticastRouterDiscovery;

/**
 * What no rule is asked about, as without it there are no addresses to write rules for. Conntrack makes nothing of most of
 * it either. Who may send what of it is for source guard.
 */
final class Exempt {
    /**
     * MLD (RFC 2710, RFC 3810), Neighbor Discovery (RFC 4861), its inverse (RFC 3122), router discovery of multicast (RFC
     * 4286).
     */
    private static final List<Integer> ICMPV6_TYPES =
            List.of(130, 131, 132, 133, 134, 135, 136, 137, 141, 142, 143, 151, 152, 153);

    private static final int UDP = 17;
    private static final int FRAGMENT_HEADER = 44;
    private static final int LATER_FRAGMENT = 3;
    private static final int DHCPV6_CLIENT = 546;
    private static final int DHCPV6_SERVER = 547;
    private static final int DHCPV4_CLIENT = 68;
    private static final int DHCPV4_SERVER = 67;
    private static final List<IpPrefix> DHCPV6_SERVERS =
            List.of(IpPrefix.parse("ff02::1:2"), IpPrefix.parse("ff05::1:3"));

    private Exempt() {}

    static List<Match> matches(Side side) {
        List<Match> matches = new ArrayList<>();
        matches.add(Match.ARP);
        ICMPV6_TYPES.forEach(type -> matches.add(Match.ICMPV6.and(Field.ICMPV6_TYPE, type)));
        if (side == Side.EGRESS) {
            matches.add(udp(Match.IPV6, DHCPV6_CLIENT, DHCPV6_SERVER));
            matches.add(udp(Match.IPV4, DHCPV4_CLIENT, DHCPV4_SERVER));
            // A multicast router's Termination (RFC 4286 §5.1), too short for OVS to read its type.
            matches.add(
                    Match.ICMPV6.and(Field.ICMPV6_TYPE, 0).and(Field.IPV6_DST, MulticastRouterDiscovery.ALL_SNOOPERS));
            for (IpPrefix servers : DHCPV6_SERVERS) {
                // The ports are in the first fragment alone.
                matches.add(Match.IPV6
                        .and(Field.IP_PROTO, FRAGMENT_HEADER)
                        .and(Field.IP_FRAG, LATER_FRAGMENT)
                        .andIpv6(Field.IPV6_DST, servers));
            }
        } else {
            matches.add(udp(Match.IPV6, DHCPV6_SERVER, DHCPV6_CLIENT));
            matches.add(udp(Match.IPV4, DHCPV4_SERVER, DHCPV4_CLIENT));
        }
        return matches;
    }

    private static Match udp(Match family, int source, int destination) {
        return family.and(Field.IP_PROTO, UDP).and(Field.UDP_SRC, source).and(Field.UDP_DST, destination);
    }
}
