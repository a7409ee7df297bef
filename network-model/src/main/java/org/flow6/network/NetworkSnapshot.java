package org.flow6.network;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.stream.Stream;
import org.flow6.network.AddressView.Claim;
import org.flow6.network.NetworkView.OpenClaim;
import org.flow6.network.SecurityGroupRule.Remote;
import org.flow6.packets.LinkLocal;
import org.pcollections.HashTreePMap;
import org.pcollections.PMap;
import org.projectfloodlight.openflow.types.IPAddress;
import org.projectfloodlight.openflow.types.IPv6Address;
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

    private static final Function<NetworkView, NetworkView> SELF = Function.identity();

    /** Likewise of ports: a switch seldom has more that ask for something. */
    private static final int MOST_DERIVED_OF_PORTS = 2_000;

    private final Map<Derived, Object> derived = new ConcurrentHashMap<>();
    private final Map<Derived, Object> derivedOfPorts = new ConcurrentHashMap<>();
    private final Map<PortKey, PortView> views = new ConcurrentHashMap<>();
    private final Map<Id<Router>, RouterView> routerViews = new ConcurrentHashMap<>();

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
        PortView known = views.get(key);
        if (known != null) {
            return Optional.of(known);
        }
        Optional<PortView> made = Optional.ofNullable(portKeys.id(key.value())).flatMap(this::port);
        if (made.isPresent() && views.size() < MOST_DERIVED_OF_PORTS) {
            views.put(key, made.get());
        }
        return made;
    }

    /** The view of an address, if any port claims it. */
    public Optional<AddressView> address(NetworkAddress address) {
        List<Claim> claims = new ArrayList<>();
        List<HostKey> standbys = new ArrayList<>();
        boolean forAll = false;
        for (Id<Port> id : owners.addresses().get(address)) {
            Port port = existing(id);
            MacAddress mac = Claims.addresses(port).get(address.address());
            if (mac != null) {
                Network network = networkOf(port);
                boolean bound = activeBinding(port, network).isPresent();
                forAll |=
                        bound || network.segment().isEmpty() || (port.isRouterInterface() && hosts.serves(model, port));
                standbys.addAll(hosts.place(model, port).standbys());
                claims.add(new Claim(portKey(id), mac, port.isRouterInterface(), bound));
            }
        }
        if (claims.isEmpty()) {
            return Optional.empty();
        }
        claims.sort(Comparator.comparing(Claim::port));
        return Optional.of(new AddressView(
                networkKey(address.network()),
                address.address(),
                claims,
                routing.isRouted(this, address.network()),
                forAll,
                provider(networkOf(
                        existing(owners.addresses().get(address).iterator().next()))),
                standbys,
                claims.size() == 1 && !isLinkLocal(address) ? routing.proxies(this, address) : List.of()));
    }

    /**
     * The ports bound here, ordered by key, that may own an address which is not known to be one port's, or is link-local:
     * those that share it (and the {@link ProviderPort}, where some of these are not here), or if nobody claims it those
     * that may own any address of a prefix with it in.
     */
    public List<PortKey> mayOwn(NetworkAddress address) {
        Optional<AddressView> known = address(address);
        if (known.isPresent()) {
            List<Claim> claims = known.get().claims();
            return claims.size() == 1 && !isLinkLocal(address)
                    ? List.of()
                    : Stream.concat(
                                    claims.stream().filter(Claim::bound).map(Claim::port),
                                    claims.stream().allMatch(Claim::bound)
                                            ? Stream.empty()
                                            : known.get().provider().stream())
                            .toList();
        }
        return network(address.network()).stream()
                .flatMap(network -> network.openClaims().stream())
                .filter(claim -> claim.prefix().contains(address.address()))
                .map(OpenClaim::port)
                .distinct()
                .toList();
    }

    /**
     * The MAC address with which a router's gateway on a network answers for an address that is behind the router, if one
     * does so from this host.
     */
    public Optional<MacAddress> proxy(NetworkAddress asked) {
        if (!model.networks().containsKey(asked.network())) {
            return Optional.empty();
        }
        NetworkKey there = networkKey(asked.network());
        return routing.proxiesOn(this, asked.network())
                .flatMap(behind -> address(new NetworkAddress(behind, asked.address())).stream())
                .flatMap(view -> view.proxies().stream())
                .filter(proxy -> proxy.network().equals(there))
                .map(AddressView.Proxy::mac)
                .findFirst();
    }

    private static boolean isLinkLocal(NetworkAddress address) {
        return address.address() instanceof IPv6Address v6 && LinkLocal.includes(v6);
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
        Neighbor known = neighbors.at().get(address);
        if (known == null || !model.ports().containsKey(known.port())) {
            return Optional.empty();
        }
        PortKey port = portKey(known.port());
        return mayOwn(address).contains(port)
                ? Optional.of(new NeighborView(networkKey(address.network()), address.address(), port, known.mac()))
                : Optional.empty();
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
        List<Id<Port>> users = owners.macs().get(mac);
        List<PortKey> bound = activeKeys(users);
        List<HostKey> remote = users.stream()
                .map(this::existing)
                .flatMap(port -> hosts.receiving(model, port, networkOf(port)))
                .distinct()
                .sorted()
                .toList();
        return bound.isEmpty() && remote.isEmpty()
                ? Optional.empty()
                : Optional.of(new MacView(networkKey(mac.network()), mac.mac(), bound, remote));
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
        return owners.macs().get(mac).stream()
                .filter(id -> existing(id).macAddress().equals(mac.mac()))
                .min(Comparator.comparing(this::portKey))
                .flatMap(this::port);
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
        RouterView known = routerViews.get(id);
        if (known != null) {
            return Optional.of(known);
        }
        Optional<RouterView> made = routing.router(this, id);
        if (made.isPresent() && routerViews.size() < MOST_DERIVED_OF_PORTS) {
            routerViews.put(id, made.get());
        }
        return made;
    }

    /** The view of the router that a key in a register stands for, if there is such a router and it is up. */
    public Optional<RouterView> router(RouterKey key) {
        return routing.router(key).flatMap(this::router);
    }

    /** The view of a network, if there is such a network. */
    public Optional<NetworkView> network(Id<Network> id) {
        return derived(id, SELF);
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
        Derived key = new Derived(id, function);
        Object known = derived.get(key);
        if (known != null) {
            return Optional.of((T) known);
        }
        Optional<NetworkView> view = isSelf(function) ? viewOf(id) : network(id);
        Optional<T> made = view.map(function);
        if (made.isPresent() && derived.size() < MOST_DERIVED) {
            derived.put(key, made.get());
        }
        return made;
    }

    /**
     * What a function makes of a port and its network's view, if there is such a port; made once for as long as this
     * snapshot holds.
     *
     * @param function pure, and a constant: it is known by identity
     */
    @SuppressWarnings("unchecked") // the function gave what is kept for it
    public <T> Optional<T> derived(Id<Port> id, BiFunction<NetworkView, Port, T> function) {
        Derived key = new Derived(id, function);
        Object known = derivedOfPorts.get(key);
        if (known != null) {
            return Optional.of((T) known);
        }
        Port port = model.ports().get(id);
        if (port == null) {
            return Optional.empty();
        }
        Optional<T> made = network(port.networkId()).map(view -> function.apply(view, port));
        if (made.isPresent() && derivedOfPorts.size() < MOST_DERIVED_OF_PORTS) {
            derivedOfPorts.put(key, made.get());
        }
        return made;
    }

    @SuppressWarnings("ReferenceEquality")
    private static boolean isSelf(Function<NetworkView, ?> function) {
        return function == SELF;
    }

    private Optional<NetworkView> viewOf(Id<Network> id) {
        Network network = model.networks().get(id);
        if (network == null) {
            return Optional.empty();
        }
        List<Subnet> subnets = routing.subnets(model, id);
        if (!network.adminStateUp()) {
            return Optional.of(new NetworkView(
                    network,
                    networkKey(id),
                    List.of(),
                    Optional.empty(),
                    List.of(),
                    subnets,
                    List.of(),
                    List.of(),
                    List.of(),
                    false));
        }
        List<OpenClaim> open = new ArrayList<>();
        for (Id<Port> port : boundPorts.open().get(id)) {
            Claims.prefixes(existing(port)).forEach(prefix -> open.add(new OpenClaim(portKey(port), prefix)));
        }
        claims.claimants(id)
                .filter(bindings::containsKey)
                .flatMap(port -> Optional.ofNullable(model.ports().get(port)).stream())
                .filter(port -> port.networkId().equals(id))
                .forEach(port -> claims.heldBy(port, this)
                        .forEach(address -> open.add(new OpenClaim(portKey(port.id()), IpPrefix.host(address)))));
        open.sort(Comparator.comparing(OpenClaim::port)
                .thenComparing(claim -> claim.prefix().toString()));
        List<RouterInterface> routers = routing.routers(this, id);
        List<Port> servers = routing.servers(model, portKeys, id);
        return Optional.of(new NetworkView(
                network,
                networkKey(id),
                List.copyOf(boundPorts.of(id)),
                provider(network),
                open,
                subnets,
                routers,
                servers,
                hosts.remotes(model, network),
                tunnel().isPresent() && Hosts.areFor(network)));
    }

    private List<PortKey> activeKeys(Collection<Id<Port>> ids) {
        List<PortKey> keys = new ArrayList<>();
        for (Id<Port> id : ids) {
            Port port = existing(id);
            if (activeBinding(port, networkOf(port)).isPresent()) {
                keys.add(portKey(id));
            }
        }
        keys.sort(Comparator.naturalOrder());
        return keys;
    }

    /** The port by which a network reaches the rest of its physical network, if it is bound here. */
    private Optional<PortKey> provider(Network network) {
        return network.segment().isEmpty()
                ? Optional.empty()
                : Optional.ofNullable(model.ports().get(ProviderPort.idOf(network.id())))
                        .filter(port -> port.networkId().equals(network.id())
                                && activeBinding(port, network).isPresent())
                        .map(port -> portKey(port.id()));
    }

    private Optional<OFPort> activeBinding(Port port, Network network) {
        return port.adminStateUp() && network.adminStateUp()
                ? Optional.ofNullable(bindings.get(port.id()))
                : Optional.empty();
    }

    private Port existing(Id<Port> id) {
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
