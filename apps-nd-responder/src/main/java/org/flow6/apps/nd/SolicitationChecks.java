package org.flow6.apps.nd;

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
import org.projectfloodlight.openflow.types.IPv6Address;

/**
 * The flows that let valid solicitations through to their targets and drop all others, each by the rule it breaks (RFC
 * 4861 §7.1.1, RFC 6980 §5). What a switch does not see (other options, extension headers) is checked where the controller
 * answers. A wrong checksum that the switch does not see stays wrong in its answer, which the sender discards.
 */
final class SolicitationChecks {
    private static final int FIRST_FRAGMENT = 1;
    private static final int SOURCE_LINK_LAYER_ADDRESS = 1;
    private static final IpPrefix UNSPECIFIED = IpPrefix.host(IPv6Address.NONE);
    private static final IpPrefix MULTICAST = IpPrefix.parse("ff00::/8");
    private static final IpPrefix SOLICITED_NODE = IpPrefix.parse("ff02::1:ff00:0/104");

    private static final Match SOLICITATION = Match.ICMPV6.and(Field.ICMPV6_TYPE, NeighborSolicitation.TYPE);

    /** Solicitations that pass the checks. */
    static final Match VALID = SOLICITATION.and(Field.ICMPV6_CODE, 0).and(Field.HOP_LIMIT, 255);

    /**
     * Those of them that consist of Ethernet, IPv6, solicitation and source link-layer address. OVS does not tell where
     * that option stands, but a frame of this length has room for nothing else.
     */
    static final Match WITH_SOURCE_ADDRESS_ALONE =
            VALID.and(Field.ND_OPTIONS_TYPE, SOURCE_LINK_LAYER_ADDRESS).and(Field.LARGER, false);

    private static final int LENGTH_WITH_SOURCE_ADDRESS = 14 + 40 + 24 + 8;

    private SolicitationChecks() {}

    static List<Flow> flows() {
        Match duplicateCheck = VALID.andIpv6(Field.IPV6_SRC, UNSPECIFIED);
        return List.of(
                drop(9, SOLICITATION.and(Field.IP_FRAG, FIRST_FRAGMENT), NdDrop.FRAGMENT),
                drop(8, SOLICITATION.andIpv6(Field.IPV6_SRC, MULTICAST), NdDrop.SOURCE),
                drop(7, duplicateCheck.and(Field.ND_OPTIONS_TYPE, SOURCE_LINK_LAYER_ADDRESS), NdDrop.DAD_OPTION),
                pass(6, duplicateCheck.andIpv6(Field.IPV6_DST, SOLICITED_NODE)),
                drop(5, duplicateCheck, NdDrop.DAD_DESTINATION),
                Flow.of(
                        Table.BASE_ICMPV6,
                        Priority.rank(4),
                        VALID,
                        Action.checkLarger(LENGTH_WITH_SOURCE_ADDRESS, Field.LARGER),
                        Action.goTo(Table.ND_SOLICITATION)),
                drop(3, SOLICITATION.and(Field.HOP_LIMIT, 255), NdDrop.CODE),
                drop(2, SOLICITATION, NdDrop.HOP_LIMIT),
                target(MULTICAST, Action.drop(NdDrop.TARGET)),
                // OVS shows :: where it finds no target, or a link-layer address twice, which is unusual but valid.
                target(UNSPECIFIED, Action.punt(NdResponder.PUNT)));
    }

    private static Flow pass(int rank, Match match) {
        return Flow.of(Table.BASE_ICMPV6, Priority.rank(rank), match, Action.goTo(Table.ND_SOLICITATION));
    }

    private static Flow drop(int rank, Match match, DropReason reason) {
        return Flow.of(Table.BASE_ICMPV6, Priority.rank(rank), match, Action.drop(reason));
    }

    private static Flow target(IpPrefix target, Action action) {
        return Flow.of(Table.ND_SOLICITATION, Priority.rank(8), VALID.andIpv6(Field.ND_TARGET, target), action);
    }
}
