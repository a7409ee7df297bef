package org.flow6.apps.secgroup.groups;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.flow6.flow.Field;
import org.flow6.flow.Match;
import org.flow6.network.IpPrefix;
import org.flow6.network.SecurityGroupRule;
import org.flow6.network.SecurityGroupRule.EtherType;
import org.flow6.network.SecurityGroupRule.Remote;

/**
 * What a rule allows, but for which ports, and for which remote where that is a set: direction, family, protocol, ports or
 * ICMP type and code, and the remote where it is one prefix.
 *
 * @param min as in {@link SecurityGroupRule#portRangeMin}
 * @param max as in {@link SecurityGroupRule#portRangeMax}
 */
record Traffic(
        Side side,
        EtherType family,
        OptionalInt protocol,
        OptionalInt min,
        OptionalInt max,
        Optional<IpPrefix> remote) {

    private static final int LATER_FRAGMENT = 3;

    static Traffic of(SecurityGroupRule rule) {
        return new Traffic(
                Side.of(rule.direction()),
                rule.etherType(),
                rule.protocol(),
                rule.portRangeMin(),
                rule.portRangeMax(),
                rule.remote() instanceof Remote.Prefix prefix ? Optional.of(prefix.prefix()) : Optional.empty());
    }

    /**
     * The packets, or the connections, as flows match them: none where Open vSwitch does not see what the rule is about,
     * so that nothing is allowed that the rule does not allow.
     */
    List<Match> matches(Lookup lookup) {
        Match all = lookup.family(family);
        Match from = remote.map(prefix -> lookup.remote(all, side, prefix)).orElse(all);
        if (protocol.isEmpty()) {
            return List.of(from);
        }
        int number = protocol.getAsInt();
        Match match = lookup.protocol(from, number);
        if (min.isEmpty()) {
            return List.of(match);
        }
        List<Match> matches = new ArrayList<>();
        if (number == icmp()) {
            Match typed = lookup.icmpType(match, family, min.getAsInt());
            matches.add(max.isEmpty() ? typed : lookup.icmpCode(typed, family, max.getAsInt()));
        } else if (Lookup.seesPorts(number)) {
            PortRange range = new PortRange(min.getAsInt(), max.orElse(min.getAsInt()));
            range.masked().forEach(ports -> matches.add(lookup.ports(match, number, ports)));
        }
        if (lookup == Lookup.CONNECTION && !matches.isEmpty()) {
            // Of a later fragment the userspace datapath tells the connection without ports or type. Where a rule does
            // not
            // allow the first fragment, the later ones wait for it in conntrack as they open the connection.
            matches.add(match.and(Field.IP_FRAG, LATER_FRAGMENT));
        }
        return matches;
    }

    private int icmp() {
        return family == EtherType.IPV6 ? 58 : 1;
    }
}
