package org.flow6.network;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.stream.Stream;
import org.flow6.network.SecurityGroupRule.Remote;
import org.pcollections.HashTreePMap;
import org.pcollections.PMap;
import org.projectfloodlight.openflow.types.IPAddress;
import org.projectfloodlight.openflow.types.MacAddress;
import org.projectfloodlight.openflow.types.OFPort;

/**
 * The network and its bindings on one switch at one moment. Immutable; a next snapshot shares all that is unchanged.
 *
 * <p>Flows are derived from the views of a port, an address, a MAC address or a network. {@link NetworkUpdate} tells
 * which of them may differ from an earlier snapshot's.
 */
public final class NetworkSnapshot {

    public static final NetworkSnapshot EMPTY = new NetworkSnapshot(
            NetworkModel.EMPTY,
            HashTreePMap.empty(),
            Keys.empty(NetworkKey.BITS),
            Keys.empty(Integer.SIZE),
            SetIndex.empty(),
            BoundPorts.NONE,
            Owners.NONE,
            Routing.EMPTY,
            Security.NONE,
            ClaimedAddresses.NONE,
            Hosts.NONE,
            Neighbors.NONE,
            Multicast.NONE);

    /** So many networks' worth is kept of what is derived: every packet and every app asks for a few. */
    private static final int MOST_DERIVED = 10_000;

    /** Likewise of ports: a switch seldom has more that ask for something. */
    private static final int MOST_DERIVED_OF_PORTS = 2_000;

    private final Memo<Derived, Object> derived = new Memo<>(MOST_DERIVED);
    private final Memo<Derived, Object> derivedOfPorts = new Memo<>(MOST_DERIVED_OF_PORTS);
    private final Memo<Id<Network>, NetworkView> networkViews = new Memo<>(MOST_DERIVED);
    private final Memo<PortKey, PortView> portViews = new Memo<>(MOST_DERIVED_OF_PORTS);
    private final Memo<Id<Router>, RouterView> routerViews = new Memo<>(MOST_DERIVED_OF_PORTS);

    final NetworkModel model;
    final PMap<Id<Port>, OFPort> bindings;
    final Keys<Id<Network>> networkKeys;
    final Keys<Id<Port>> portKeys;
    final SetIndex<Id<Network>, Id<Port>> portsOf;
    final BoundPorts boundPorts;
    final Owners owners;
    final Routing routing;
    final Security security;
    final ClaimedAddresses claims;
    final Hosts hosts;
    final Neighbors neighbors;
    final Multicast multicast;

    NetworkSnapshot(
            NetworkModel model,
            PMap<Id<Port>, OFPort> bindings,
            Keys<Id<Network>> networkKeys,
            Keys<Id<Port>> portKeys,
            SetIndex<Id<Network>, Id<Port>> portsOf,
            BoundPorts boundPorts,
            Owners owners,
            Routing routing,
            Security security,
            ClaimedAddresses claims,
            Hosts hosts,
            Neighbors neighbors,
            Multicast multicast) {
        this.model = model;
        this.bindings = bindings;
        this.networkKeys = networkKeys;
        this.portKeys = portKeys;
        this.portsOf = portsOf;
        this.boundPorts = boundPorts;
        this.owners = owners;
        this.routing = routing;
        this.security = security;
        this.claims = claims;
        this.hosts = hosts;
        this.neighbors = neighbors;
        this.multicast = multicast;
    }

    public NetworkModel model() {
        return model;
    }

    /** Which OpenFlow port each port is bound to on this switch, also ports that the model does not know. */
    public Map<Id<Port>, OFPort> bindings() {
        return bindings;
    }

    /** This switch's end of tunnels to other hosts, if it has one. */
    public Optional<Tunnel> tunnel() {
        return hosts.tunnel();
    }

    /** The hosts that no gateway should be on, as far as this switch knows. */
    public Set<Id<Host>> unreachable() {
        return hosts.unreachable();
    }

    /** The ports that have moved to another host a moment ago, and from which. */
    public Map<Id<Port>, Id<Host>> movedFrom() {
        return hosts.movedFrom();
    }

    /** Starts a next snapshot. */
    public NetworkEditor edit() {
        return new NetworkEditor(this);
    }

