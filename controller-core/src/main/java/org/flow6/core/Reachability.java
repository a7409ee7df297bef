package org.flow6.core;

import java.time.Duration;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.LongSupplier;
import org.flow6.core.Status.HostsStatus;
import org.flow6.core.ovsdb.OvsInterface;
import org.flow6.core.ovsdb.OvsdbPicture;
import org.flow6.core.ovsdb.TunnelPort;
import org.flow6.network.GatewayHosts;
import org.flow6.network.Host;
import org.flow6.network.Id;
import org.flow6.network.NetworkModel;
import org.projectfloodlight.openflow.types.IPAddress;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Which hosts answer, of those that gateways may be on: Open vSwitch has a BFD session (RFC 5880) with each, and tells of it in
 * its database. A host whose session has not begun counts as reachable. So does, for some time, one that is not heard of yet
 * after this host was cut off from all: their sessions come up one after another.
 */
final class Reachability {
    private static final Logger LOG = LoggerFactory.getLogger(Reachability.class);

    /** A session that is down sends about once a second, and three packets make it come up (RFC 5880 §6.2, §6.8.3). */
    private static final Duration SETTLING = Duration.ofSeconds(4);

    private final Id<Host> own;
    private final LongSupplier nanoTime;
    private boolean cutOff;
    private long backAt;
    /** Those that have not been heard of since this host was cut off. */
    private final Set<Id<Host>> awaited = new HashSet<>();
    /** Empty before the network is known. */
    private Optional<Map<Id<Host>, IPAddress<?>>> watched = Optional.empty();

    private NetworkModel known = NetworkModel.EMPTY;
    private Map<Id<Host>, Boolean> reachable = Map.of();
    private Set<Id<Host>> lost = Set.of();

    /** @param nanoTime a clock such as {@link System#nanoTime} */
    Reachability(String host, LongSupplier nanoTime) {
        own = Id.of(host);
        this.nanoTime = nanoTime;
    }

    /** The hosts of this network are to be watched. */
    synchronized void network(NetworkModel model) {
        known = model;
        Map<Id<Host>, IPAddress<?>> next = new HashMap<>();
        model.hosts().forEach((id, host) -> next.put(id, host.tunnelIp()));
        next.keySet().retainAll(GatewayHosts.watched(model, own));
        watched = Optional.of(Map.copyOf(next));
    }

    /** The tunnel's port, with one for each watched host beside it. */
    synchronized Optional<TunnelPort> watching(Optional<TunnelPort> tunnel) {
        return tunnel.map(port -> watched.map(port::watching).orElse(port));
    }

    /** The hosts that no gateway should be on, as the database says. */
    synchronized Set<Id<Host>> unreachable(OvsdbPicture picture) {
        Map<Id<Host>, Boolean> next = new HashMap<>();
        watched.orElse(Map.of()).keySet().forEach(host -> picture.ovsInterface(TunnelPort.watching(host))
                .flatMap(OvsInterface::bfdUp)
                .ifPresent(up -> next.put(host, up)));
        return unreachable(next);
    }

    /** @param next whether each host's session is up, if it has begun */
    Set<Id<Host>> unreachable(Map<Id<Host>, Boolean> next) {
        next.forEach((host, up) -> {
            if (!up.equals(reachable.get(host))) {
                LOG.info("host {} is {}", host, up ? "reachable" : "not reachable");
            }
        });
        reachable = Map.copyOf(next);
        boolean before = cutOff;
        cutOff = GatewayHosts.unreachable(own, next).contains(own);
        if (cutOff) {
            awaited.clear();
        } else if (before) {
            awaited.addAll(next.keySet());
            backAt = nanoTime.getAsLong();
        }
        awaited.removeIf(host -> next.getOrDefault(host, true));
        if (nanoTime.getAsLong() - backAt >= SETTLING.toNanos()) {
            awaited.clear();
        }
        Map<Id<Host>, Boolean> heard = new HashMap<>(next);
        heard.keySet().removeAll(awaited);
        lost = GatewayHosts.unreachable(own, heard);
        return lost;
    }

    /** After how long the same may mean something else; empty: never. */
    synchronized Optional<Duration> settling() {
        return awaited.isEmpty() ? Optional.empty() : Optional.of(SETTLING.minusNanos(nanoTime.getAsLong() - backAt));
    }

    /** What is seen of other hosts, and where gateways are by that. */
    synchronized HostsStatus report() {
        Map<String, Optional<Boolean>> seen = new TreeMap<>();
        watched.orElse(Map.of())
                .keySet()
                .forEach(host -> seen.put(host.value(), Optional.ofNullable(reachable.get(host))));
        Map<String, String> gateways = new TreeMap<>();
        GatewayHosts.places(known, lost, own).forEach((router, host) -> gateways.put(router.value(), host.value()));
        return new HostsStatus(Collections.unmodifiableMap(seen), Collections.unmodifiableMap(gateways));
    }
}
