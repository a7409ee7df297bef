package org.flow6.network;

import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.pcollections.PMap;
import org.projectfloodlight.openflow.types.OFPort;

/** Makes the next snapshot from one, keeps the indexes right and notes every view that it touches. For one thread. */
public final class NetworkEditor {
    private NetworkModel model;
    private PMap<Id<Port>, OFPort> bindings;
    private Keys<Id<Network>> networkKeys;
    private Keys<Id<Port>> portKeys;
    private SetIndex<Id<Network>, Id<Port>> portsOf;
    private BoundPorts boundPorts;
    private Owners owners;
    private Routing routing;
    private Neighbors neighbors;
    private Multicast multicast;

    private final NetworkSnapshot from;
    private final Touched touched = new Touched();
    private final Set<Id<Network>> links = new HashSet<>();
    /** Networks of which more changes for every port on them. */
    private final Set<Id<Network>> around = new HashSet<>();
    /** Networks of next hops that are found to be unreachable, or reachable again. */
    private final Set<Id<Network>> hopsOn = new HashSet<>();

    private final SecurityEditor security;
    private final ClaimsEditor claims;
    private final HostsEditor hosts;

    NetworkEditor(NetworkSnapshot from) {
        this.from = from;
        model = from.model;
        bindings = from.bindings;
        networkKeys = from.networkKeys;
        portKeys = from.portKeys;
        portsOf = from.portsOf;
        boundPorts = from.boundPorts;
        owners = from.owners;
        routing = from.routing;
        neighbors = from.neighbors;
        multicast = from.multicast;
        security = new SecurityEditor(from.security, touched);
        claims = new ClaimsEditor(from.claims);
        hosts = new HostsEditor(from.hosts, touched, links);
    }

    /** Replaces all resources, touching only what differs. */
    public NetworkEditor model(NetworkModel next) {
        NetworkModel before = model;
        ModelChanges changes = next.since(before);
        security.without(changes.distantPorts(), before);
        for (Id<Port> id : changes.ports()) {
            Port port = before.ports().get(id);
            Port after = next.ports().get(id);
            if (port != null && (after == null || !after.networkId().equals(port.networkId()))) {
                replacePort(port, null);
            }
        }
        // First, so that a network that comes finds the key free that one which goes had.
        for (Id<Network> id : changes.networks()) {
            Network old = before.networks().get(id);
            if (old != null && !next.networks().containsKey(id)) {
                dropNetwork(old);
            }
        }
        for (Id<Network> id : changes.networks()) {
            Network after = next.networks().get(id);
            if (after != null) {
                putNetwork(before.networks().get(id), after);
            }
        }
        for (Id<Port> id : changes.ports()) {
            Port old = before.ports().get(id);
            Port port = next.ports().get(id);
            if (port != null && (old == null || !port.equals(old))) {
                replacePort(old != null && old.networkId().equals(port.networkId()) ? old : null, port);
            }
        }
        changes.subnets()
                .forEach(id ->
                        replaceSubnet(before.subnets().get(id), next.subnets().get(id)));
        for (Id<Router> id : changes.routers()) {
            replaceRouter(before.routers().get(id), next.routers().get(id));
            // Those of its ports that come or go are seen to where ports are replaced.
            for (Id<Port> portId : routing.portsOf().get(id)) {
                Port port = Objects.requireNonNull(next.ports().get(portId));
                touched.networks.add(port.networkId());
                if (RouterInterface.isGateway(port.deviceOwner())) {
                    touched.addresses(port);
                }
            }
        }
        security.model(changes, before, next);
        security.with(changes.distantPorts(), next);
        hosts.model(changes, before, next);
        model = next;
        return this;
    }

    /** Replaces all claims of ports to addresses, of which one port has one to an address; touches only what differs. */
    public NetworkEditor claims(Collection<AddressClaim> all) {
        claims.set(all);
        return this;
    }

    /** Adds a port's claim to an address, or replaces the one that it has. Neither the port nor its network need exist. */
    public NetworkEditor claim(AddressClaim claim) {
        claims.put(claim);
        return this;
    }

    /** Removes a port's claim to an address, if it is there, whatever its age. */
    public NetworkEditor unclaim(AddressClaim claim) {
        claims.remove(claim);
        return this;
    }

    /**
     * Tells which host this switch is on: ports whose {@code binding:host_id} is another one are there.
     *
     * @param name as in {@link Host#id}; the network need not list it
     */
    public NetworkEditor host(String name) {
        hosts.own(Id.of(name), model);
        return this;
    }