    /** The view of a port, if there is such a port. */
    public Optional<PortView> port(Id<Port> id) {
        Port port = model.ports().get(id);
        if (port == null) {
            return Optional.empty();
        }
        Network network = networkOf(port);
        return Optional.of(new PortView(
                port,
                portKey(id),
                network,
                networkKey(network.id()),
                activeBinding(port, network),
                hosts.remote(model, port, network),
                Security.groups(model, port),
                claims.heldBy(port, this),
                port.isProvider() ? Optional.empty() : provider(network)));
    }

    /** The view of the port that a key in a register stands for, if there is such a port. */
    public Optional<PortView> port(PortKey key) {
        return portViews.get(
                key, () -> Optional.ofNullable(portKeys.id(key.value())).flatMap(this::port));
    }

    /** The view of an address, if any port claims it. */
    public Optional<AddressView> address(NetworkAddress address) {
        return OwnerViews.address(this, address);
    }

    /**
     * The ports bound here, ordered by key, that may own an address which is not known to be one port's, or is link-local:
     * those that share it (and the {@link ProviderPort}, where some of these are not here), or if nobody claims it those
     * that may own any address of a prefix with it in.
     */
    public List<PortKey> mayOwn(NetworkAddress address) {
        return OwnerViews.mayOwn(this, address);
    }

    /**
     * The MAC address with which a router's gateway on a network answers for an address that is behind the router, if one
     * does so from this host.
     */
    public Optional<MacAddress> proxy(NetworkAddress asked) {
        return OwnerViews.proxy(this, asked);
    }

    /** The neighbors that routers learned, whether their views exist or not. */
    public Collection<Neighbor> neighbors() {
        return neighbors.at().values();
    }

    /** The next hops by which, as this switch found out, nothing gets through. */
    public Set<NetworkAddress> unreachableHops() {
        return neighbors.unreachable();
    }

    /** The view of a learned neighbor: while its port may own the address, as {@link #mayOwn} has it. */
    public Optional<NeighborView> neighbor(NetworkAddress address) {
        return OwnerViews.neighbor(this, address);
    }

    /** Everyone who is known to listen to a multicast group, whether the views exist or not. */
    public Stream<MulticastListener> multicastListeners() {
        return multicast.listeners().values().stream().flatMap(some -> some.values().stream());
    }

    /** The multicast groups that somebody is known to listen to there. */
    public Collection<NetworkAddress> multicastGroups(Receiver at) {
        return multicast.groupsOf().get(at);
    }

    /** What is known of receivers, whether they exist or not. */
    public Collection<MulticastRole> multicastRoles() {
        return multicast.roles().values();
    }

    /** What is known of a receiver on a network. */
    public Optional<MulticastRole> multicastRole(Id<Network> network, Receiver at) {
        return Optional.ofNullable(multicast.role(network, at));
    }

    /** The view of a multicast group, if somebody listens who does not get everything. */
    public Optional<MulticastGroupView> multicastGroup(NetworkAddress group) {
        return multicast.group(this, group);
    }

    /** The view of those who get every packet to a multicast group on a network, if there is such a network. */
    public Optional<MulticastView> multicastReceivers(Id<Network> network) {
        return network(network).map(view -> multicast.receivers(this, view));
    }

    /** The view of a MAC address, if a port that is bound here or on another host may use it. */
    public Optional<MacView> mac(NetworkMac mac) {
        return OwnerViews.mac(this, mac);
    }

    /** The view of a host, if it is another one than that of this switch, the model lists it, and there are tunnels. */
    public Optional<HostView> host(Id<Host> id) {
        return hosts.view(model, id);
    }

    /** The view of the other host of an address, if it is listed and there are tunnels. */
    public Optional<HostView> host(IPAddress<?> tunnelIp) {
        return hosts.view(model, tunnelIp);
    }

    /** Which other host it is that a key in a register stands for, if the network lists it. */
    public Optional<Id<Host>> hostId(HostKey key) {
        return Optional.ofNullable(hosts.keys().id(key.value()))
                .filter(id -> model.hosts().containsKey(id));
    }

    /** Some port of a network that is on another host, if there is one and it is up. */
    public Optional<PortView> somePort(Id<Network> network, HostKey host) {
        return portsOf.get(network).stream()
                .flatMap(id -> port(id).stream())
                .filter(port -> port.remoteHost().equals(Optional.of(host)))
                .min(Comparator.comparing(PortView::key));
    }

    /** Whether a host that the network file lists has ports of a network that are up. */
    public boolean isMember(Id<Network> network, Id<Host> host) {
        return model.hosts().containsKey(host) && hosts.hasMember(network, host);
    }

