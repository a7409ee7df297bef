package org.flow6.apps.secgroup.groups;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.flow6.flow.Action;
import org.flow6.flow.Field;
import org.flow6.flow.Flow;
import org.flow6.flow.Match;
import org.flow6.flow.Priority;
import org.flow6.network.PortKey;
import org.flow6.network.PortView;
import org.flow6.network.SecurityGroup;

/**
 * A port with port security that is bound here, in whatever groups; without any of them nothing is allowed.
 *
 * @param zone its conntrack zone: its OpenFlow port's number, which only one port has at a time
 * @param stateless whether all of its groups are
 * @param logs whether one of its groups is
 */
record RuledPort(PortKey port, int zone, boolean stateless, boolean logs) {

    static Stream<RuledPort> of(PortView view) {
        if (!view.port().portSecurityEnabled()) {
            return Stream.empty();
        }
        List<SecurityGroup> groups = view.groups();
        boolean stateless = !groups.isEmpty() && groups.stream().noneMatch(SecurityGroup::stateful);
        boolean logs = groups.stream().anyMatch(SecurityGroup::log);
        return view.ofPort().stream().map(ofPort -> new RuledPort(view.key(), ofPort.getPortNumber(), stateless, logs));
    }

    List<Flow> flows() {
        List<Flow> flows = new ArrayList<>();
        for (Side side : Side.values()) {
            flows.add(Flow.of(
                    side.stages().entry(),
                    Priority.rank(1),
                    Match.ANY.and(side.port(), port),
                    Action.set(Field.RULED_PORT, port),
                    Action.set(Field.ZONE, zone),
                    Action.set(Field.STATELESS, stateless),
                    Action.set(Field.ALLOWED, false),
                    Action.goTo(side.stages().track())));
            if (logs) {
                flows.add(Flow.of(
                        side.stages().verdict(),
                        Priority.rank(1),
                        Match.ANY.and(Field.ALLOWED, false).and(Field.RULED_PORT, port),
                        Action.puntCopy(DropLog.PUNT),
                        Action.drop(side.denied())));
            }
        }
        return flows;
    }
}
