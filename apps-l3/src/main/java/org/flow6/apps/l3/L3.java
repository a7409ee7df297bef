package org.flow6.apps.l3;

import java.util.List;
import java.util.stream.Stream;
import org.flow6.flow.Action;
import org.flow6.flow.Derivation;
import org.flow6.flow.Field;
import org.flow6.flow.Flow;
import org.flow6.flow.FlowApp;
import org.flow6.flow.Match;
import org.flow6.flow.Priority;
import org.flow6.flow.Scope;
import org.flow6.flow.Table;
import org.flow6.network.NetworkKey;
import org.flow6.network.RouterInterface;
import org.flow6.network.RouterKey;
import org.flow6.network.RouterView;
import org.projectfloodlight.openflow.types.MacAddress;

/** Routes between the networks of a router, on the host of the sender. */
public final class L3 implements FlowApp {
    private record Entrance(NetworkKey network, MacAddress mac, RouterKey router) {}

    @Override
    public String name() {
        return "l3";
    }

    @Override
    public List<Derivation<?, ?, ?>> derivations() {
        return List.of(new Derivation<>("entrances", Scope.ROUTER, L3::entrances, L3::enter));
    }

    private static Stream<Entrance> entrances(RouterView router) {
        return router.interfaces().stream().map(link -> entrance(link, router.key()));
    }

    private static Entrance entrance(RouterInterface link, RouterKey router) {
        return new Entrance(link.networkKey(), link.port().macAddress(), router);
    }

    private static List<Flow> enter(Entrance entrance) {
        return List.of(Flow.of(
                Table.ROUTER,
                Priority.rank(1),
                Match.IPV6.and(Field.NETWORK, entrance.network()).and(Field.ETH_DST, entrance.mac()),
                Action.set(Field.ROUTER, entrance.router()),
                Action.goTo(Table.ROUTE)));
    }
}
