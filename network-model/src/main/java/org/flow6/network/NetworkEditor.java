package org.flow6.network;

import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.pcollections.PMap;
import org.pcollections.PSortedSet;
import org.pcollections.TreePSet;
import org.projectfloodlight.openflow.types.OFPort;

/** Makes the next snapshot from one, keeps the indexes right and notes every view that it touches. For one thread. */
public final class NetworkEditor {
    private NetworkModel model;
    private PMap<Id<Port>, OFPort> bindings;
    private Keys<Network> networkKeys;
    private Keys<Port> portKeys;
    private SetIndex<Id<Network>, Id<Port>> portsOf;
    private PMap<Id<Network>, PSortedSet<PortKey>> membersOf;
    private SetIndex<Id<Network>, Id<Port>> openPortsOf;
    private Index<NetworkAddress> addressClaims;
    private Index<NetworkMac> macClaims;
    private Routing routing;

    private final Set<Id<Network>> networks = new HashSet<>();
    private final Set<Id<Port>> ports = new HashSet<>();
    private final Set<NetworkAddress> addresses = new HashSet<>();
    private final Set<NetworkMac> macs = new HashSet<>();

    NetworkEditor(NetworkSnapshot from) {
        model = from.model;
        bindings = from.bindings;
        networkKeys = from.networkKeys;
        portKeys = from.portKeys;
        portsOf = from.portsOf;
        membersOf = from.membersOf;
        openPortsOf = from.openPortsOf;
        addressClaims = from.addressClaims;
        macClaims = from.macClaims;
        routing = from.routing;
    }

    /** Replaces all resources, touching only what differs. */
    public NetworkEditor model(NetworkModel next) {
        NetworkModel before = model;
        NetworkModel.Changes changes = next.since(before);
        for (Id<Port> id : changes.ports()) {
            Port port = before.ports().get(id);
            Port after = next.ports().get(id);
            if (port != null && (after == null || !after.networkId().equals(port.networkId()))) {
                replacePort(port, null);
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
        for (Id<Network> id : changes.networks()) {
            Network old = before.networks().get(id);
            if (old != null && !next.networks().containsKey(id)) {
                dropNetwork(old);
            }
        }
        changes.subnets()
                .forEach(id ->
                        replaceSubnet(before.subnets().get(id), next.subnets().get(id)));
        for (Id<Router> id : changes.routers()) {
            // Those of its ports that come or go are seen to where ports are replaced.
            for (Id<Port> port : routing.portsOf().get(id)) {
                networks.add(Objects.requireNonNull(next.ports().get(port)).networkId());
            }
        }
        model = next;
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
                touch(port);
                if (before == null && isMember(port)) {
                    join(port);
                    networks.add(port.networkId());
                }
            }
        }
        return this;
    }

    public NetworkEditor unbind(Id<Port> id) {
        if (bindings.containsKey(id)) {
            Port port = model.ports().get(id);
            if (port != null) {
                touch(port);
                if (isMember(port)) {
                    leave(port);
                    networks.add(port.networkId());
                }
            }
            bindings = bindings.minus(id);
        }
        return this;
    }

    /** The next snapshot and what it touches; this editor is done with. */
    public NetworkUpdate update() {
        NetworkSnapshot after = new NetworkSnapshot(
                model,
                bindings,
                networkKeys,
                portKeys,
                portsOf,
                membersOf,
                openPortsOf,
                addressClaims,
                macClaims,
                routing);
        return new NetworkUpdate(
                after,
                Collections.unmodifiableSet(networks),
                Collections.unmodifiableSet(ports),
                Collections.unmodifiableSet(addresses),
                Collections.unmodifiableSet(macs));
    }

    private void putNetwork(@Nullable Network before, Network after) {
        if (before != null && after.equals(before)) {
            return;
        }
        networkKeys = networkKeys.with(after.id());
        networks.add(after.id());
        if (before != null) {
            // Every view of a port holds its network.
            for (Id<Port> id : portsOf.get(after.id())) {
                touch(Objects.requireNonNull(model.ports().get(id)));
            }
        }
    }

