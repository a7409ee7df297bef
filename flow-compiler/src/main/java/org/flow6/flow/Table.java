package org.flow6.flow;

import java.util.List;
import java.util.Locale;

/**
 * The whole pipeline: order of declaration is order of tables, and a packet goes forward only. What no flow of a table
 * matches goes on to another table or is dropped for a reason.
 */
public enum Table {
    CLASSIFY(0, "in_port gives network and source port; of a tunnel, the address at its other end gives the host"),
    TUNNEL_NETWORK(1, "the key in the tunnel gives the network; what is for a router or a port here goes on"),
    GUARD(5, "which source ports are guarded, and what they may be besides a host"),
    GUARD_ETHERNET(6, "the source MAC address is the port's own; no VLAN of the port's own"),
    GUARD_ADDRESS(7, "the source address is the port's own: IPv6, IPv4, ARP"),
    GUARD_MESSAGE(8, "messages of routers and DHCP servers, and what Neighbor Discovery claims (RFC 4861, RFC 6105)"),
    GUARD_TARGET(9, "advertised addresses are the port's own"),
    BASE_ICMPV6(20, "takes Neighbor Discovery off the way of other packets and checks it by RFC 4861 §7.1"),
    ND_SOLICITATION(30, "valid solicitations, by target: answered, punted, or left to who may own the address"),
    ND_ADVERTISEMENT(31, "sends the answer; a table of its own, as OVS checks nd_tll against the match alone"),
    ROUTER_DISCOVERY(32, "solicitations for routers: checked by RFC 4861 §6.1.1 and RFC 3122 §4.3.1, then punted"),
    EGRESS(34, "whose security groups the sender is under; what they do not concern goes on"),
    EGRESS_TRACK(35, "which connection of the sender a packet belongs to"),
    EGRESS_STATE(36, "asks the rules about the connection"),
    EGRESS_VERDICT(37, "lets through what the sender's rules allow"),
    SERVICES(40, "what is for Flow6 itself: pings of router addresses answered, DHCPv6 punted"),
    ROUTER(50, "which router a packet is sent to, by network and destination MAC"),
    ROUTE_SOURCE(52, "sources that may not be routed (RFC 4291 §2.5, RFC 1812 §5.3.7)"),
    ROUTE(55, "for the router itself, or by the longest prefix: network, next hop and the router's port there"),
    ROUTE_PATH(56, "one of several paths of equal cost, by the packet's hash"),
    ROUTE_SIZE(57, "what is too big for the network that it goes to (RFC 4443 §3.2)"),
    NEXT_HOP(60, "the next hop gives the destination MAC address"),
    BRIDGE(
            70,
            "destination MAC gives destination port; multicast is for all members; the rest may be on a physical network"),
    MULTICAST(72, "a multicast group, and maybe the source, gives who listens to it, here and on other hosts"),
    MULTICAST_PORTS(73, "each port of the network here that gets every multicast packet"),
    MULTICAST_HOSTS(74, "each other host that gets every multicast packet of the network; not what came from one"),
    FLOOD(75, "each member of the network here in turn"),
    FLOOD_HOSTS(
            76,
            "each other host with members of the network in turn, or the physical network; not what came from there"),
    INGRESS(80, "whose security groups the receiver is under; what they do not concern goes on"),
    INGRESS_TRACK(81, "which connection of the receiver a packet belongs to"),
    INGRESS_STATE(82, "asks the rules about the connection"),
    INGRESS_VERDICT(83, "lets through what the receiver's rules allow"),
    EGRESS_RULES(84, "rules for connections that a port opens, by the connection's first packet; asked, not passed"),
    INGRESS_RULES(85, "rules for connections that are opened to a port, by their first packet; asked, not passed"),
    EGRESS_PACKET_RULES(86, "rules for single packets from a port; asked, not passed"),
    INGRESS_PACKET_RULES(87, "rules for single packets to a port; asked, not passed"),
    DELIVER(90, "destination port gives OpenFlow port"),
    TUNNEL(95, "destination host gives the tunnel's endpoint"),
    PUNT(100, "to the controller, by a meter for each source port and reason"),
    DROP(101, "one flow per reason: its counter is the metric");

    private final int number;
    private final String purpose;

    Table(int number, String purpose) {
        this.number = number;
        this.purpose = purpose;
    }

    /** The OpenFlow table, 0 to 253; kept from version to version, so that an upgrade keeps its flows. */
    public int number() {
        return number;
    }

