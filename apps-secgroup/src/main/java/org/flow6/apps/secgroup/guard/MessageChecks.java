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
import org.flow6.packets.InverseAdvertisement;
import org.flow6.packets.InverseSolicitation;
import org.flow6.packets.Mld;
import org.flow6.packets.MulticastRouterDiscovery;
import org.flow6.packets.NeighborAdvertisement;
import org.flow6.packets.NeighborSolicitation;
import org.flow6.packets.NextHeader;
import org.flow6.packets.Redirect;
import org.flow6.packets.RouterAdvertisement;
import org.flow6.packets.RouterSolicitation;
import org.projectfloodlight.openflow.types.MacAddress;

/**
 * The checks of what messages say, as far as a switch sees it: of Neighbor Solicitations and Advertisements the target and
 * the link-layer address options. Headers behind each other end in the upper layer's for OVS as for hosts; those that end
 * before it have protocol 0, later fragments protocol 44.
 */
final class MessageChecks {
    private static final int HOP_LIMIT = 255;
    private static final int FIRST_FRAGMENT = 1;
    private static final int SOURCE_LINK_LAYER_ADDRESS = 1;
    private static final int TARGET_LINK_LAYER_ADDRESS = 2;
    private static final int DHCP_CLIENT_PORT = 68;
    private static final int DHCPV6_CLIENT_PORT = 546;
    /** Ethernet, IPv6 and a router solicitation without options. */
    private static final int LENGTH_WITHOUT_OPTIONS = 14 + 40 + 8;

    private static final MacAddress NONE = MacAddress.NONE;
    private static final IpPrefix UNSPECIFIED = IpPrefix.parse("::/128");
    private static final IpPrefix ALL_NODES = IpPrefix.parse("ff02::1/128");
    private static final IpPrefix LINK_LOCAL = IpPrefix.parse("fe80::/10");

    /** The messages that are valid with hop limit 255 and code 0 alone and never in fragments. */
    static final List<Integer> NEIGHBOR_DISCOVERY = List.of(
            RouterSolicitation.TYPE,
            RouterAdvertisement.TYPE,
            NeighborSolicitation.TYPE,
            NeighborAdvertisement.TYPE,
            Redirect.TYPE,
            InverseSolicitation.TYPE,
            InverseAdvertisement.TYPE);

    /** Messages that hosts follow, or that bring multicast: RFC 6105 §2.1, RFC 4541 §2.1.1, RFC 4286 §7. */
    private static final List<Integer> OF_ROUTERS = List.of(
            RouterAdvertisement.TYPE,
            Redirect.TYPE,
            Mld.Query.TYPE,
            MulticastRouterDiscovery.Advertisement.TYPE,
            MulticastRouterDiscovery.Termination.TYPE);

    /** Neighbor Solicitations of which a switch sees the content. */
    static final Match SOLICITATION = valid(NeighborSolicitation.TYPE);

    /** Neighbor Advertisements of which a switch sees the content. */
    static final Match ADVERTISEMENT = valid(NeighborAdvertisement.TYPE);

    private MessageChecks() {}

    static List<Flow> flows() {
        List<Flow> flows = new ArrayList<>();
        headers(flows);
        roles(flows);
        for (int type : NEIGHBOR_DISCOVERY) {
            Match message = message(type);
            flows.add(drop(8, message.and(Field.IP_FRAG, FIRST_FRAGMENT), GuardDrop.FRAGMENT));
            flows.add(drop(2, message.and(Field.HOP_LIMIT, HOP_LIMIT), GuardDrop.CODE));
            flows.add(drop(1, message, GuardDrop.HOP_LIMIT));
        }
        for (int type : List.of(RouterAdvertisement.TYPE, Redirect.TYPE, InverseSolicitation.TYPE)) {
            flows.add(flow(4, valid(type), Action.goTo(Table.BASE_ICMPV6)));
        }
        flows.add(flow(
                4,
                valid(RouterSolicitation.TYPE),
                Action.checkLarger(LENGTH_WITHOUT_OPTIONS, Field.LARGER),
                Action.goTo(Table.BASE_ICMPV6)));
        flows.add(Flow.of(
                Table.BASE_ICMPV6,
                Priority.rank(1),
                message(RouterSolicitation.TYPE).and(Field.LARGER, true),
                Action.punt(SourceGuard.SOLICITATION)));
        flows.add(drop(4, valid(InverseAdvertisement.TYPE), GuardDrop.INVERSE));
        neighbors(flows);
        return flows;
    }

