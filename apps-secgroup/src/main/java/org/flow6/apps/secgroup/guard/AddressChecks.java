package org.flow6.apps.secgroup.guard;

import java.util.ArrayList;
import java.util.List;
import org.flow6.flow.Action;
import org.flow6.flow.DropReason;
import org.flow6.flow.Field;
import org.flow6.flow.Flow;
import org.flow6.flow.Match;
import org.flow6.flow.Priority;
import org.flow6.flow.Table;
import org.flow6.network.IpPrefix;
import org.flow6.packets.NeighborSolicitation;
import org.flow6.packets.NextHeader;
import org.flow6.packets.RouterSolicitation;
import org.projectfloodlight.openflow.types.IPv4Address;
import org.projectfloodlight.openflow.types.MacAddress;

/** The checks of source addresses: flows for all ports, and in which order they and those of a port's own addresses come. */
final class AddressChecks {
    private static final MacAddress MULTICAST_BIT = MacAddress.of("01:00:00:00:00:00");
    private static final IpPrefix LINK_LOCAL = IpPrefix.parse("fe80::/10");
    private static final IpPrefix MULTICAST = IpPrefix.parse("ff00::/8");
    private static final IpPrefix UNSPECIFIED = IpPrefix.parse("::/128");
    private static final IpPrefix UNSPECIFIED_IPV4 = IpPrefix.parse("0.0.0.0/32");
    private static final IpPrefix MULTICAST_IPV4 = IpPrefix.parse("224.0.0.0/3");

    /** Reports and dones, which a host sends before it has an address (RFC 3590 §4). */
    private static final List<Integer> MULTICAST_LISTENER = List.of(131, 132, 143);

    private static final int IGMP = 2;
    private static final int DHCP_SERVER_PORT = 67;
    private static final int DHCP_CLIENT_PORT = 68;

    private AddressChecks() {}

    static List<Flow> flows() {
        List<Flow> flows = new ArrayList<>();
        flows.add(flow(
                Table.GUARD_ETHERNET,
                9,
                Match.ANY.and(Field.VLAN_VID, Field.VLAN_PRESENT, Field.VLAN_PRESENT),
                Action.drop(GuardDrop.VLAN)));
        flows.add(flow(
                Table.GUARD_ETHERNET,
                8,
                Match.ANY.and(Field.ETH_SRC, MULTICAST_BIT, MULTICAST_BIT),
                Action.drop(GuardDrop.MULTICAST_MAC)));
        withoutAddress().forEach(match -> flows.add(pass(7, match)));
        for (IpPrefix none : List.of(UNSPECIFIED, MULTICAST)) {
            flows.add(drop(6, Match.IPV6.andIpv6(Field.IPV6_SRC, none), DropReason.GUARD_SOURCE));
        }
        for (IpPrefix none : List.of(UNSPECIFIED_IPV4, MULTICAST_IPV4)) {
            flows.add(drop(6, Match.IPV4.andIpv4(Field.IPV4_SRC, none), DropReason.GUARD_SOURCE));
        }
        // A router speaks for others, but not to its neighbors.
        flows.add(drop(4, Match.IPV6.andIpv6(Field.IPV6_SRC, LINK_LOCAL), DropReason.GUARD_SOURCE));
        MessageChecks.NEIGHBOR_DISCOVERY.forEach(
                type -> flows.add(drop(4, Match.ICMPV6.and(Field.ICMPV6_TYPE, type), DropReason.GUARD_SOURCE)));
        flows.add(drop(2, Match.IPV6, DropReason.GUARD_SOURCE));
        flows.add(drop(2, Match.IPV4, DropReason.GUARD_SOURCE));
        flows.add(drop(2, Match.ARP, GuardDrop.ARP));
        flows.add(drop(1, Match.ANY, GuardDrop.ETHERTYPE));
        return flows;
    }

    /** What a host may send before it has an address: RFC 4862 §5.4.2, RFC 4861 §4.1, RFC 3590, RFC 2131 §4.1, RFC 3376 §4.2.13. */
    private static List<Match> withoutAddress() {
        Match ipv6 = Match.ICMPV6.andIpv6(Field.IPV6_SRC, UNSPECIFIED);
        Match ipv4 = Match.IPV4.andIpv4(Field.IPV4_SRC, UNSPECIFIED_IPV4);
        List<Match> matches = new ArrayList<>();
        matches.add(ipv6.and(Field.ICMPV6_TYPE, NeighborSolicitation.TYPE));
        matches.add(ipv6.and(Field.ICMPV6_TYPE, RouterSolicitation.TYPE));
        MULTICAST_LISTENER.forEach(
                type -> matches.add(ipv6.and(Field.ICMPV6_TYPE, type).and(Field.HOP_LIMIT, 1)));
        matches.add(ipv4.and(Field.IP_PROTO, NextHeader.UDP.value())
                .and(Field.IPV4_DST, IPv4Address.NO_MASK)
                .and(Field.UDP_SRC, DHCP_CLIENT_PORT)
                .and(Field.UDP_DST, DHCP_SERVER_PORT));
        matches.add(ipv4.and(Field.IP_PROTO, IGMP));
        return matches;
    }

    /** Of an address that is the port's. */
    static Flow own(Match match) {
        return pass(5, match);
    }

    /** Of any address, by a router. */
    static Flow routed(Match match) {
        return pass(3, match);
    }

    private static Flow pass(int rank, Match match) {
        return flow(Table.GUARD_ADDRESS, rank, match, Action.goTo(Table.GUARD_MESSAGE));
    }

    private static Flow drop(int rank, Match match, DropReason reason) {
        return flow(Table.GUARD_ADDRESS, rank, match, Action.drop(reason));
    }

    private static Flow flow(Table table, int rank, Match match, Action action) {
        return Flow.of(table, Priority.rank(rank), match, action);
    }
}
