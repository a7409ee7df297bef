package org.flow6.apps.secgroup.groups;

import org.flow6.flow.ConntrackState;
import org.flow6.flow.Field;
import org.flow6.flow.Match;
import org.flow6.network.IpPrefix;
import org.flow6.network.SecurityGroupRule.EtherType;
import org.projectfloodlight.openflow.types.IPv4Address;
import org.projectfloodlight.openflow.types.IPv6Address;

/**
 * Whose fields rules look at: those of the packet itself, or those of the first packet of its connection, which conntrack
 * remembers. The latter are the same for every reply, for every fragment and for every ICMP error about the connection.
 */
enum Lookup {
    PACKET,
    CONNECTION;

    private static final int KNOWN = ConntrackState.TRACKED | ConntrackState.INVALID;
    private static final int TCP = 6;
    private static final int UDP = 17;
    private static final int SCTP = 132;

    /** Everything of a family. */
    Match family(EtherType type) {
        Match family = type == EtherType.IPV6 ? Match.IPV6 : Match.IPV4;
        return this == PACKET ? family : family.and(Field.CT_STATE, ConntrackState.TRACKED, KNOWN);
    }

    /** Of these, what comes from or goes to a prefix: the source for rules about what reaches a port. */
    Match remote(Match match, Side side, IpPrefix prefix) {
        return prefix.isIpv6() ? match.andIpv6(ipv6(side), prefix) : match.andIpv4(ipv4(side), prefix);
    }

    private Field<IPv6Address> ipv6(Side side) {
        if (this == PACKET) {
            return side == Side.EGRESS ? Field.IPV6_DST : Field.IPV6_SRC;
        }
        return side == Side.EGRESS ? Field.CT_IPV6_DST : Field.CT_IPV6_SRC;
    }

    private Field<IPv4Address> ipv4(Side side) {
        if (this == PACKET) {
            return side == Side.EGRESS ? Field.IPV4_DST : Field.IPV4_SRC;
        }
        return side == Side.EGRESS ? Field.CT_IPV4_DST : Field.CT_IPV4_SRC;
    }

    Match protocol(Match match, int protocol) {
        return match.and(this == PACKET ? Field.IP_PROTO : Field.CT_NW_PROTO, protocol);
    }

    /** Of a protocol's packets those to some destination ports. */
    Match ports(Match match, int protocol, PortRange.Masked ports) {
        Field<Integer> field = this == CONNECTION
                ? Field.CT_TP_DST
                : switch (protocol) {
                    case TCP -> Field.TCP_DST;
                    case UDP -> Field.UDP_DST;
                    case SCTP -> Field.SCTP_DST;
                    default -> throw new IllegalArgumentException("ports of protocol " + protocol);
                };
        return ports.mask() == 0 ? match : match.and(field, ports.value(), ports.mask());
    }

    /** Whether the ports of a protocol are to be seen. */
    static boolean seesPorts(int protocol) {
        return protocol == TCP || protocol == UDP || protocol == SCTP;
    }

    /** Of a family's ICMP those of a type; conntrack keeps it in the place of the source port. */
    Match icmpType(Match match, EtherType type, int value) {
        if (this == CONNECTION) {
            return match.and(Field.CT_TP_SRC, value);
        }
        return match.and(type == EtherType.IPV6 ? Field.ICMPV6_TYPE : Field.ICMPV4_TYPE, value);
    }

    /** Of these those of a code, which conntrack keeps in the place of the destination port. */
    Match icmpCode(Match match, EtherType type, int value) {
        if (this == CONNECTION) {
            return match.and(Field.CT_TP_DST, value);
        }
        return match.and(type == EtherType.IPV6 ? Field.ICMPV6_CODE : Field.ICMPV4_CODE, value);
    }
}
