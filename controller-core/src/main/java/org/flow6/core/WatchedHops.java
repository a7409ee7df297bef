package org.flow6.core;

import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.flow6.flow.FlowApp;
import org.flow6.flow.NextHop;
import org.flow6.network.AddressView;
import org.flow6.network.AddressView.Claim;
import org.flow6.network.Facts;
import org.flow6.network.Id;
import org.flow6.network.NetworkAddress;
import org.flow6.network.NetworkSnapshot;
import org.flow6.network.Port;
import org.flow6.network.PortView;
import org.flow6.network.Router;
import org.flow6.network.RouterView;
import org.flow6.network.UnreachableHop;
import org.projectfloodlight.openflow.types.DatapathId;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The next hops of one switch that apps have a choice of, and by which of them nothing gets through. Those of which the
 * network tells where they are, are looked up; the others are asked. What is found out are facts, which the snapshot shows
 * and flows are made of. For the switch's thread.
 */
final class WatchedHops {
    private static final Logger LOG = LoggerFactory.getLogger(WatchedHops.class);

    /** A quarter of the neighbors that a switch may have. */
    static final int MOST = 256;

    private final List<FlowApp> apps;
    private final DatapathId datapathId;
    private final FactStore facts;
    private final Set<String> enabled = new HashSet<>();
    private final Map<Id<Router>, List<NextHop>> watched = new LinkedHashMap<>();
    private Map<NetworkAddress, Id<Port>> hops = Map.of();
    private boolean full;

    WatchedHops(List<FlowApp> apps, DatapathId datapathId, FactStore facts) {
        this.apps = apps;
        this.datapathId = datapathId;
        this.facts = facts;
    }

    void enable(String app, boolean on, NetworkSnapshot snapshot) {
        if (on ? enabled.add(app) : enabled.remove(app)) {
            look(snapshot, snapshot.model().routers().keySet());
        }
    }

    /** Routers changed. */
    void look(NetworkSnapshot snapshot, Set<Id<Router>> routers) {
        if (routers.isEmpty()) {
            return;
        }
        for (Id<Router> id : routers) {
            List<NextHop> found = snapshot.router(id).stream()
                    .flatMap(this::hopsOf)
                    .distinct()
                    .toList();
            if (found.isEmpty()) {
                watched.remove(id);
            } else {
                watched.put(id, found);
            }
        }
        Map<NetworkAddress, Id<Port>> next = new LinkedHashMap<>();
        watched.values().forEach(some -> some.forEach(hop -> next.putIfAbsent(hop.address(), hop.from())));
        boolean tooMany = next.size() > MOST;
        if (tooMany && !full) {
            LOG.warn("switch {}: of {} next hops that share routes {} are watched", datapathId, next.size(), MOST);
        }
        full = tooMany;
        hops = next.entrySet().stream()
                .limit(MOST)
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue, (a, b) -> a, LinkedHashMap::new));
    }

    private Stream<NextHop> hopsOf(RouterView router) {
        return apps.stream().filter(app -> enabled.contains(app.name())).flatMap(app -> app.watched(router).stream());
    }

    /** The port of the router that asks for a next hop, if it is watched. */
    Optional<Id<Port>> asker(NetworkAddress hop) {
        return Optional.ofNullable(hops.get(hop));
    }

    /**
     * Takes note of what the network tells of next hops.
     *
     * @param linkIsUp of a port that is bound here
     * @return those that are to be asked, as it does not tell
     */
    Set<NetworkAddress> asked(NetworkSnapshot snapshot, Predicate<Id<Port>> linkIsUp) {
        Set<NetworkAddress> asked = new HashSet<>();
        for (NetworkAddress hop : hops.keySet()) {
            Optional<Boolean> told = isReached(hop, snapshot, linkIsUp);
            if (told.isEmpty()) {
                asked.add(hop);
            } else {
                note(hop, told.get());
            }
        }
        snapshot.unreachableHops().stream()
                .filter(hop -> !hops.containsKey(hop))
                .forEach(hop -> note(hop, /* reached= */ true));
        return asked;
    }

    /** Remembers whether packets get through by a next hop. */
    void note(NetworkAddress hop, boolean reached) {
        Facts.Change change = reached
                ? Facts.Change.forget(new UnreachableHop(hop, datapathId).fact().key())
                : Facts.Change.remember(new UnreachableHop(hop, datapathId).fact());
        if (facts.wouldChange(change)) {
            LOG.info("switch {}: next hop {} {}", datapathId, hop, reached ? "is back" : "is unreachable");
            var unused = facts.apply(change);
        }
    }

    /** Whether the network tells that packets get to an address; empty: it has to be asked. */
    private static Optional<Boolean> isReached(
            NetworkAddress hop, NetworkSnapshot snapshot, Predicate<Id<Port>> linkIsUp) {
        List<Claim> claims = snapshot.address(hop).map(AddressView::claims).orElse(List.of());
        if (claims.size() == 1 && claims.get(0).router()) {
            return Optional.of(isRouter(claims.get(0), hop, snapshot));
        }
        if (!snapshot.mayOwn(hop).isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(claims.size() == 1
                && snapshot.port(claims.get(0).port())
                        .filter(port -> isConnected(port, linkIsUp))
                        .isPresent());
    }

    private static boolean isRouter(Claim claim, NetworkAddress hop, NetworkSnapshot snapshot) {
        return snapshot.network(hop.network()).stream()
                .flatMap(network -> network.routers().stream())
                .anyMatch(router -> router.key().equals(claim.port()));
    }

    /** Of a port on another host nobody tells here whether its link is up. */
    private static boolean isConnected(PortView port, Predicate<Id<Port>> linkIsUp) {
        return port.remoteHost().isPresent()
                || (port.ofPort().isPresent() && linkIsUp.test(port.port().id()));
    }
}
