package org.flow6.network;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.projectfloodlight.openflow.types.IPAddress;
import org.projectfloodlight.openflow.types.IPVersion;

/**
 * Where subnets and ports of routers and DHCP servers are, so that a change of one is a matter of its networks.
 *
 * @param portsOn the ports of routers on each network
 * @param portsOf the ports of each router
 * @param serversOn the ports of DHCP servers on each network
 * @param keys of routers
 */
record Routing(
        SetIndex<Id<Network>, Id<Subnet>> subnetsOn,
        SetIndex<IpPrefix, Id<Subnet>> subnetsWith,
        SetIndex<Id<Network>, Id<Port>> portsOn,
        SetIndex<Id<Router>, Id<Port>> portsOf,
        SetIndex<Id<Network>, Id<Port>> serversOn,
        Keys<Id<Router>> keys) {

    static final Routing EMPTY = new Routing(
            SetIndex.empty(),
            SetIndex.empty(),
            SetIndex.empty(),
            SetIndex.empty(),
            SetIndex.empty(),
            Keys.empty(Integer.SIZE));

    Routing with(Router router) {
        return new Routing(subnetsOn, subnetsWith, portsOn, portsOf, serversOn, keys.with(router.id()));
    }

    Routing without(Router router) {
        return new Routing(subnetsOn, subnetsWith, portsOn, portsOf, serversOn, keys.without(router.id()));
    }

    Routing with(Subnet subnet) {
        return new Routing(
                subnetsOn.with(subnet.networkId(), subnet.id()),
                subnetsWith.with(subnet.cidr(), subnet.id()),
                portsOn,
                portsOf,
                serversOn,
                keys);
    }

    Routing without(Subnet subnet) {
        return new Routing(
                subnetsOn.without(subnet.networkId(), subnet.id()),
                subnetsWith.without(subnet.cidr(), subnet.id()),
                portsOn,
                portsOf,
                serversOn,
                keys);
    }

    /** With a port of a router or a DHCP server; every other port changes nothing. */
    Routing with(Port port) {
        if (port.isDhcpServer()) {
            return new Routing(
                    subnetsOn, subnetsWith, portsOn, portsOf, serversOn.with(port.networkId(), port.id()), keys);
        }
        return isOfRouter(port)
                ? new Routing(
                        subnetsOn,
                        subnetsWith,
                        portsOn.with(port.networkId(), port.id()),
                        portsOf.with(Id.of(port.deviceId()), port.id()),
                        serversOn,
                        keys)
                : this;
    }

    Routing without(Port port) {
        if (port.isDhcpServer()) {
            return new Routing(
                    subnetsOn, subnetsWith, portsOn, portsOf, serversOn.without(port.networkId(), port.id()), keys);
        }
        return isOfRouter(port)
                ? new Routing(
                        subnetsOn,
                        subnetsWith,
                        portsOn.without(port.networkId(), port.id()),
                        portsOf.without(Id.of(port.deviceId()), port.id()),
                        serversOn,
                        keys)
                : this;
    }

    /** Whether the view of its network shows the port itself. */
    static boolean concerns(Port port) {
        return port.isDhcpServer() || isOfRouter(port);
    }

    /** Whether a port says which router it is of. */
    static boolean isOfRouter(Port port) {
        return port.isRouterInterface() && !port.deviceId().isEmpty();
    }

    /** The subnets of a network, ordered by id. */
    List<Subnet> subnets(NetworkModel model, Id<Network> network) {
        return existing(model, subnetsOn.get(network));
    }

    /** The subnets that hold an address, of whatever networks: those of the longest prefix first, then by id. */
    List<Subnet> subnetsHolding(NetworkModel model, IPAddress<?> address) {
        List<Subnet> holding = new ArrayList<>();
        for (int length = address.getIpVersion() == IPVersion.IPv6 ? 128 : 32; length > 0; length--) {
            holding.addAll(existing(model, subnetsWith.get(IpPrefix.of(address, length))));
        }
        return holding;
    }

    private static List<Subnet> existing(NetworkModel model, Set<Id<Subnet>> ids) {
        return ids.stream()
                .sorted()
                .map(id -> {
                    Subnet subnet = model.subnets().get(id);
                    if (subnet == null) {
                        throw new IllegalStateException("index names subnet " + id + ", which does not exist");
                    }
                    return subnet;
                })
                .toList();
    }

    /** The routers that are up on a network that is up, ordered by the keys of their ports. */
    List<RouterInterface> routers(NetworkSnapshot snapshot, Id<Network> network) {
        return interfaces(snapshot, portsOn.get(network));
    }

    /** A router, if it is up. */
    Optional<RouterView> router(NetworkSnapshot snapshot, Id<Router> id) {
        return Optional.ofNullable(snapshot.model.routers().get(id))
                .filter(Router::adminStateUp)
                .map(router -> view(snapshot, router));
    }

    private RouterView view(NetworkSnapshot snapshot, Router router) {
        List<RouterInterface> interfaces = interfaces(snapshot, portsOf.get(router.id()));
        Set<Id<Network>> networks =
                interfaces.stream().map(link -> link.network().id()).collect(Collectors.toSet());
        return new RouterView(
                router, new RouterKey(keys.key(router.id())), interfaces, snapshot.neighbors.unreachableOn(networks));
    }

    Optional<Id<Router>> router(RouterKey key) {
        return Optional.ofNullable(keys.id(key.value()));
    }

    /**
     * Notes the routers on networks of which more changes than their members, and the addresses of those networks to which
     * a first router comes or which the last one leaves, or
     * for whose addresses routers answer elsewhere.
     */
    static void note(NetworkSnapshot from, NetworkSnapshot to, Set<Id<Network>> links, Touched touched) {
        for (NetworkSnapshot snapshot : List.of(from, to)) {
            links.forEach(
                    link -> snapshot.routing.routersOn(snapshot.model, link).forEach(touched.routers::add));
        }
        Set<Id<Network>> concerned = new HashSet<>(links);
        for (NetworkSnapshot snapshot : List.of(from, to)) {
            touched.routers.forEach(router -> snapshot.routing.portsOf.get(router).stream()
                    .map(port -> existing(snapshot.model, port).networkId())
                    .forEach(concerned::add));
        }
        for (Id<Network> network : concerned) {
            if (from.routing.isRouted(from, network) != to.routing.isRouted(to, network)
                    || !from.routing.proxiesFor(from, network).equals(to.routing.proxiesFor(to, network))) {
                to.portsOf.get(network).forEach(port -> touched.addresses(existing(to.model, port)));
            }
        }
    }

    /** Notes the routers whose gateways may be on one of these hosts, and the networks that these are on. */
    void noteGateways(NetworkModel model, Set<Id<Host>> hosts, Touched touched) {
        if (hosts.isEmpty()) {
            return;
        }
        for (Router router : model.routers().values()) {
            if (router.gatewayHosts().stream().anyMatch(hosts::contains)) {
                touched.routers.add(router.id());
                portsOf.get(router.id()).stream()
                        .map(id -> existing(model, id))
                        .filter(port -> RouterInterface.isGateway(port.deviceOwner()))
                        .forEach(port -> {
                            touched.networks.add(port.networkId());
                            touched.addresses(port);
                        });
            }
        }
    }

    /** Whether a router is up on a network that is up. */
    boolean isRouted(NetworkSnapshot snapshot, Id<Network> network) {
        NetworkModel model = snapshot.model;
        Network there = model.networks().get(network);
        return there != null
                && there.adminStateUp()
                && portsOn.get(network).stream().anyMatch(id -> isUp(model, existing(model, id)));
    }

    /** Whether a port of a router and its router are up. */
    private static boolean isUp(NetworkModel model, Port port) {
        Router router = model.routers().get(Id.<Router>of(port.deviceId()));
        return port.adminStateUp() && router != null && router.adminStateUp();
    }

    /** A router that answers for the addresses of a prefix on the network of its gateway. */
    private record ProxyFor(IpPrefix prefix, AddressView.Proxy proxy) {}

    private List<ProxyFor> proxiesFor(NetworkSnapshot snapshot, Id<Network> network) {
        List<ProxyFor> proxies = new ArrayList<>();
        for (RouterInterface link : interfaces(snapshot, portsOn.get(network))) {
            if (link.router().proxyNd() && !link.isGateway()) {
                interfaces(snapshot, portsOf.get(link.router().id())).stream()
                        .filter(gateway -> gateway.isServedGateway()
                                && !gateway.network().id().equals(network))
                        .map(gateway -> new AddressView.Proxy(
                                gateway.networkKey(), gateway.port().macAddress()))
                        .forEach(proxy ->
                                link.subnets().forEach(subnet -> proxies.add(new ProxyFor(subnet.cidr(), proxy))));
            }
        }
        return proxies;
    }

    /** Where routers answer for an address with their own MAC address. */
    List<AddressView.Proxy> proxies(NetworkSnapshot snapshot, NetworkAddress address) {
        return proxiesFor(snapshot, address.network()).stream()
                .filter(proxy -> proxy.prefix().contains(address.address()))
                .map(ProxyFor::proxy)
                .distinct()
                .toList();
    }

    /** The networks behind routers that answer on a network for addresses there. */
    Stream<Id<Network>> proxiesOn(NetworkSnapshot snapshot, Id<Network> network) {
        return interfaces(snapshot, portsOn.get(network)).stream()
                .filter(link -> link.router().proxyNd() && link.isServedGateway())
                .flatMap(link -> interfaces(snapshot, portsOf.get(link.router().id())).stream())
                .map(link -> link.network().id())
                .filter(behind -> !behind.equals(network))
                .distinct();
    }

    private List<RouterInterface> interfaces(NetworkSnapshot snapshot, Set<Id<Port>> ports) {
        NetworkModel model = snapshot.model;
        List<RouterInterface> interfaces = new ArrayList<>();
        for (Id<Port> id : ports) {
            Port port = existing(model, id);
            Router router = model.routers().get(Id.<Router>of(port.deviceId()));
            Network network = snapshot.networkOf(port);
            if (router != null && network.adminStateUp() && isUp(model, port)) {
                interfaces.add(new RouterInterface(
                        port,
                        snapshot.portKey(id),
                        network,
                        snapshot.hosts.mtu(model, network),
                        snapshot.networkKey(network.id()),
                        router,
                        new RouterKey(keys.key(router.id())),
                        subnetsOf(model, port),
                        snapshot.hosts.place(model, port),
                        network.segment().isEmpty() || snapshot.hosts.serves(model, port)));
            }
        }
        interfaces.sort(Comparator.comparing(RouterInterface::key));
        return interfaces;
    }

    /** The routers, up or not, that have ports on a network. */
    Stream<Id<Router>> routersOn(NetworkModel model, Id<Network> network) {
        return portsOn.get(network).stream().map(id -> Id.of(existing(model, id).deviceId()));
    }

    /** The ports of DHCP servers that are up on a network, ordered by key. */
    List<Port> servers(NetworkModel model, Keys<Id<Port>> keys, Id<Network> network) {
        return serversOn.get(network).stream()
                .map(id -> existing(model, id))
                .filter(Port::adminStateUp)
                .sorted(Comparator.comparing(port -> new PortKey(keys.key(port.id()))))
                .toList();
    }

    private static Port existing(NetworkModel model, Id<Port> id) {
        Port port = model.ports().get(id);
        if (port == null) {
            throw new IllegalStateException("index names port " + id + ", which does not exist");
        }
        return port;
    }

    private static List<Subnet> subnetsOf(NetworkModel model, Port port) {
        Set<Subnet> subnets = new LinkedHashSet<>();
        for (Port.FixedIp fixed : port.fixedIps()) {
            Subnet subnet = model.subnets().get(fixed.subnetId());
            if (subnet != null && subnet.networkId().equals(port.networkId())) {
                subnets.add(subnet);
            }
        }
        return List.copyOf(subnets);
    }
}
