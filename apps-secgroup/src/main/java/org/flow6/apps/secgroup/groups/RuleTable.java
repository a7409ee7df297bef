package org.flow6.apps.secgroup.groups;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.flow6.flow.Action;
import org.flow6.flow.Field;
import org.flow6.flow.Flow;
import org.flow6.flow.Match;
import org.flow6.flow.Priority;
import org.flow6.network.ConjunctionKey;
import org.flow6.network.GroupView;
import org.flow6.network.GroupView.RemoteUse;
import org.flow6.network.IpPrefix;
import org.flow6.network.PortKey;
import org.flow6.network.RemoteView;
import org.flow6.network.SecurityGroup;
import org.flow6.network.SecurityGroupRule;
import org.flow6.network.SecurityGroupRule.EtherType;
import org.flow6.network.SecurityGroupRule.Remote;

/**
 * The flows of rules in the table of a side and a lookup. A group's ports share them: they are conjunctions of port ×
 * traffic, or port × remote × traffic where the remote is a set of addresses. So a port more is one flow, as is an address
 * more, and a rule as many as its ports have masks. Rules about single prefixes have theirs in their traffic.
 */
record RuleTable(Side side, Lookup lookup) {
    private static final Priority OPEN = Priority.rank(3);
    private static final Priority CLAUSE = Priority.rank(2);
    private static final Priority ALL_CLAUSES = Priority.rank(1);

    /** A port that a rule allows a whole family. */
    record OpenPort(RuleTable table, EtherType family, PortKey port) {
        List<Flow> flows() {
            Match match = table.lookup.family(family).and(Field.RULED_PORT, port);
            return List.of(table.flow(OPEN, match, Action.set(Field.ALLOWED, true)));
        }
    }

    /**
     * A port that is under a group's rules.
     *
     * @param clauses the first one of each of the group's conjunctions, the same list for each of its ports
     */
    record Member(RuleTable table, PortKey port, List<Action> clauses) {
        List<Flow> flows() {
            Match match = Match.ANY.and(Field.RULED_PORT, port);
            return List.of(new Flow(table.side.rules(table.lookup), CLAUSE, match, clauses));
        }
    }

    /** A part of what a group's rules allow; another rule of the group may give the same. */
    record Allowed(RuleTable table, Match traffic, Action clause) {
        List<Flow> flows() {
            return List.of(table.flow(CLAUSE, traffic, clause));
        }
    }

    /** Addresses of a remote, and the second clause of each conjunction that is about it. */
    record RemoteAddresses(RuleTable table, IpPrefix prefix, List<Action> clauses) {
        // By hand: thousands of them are compared where one of a group changes.

        @Override
        public boolean equals(Object other) {
            return other instanceof RemoteAddresses that
                    && prefix.equals(that.prefix)
                    && table.side == that.table.side
                    && table.lookup == that.table.lookup
                    && clauses.equals(that.clauses);
        }

        @Override
        public int hashCode() {
            int side = (31 * prefix.hashCode() + table.side.hashCode()) * 31 + table.lookup.hashCode();
            return 31 * side + clauses.hashCode();
        }

        List<Flow> flows() {
            EtherType family = prefix.isIpv6() ? EtherType.IPV6 : EtherType.IPV4;
            Match match = table.lookup.remote(table.lookup.family(family), table.side, prefix);
            return List.of(new Flow(table.side.rules(table.lookup), CLAUSE, match, clauses));
        }
    }

    /** What follows where every clause holds. */
    record Conclusion(RuleTable table, ConjunctionKey key) {
        List<Flow> flows() {
            Match match = Match.ANY.and(Field.CONJ_ID, key);
            return List.of(table.flow(ALL_CLAUSES, match, Action.set(Field.ALLOWED, true)));
        }
    }

    /** The tables that a group's rules are in. Those of a stateless one are not asked about connections. */
    private static Stream<RuleTable> of(SecurityGroup group) {
        return Stream.of(Lookup.values())
                .filter(lookup -> lookup == Lookup.PACKET || group.stateful())
                .flatMap(lookup -> Stream.of(Side.values()).map(side -> new RuleTable(side, lookup)));
    }

