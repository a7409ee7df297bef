package org.flow6.network;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.flow6.network.Port.AddressPair;
import org.flow6.network.Port.FixedIp;
import org.flow6.network.SecurityGroupRule.Direction;
import org.flow6.network.SecurityGroupRule.EtherType;
import org.flow6.network.SecurityGroupRule.Remote;
import org.flow6.packets.LinkLocal;
import org.projectfloodlight.openflow.types.IPv4Address;
import org.projectfloodlight.openflow.types.IPv6Address;
import org.projectfloodlight.openflow.types.MacAddress;

/** Random models of few networks, subnets, routers and ports, so that they often have to do with each other. */
final class RandomNetwork {
    static final List<Id<Network>> NETWORKS = ids(4, "n");
    static final List<Id<Subnet>> SUBNETS = ids(5, "s");
    static final List<Id<Router>> ROUTERS = ids(3, "r");
    static final List<Id<Port>> PORTS = Stream.concat(
                    RandomNetwork.<Port>ids(12, "p").stream(), NETWORKS.stream().map(ProviderPort::idOf))
            .toList();
    static final List<Id<SecurityGroup>> GROUPS = ids(4, "g");
    static final List<Id<SecurityGroupRule>> RULES = ids(10, "u");
    static final List<Id<Host>> HOSTS = ids(4, "h");
    static final List<Id<AddressGroup>> ADDRESS_GROUPS = ids(2, "a");

    /** The first half of every IPv6 address. */
    static final long PREFIX = 0x20010db800000000L;

    private static final SubnetSettings SLAAC_ALLOWED = slaacAllowed(SubnetSettings.DEFAULT_AUTONOMOUS);

    private final SplittableRandom random;

    RandomNetwork(SplittableRandom random) {
        this.random = random;
    }

    /** A model of its own. */
    NetworkModel model() {
        List<Resource> resources = new ArrayList<>();
        List<Id<Network>> networks = new ArrayList<>();
        for (Id<Network> id : NETWORKS) {
            if (random.nextInt(3) > 0) {
                networks.add(id);
                resources.add(network(id));
            }
        }
        some(ROUTERS).map(this::router).forEach(resources::add);
        some(GROUPS).map(this::group).forEach(resources::add);
        some(RULES).map(this::rule).forEach(resources::add);
        some(HOSTS).map(this::host).forEach(resources::add);
        some(ADDRESS_GROUPS).map(this::addressGroup).forEach(resources::add);
        if (!networks.isEmpty()) {
            some(SUBNETS).map(id -> subnet(id, pick(networks))).forEach(resources::add);
            some(PORTS).map(id -> port(id, pick(networks))).forEach(resources::add);
        }
        return NetworkModel.of(resources);
    }

    /** A model made of another by a few edits, of which a snapshot may see only the last. */
    NetworkModel edited(NetworkModel model) {
        NetworkModel next = model;
        for (int i = random.nextInt(4); i >= 0; i--) {
            next = switch (random.nextInt(9)) {
                case 0 -> edited(next, router(pick(ROUTERS)));
                case 1, 2 -> editedSubnet(next);
                case 3 -> edited(next, group(pick(GROUPS)));
                case 4, 5 -> edited(next, rule(pick(RULES)));
                case 7 -> edited(next, host(pick(HOSTS)));
                case 6 -> edited(next, addressGroup(pick(ADDRESS_GROUPS)));
                default -> editedNetwork(next);
            };
        }
        return next;
    }

    private NetworkModel edited(NetworkModel model, Resource resource) {
        return random.nextInt(4) == 0
                ? model.edited(List.of(resource), List.of())
                : model.edited(List.of(), List.of(resource));
    }

    private NetworkModel editedSubnet(NetworkModel model) {
        List<Id<Network>> networks = List.copyOf(model.networks().keySet());
        Subnet old = model.subnets().get(pick(SUBNETS));
        if (networks.isEmpty() || (old != null && random.nextInt(4) == 0)) {
            return old == null ? model : model.edited(List.of(old), List.of());
        }
        return model.edited(List.of(), List.of(subnet(pick(SUBNETS), pick(networks))));
    }

    private NetworkModel editedNetwork(NetworkModel model) {
        List<Resource> gone = new ArrayList<>();
        List<Resource> put = new ArrayList<>();
        Id<Network> network = pick(NETWORKS);
        Network old = model.networks().get(network);
        Set<Id<Network>> left = new HashSet<>(model.networks().keySet());
        if (old != null && random.nextInt(4) == 0) {
            gone.add(old);
            left.remove(network);
        } else {
            put.add(network(network));
            left.add(network);
        }
        List<Id<Network>> homes = List.copyOf(left);
        for (Subnet subnet : model.subnets().values()) {
            if (!left.contains(subnet.networkId())) {
                replace(subnet, homes.isEmpty() ? List.of() : List.of(subnet(subnet.id(), pick(homes))), gone, put);
            }
        }
        for (Port port : model.ports().values()) {
            if (!left.contains(port.networkId()) || random.nextInt(8) == 0) {
                replace(port, homes.isEmpty() ? List.of() : List.of(port(port.id(), pick(homes))), gone, put);
            }
        }
        return model.edited(gone, put);
    }

