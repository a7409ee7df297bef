package org.flow6.apps.secgroup.groups;

import static org.flow6.flow.ConntrackState.INVALID;
import static org.flow6.flow.ConntrackState.NEW;
import static org.flow6.flow.ConntrackState.RELATED;
import static org.flow6.flow.ConntrackState.REPLY;
import static org.flow6.flow.ConntrackState.TRACKED;

import java.util.ArrayList;
import java.util.List;
import org.flow6.flow.Action;
import org.flow6.flow.Field;
import org.flow6.flow.Flow;
import org.flow6.flow.Match;
import org.flow6.flow.Priority;
import org.flow6.flow.Table;

/**
 * The flows of a side that all ports share: which rules a packet is to be asked about, and what follows. Rules are asked
 * about every packet, not about the first one of a connection alone, so that a rule that is gone stops at once what it
 * allowed; conntrack tells which way the connection was opened, and so whose rules they are.
 */
final class Tracking {
    private static final List<Match> FAMILIES = List.of(Match.IPV6, Match.IPV4);
    /** The bit of {@link Field#IP_FRAG} that the first and the later fragments have. */
    private static final int FRAGMENT = 1;

    private static final Match ICMPV4 = Match.IPV4.and(Field.IP_PROTO, 1);
    /** Errors (RFC 792, RFC 4443) and what is asked and answered: conntrack knows them, and what it says of them holds. */
    private static final List<Integer> TRACKED_ICMPV4 = List.of(0, 3, 4, 5, 8, 11, 12, 13, 14, 15, 16);

    private static final List<Integer> TRACKED_ICMPV6 = List.of(1, 2, 3, 4, 128, 129);

    private final Side side;
    private final Side.Stages stages;
    private final List<Flow> flows = new ArrayList<>();

    private Tracking(Side side) {
        this.side = side;
        this.stages = side.stages();
    }

    static List<Flow> flows(Side side) {
        Tracking tracking = new Tracking(side);
        Exempt.matches(side).forEach(match -> tracking.add(tracking.stages.entry(), 9, match, tracking.pass()));
        tracking.track();
        tracking.ask();
        tracking.decide();
        return tracking.flows;
    }

    private void track() {
        for (Match family : FAMILIES) {
            add(
                    stages.track(),
                    2,
                    family.and(Field.STATELESS, true),
                    Action.resubmit(side.rules(Lookup.PACKET)),
                    Action.goTo(stages.verdict()));
            add(stages.track(), 1, family, Action.track(Field.ZONE, stages.state()));
        }
    }

    private void ask() {
        Action own = Action.resubmit(side.rules(Lookup.CONNECTION));
        ask(9, state(TRACKED | RELATED, INVALID | REPLY), own);
        // Later ones have neither ports nor types, and the datagram is let through as a whole or not at all.
        for (Match family : FAMILIES) {
            ask(8, and(family.and(Field.IP_FRAG, FRAGMENT, FRAGMENT), TRACKED, INVALID | REPLY), own);
        }
        // The same fields here as in the packet: these show in a trace as the rules have them.
        ask(7, state(TRACKED, INVALID | REPLY), Action.resubmit(side.rules(Lookup.PACKET)));
        // Replies to what was opened the other way, and errors about it.
        ask(7, state(TRACKED | REPLY, INVALID), Action.resubmit(side.opposite().rules(Lookup.CONNECTION)));
        askUntracked(Match.ICMPV6, Field.ICMPV6_TYPE, TRACKED_ICMPV6);
        askUntracked(ICMPV4, Field.ICMPV4_TYPE, TRACKED_ICMPV4);
        add(stages.state(), 4, state(TRACKED | INVALID, 0), Action.drop(SecurityGroupDrop.INVALID));
    }

    /** Of other types conntrack makes no connections and calls them invalid: each packet is by itself. */
    private void askUntracked(Match icmp, Field<Integer> typeField, List<Integer> tracked) {
        Match invalid = and(icmp, TRACKED | INVALID, 0);
        tracked.forEach(
                type -> add(stages.state(), 6, invalid.and(typeField, type), Action.drop(SecurityGroupDrop.INVALID)));
        ask(5, invalid, Action.resubmit(side.rules(Lookup.PACKET)));
    }

    private void ask(int rank, Match match, Action rules) {
        add(stages.state(), rank, match, rules, Action.goTo(stages.verdict()));
    }

    private void decide() {
        for (Match family : FAMILIES) {
            // What conntrack says may be of the sender's zone where the receiver is stateless.
            Match opens = and(family.and(Field.ALLOWED, true).and(Field.STATELESS, false), TRACKED | NEW, 0);
            add(stages.verdict(), 3, opens, Action.commit(Field.ZONE), pass());
        }
        add(stages.verdict(), 2, Match.ANY.and(Field.ALLOWED, true), pass());
    }

    private Action pass() {
        return Action.goTo(stages.next());
    }

    /** Packets with all of these bits and none of those. */
    private static Match state(int set, int clear) {
        return and(Match.ANY, set, clear);
    }

    private static Match and(Match match, int set, int clear) {
        return match.and(Field.CT_STATE, set, set | clear);
    }

    private void add(Table table, int rank, Match match, Action... actions) {
        flows.add(Flow.of(table, Priority.rank(rank), match, actions));
    }
}