    /** The view of the port whose own MAC address it is, if that port is administratively up. */
    public Optional<PortView> owner(NetworkMac mac) {
        return OwnerViews.owner(this, mac);
    }

    /** The subnet of a network that holds an address: that of the longest prefix, if there are more. */
    public Optional<Subnet> subnet(NetworkAddress address) {
        return routing.subnets(model, address.network()).stream()
                .filter(subnet -> subnet.cidr().contains(address.address()))
                .max(Comparator.comparing(subnet -> subnet.cidr().length()));
    }

    /**
     * The subnets that hold an address, of whatever networks, such as the link-address of a relay (RFC 8415 §13.1): those
     * of the longest prefix first, then ordered by id.
     */
    public List<Subnet> subnetsHolding(IPAddress<?> address) {
        return routing.subnetsHolding(model, address);
    }

    /** The view of a security group, if there is such a group. */
    public Optional<GroupView> group(Id<SecurityGroup> id) {
        return security.group(model, id);
    }

    /** The view of a remote, if a security group with a port that is bound here has a rule about it, and it is not any. */
    public Optional<RemoteView> remote(Remote remote) {
        return security.remote(this, remote);
    }

    /** The view of a router, if there is such a router and it is up. */
    public Optional<RouterView> router(Id<Router> id) {
        return routerViews.get(id, () -> routing.router(this, id));
    }

    /** The view of the router that a key in a register stands for, if there is such a router and it is up. */
    public Optional<RouterView> router(RouterKey key) {
        return routing.router(key).flatMap(this::router);
    }

    /** The view of a network, if there is such a network. */
    public Optional<NetworkView> network(Id<Network> id) {
        return networkViews.get(id, () -> NetworkViews.of(this, id));
    }

    /** The view of the network that a key in a register stands for, if there is such a network. */
    public Optional<NetworkView> network(NetworkKey key) {
        return Optional.ofNullable(networkKeys.id(key.value())).flatMap(this::network);
    }

    /**
     * What a function makes of a network's view, if there is such a network; made once for as long as this snapshot holds.
     *
     * @param function pure, and a constant: it is known by identity
     */
    @SuppressWarnings("unchecked") // the function gave what is kept for it
    public <T> Optional<T> derived(Id<Network> id, Function<NetworkView, T> function) {
        return derived.get(new Derived(id, function), () -> network(id).map(function))
                .map(made -> (T) made);
    }

    /**
     * What a function makes of a port and its network's view, if there is such a port; made once for as long as this
     * snapshot holds.
     *
     * @param function pure, and a constant: it is known by identity
     */
    @SuppressWarnings("unchecked") // the function gave what is kept for it
    public <T> Optional<T> derived(Id<Port> id, BiFunction<NetworkView, Port, T> function) {
        return derivedOfPorts
                .get(new Derived(id, function), () -> Optional.ofNullable(
                                model.ports().get(id))
                        .flatMap(port -> network(port.networkId()).map(view -> function.apply(view, port))))
                .map(made -> (T) made);
    }

    /** The port by which a network reaches the rest of its physical network, if it is bound here. */
    Optional<PortKey> provider(Network network) {
        return network.segment().isEmpty()
                ? Optional.empty()
                : Optional.ofNullable(model.ports().get(ProviderPort.idOf(network.id())))
                        .filter(port -> port.networkId().equals(network.id())
                                && activeBinding(port, network).isPresent())
                        .map(port -> portKey(port.id()));
    }

    Optional<OFPort> activeBinding(Port port, Network network) {
        return port.adminStateUp() && network.adminStateUp()
                ? Optional.ofNullable(bindings.get(port.id()))
                : Optional.empty();
    }

    Port existing(Id<Port> id) {
        Port port = model.ports().get(id);
        if (port == null) {
            throw new IllegalStateException("index names port " + id + ", which does not exist");
        }
        return port;
    }

    Network networkOf(Port port) {
        Network network = model.networks().get(port.networkId());
        if (network == null) {
            throw new IllegalStateException("port " + port.id() + " names network " + port.networkId());
        }
        return network;
    }

    PortKey portKey(Id<Port> id) {
        return new PortKey(portKeys.key(id));
    }

    NetworkKey networkKey(Id<Network> id) {
        return new NetworkKey(networkKeys.key(id));
    }
}