    private void replace(Resource old, Collection<Resource> by, List<Resource> gone, List<Resource> put) {
        if (by.isEmpty() || random.nextBoolean()) {
            gone.add(old);
        } else {
            put.addAll(by);
        }
    }

    private Network network(Id<Network> id) {
        return new Network(
                id,
                "",
                random.nextInt(4) > 0,
                1280 + random.nextInt(2),
                true,
                false,
                random.nextInt(5) > 0
                        ? Optional.empty()
                        : Optional.of(new ProviderSegment("physnet", OptionalInt.empty())),
                Optional.empty(),
                List.of(),
                List.of(),
                "");
    }

    private Router router(Id<Router> id) {
        List<Route> routes = new ArrayList<>();
        List<IpPrefix> blackholes = new ArrayList<>();
        for (int i = random.nextInt(3); i > 0; i--) {
            routes.add(new Route(IpPrefix.of(address(), 126), address()));
        }
        if (random.nextBoolean()) {
            blackholes.add(IpPrefix.of(address(), 127));
        }
        return new Router(
                id,
                "",
                random.nextInt(4) > 0,
                routes,
                blackholes,
                hosts(),
                random.nextBoolean(),
                Optional.empty(),
                pick(List.of("", "p")));
    }

    /** Some hosts, in order. */
    List<Id<Host>> hosts() {
        return some(HOSTS).toList();
    }

    private Subnet subnet(Id<Subnet> id, Id<Network> network) {
        return new Subnet(
                id,
                "",
                network,
                IpPrefix.of(address(), 124 + random.nextInt(4)),
                Optional.empty(),
                true,
                Optional.empty(),
                Optional.empty(),
                List.of(),
                List.of(),
                List.of(),
                pick(List.of(SubnetSettings.DEFAULT, SubnetSettings.DEFAULT_AUTONOMOUS, SLAAC_ALLOWED)),
                "");
    }

    private static SubnetSettings slaacAllowed(SubnetSettings as) {
        return new SubnetSettings(
                as.onLink(),
                as.autonomous(),
                as.lifetimes(),
                as.dnsLifetime(),
                as.domainSearch(),
                as.routeLifetime(),
                as.routePreference(),
                as.dhcpv6(),
                true);
    }

    private SecurityGroup group(Id<SecurityGroup> id) {
        return new SecurityGroup(id, "", random.nextBoolean(), random.nextInt(4) == 0, "");
    }

    private SecurityGroupRule rule(Id<SecurityGroupRule> id) {
        return new SecurityGroupRule(
                id,
                pick(GROUPS),
                pick(List.of(Direction.values())),
                EtherType.IPV6,
                random.nextBoolean() ? OptionalInt.empty() : OptionalInt.of(58),
                OptionalInt.empty(),
                OptionalInt.empty(),
                switch (random.nextInt(6)) {
                    case 0 -> new Remote.Any();
                    case 1 -> new Remote.Prefix(IpPrefix.of(address(), 126 + random.nextInt(3)));
                    case 2 -> new Remote.Addresses(pick(ADDRESS_GROUPS));
                    default -> new Remote.Group(pick(GROUPS));
                },
                Optional.empty());
    }

    private Host host(Id<Host> id) {
        return new Host(id, address(), Set.of());
    }

    private AddressGroup addressGroup(Id<AddressGroup> id) {
        List<IpPrefix> prefixes = new ArrayList<>();
        for (int i = random.nextInt(5); i > 0; i--) {
            prefixes.add(IpPrefix.of(address(), 124 + random.nextInt(5)));
        }
        return new AddressGroup(id, "", prefixes, "");
    }

    /** To one of few addresses, of which some are others' in another way. */
    AddressClaim claim() {
        IPv6Address address =
                switch (random.nextInt(4)) {
                    case 0 -> LinkLocal.of(mac());
                    case 1 -> IPv6Address.of(0xfe80L << 48, 1 + random.nextInt(3));
                    default -> address();
                };
        return new AddressClaim(pick(NETWORKS), address, pick(PORTS), Instant.ofEpochSecond(random.nextInt(4)));
    }

