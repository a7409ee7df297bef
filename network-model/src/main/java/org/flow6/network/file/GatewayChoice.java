package org.flow6.network.file;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.flow6.network.Host;
import org.flow6.network.Id;
import org.flow6.network.RouterInterface;
import org.flow6.network.file.Complaint.Place;

/**
 * The hosts that a router's gateway may be on: those that it names, or else the one that the gateway's port is on, or the only
 * one that it could be on.
 */
final class GatewayChoice {
    private final Item router;
    private final Resolving resolving;
    /** The networks of its gateway that are part of a physical network, and that, as far as they can be read. */
    private final Map<String, String> physical = new TreeMap<>();
    /** The hosts that ports of its gateway there are on. */
    private final Set<String> bound = new HashSet<>();

    GatewayChoice(Item router, Resolving resolving) {
        this.router = router;
        this.resolving = resolving;
        for (Item port : resolving.all(Key.portsOfRouter(router.id()))) {
            if (RouterInterface.isGateway(port.get(Kinds.PORTS.deviceOwner)) && port.has(Kinds.PORTS.networkId)) {
                for (Item network : resolving.all(Key.named(Kinds.NETWORKS, port.get(Kinds.PORTS.networkId)))) {
                    String attached = Kinds.NETWORKS.provider.physicalNetworkOf(network);
                    if (attached != null) {
                        physical.put(network.id(), attached);
                        String host = port.find(Kinds.PORTS.hostId);
                        if (host != null && !host.isEmpty()) {
                            bound.add(host);
                        }
                    }
                }
            }
        }
    }

    /** Complains of what cannot be; the first host is the preferred one. */
    List<Id<Host>> hosts() {
        Values chosen = router.find(Kinds.ROUTERS.flow6);
        RouterKind.RoutingShape shape = Kinds.ROUTERS.routing;
        return chosen == null || !chosen.states(shape.gatewayHosts)
                ? onlyOnes()
                : named(chosen.get(shape.gatewayHosts), chosen.place(Kind.FLOW6, shape.gatewayHosts));
    }

    private List<Id<Host>> named(List<String> names, Place place) {
        Set<String> seen = new LinkedHashSet<>();
        for (String name : names) {
            Item host = resolving.refer(Kinds.HOSTS, name, place);
            if (!seen.add(name)) {
                resolving.complain(place, "host " + name + " is there twice");
            } else if (host != null) {
                physical.forEach((network, attached) -> {
                    if (!isAttached(host, attached)) {
                        resolving.complain(
                                place,
                                "network " + network + " is part of physical network " + attached + ", to which host "
                                        + name + " is not attached: add it to the host's physical_networks");
                    }
                });
            }
        }
        if (physical.isEmpty() && !names.isEmpty()) {
            resolving.complain(
                    place,
                    "the router has no gateway on a physical network (a port of device_owner network:router_gateway on a "
                            + "network of provider:network_type flat or vlan): it is on every host");
        }
        return seen.stream().map(Id::<Host>of).toList();
    }

    /** Without hosts there is one, which is not named. */
    private List<Id<Host>> onlyOnes() {
        List<Item> hosts = new ArrayList<>(physical.isEmpty() ? List.of() : resolving.all(Key.ANY_HOST));
        if (hosts.isEmpty()) {
            return List.of();
        }
        Set<String> possible = hosts.stream()
                .filter(host -> bound.isEmpty() || bound.equals(Set.of(host.id())))
                .filter(host -> physical.values().stream().allMatch(attached -> isAttached(host, attached)))
                .map(Item::id)
                .collect(Collectors.toCollection(TreeSet::new));
        if (possible.size() != 1) {
            String where = "its gateway on " + String.join(" and ", physical.keySet());
            resolving.complain(
                    Kinds.ROUTERS.id,
                    possible.isEmpty()
                            ? where + " can be on no host: none is attached to "
                                    + String.join(" and ", new TreeSet<>(physical.values()))
                            : where + " can be on hosts " + String.join(", ", possible)
                                    + ": name those that may have it in flow6.gateway_hosts, the preferred one first");
        }
        return possible.stream().map(Id::<Host>of).toList();
    }

    private static boolean isAttached(Item host, String physicalNetwork) {
        List<String> attached = host.find(Kinds.HOSTS.physicalNetworks);
        return attached == null || attached.contains(physicalNetwork);
    }
}