    private void dropNetwork(Network network) {
        networkKeys = networkKeys.without(network.id());
        networks.add(network.id());
    }

    private void replaceSubnet(@Nullable Subnet before, @Nullable Subnet after) {
        if (Objects.equals(before, after)) {
            return;
        }
        if (before != null) {
            routing = routing.without(before);
            networks.add(before.networkId());
        }
        if (after != null) {
            routing = routing.with(after);
            networks.add(after.networkId());
        }
    }

    private void replacePort(@Nullable Port before, @Nullable Port after) {
        noteNetworks(before, after);
        if (before != null) {
            touch(before);
            unindex(before);
        }
        if (after != null) {
            index(after);
            touch(after);
        } else if (before != null) {
            portKeys = portKeys.without(before.id());
        }
    }

    /** What a network's view shows of a member. */
    private record Membership(Id<Network> network, List<IpPrefix> prefixes) {}

    /** Notes the networks whose members or open prefixes change, and no others: their views are as large as they are. */
    private void noteNetworks(@Nullable Port before, @Nullable Port after) {
        Membership was = membership(before);
        Membership is = membership(after);
        if (!Objects.equals(was, is)) {
            Stream.of(Optional.ofNullable(was), Optional.ofNullable(is))
                    .flatMap(Optional::stream)
                    .map(Membership::network)
                    .forEach(networks::add);
        }
    }

    private @Nullable Membership membership(@Nullable Port port) {
        return port != null && isMember(port) ? new Membership(port.networkId(), Claims.prefixes(port)) : null;
    }

    /** Whether the port takes part in its network on this switch, if that is up. */
    private boolean isMember(Port port) {
        return port.adminStateUp() && bindings.containsKey(port.id());
    }

    private void join(Port port) {
        Id<Network> network = port.networkId();
        PSortedSet<PortKey> members = membersOf.getOrDefault(network, TreePSet.empty());
        membersOf = membersOf.plus(network, members.plus(new PortKey(portKeys.key(port.id()))));
        if (!Claims.prefixes(port).isEmpty()) {
            openPortsOf = openPortsOf.with(network, port.id());
        }
    }

    private void leave(Port port) {
        Id<Network> network = port.networkId();
        PSortedSet<PortKey> members =
                membersOf.getOrDefault(network, TreePSet.empty()).minus(new PortKey(portKeys.key(port.id())));
        membersOf = members.isEmpty() ? membersOf.minus(network) : membersOf.plus(network, members);
        openPortsOf = openPortsOf.without(network, port.id());
    }

    private void index(Port port) {
        Id<Network> network = port.networkId();
        portKeys = portKeys.with(port.id());
        portsOf = portsOf.with(network, port.id());
        if (Routing.concerns(port)) {
            routing = routing.with(port);
            networks.add(network);
        }
        if (isMember(port)) {
            join(port);
        }
        Claims.addresses(port)
                .keySet()
                .forEach(
                        address -> addressClaims = addressClaims.with(new NetworkAddress(network, address), port.id()));
        Claims.macs(port).forEach(mac -> macClaims = macClaims.with(new NetworkMac(network, mac), port.id()));
    }

    private void unindex(Port port) {
        Id<Network> network = port.networkId();
        portsOf = portsOf.without(network, port.id());
        if (Routing.concerns(port)) {
            routing = routing.without(port);
            networks.add(network);
        }
        if (isMember(port)) {
            leave(port);
        }
        Claims.addresses(port)
                .keySet()
                .forEach(address ->
                        addressClaims = addressClaims.without(new NetworkAddress(network, address), port.id()));
        Claims.macs(port).forEach(mac -> macClaims = macClaims.without(new NetworkMac(network, mac), port.id()));
    }

    /** Notes every view that this port is part of, but its network's. */
    private void touch(Port port) {
        Id<Network> network = port.networkId();
        ports.add(port.id());
        Claims.addresses(port).keySet().forEach(address -> addresses.add(new NetworkAddress(network, address)));
        Claims.macs(port).forEach(mac -> macs.add(new NetworkMac(network, mac)));
    }
}
