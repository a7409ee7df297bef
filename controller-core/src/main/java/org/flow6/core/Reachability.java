package org.flow6.core;

import java.util.Collections;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
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
 * its database. A host whose session has not begun counts as reachable.
 */
final class Reachability {
    private static final Logger LOG = LoggerFactory.getLogger(Reachability.class);

    private final Id<Host> own;
    /** Empty before the network is known. */
    private Optional<Map<Id<Host>, IPAddress<?>>> watched = Optional.empty();

    private NetworkModel known = NetworkModel.EMPTY;
    private Map<Id<Host>, Boolean> reachable = Map.of();

    Reachability(String host) {
        own = Id.of(host);
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
        next.forEach((host, up) -> {
            if (!up.equals(reachable.get(host))) {
                LOG.info("host {} is {}", host, up ? "reachable" : "not reachable");
            }
        });
        reachable = Map.copyOf(next);
        return GatewayHosts.unreachable(own, reachable);
    }

    /** What is seen of other hosts, and where gateways are by that. */
    synchronized HostsStatus report() {
        Map<String, Optional<Boolean>> seen = new TreeMap<>();
        watched.orElse(Map.of())
                .keySet()
                .forEach(host -> seen.put(host.value(), Optional.ofNullable(reachable.get(host))));
        Map<String, String> gateways = new TreeMap<>();
        GatewayHosts.places(known, GatewayHosts.unreachable(own, reachable), own)
                .forEach((router, host) -> gateways.put(router.value(), host.value()));
        return new HostsStatus(Collections.unmodifiableMap(seen), Collections.unmodifiableMap(gateways));
    }
}
