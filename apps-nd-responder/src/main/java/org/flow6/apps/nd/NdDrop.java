package org.flow6.apps.nd;

import java.util.List;
import org.flow6.flow.DropReason;
import org.flow6.packets.MalformedReason;

/** Why solicitations are dropped. */
final class NdDrop {
    static final DropReason HOP_LIMIT =
            new DropReason(20, "nd-hop-limit", "hop limit is not 255: it may come from outside (RFC 4861 §7.1.1)");
    static final DropReason CODE = new DropReason(21, "nd-code", "ICMP code is not 0 (RFC 4861 §7.1.1)");
    static final DropReason FRAGMENT = new DropReason(22, "nd-fragment", "fragmented (RFC 6980 §5)");
    static final DropReason SOURCE = new DropReason(23, "nd-source", "from a multicast address (RFC 4291 §2.7)");
    static final DropReason DAD_OPTION =
            new DropReason(24, "nd-dad-option", "duplicate check with a source link-layer address (RFC 4861 §7.1.1)");
    static final DropReason DAD_DESTINATION = new DropReason(
            25, "nd-dad-destination", "duplicate check not to a solicited-node address (RFC 4861 §7.1.1)");
    static final DropReason TARGET =
            new DropReason(26, "nd-target", "the target is a multicast address (RFC 4861 §7.1.1)");
    static final DropReason MALFORMED =
            new DropReason(27, "nd-malformed", "short, wrong checksum or options (RFC 4861 §7.1.1)");
    static final DropReason OWN = new DropReason(
            28,
            "nd-own-address",
            "a port's question about its own address, which nobody else may answer (RFC 4862 §5.4)");

    static final DropReason TAGGED =
            new DropReason(29, "nd-tagged", "in a VLAN of the port's own, which is not of the network");

    static final List<DropReason> ALL =
            List.of(HOP_LIMIT, CODE, FRAGMENT, SOURCE, DAD_OPTION, DAD_DESTINATION, TARGET, MALFORMED, OWN, TAGGED);

    private NdDrop() {}

    static DropReason of(MalformedReason reason) {
        return switch (reason) {
            case ND_HOP_LIMIT -> HOP_LIMIT;
            case ND_CODE -> CODE;
            case ND_FRAGMENTED, ICMPV6_FRAGMENT -> FRAGMENT;
            case ND_SOURCE_MULTICAST -> SOURCE;
            case DAD_SOURCE_LINK_LAYER_ADDRESS -> DAD_OPTION;
            case DAD_DESTINATION -> DAD_DESTINATION;
            case ND_TARGET_MULTICAST -> TARGET;
            default -> MALFORMED;
        };
    }
}