    /** Tells which port of this switch leads to other hosts; empty: none. */
    public NetworkEditor tunnel(Optional<Tunnel> tunnel) {
        hosts.tunnel(tunnel, model);
        return this;
    }

    /**
     * Tells which hosts no gateway should be on.
     *
     * @param lost as {@link GatewayHosts#unreachable} has it
     */
    public NetworkEditor unreachable(Set<Id<Host>> lost) {
        hosts.unreachable(lost);
        return this;
    }

    /**
     * Tells which ports have moved to another host a moment ago, and from which: what is for them goes to both.
     *
     * @param all instead of those that were told before
     */
    public NetworkEditor movedFrom(Map<Id<Port>, Id<Host>> all) {
        hosts.movedFrom(all, model);
        return this;
    }

    /** Replaces all neighbors that routers learned, of which an address has one; touches only what differs. */
    public NetworkEditor neighbors(Collection<Neighbor> all) {
        neighbors = neighbors.replaced(all, touched);
        return this;
    }

    /** Replaces all next hops by which nothing gets through; touches the routers on the networks of those that differ. */
    public NetworkEditor unreachableHops(Set<NetworkAddress> all) {
        neighbors = neighbors.withUnreachable(all, hopsOn);
        return this;
    }

    /** Replaces everyone who listens to multicast groups; touches only what differs. */
    public NetworkEditor multicastListeners(Collection<MulticastListener> all) {
        multicast = multicast.replaced(all, touched);
        return this;
    }

    /** Replaces what is known of receivers of multicast, of which there is one of a place; touches only what differs. */
    public NetworkEditor multicastRoles(Collection<MulticastRole> all) {
        multicast = multicast.withRoles(all, touched);
        return this;
    }

    /** Adds a port or replaces the one of its id; its network must be there. */
    public NetworkEditor put(Port port) {
        Port before = model.ports().get(port.id());
        if (!model.networks().containsKey(port.networkId())) {
            throw new IllegalArgumentException("port " + port.id() + " names network " + port.networkId());
        }
        if (!port.equals(before)) {
            replacePort(before, port);
            model = model.with(port);
        }
        return this;
    }

    /** Removes a port, if it is there. */
    public NetworkEditor remove(Id<Port> id) {
        Port before = model.ports().get(id);
        if (before != null) {
            replacePort(before, null);
            model = model.without(before);
        }
        return this;
    }

    /** Binds a port, known or not yet, to an OpenFlow port of this switch. */
    public NetworkEditor bind(Id<Port> id, OFPort ofPort) {
        OFPort before = bindings.get(id);
        if (!ofPort.equals(before)) {
            bindings = bindings.plus(id, ofPort);
            Port port = model.ports().get(id);
            if (port != null) {
                touched.port(port);
                if (before == null && isMember(port)) {
                    boundPorts = boundPorts.with(port, keyOf(port));
                    touched.networks.add(port.networkId());
                    security.bound(port, port, keyOf(port), true);
                }
                touchAround(port);
            }
        }
        return this;
    }

    public NetworkEditor unbind(Id<Port> id) {
        if (bindings.containsKey(id)) {
            Port port = model.ports().get(id);
            if (port != null) {
                touched.port(port);
                if (isMember(port)) {
                    boundPorts = boundPorts.without(port, keyOf(port));
                    touched.networks.add(port.networkId());
                    security.bound(port, port, keyOf(port), false);
                }
                touchAround(port);
            }
            bindings = bindings.minus(id);
        }
        return this;
    }

    /** The next snapshot and what it touches; this editor is done with. */
    public NetworkUpdate update() {
        noteOutside();
        around.forEach(network -> portsOf.get(network)
                .forEach(id -> touched.port(Objects.requireNonNull(model.ports().get(id)))));
        NetworkSnapshot after = new NetworkSnapshot(
                model,
                bindings,
                networkKeys,
                portKeys,
                portsOf,
                boundPorts,
                owners,
                routing,
                security.security(),
                claims.claims(),
                hosts.hosts(),
                neighbors,
                multicast);
        routing.noteGateways(model, hosts.moved(), touched);
        claims.note(from, after, touched);
        Routing.note(from, after, links, touched);
        neighbors.note(touched);
        hopsOn.forEach(network -> routing.routersOn(model, network).forEach(touched.routers::add));
        multicast.note(from, after, touched);
        return touched.update(after);
    }