    public String purpose() {
        return purpose;
    }

    /** What becomes of a packet that no flow of this table matches. */
    public Miss miss() {
        return switch (this) {
            case CLASSIFY -> new Miss.Drop(DropReason.UNKNOWN_PORT);
            case TUNNEL_NETWORK -> new Miss.Drop(DropReason.TUNNEL_UNKNOWN_NETWORK);
            case GUARD, GUARD_MESSAGE -> new Miss.Continue(BASE_ICMPV6);
            case GUARD_ETHERNET -> new Miss.Drop(DropReason.GUARD_MAC);
            case GUARD_ADDRESS -> new Miss.Drop(DropReason.GUARD_SOURCE);
            case GUARD_TARGET -> new Miss.Drop(DropReason.GUARD_TARGET);
            case BASE_ICMPV6 -> new Miss.Continue(EGRESS);
            case EGRESS -> new Miss.Continue(SERVICES);
            case SERVICES -> new Miss.Continue(ROUTER);
            case ROUTER -> new Miss.Continue(BRIDGE);
            case ROUTE_SOURCE -> new Miss.Continue(ROUTE);
            case ROUTE_SIZE -> new Miss.Continue(NEXT_HOP);
            case MULTICAST -> new Miss.Continue(FLOOD);
            case INGRESS -> new Miss.Continue(DELIVER);
            case EGRESS_TRACK, INGRESS_TRACK, EGRESS_STATE, INGRESS_STATE ->
                new Miss.Drop(DropReason.SECURITY_GROUP_UNTRACKED);
            case EGRESS_VERDICT -> new Miss.Drop(DropReason.SECURITY_GROUP_EGRESS);
            case INGRESS_VERDICT -> new Miss.Drop(DropReason.SECURITY_GROUP_INGRESS);
            case MULTICAST_PORTS,
                    MULTICAST_HOSTS,
                    FLOOD_HOSTS,
                    EGRESS_RULES,
                    INGRESS_RULES,
                    EGRESS_PACKET_RULES,
                    INGRESS_PACKET_RULES -> new Miss.Return();
            case ND_SOLICITATION -> new Miss.Drop(DropReason.ND_UNKNOWN_TARGET);
            case BRIDGE -> new Miss.Drop(DropReason.UNKNOWN_DESTINATION);
            case ND_ADVERTISEMENT, ROUTER_DISCOVERY, ROUTE, ROUTE_PATH, NEXT_HOP, FLOOD, DELIVER ->
                new Miss.Drop(DropReason.NOT_DELIVERED);
            case TUNNEL -> new Miss.Drop(DropReason.TUNNEL_NONE);
            case PUNT -> new Miss.Drop(DropReason.NOT_METERED);
            case DROP -> new Miss.Discard();
        };
    }

    /**
     * The address fields that flows of this table match by prefix, three at most: OVS then keeps a trie for each, and its
     * datapath flows cover whole prefixes instead of single addresses (ovs-vswitchd.conf.db(5), Flow_Table prefixes).
     */
    public List<Field<?>> prefixes() {
        return switch (this) {
            case BASE_ICMPV6, ROUTER_DISCOVERY, SERVICES, MULTICAST -> List.of(Field.IPV6_DST, Field.IPV6_SRC);
            case ROUTE, ROUTE_PATH -> List.of(Field.IPV6_DST, Field.IPV4_DST);
            case GUARD_ADDRESS, ROUTE_SOURCE -> List.of(Field.IPV6_SRC, Field.IPV4_SRC);
            case EGRESS_RULES -> List.of(Field.CT_IPV6_DST, Field.CT_IPV4_DST);
            case INGRESS_RULES -> List.of(Field.CT_IPV6_SRC, Field.CT_IPV4_SRC);
            case EGRESS_PACKET_RULES -> List.of(Field.IPV6_DST, Field.IPV4_DST);
            case INGRESS_PACKET_RULES -> List.of(Field.IPV6_SRC, Field.IPV4_SRC);
            default -> List.of();
        };
    }

    /** What logs and pages call it: {@code nd-solicitation}. */
    public String title() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** What becomes of a packet that no flow of a table matches. */
    public sealed interface Miss {
        record Continue(Table table) implements Miss {}

        record Drop(DropReason reason) implements Miss {}

        /** Back to where the packet was resubmitted from. */
        record Return() implements Miss {}

        /** The end: nothing is left to count. */
        record Discard() implements Miss {}
    }
}
