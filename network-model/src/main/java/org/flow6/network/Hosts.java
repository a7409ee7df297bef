package org.flow6.network;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.pcollections.HashTreePMap;
import org.pcollections.PMap;
import org.projectfloodlight.openflow.types.IPAddress;

/**
 * What a snapshot knows of hosts beside their resources.
 *
 * @param own the host of this switch; empty: not told, and nothing is elsewhere
 * @param tunnel the end on this switch of tunnels to the others; empty: none
 * @param keys of the hosts that the model lists
 * @param portsOf the ports that are up and name a host, listed or not, this one or another
 * @param membersOf how many of them each network has on each host
 * @param unreachable hosts that no gateway should be on, this one or others
 * @param movedFrom the hosts that ports were on until a moment ago, and may be yet
 */
record Hosts(
        Optional<Id<Host>> own,
        Optional<Tunnel> tunnel,
        Keys<Id<Host>> keys,
        SetIndex<Id<Host>, Id<Port>> portsOf,
        PMap<Id<Network>, PMap<Id<Host>, Integer>> membersOf,
        Set<Id<Host>> unreachable,
        Map<Id<Port>, Id<Host>> movedFrom) {

    static final Hosts NONE = new Hosts(
            Optional.empty(),
            Optional.empty(),
            Keys.empty(Integer.SIZE),
            SetIndex.empty(),
            HashTreePMap.empty(),
            Set.of(),
            Map.of());

    /** The host that a port which is up says it is on. */
    static Optional<Id<Host>> of(Port port) {
        return port.adminStateUp() ? port.hostId().map(Id::of) : Optional.empty();
    }

    Hosts of(Id<Host> host) {
        return new Hosts(Optional.of(host), tunnel, keys, portsOf, membersOf, unreachable, movedFrom);
    }

    Hosts with(Optional<Tunnel> end) {
        return new Hosts(own, end, keys, portsOf, membersOf, unreachable, movedFrom);
    }

    Hosts with(Keys<Id<Host>> listed) {
        return new Hosts(own, tunnel, listed, portsOf, membersOf, unreachable, movedFrom);
    }

    Hosts without(Set<Id<Host>> lost) {
        return new Hosts(own, tunnel, keys, portsOf, membersOf, Set.copyOf(lost), movedFrom);
    }

    Hosts with(Map<Id<Port>, Id<Host>> moved) {
        return new Hosts(own, tunnel, keys, portsOf, membersOf, unreachable, Map.copyOf(moved));
    }

    Hosts with(Port port, Id<Host> host) {
        return new Hosts(
                own,
                tunnel,
                keys,
                portsOf.with(host, port.id()),
                counted(port.networkId(), host, 1),
                unreachable,
                movedFrom);
    }

    Hosts without(Port port, Id<Host> host) {
        return new Hosts(
                own,
                tunnel,
                keys,
                portsOf.without(host, port.id()),
                counted(port.networkId(), host, -1),
                unreachable,
                movedFrom);
    }

    private PMap<Id<Network>, PMap<Id<Host>, Integer>> counted(Id<Network> network, Id<Host> host, int by) {
        PMap<Id<Host>, Integer> before = on(network);
        int count = before.getOrDefault(host, 0) + by;
        PMap<Id<Host>, Integer> after = count == 0 ? before.minus(host) : before.plus(host, count);
        return after.isEmpty() ? membersOf.minus(network) : membersOf.plus(network, after);
    }

    private PMap<Id<Host>, Integer> on(Id<Network> network) {
        return membersOf.getOrDefault(network, HashTreePMap.empty());
    }

    boolean hasMember(Id<Network> network, Id<Host> host) {
        return on(network).containsKey(host);
    }

    /** The key of a host if it is another one, and listed. */
    private Optional<HostKey> remote(NetworkModel model, Id<Host> host) {
        return own.isPresent() && !own.get().equals(host) && model.hosts().containsKey(host)
                ? Optional.of(new HostKey(keys.key(host)))
                : Optional.empty();
    }

    /** Whether tunnels carry packets of a network: it is up, and what is part of a physical network is carried by that. */
    static boolean areFor(Network network) {
        return network.adminStateUp() && network.segment().isEmpty();
    }

    /** The hosts that a port may be on as a router's gateway; none of all other ports. */
    private static List<Id<Host>> candidates(NetworkModel model, Port port) {
        Router router = Routing.isOfRouter(port) && RouterInterface.isGateway(port.deviceOwner())
                ? model.routers().get(Id.<Router>of(port.deviceId()))
                : null;
        return router == null ? List.of() : router.gatewayHosts();
    }

    /** Where a port is at work, if it is a router's. */
    GatewayPlace place(NetworkModel model, Port port) {
        List<Id<Host>> candidates = candidates(model, port);
        if (own.isEmpty() || candidates.isEmpty()) {
            return GatewayPlace.HERE;
        }
        List<HostKey> standbys = candidates.stream()
                .filter(host -> !unreachable.contains(host))
                .flatMap(host -> remote(model, host).stream())
                .sorted()
                .toList();
        return new GatewayPlace(
                GatewayHosts.active(candidates, unreachable, own.get()).flatMap(host -> remote(model, host)), standbys);
    }

    /**
     * Whether a router's port is served from this host where only one may: the only host there is, or that of the port, or
     * that which has the gateway.
     */
    boolean serves(NetworkModel model, Port port) {
        if (own.isEmpty() || model.hosts().isEmpty()) {
            return true;
        }
        return candidates(model, port).isEmpty()
                ? port.hostId().map(Id::<Host>of).equals(own)
                : place(model, port).elsewhere().isEmpty();
    }

    /** The other host that a port is on, if it and its network are up, and tunnels carry what is for it. */
    Optional<HostKey> remote(NetworkModel model, Port port, Network network) {
        return areFor(network) ? of(port).flatMap(host -> remote(model, host)) : Optional.empty();
    }

    /** The other hosts that get what is for a port: the one that it is on, and while it moves the one that it was on. */
    Stream<HostKey> receiving(NetworkModel model, Port port, Network network) {
        Stream<HostKey> before = Optional.ofNullable(movedFrom.get(port.id()))
                .filter(host -> port.adminStateUp() && areFor(network))
                .flatMap(host -> remote(model, host))
                .stream();
        return Stream.concat(remote(model, port, network).stream(), before);
    }

    /** The other hosts with ports of a network that are up, in order; none where no tunnels carry its packets. */
    List<HostKey> remotes(NetworkModel model, Network network) {
        if (!areFor(network)) {
            return List.of();
        }
        List<HostKey> hosts = new ArrayList<>();
        on(network.id()).keySet().forEach(host -> remote(model, host).ifPresent(hosts::add));
        Collections.sort(hosts);
        return hosts;
    }

    /** The view of the other host of an address, if it is listed and there are tunnels. */
    Optional<HostView> view(NetworkModel model, IPAddress<?> tunnelIp) {
        return model.hosts().values().stream()
                .filter(host -> host.tunnelIp().equals(tunnelIp))
                .findFirst()
                .flatMap(host -> view(model, host.id()));
    }

    /** Octets of the largest IP packet that gets to every port of a network: by a tunnel too, where one is on another host. */
    int mtu(NetworkModel model, Network network) {
        return tunnel.isPresent()
                        && tunnel.get().mtu() < network.mtu()
                        && !remotes(model, network).isEmpty()
                ? tunnel.get().mtu()
                : network.mtu();
    }

    /** The view of another host, if it is listed and there are tunnels. */
    Optional<HostView> view(NetworkModel model, Id<Host> id) {
        Host host = model.hosts().get(id);
        return tunnel.isEmpty() || host == null
                ? Optional.empty()
                : remote(model, id).map(key -> new HostView(host, key, tunnel.get()));
    }
}