    /** Those of a group with ports. */
    private static Stream<RuleTable> of(GroupView view) {
        return view.boundPorts().isEmpty() ? Stream.empty() : of(view.group());
    }

    static Stream<OpenPort> openPorts(GroupView view) {
        return of(view).flatMap(table -> Stream.of(EtherType.values())
                .filter(family -> view.remotes().stream()
                        .flatMap(use -> use.rules().stream())
                        .anyMatch(rule -> rule.etherType() == family && table.isOpenedBy(rule)))
                .flatMap(family -> view.boundPorts().stream().map(port -> new OpenPort(table, family, port))));
    }

    static Stream<Member> members(GroupView view) {
        return of(view).flatMap(table -> {
            List<Action> clauses = view.remotes().stream()
                    .filter(use -> use.rules().stream().anyMatch(table::conjoins))
                    .map(use -> Action.conjunction(use.key(), 1, clauses(use.remote())))
                    .distinct()
                    .toList();
            return clauses.isEmpty()
                    ? Stream.empty()
                    : view.boundPorts().stream().map(port -> new Member(table, port, clauses));
        });
    }

    static Stream<Allowed> allowed(GroupView view) {
        List<Allowed> allowed = new ArrayList<>();
        of(view).forEach(table -> {
            for (RemoteUse use : view.remotes()) {
                int clauses = clauses(use.remote());
                Action clause = Action.conjunction(use.key(), clauses, clauses);
                for (SecurityGroupRule rule : use.rules()) {
                    if (table.conjoins(rule)) {
                        Traffic.of(rule)
                                .matches(table.lookup)
                                .forEach(match -> allowed.add(new Allowed(table, match, clause)));
                    }
                }
            }
        });
        return allowed.stream().distinct();
    }

    static Stream<Conclusion> conclusions(GroupView view) {
        return of(view).flatMap(table -> view.remotes().stream()
                .filter(use -> use.rules().stream().anyMatch(table::conjoins))
                .map(use -> new Conclusion(table, use.key()))
                .distinct());
    }

    static Stream<RemoteAddresses> remoteAddresses(RemoteView view) {
        if (!isSet(view.remote())) {
            return Stream.empty();
        }
        List<RemoteAddresses> addresses = new ArrayList<>();
        for (Lookup lookup : Lookup.values()) {
            for (Side side : Side.values()) {
                RuleTable table = new RuleTable(side, lookup);
                List<Action> ipv6 = table.clauses(view, EtherType.IPV6);
                List<Action> ipv4 = table.clauses(view, EtherType.IPV4);
                for (IpPrefix prefix : view.prefixes()) {
                    List<Action> clauses = prefix.isIpv6() ? ipv6 : ipv4;
                    if (!clauses.isEmpty()) {
                        addresses.add(new RemoteAddresses(table, prefix, clauses));
                    }
                }
            }
        }
        return addresses.stream();
    }

    /** The clauses of those groups that have rules here about a family. */
    private List<Action> clauses(RemoteView view, EtherType family) {
        Predicate<SecurityGroupRule> here = rule -> rule.etherType() == family && conjoins(rule);
        return view.users().stream()
                .filter(user -> lookup == Lookup.PACKET || user.group().stateful())
                .filter(user -> user.rules().stream().anyMatch(here))
                .map(user -> Action.conjunction(user.key(), 2, clauses(view.remote())))
                .toList();
    }

    private boolean isOpenedBy(SecurityGroupRule rule) {
        return Side.of(rule.direction()) == side && allowsAll(rule);
    }

    private boolean conjoins(SecurityGroupRule rule) {
        return Side.of(rule.direction()) == side && !allowsAll(rule);
    }

    /** Whether it allows everything of its family. */
    private static boolean allowsAll(SecurityGroupRule rule) {
        return rule.remote() instanceof Remote.Any && rule.protocol().isEmpty();
    }

    private static boolean isSet(Remote remote) {
        return remote instanceof Remote.Group || remote instanceof Remote.Addresses;
    }

    private static int clauses(Remote remote) {
        return isSet(remote) ? 3 : 2;
    }

    private Flow flow(Priority priority, Match match, Action action) {
        return Flow.of(side.rules(lookup), priority, match, action);
    }
}
