package org.flow6.apps.l3;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.flow6.apps.l3.errors.ErrorDrop;
import org.flow6.apps.l3.errors.RouteErrors;
import org.flow6.apps.l3.errors.RoutePunts;
import org.flow6.flow.Answer;
import org.flow6.flow.Derivation;
import org.flow6.flow.DropReason;
import org.flow6.flow.FlowApp;
import org.flow6.flow.NextHop;
import org.flow6.flow.PuntReason;
import org.flow6.flow.Scope;
import org.flow6.network.RouterView;

/**
 * Routes between the networks of a router, on the host of the sender: from {@link org.flow6.flow.Table#ROUTER} to {@link
 * org.flow6.flow.Table#NEXT_HOP}.
 */
public final class L3 implements FlowApp {
    @Override
    public String name() {
        return "l3";
    }

    @Override
    public List<Derivation<?, ?, ?>> derivations() {
        return List.of(
                new Derivation<>("rules", Scope.ALWAYS, Stream::of, always -> Entrances.rules()),
                new Derivation<>("entrances", Scope.NETWORK, Entrances::of, Entrances::flows),
                new Derivation<>("endings", Scope.ROUTER, RouterAddresses::of, RouterAddresses::flows),
                new Derivation<>("routes", Scope.ROUTER, RouteTable::of, RouteFlows::of),
                new Derivation<>("neighbors", Scope.ADDRESS, Neighbors::of, Neighbors::flows),
                new Derivation<>("advertised", Scope.NETWORK, AdvertisementFlows::of, AdvertisementFlows::flows),
                new Derivation<>("learned", Scope.NEIGHBOR, LearnedNeighbor::of, LearnedNeighbor::flows));
    }

    @Override
    public Map<PuntReason, Answer> answers() {
        Map<PuntReason, Answer> answers = new LinkedHashMap<>(RouteErrors.answers());
        answers.put(RoutePunts.UNRESOLVED, Resolution::answer);
        answers.put(NeighborAnswer.PUNT, NeighborAnswer::answer);
        return answers;
    }

    @Override
    public List<NextHop> watched(RouterView router) {
        return RouteTable.shared(router);
    }

    @Override
    public List<DropReason> drops() {
        List<DropReason> drops = new ArrayList<>(RouteDrop.ALL);
        drops.addAll(NeighborAnswer.DROPS);
        drops.addAll(ErrorDrop.ALL);
        return drops;
    }
}
