package org.flow6.apps.secgroup.groups;

import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.flow6.flow.Answer;
import org.flow6.flow.Derivation;
import org.flow6.flow.DropReason;
import org.flow6.flow.FlowApp;
import org.flow6.flow.PuntReason;
import org.flow6.flow.Scope;

/**
 * Neutron's security groups: what ports with port security send and receive is what the rules of their groups allow, and
 * what {@link Exempt} lists. Stateful by conntrack, with a zone for each port.
 */
public final class SecurityGroups implements FlowApp {
    @Override
    public String name() {
        return "security-groups";
    }

    @Override
    public List<Derivation<?, ?, ?>> derivations() {
        return List.of(
                new Derivation<>("sides", Scope.ALWAYS, always -> Stream.of(Side.values()), Tracking::flows),
                new Derivation<>("ports", Scope.PORT, RuledPort::of, RuledPort::flows),
                new Derivation<>("open-ports", Scope.GROUP, RuleTable::openPorts, RuleTable.OpenPort::flows),
                new Derivation<>("members", Scope.GROUP, RuleTable::members, RuleTable.Member::flows),
                new Derivation<>("rules", Scope.GROUP, RuleTable::allowed, RuleTable.Allowed::flows),
                new Derivation<>("conclusions", Scope.GROUP, RuleTable::conclusions, RuleTable.Conclusion::flows),
                new Derivation<>(
                        "remotes", Scope.REMOTE, RuleTable::remoteAddresses, RuleTable.RemoteAddresses::flows));
    }

    @Override
    public Map<PuntReason, Answer> answers() {
        return Map.of(DropLog.PUNT, DropLog::answer);
    }

    @Override
    public List<DropReason> drops() {
        return SecurityGroupDrop.ALL;
    }
}
