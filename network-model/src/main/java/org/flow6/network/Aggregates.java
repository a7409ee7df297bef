package org.flow6.network;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.flow6.network.Security.Member;
import org.pcollections.PSortedSet;

/**
 * The addresses of groups, aggregated, for as long as their members stay as they are: a change of a rule does not join
 * the addresses of thousands of members again. As many are kept as groups are asked for.
 */
final class Aggregates {
    private static final int MOST = 10_000;

    private final Map<Id<SecurityGroup>, Aggregate> known = new ConcurrentHashMap<>();

    private record Aggregate(PSortedSet<Member> members, List<IpPrefix> prefixes) {}

    /** The fewest prefixes that hold a group's members, in order. */
    List<IpPrefix> of(Id<SecurityGroup> group, PSortedSet<Member> members) {
        Aggregate before = known.get(group);
        if (before != null && isSame(before.members, members)) {
            return before.prefixes;
        }
        List<IpPrefix> prefixes = new ArrayList<>(members.size());
        members.forEach(member -> prefixes.add(member.prefix()));
        List<IpPrefix> joined = Prefixes.join(prefixes);
        if (before != null || known.size() < MOST) {
            known.put(group, new Aggregate(members, joined));
        }
        return joined;
    }

    @SuppressWarnings("ReferenceEquality") // they never change
    private static boolean isSame(Object one, Object other) {
        return one == other;
    }
}
