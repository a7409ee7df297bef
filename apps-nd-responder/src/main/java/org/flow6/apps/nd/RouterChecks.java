package org.flow6.apps.nd;

import java.util.ArrayList;
import java.util.List;
import org.flow6.flow.Action;
import org.flow6.flow.DropReason;
import org.flow6.flow.Field;
import org.flow6.flow.Flow;
import org.flow6.flow.Match;
import org.flow6.flow.Priority;
import org.flow6.flow.PuntReason;
import org.flow6.flow.Table;
import org.flow6.network.IpPrefix;
import org.flow6.packets.InverseSolicitation;
import org.flow6.packets.RouterSolicitation;

/**
 * The flows that punt valid solicitations for routers and drop all others (RFC 4861 §6.1.1, RFC 3122 §4.3.1, RFC 6980
 * §5). What a switch does not see (options, extension headers, the checksum) is checked where the controller answers.
 */
final class RouterChecks {
    private static final int FIRST_FRAGMENT = 1;
    private static final int HOP_LIMIT = 255;
    private static final IpPrefix MULTICAST = IpPrefix.parse("ff00::/8");

    /** Of one type of message, which reason counts what. */
    private record Check(
            int type, DropReason fragment, DropReason source, DropReason code, DropReason hopLimit, PuntReason valid) {
        Match message() {
            return Match.ICMPV6.and(Field.ICMPV6_TYPE, type);
        }
    }

    private static final Check ROUTER_SOLICITATION = new Check(
            RouterSolicitation.TYPE,
            RouterDrop.FRAGMENT,
            RouterDrop.SOURCE,
            RouterDrop.CODE,
            RouterDrop.HOP_LIMIT,
            RouterAdvertiser.SOLICITATION);

    private static final Check INVERSE_SOLICITATION = new Check(
            InverseSolicitation.TYPE,
            RouterDrop.INVERSE,
            RouterDrop.INVERSE,
            RouterDrop.INVERSE,
            RouterDrop.INVERSE,
            RouterAdvertiser.INVERSE);

    private RouterChecks() {}

    static List<Flow> flows() {
        List<Flow> flows = new ArrayList<>();
        for (Check check : List.of(ROUTER_SOLICITATION, INVERSE_SOLICITATION)) {
            Match message = check.message();
            Match near = message.and(Field.HOP_LIMIT, HOP_LIMIT);
            flows.add(drop(6, message.and(Field.IP_FRAG, FIRST_FRAGMENT), check.fragment()));
            flows.add(drop(5, message.andIpv6(Field.IPV6_SRC, MULTICAST), check.source()));
            flows.add(flow(4, near.and(Field.ICMPV6_CODE, 0), Action.punt(check.valid())));
            flows.add(drop(3, near, check.code()));
            flows.add(drop(2, message, check.hopLimit()));
        }
        return flows;
    }

    private static Flow drop(int rank, Match match, DropReason reason) {
        return flow(rank, match, Action.drop(reason));
    }

    private static Flow flow(int rank, Match match, Action action) {
        return Flow.of(Table.ROUTER_DISCOVERY, Priority.rank(rank), match, action);
    }
}
