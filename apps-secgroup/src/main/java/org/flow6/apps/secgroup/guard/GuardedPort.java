package org.flow6.apps.secgroup.guard;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.flow6.flow.Action;
import org.flow6.flow.Field;
import org.flow6.flow.Flow;
import org.flow6.flow.Match;
import org.flow6.flow.Priority;
import org.flow6.flow.Table;
import org.flow6.network.PortKey;
import org.flow6.network.PortView;

/** A port with port security that is bound here, and what it may be besides a host. */
record GuardedPort(PortKey port, boolean mayRoute, boolean mayServeDhcp) {

    static Stream<GuardedPort> of(PortView view) {
        return view.ofPort().isPresent() && view.port().portSecurityEnabled()
                ? Stream.of(new GuardedPort(view.key(), mayRoute(view), mayServeDhcp(view)))
                : Stream.empty();
    }

    private static boolean mayRoute(PortView view) {
        return view.port().isRouterInterface()
                || view.network().trustedRouters().contains(view.port().id());
    }

    private static boolean mayServeDhcp(PortView view) {
        return view.port().isDhcpServer()
                || view.network().trustedDhcpServers().contains(view.port().id());
    }

    List<Flow> flows() {
        List<Action> actions = new ArrayList<>();
        if (mayRoute) {
            actions.add(Action.set(Field.MAY_ROUTE, true));
        }
        if (mayServeDhcp) {
            actions.add(Action.set(Field.MAY_SERVE_DHCP, true));
        }
        actions.add(Action.goTo(Table.GUARD_ETHERNET));
        return List.of(new Flow(Table.GUARD, Priority.rank(2), Match.ANY.and(Field.SOURCE_PORT, port), actions));
    }
}