    private void putNetwork(@Nullable Network before, Network after) {
        if (before != null && after.equals(before)) {
            return;
        }
        networkKeys = networkKeys.with(after.id());
        touchLink(after.id());
        security.put(after);
        if (before != null) {
            // Every view of a port holds its network.
            for (Id<Port> id : portsOf.get(after.id())) {
                Port port = Objects.requireNonNull(model.ports().get(id));
                touched.port(port);
                security.bound(port, port, keyOf(port), bindings.containsKey(id));
            }
        }
    }

    private void dropNetwork(Network network) {
        networkKeys = networkKeys.without(network.id());
        touchLink(network.id());
        security.remove(network);
    }

    private void replaceRouter(@Nullable Router before, @Nullable Router after) {
        if (before != null && after == null) {
            routing = routing.without(before);
            touched.routers.add(before.id());
        } else if (after != null && !after.equals(before)) {
            routing = routing.with(after);
            touched.routers.add(after.id());
        }
    }

    /** Notes a network of which more changes than its members: the routers on it know all of that. */
    private void touchLink(Id<Network> id) {
        touched.networks.add(id);
        links.add(id);
    }

    private void replaceSubnet(@Nullable Subnet before, @Nullable Subnet after) {
        if (Objects.equals(before, after)) {
            return;
        }
        if (before != null) {
            routing = routing.without(before);
            touchLink(before.networkId());
            claims.subnet(before);
        }
        if (after != null) {
            routing = routing.with(after);
            touchLink(after.networkId());
            claims.subnet(after);
        }
    }

    private void replacePort(@Nullable Port before, @Nullable Port after) {
        noteNetworks(before, after);
        Stream.of(Optional.ofNullable(before), Optional.ofNullable(after))
                .flatMap(Optional::stream)
                .forEach(this::touchAround);
        if (before != null) {
            touched.port(before);
            claims.port(before);
            unindex(before);
        }
        if (after != null) {
            index(after);
            claims.port(after);
            touched.port(after);
        }
        security.port(before, after);
        hosts.port(before, after);
        Port either = Objects.requireNonNull(after != null ? after : before);
        security.bound(before, after, keyOf(either), bindings.containsKey(either.id()));
        if (after == null) {
            portKeys = portKeys.without(either.id());
        }
    }

    /** Notes the views of those who have a provider port on their network. */
    private void touchAround(Port port) {
        if (port.isProvider()) {
            around.add(port.networkId());
        }
    }

    /** Notes what depends on which host this is, and whether there are others, where one of them serves the world outside. */
    private void noteOutside() {
        boolean alone = model.hosts().isEmpty();
        if (alone == from.model.hosts().isEmpty() && hosts.hosts().own().equals(from.hosts.own())) {
            return;
        }
        model.networks().values().stream()
                .filter(network -> network.segment().isPresent())
                .map(Network::id)
                .forEach(network -> {
                    touchLink(network);
                    around.add(network);
                });
    }

    /** What a network's view shows of a member. */
    private record Membership(Id<Network> network, List<IpPrefix> prefixes, boolean provider) {}

    /** Notes the networks whose members or open prefixes change, and no others: their views are as large as they are. */
    private void noteNetworks(@Nullable Port before, @Nullable Port after) {
        Membership was = membership(before);
        Membership is = membership(after);
        if (!Objects.equals(was, is)) {
            Stream.of(Optional.ofNullable(was), Optional.ofNullable(is))
                    .flatMap(Optional::stream)
                    .map(Membership::network)
                    .forEach(touched.networks::add);
        }
    }

    private @Nullable Membership membership(@Nullable Port port) {
        return port != null && isMember(port)
                ? new Membership(port.networkId(), Claims.prefixes(port), port.isProvider())
                : null;
    }

    /** Whether the port takes part in its network on this switch, if that is up. */
    private boolean isMember(Port port) {
        return port.adminStateUp() && bindings.containsKey(port.id());
    }

    private void index(Port port) {
        Id<Network> network = port.networkId();
        portKeys = portKeys.with(port.id());
        portsOf = portsOf.with(network, port.id());
        if (Routing.concerns(port)) {
            routing = routing.with(port);
            touchLink(network);
        }
        if (isMember(port)) {
            boundPorts = boundPorts.with(port, keyOf(port));
        }
        owners = owners.with(port);
    }

    private void unindex(Port port) {
        Id<Network> network = port.networkId();
        portsOf = portsOf.without(network, port.id());
        if (Routing.concerns(port)) {
            routing = routing.without(port);
            touchLink(network);
        }
        if (isMember(port)) {
            boundPorts = boundPorts.without(port, keyOf(port));
        }
        owners = owners.without(port);
    }

    private PortKey keyOf(Port port) {
        return new PortKey(portKeys.key(port.id()));
    }
}
