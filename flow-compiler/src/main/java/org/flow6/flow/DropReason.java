package org.flow6.flow;

import java.util.List;

/**
 * Why packets are dropped: a flow in {@link Table#DROP} counts them in the switch, a counter of the same name those that
 * the controller drops.
 *
 * @param code what stands in the register, 1 to 65535, unique among all apps
 * @param name what metrics and status say, such as {@code nd-unknown-target}
 * @param explanation one line for operators, naming the RFC section where one says so
 */
public record DropReason(int code, String name, String explanation) {

    public static final DropReason UNKNOWN_PORT =
            new DropReason(1, "unknown-port", "came in by a port that no port of the network file is bound to");
    public static final DropReason UNKNOWN_DESTINATION =
            new DropReason(2, "unknown-destination", "no port of the network has the destination MAC address");
    public static final DropReason NOT_DELIVERED =
            new DropReason(3, "not-delivered", "the destination was unbound while the packet was under way");
    public static final DropReason NOT_METERED =
            new DropReason(4, "not-metered", "for the controller, but its port has just been unbound");
    public static final DropReason ND_UNKNOWN_TARGET =
            new DropReason(5, "nd-unknown-target", "a solicitation for an address that no port of the network may own");

    public static final DropReason GUARD_MAC =
            new DropReason(6, "guard-mac", "from a MAC address that is not the port's (port security)");
    public static final DropReason GUARD_SOURCE =
            new DropReason(7, "guard-source", "from an address that is not the port's (port security)");
    public static final DropReason GUARD_TARGET = new DropReason(
            8, "guard-target", "advertises an address that is not the port's (port security, RFC 4861 §7.2.6)");
    public static final DropReason SECURITY_GROUP_UNTRACKED =
            new DropReason(9, "security-group-untracked", "neither IP nor ARP, which no security group can allow");
    public static final DropReason SECURITY_GROUP_EGRESS =
            new DropReason(10, "security-group-egress", "no rule of the sender's security groups allows it");
    public static final DropReason SECURITY_GROUP_INGRESS =
            new DropReason(11, "security-group-ingress", "no rule of the receiver's security groups allows it");

    public static final DropReason TUNNEL_UNKNOWN_NETWORK = new DropReason(
            151, "tunnel-unknown-network", "from another host, on a network that is down or not in the network file");
    public static final DropReason TUNNEL_NONE =
            new DropReason(152, "tunnel-none", "for another host, to which no tunnel leads");

    /** The reasons that do not belong to one app. */
    public static final List<DropReason> COMMON = List.of(
            UNKNOWN_PORT,
            UNKNOWN_DESTINATION,
            NOT_DELIVERED,
            NOT_METERED,
            ND_UNKNOWN_TARGET,
            GUARD_MAC,
            GUARD_SOURCE,
            GUARD_TARGET,
            SECURITY_GROUP_UNTRACKED,
            SECURITY_GROUP_EGRESS,
            SECURITY_GROUP_INGRESS,
            TUNNEL_UNKNOWN_NETWORK,
            TUNNEL_NONE);

    public DropReason {
        if (code < 1 || code > 0xffff) {
            throw new IllegalArgumentException("code " + code + " of drop reason " + name);
        }
    }
}
