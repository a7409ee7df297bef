package org.flow6.apps.nd;

import java.util.List;
import org.flow6.flow.DropReason;
import org.flow6.packets.MalformedReason;

/** Why solicitations for routers are dropped. */
final class RouterDrop {
    static final DropReason HOP_LIMIT =
            new DropReason(30, "rs-hop-limit", "hop limit is not 255: it may come from outside (RFC 4861 §6.1.1)");
    static final DropReason CODE = new DropReason(31, "rs-code", "ICMP code is not 0 (RFC 4861 §6.1.1)");
    static final DropReason FRAGMENT = new DropReason(32, "rs-fragment", "fragmented (RFC 6980 §5)");
    static final DropReason SOURCE = new DropReason(33, "rs-source", "from a multicast address (RFC 4291 §2.7)");
    static final DropReason SOURCE_OPTION =
            new DropReason(34, "rs-source-option", "from :: with a source link-layer address (RFC 4861 §6.1.1)");
    static final DropReason MALFORMED =
            new DropReason(35, "rs-malformed", "short, wrong checksum or options (RFC 4861 §6.1.1)");
    static final DropReason DESTINATION = new DropReason(
            36, "rs-destination", "to a router, but to an address that no router of the network receives");
    static final DropReason TAGGED =
            new DropReason(37, "rs-tagged", "in a VLAN of the port's own, which is not of the network");
    static final DropReason INVERSE = new DropReason(
            38,
            "inverse-nd-invalid",
            "an inverse solicitation with a wrong hop limit, code, source, checksum or options (RFC 3122 §4.3.1)");
    static final DropReason INVERSE_TARGET = new DropReason(
            39, "inverse-nd-target", "an inverse solicitation that names another MAC address than the router's");
    static final DropReason LINK_ADDRESS = new DropReason(
            43,
            "rs-link-address",
            "a source link-layer address that is not the frame's, from a port with port security");

    static final List<DropReason> ALL = List.of(
            LINK_ADDRESS,
            HOP_LIMIT,
            CODE,
            FRAGMENT,
            SOURCE,
            SOURCE_OPTION,
            MALFORMED,
            DESTINATION,
            TAGGED,
            INVERSE,
            INVERSE_TARGET);

    private RouterDrop() {}

    /** Of a router solicitation. */
    static DropReason of(MalformedReason reason) {
        return switch (reason) {
            case ND_HOP_LIMIT -> HOP_LIMIT;
            case ND_CODE -> CODE;
            case ND_FRAGMENTED, ICMPV6_FRAGMENT -> FRAGMENT;
            case ND_SOURCE_MULTICAST -> SOURCE;
            case RS_SOURCE_LINK_LAYER_ADDRESS -> SOURCE_OPTION;
            default -> MALFORMED;
        };
    }
}