    /** What hides its upper layer from the switch; no protocol has type or port 0. */
    private static void headers(List<Flow> flows) {
        flows.add(drop(9, Match.IPV6.and(Field.IP_PROTO, 0), GuardDrop.HEADERS));
        flows.add(drop(8, message(0), GuardDrop.HEADERS));
        // OVS reads no type of ICMPv6 messages of less than 8 octets; this is the one that says something to switches.
        flows.add(flow(
                9,
                message(0)
                        .and(Field.IPV6_DST, MulticastRouterDiscovery.ALL_SNOOPERS)
                        .and(Field.HOP_LIMIT, 1)
                        .and(Field.MAY_ROUTE, true),
                Action.goTo(Table.BASE_ICMPV6)));
        for (Match ip : List.of(Match.IPV6, Match.IPV4)) {
            Match udp = ip.and(Field.IP_PROTO, NextHeader.UDP.value());
            flows.add(drop(9, udp.and(Field.IP_FRAG, FIRST_FRAGMENT).and(Field.UDP_DST, 0), GuardDrop.HEADERS));
        }
    }

    private static void roles(List<Flow> flows) {
        for (int type : OF_ROUTERS) {
            flows.add(drop(9, message(type).and(Field.MAY_ROUTE, false), GuardDrop.ROUTER));
        }
        flows.add(toClients(Match.IPV6, DHCPV6_CLIENT_PORT));
        flows.add(toClients(Match.IPV4, DHCP_CLIENT_PORT));
    }

    private static Flow toClients(Match ip, int port) {
        Match match = ip.and(Field.IP_PROTO, NextHeader.UDP.value())
                .and(Field.UDP_DST, port)
                .and(Field.MAY_SERVE_DHCP, false);
        return drop(9, match, GuardDrop.DHCP_SERVER);
    }

    /** An option that stands twice takes the target away for OVS; one of zeros looks like none. */
    private static void neighbors(List<Flow> flows) {
        for (Match message : List.of(SOLICITATION, ADVERTISEMENT)) {
            flows.add(drop(7, message.andIpv6(Field.ND_TARGET, UNSPECIFIED), GuardDrop.OPTIONS));
            flows.add(drop(3, message, GuardDrop.LINK_ADDRESS));
        }
        Match unlinked = SOLICITATION.and(Field.ND_SLL, NONE);
        flows.add(drop(6, unlinked.and(Field.ND_OPTIONS_TYPE, SOURCE_LINK_LAYER_ADDRESS), GuardDrop.LINK_ADDRESS));
        flows.add(solicitation(unlinked));
        Match linkless = ADVERTISEMENT.and(Field.ND_TLL, NONE);
        flows.add(drop(6, linkless.and(Field.ND_OPTIONS_TYPE, TARGET_LINK_LAYER_ADDRESS), GuardDrop.LINK_ADDRESS));
        flows.add(advertisement(linkless));
        flows.add(claim(SOLICITATION, LINK_LOCAL));
        flows.add(defence(ADVERTISEMENT, LINK_LOCAL));
    }

    /** A duplicate check about an address that hosts may make by themselves: it goes on, and a copy is taken down. */
    static Flow claim(Match solicitation, IpPrefix target) {
        return flow(
                5,
                solicitation
                        .andIpv6(Field.IPV6_SRC, UNSPECIFIED)
                        .and(Field.ND_SLL, NONE)
                        .andIpv6(Field.ND_TARGET, target),
                Action.puntCopy(SourceGuard.CLAIM),
                Action.goTo(Table.BASE_ICMPV6));
    }

    /** What somebody who is not guarded answers to that, if the address is theirs. */
    static Flow defence(Match advertisement, IpPrefix target) {
        return Flow.of(
                Table.GUARD,
                Priority.rank(1),
                advertisement.andIpv6(Field.IPV6_DST, ALL_NODES).andIpv6(Field.ND_TARGET, target),
                Action.puntCopy(SourceGuard.CLAIM),
                Action.goTo(Table.BASE_ICMPV6));
    }

    /** A solicitation whose option is right. */
    static Flow solicitation(Match match) {
        return flow(4, match, Action.goTo(Table.BASE_ICMPV6));
    }

    /** An advertisement whose option is right. */
    static Flow advertisement(Match match) {
        return flow(4, match, Action.goTo(Table.GUARD_TARGET));
    }

    private static Match message(int type) {
        return Match.ICMPV6.and(Field.ICMPV6_TYPE, type);
    }

    private static Match valid(int type) {
        return message(type).and(Field.ICMPV6_CODE, 0).and(Field.HOP_LIMIT, HOP_LIMIT);
    }

    private static Flow drop(int rank, Match match, DropReason reason) {
        return flow(rank, match, Action.drop(reason));
    }

    private static Flow flow(int rank, Match match, Action... actions) {
        return Flow.of(Table.GUARD_MESSAGE, Priority.rank(rank), match, actions);
    }
}
