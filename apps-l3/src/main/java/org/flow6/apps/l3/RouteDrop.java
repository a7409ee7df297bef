package org.flow6.apps.l3;

import java.util.List;
import org.flow6.flow.DropReason;

/** Why packets that are sent to a router are dropped without a word. */
final class RouteDrop {
    static final DropReason SOURCE = new DropReason(
            110,
            "route-source",
            "to a router, from an address that nobody sends from: unspecified, loopback, multicast or reserved (RFC 4291"
                    + " §2.5.2, §2.5.3, §2.7, RFC 1812 §5.3.7)");
    static final DropReason LINK_LOCAL_SOURCE =
            new DropReason(111, "route-link-local-source", "to be routed from 169.254.0.0/16 (RFC 3927 §2.7)");
    static final DropReason DESTINATION = new DropReason(
            112,
            "route-destination",
            "to be routed to an unspecified, loopback, multicast or reserved address (RFC 4291 §2.5.2, §2.5.3, §2.7,"
                    + " RFC 1812 §5.3.7)");
    static final DropReason LINK_LOCAL_DESTINATION = new DropReason(
            113,
            "route-link-local-destination",
            "to be routed to a link-local address that is not the router's (RFC 4291 §2.5.6, RFC 3927 §2.7)");
    static final DropReason BROADCAST = new DropReason(
            114, "route-broadcast", "to be routed to all hosts of an IPv4 subnet (RFC 2644 §4, RFC 1812 §4.2.3.1)");
    static final DropReason BLACKHOLE =
            new DropReason(115, "route-blackhole", "to a destination of the router's blackhole_routes");
    static final DropReason TAGGED =
            new DropReason(116, "route-tagged", "in a VLAN of the port's own, which is not of the network");

    static final List<DropReason> ALL =
            List.of(SOURCE, LINK_LOCAL_SOURCE, DESTINATION, LINK_LOCAL_DESTINATION, BROADCAST, BLACKHOLE, TAGGED);

    private RouteDrop() {}
}
