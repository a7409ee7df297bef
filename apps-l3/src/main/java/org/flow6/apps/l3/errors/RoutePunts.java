package org.flow6.apps.l3.errors;

import java.util.List;
import org.flow6.flow.PuntReason;

/**
 * Why packets that are sent to a router go to the controller: to be answered with an error (RFC 4443 §2.4 f asks for a
 * limit, which the rates here are), or because the router itself, or where it sends them next, is not known to flows.
 */
public final class RoutePunts {
    /** The hop limit ends at the router (RFC 4443 §3.3). */
    public static final PuntReason HOP_LIMIT = new PuntReason(9, "route-hop-limit", 20, 40).alsoFromTunnels();

    /** No route to the destination (RFC 4443 §3.1, code 0). */
    public static final PuntReason NO_ROUTE = new PuntReason(10, "route-no-route", 20, 40).alsoFromTunnels();

    /** Larger than the network that it would go to takes (RFC 4443 §3.2). */
    public static final PuntReason TOO_BIG = new PuntReason(11, "route-too-big", 20, 40).alsoFromTunnels();

    /** For an address of the router itself. */
    public static final PuntReason LOCAL = new PuntReason(12, "route-local", 50, 100, true).alsoFromTunnels();

    /** The source's scope ends before the network that it would go to (RFC 4443 §3.1, code 2). */
    public static final PuntReason BEYOND_SCOPE = new PuntReason(13, "route-beyond-scope", 20, 40).alsoFromTunnels();

    /** The MAC address of the next hop is not known. */
    public static final PuntReason UNRESOLVED = new PuntReason(14, "next-hop-unresolved", 20, 40).alsoFromTunnels();

    public static final List<PuntReason> ALL = List.of(HOP_LIMIT, NO_ROUTE, TOO_BIG, LOCAL, BEYOND_SCOPE, UNRESOLVED);

    private RoutePunts() {}
}