    /** These with one more or another in its place, or one less. */
    List<Neighbor> neighbors(Collection<Neighbor> known) {
        Neighbor neighbor = new Neighbor(pick(NETWORKS), address(), pick(PORTS), mac());
        List<Neighbor> next = new ArrayList<>(known);
        next.removeIf(one -> one.networkAddress().equals(neighbor.networkAddress()));
        if (random.nextInt(4) > 0) {
            next.add(neighbor);
        }
        return next;
    }

    Set<NetworkAddress> hops(Set<NetworkAddress> unreachable) {
        Set<NetworkAddress> next = new HashSet<>(unreachable);
        NetworkAddress hop = new NetworkAddress(pick(NETWORKS), address());
        if (!next.remove(hop)) {
            next.add(hop);
        }
        return next;
    }

    /** These with one more or another in its place, or one less. */
    List<MulticastListener> listeners(List<MulticastListener> known) {
        SourceFilter filter = random.nextBoolean()
                ? SourceFilter.ALL
                : SourceFilter.of(SourceFilter.Mode.INCLUDE, List.of(address()));
        IPv6Address group = IPv6Address.of(0xff15L << 48, random.nextInt(3));
        MulticastListener listener = new MulticastListener(pick(NETWORKS), group, receiver(), filter);
        List<MulticastListener> next = new ArrayList<>(known);
        next.removeIf(one -> one.fact().key().equals(listener.fact().key()));
        if (random.nextInt(4) > 0) {
            next.add(listener);
        }
        return next;
    }

    /** Likewise. */
    List<MulticastRole> roles(Collection<MulticastRole> known) {
        MulticastRole role = new MulticastRole(pick(NETWORKS), receiver(), pick(List.of(MulticastRole.Kind.values())));
        List<MulticastRole> next = new ArrayList<>(known);
        next.removeIf(one -> one.fact().key().equals(role.fact().key()));
        if (random.nextInt(4) > 0) {
            next.add(role);
        }
        return next;
    }

    private Receiver receiver() {
        return random.nextBoolean() ? new Receiver.OnPort(pick(PORTS)) : new Receiver.OnHost(pick(HOSTS));
    }

    /** From few addresses, so that ports share them. */
    Port port(Id<Port> id, Id<Network> network) {
        return id.value().startsWith("provider/") ? providerPort(id, network) : anyPort(id, network);
    }

    private static Port providerPort(Id<Port> id, Id<Network> network) {
        return new Port(
                id,
                "",
                network,
                MacAddress.NONE,
                List.of(),
                ProviderPort.OWNER,
                "",
                true,
                false,
                List.of(),
                List.of(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                List.of(),
                Optional.empty(),
                "");
    }

    private Port anyPort(Id<Port> id, Id<Network> network) {
        List<FixedIp> fixedIps = new ArrayList<>();
        for (int i = random.nextInt(3); i > 0; i--) {
            fixedIps.add(
                    new FixedIp(pick(SUBNETS), random.nextInt(4) == 0 ? IPv4Address.of(random.nextInt(3)) : address()));
        }
        List<AddressPair> pairs = new ArrayList<>();
        for (int i = random.nextInt(3); i > 0; i--) {
            pairs.add(new AddressPair(
                    random.nextInt(8) == 0
                            ? IpPrefix.ALL_IPV6
                            : IpPrefix.of(address(), random.nextBoolean() ? 128 : 120 + random.nextInt(8)),
                    mac()));
        }
        return new Port(
                id,
                "",
                network,
                mac(),
                fixedIps,
                pick(List.of("network:router_interface", "network:router_gateway", "network:dhcp", "", "")),
                random.nextInt(4) == 0 ? "" : pick(ROUTERS).value(),
                random.nextInt(4) > 0,
                random.nextInt(4) > 0,
                pairs,
                GROUPS.stream().filter(group -> random.nextInt(3) == 0).toList(),
                random.nextBoolean()
                        ? Optional.empty()
                        : Optional.of(pick(HOSTS).value()),
                Optional.empty(),
                Optional.empty(),
                List.of(),
                Optional.empty(),
                "");
    }

    private IPv6Address address() {
        return IPv6Address.of(PREFIX, 1 + random.nextInt(6));
    }

    private MacAddress mac() {
        return MacAddress.of(0x020000000001L + random.nextInt(8));
    }

    <T> T pick(List<T> from) {
        return from.get(random.nextInt(from.size()));
    }

    private <T> Stream<T> some(List<T> from) {
        return from.stream().filter(each -> random.nextInt(4) > 0);
    }

    private static <T extends Resource> List<Id<T>> ids(int count, String prefix) {
        return IntStream.range(0, count).mapToObj(i -> Id.<T>of(prefix + i)).toList();
    }
}
