package org.flow6.apps.secgroup.guard;

import java.util.List;
import org.flow6.flow.DropReason;

/** Why source guard drops packets, beside {@link DropReason#GUARD_MAC} and the like. */
final class GuardDrop {
    static final DropReason VLAN = new DropReason(70, "guard-vlan", "in a VLAN of the port's own (port security)");
    static final DropReason MULTICAST_MAC =
            new DropReason(71, "guard-multicast-mac", "from a multicast MAC address (IEEE 802.3 §3.2.3)");
    static final DropReason ETHERTYPE =
            new DropReason(72, "guard-ethertype", "neither IPv6 nor IPv4 nor ARP (port security)");
    static final DropReason ARP = new DropReason(
            73,
            "guard-arp",
            "sender addresses that are not the port's, or no ARP probe (port security, RFC 5227 §2.1)");
    static final DropReason HEADERS = new DropReason(
            74, "guard-headers", "headers that end before the upper layer's does (RFC 7112 §5, RFC 7113 §3)");
    static final DropReason FRAGMENT =
            new DropReason(75, "guard-fragment", "Neighbor Discovery in fragments (RFC 6980 §5)");
    static final DropReason HOP_LIMIT =
            new DropReason(76, "guard-hop-limit", "Neighbor Discovery of a hop limit other than 255 (RFC 4861 §11.2)");
    static final DropReason CODE =
            new DropReason(77, "guard-code", "Neighbor Discovery of an ICMP code other than 0 (RFC 4861 §7.1)");
    static final DropReason OPTIONS = new DropReason(
            78,
            "guard-options",
            "Neighbor Discovery that is short, or of options that contradict each other (RFC 4861 §7.1)");
    static final DropReason LINK_ADDRESS = new DropReason(
            79, "guard-link-address", "a link-layer address option that is not the frame's source (port security)");
    static final DropReason ROUTER = new DropReason(
            80, "guard-router", "a router's message from a port that is no router's (RFC 6105 §2.1, RFC 4861 §8.1)");
    static final DropReason DHCP_SERVER = new DropReason(
            81, "guard-dhcp-server", "a DHCP server's message from a port that is no server's (RFC 7610 §5.2)");
    static final DropReason INVERSE = new DropReason(
            82, "guard-inverse-nd", "an inverse advertisement, whose addresses a switch cannot check (RFC 3122 §2.2)");
    static final DropReason CLAIM = new DropReason(
            83, "guard-claim", "a claim to an address that another port has, or that none may claim (RFC 6620 §3.2)");

    static final List<DropReason> ALL = List.of(
            VLAN,
            MULTICAST_MAC,
            ETHERTYPE,
            ARP,
            HEADERS,
            FRAGMENT,
            HOP_LIMIT,
            CODE,
            OPTIONS,
            LINK_ADDRESS,
            ROUTER,
            DHCP_SERVER,
            INVERSE,
            CLAIM);

    private GuardDrop() {}
}
