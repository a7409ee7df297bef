package org.flow6.network;

import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * On which host a router's gateway is. Every host decides by itself from what it sees of the others, without a word between
 * them: hosts that see the same decide the same.
 */
public final class GatewayHosts {
    /** With fewer, one's own silence looks like the other's. */
    private static final int ENOUGH_TO_KNOW_ONESELF = 2;

    private GatewayHosts() {}

    /**
     * The hosts that a host has to know about, whether they are reachable: each that may have a gateway knows of all others,
     * and these of it.
     *
     * @return others than {@code own} that the model lists; none where no router has a choice
     */
    public static Set<Id<Host>> watched(NetworkModel model, Id<Host> own) {
        Set<Id<Host>> watched = new HashSet<>();
        model.routers().values().stream()
                .map(Router::gatewayHosts)
                .filter(hosts -> hosts.size() > 1)
                .forEach(watched::addAll);
        if (watched.contains(own)) {
            watched.addAll(model.hosts().keySet());
        }
        watched.retainAll(model.hosts().keySet());
        watched.remove(own);
        return watched;
    }

    /**
     * The hosts that no gateway should be on. One that has lost all others is itself cut off, rather than that they all
     * failed together: it would draw packets to itself that it cannot deliver.
     *
     * @param reachable whether each of the watched hosts answers, as far as that is known
     */
    public static Set<Id<Host>> unreachable(Id<Host> own, Map<Id<Host>, Boolean> reachable) {
        Set<Id<Host>> unreachable = new HashSet<>();
        reachable.forEach((host, answers) -> {
            if (!answers) {
                unreachable.add(host);
            }
        });
        if (unreachable.size() == reachable.size() && reachable.size() >= ENOUGH_TO_KNOW_ONESELF) {
            unreachable.add(own);
        }
        return unreachable;
    }

    /**
     * The host that each router's gateway is on, of the routers whose gateway is on one host.
     *
     * @param unreachable as {@link #unreachable} has it
     */
    public static Map<Id<Router>, Id<Host>> places(NetworkModel model, Set<Id<Host>> unreachable, Id<Host> own) {
        Map<Id<Router>, Id<Host>> places = new HashMap<>();
        model.routers().forEach((id, router) -> active(router.gatewayHosts(), unreachable, own)
                .ifPresent(host -> places.put(id, host)));
        return places;
    }

    /**
     * The host that a gateway is on: the first that is reachable. Where none is, another one is tried rather than one's own.
     *
     * @param hosts those that may have it, in the order in which they are preferred
     * @return empty: wherever somebody asks
     */
    static Optional<Id<Host>> active(List<Id<Host>> hosts, Collection<Id<Host>> unreachable, Id<Host> own) {
        return hosts.stream()
                .filter(host -> !unreachable.contains(host))
                .findFirst()
                .or(() -> hosts.stream().filter(host -> !host.equals(own)).findFirst())
                .or(() -> hosts.stream().findFirst());
    }
}
