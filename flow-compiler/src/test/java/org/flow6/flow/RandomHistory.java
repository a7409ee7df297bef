package org.flow6.flow;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.flow6.network.AddressClaim;
import org.flow6.network.Fact;
import org.flow6.network.Host;
import org.flow6.network.Id;
import org.flow6.network.IpPrefix;
import org.flow6.network.Ipv6Mode;
import org.flow6.network.Network;
import org.flow6.network.NetworkEditor;
import org.flow6.network.NetworkModel;
import org.flow6.network.NetworkSnapshot;
import org.flow6.network.NetworkUpdate;
import org.flow6.network.Port;
import org.flow6.network.ProviderPort;
import org.flow6.network.ProviderSegment;
import org.flow6.network.Resource;
import org.flow6.network.Route;
import org.flow6.network.Router;
import org.flow6.network.Subnet;
import org.flow6.network.Tunnel;
import org.projectfloodlight.openflow.types.IPAddress;
import org.projectfloodlight.openflow.types.IPv6Address;
import org.projectfloodlight.openflow.types.MacAddress;
import org.projectfloodlight.openflow.types.OFPort;

/** A seeded history of a small network, in which names, addresses and OpenFlow ports come up again and again. */
public final class RandomHistory {
    private static final List<String> NETWORKS = List.of("red", "green", "blue");
    private static final List<String> PREFIXES =
            List.of("::/0", "2001:db8::/32", "2001:db8::8/125", "2001:db8::c/126", "10.0.0.0/24", "0.0.0.0/0");
    private static final List<String> OWNERS =
            List.of("compute:nova", "network:router_interface", "network:router_gateway", "network:dhcp", "");
    private static final List<String> HOSTS = List.of("here", "there", "far");
    private static final List<String> SUBNETS = List.of("6", "more");
    private static final String PHYSICAL = "physnet";
    private static final int OPENFLOW_PORTS = 8;

    private final List<String> networkNames;
    private final List<String> routerNames;
    private final int portNames;
    private final int gateways;
    private final SplittableRandom random;
    private final RandomSecurity security;
    private final Map<Fact.Key, AddressClaim> claims = new LinkedHashMap<>();
    private NetworkSnapshot snapshot = NetworkSnapshot.EMPTY;

    /**
     * How many names there are of each; the fewer, the more have they to do with each other.
     *
     * @param networks 3 at most
     * @param gateways tenants, of which each has a network of its own and a router to another one, which is outside
     */
    public record Size(int networks, int routers, int ports, int gateways) {}

    public RandomHistory(long seed) {
        this(seed, new Size(3, 2, 10, 0));
    }

    public RandomHistory(long seed, Size size) {
        networkNames = NETWORKS.subList(0, size.networks());
        routerNames = names("r", size.routers());
        portNames = size.ports();
        gateways = size.gateways();
        random = new SplittableRandom(seed);
        security = new RandomSecurity(random);
    }

    private static List<String> names(String start, int count) {
        return IntStream.rangeClosed(1, count)
                .mapToObj(number -> start + number)
                .toList();
    }

    public SplittableRandom random() {
        return random;
    }

    public NetworkSnapshot snapshot() {
        return snapshot;
    }

    /** Changes a few things, or all, or nothing. */
    public NetworkUpdate step() {
        NetworkEditor editor = snapshot.edit().host(HOSTS.get(0));
        Map<Id<Port>, OFPort> bindings = new LinkedHashMap<>(snapshot.bindings());
        if (chance(8)) {
            editor.model(changed(snapshot.model()));
            rebind(editor, bindings);
        } else {
            for (int i = random.nextInt(4); i > 0; i--) {
                change(editor, bindings);
            }
        }
        NetworkUpdate update = editor.update();
        snapshot = update.after();
        return update;
    }

    /** The snapshot's model and bindings, put together without its history. */
    public NetworkSnapshot rebuilt() {
        NetworkEditor editor = NetworkSnapshot.EMPTY
                .edit()
                .host(HOSTS.get(0))
                .tunnel(snapshot.tunnel())
                .unreachable(snapshot.unreachable());
        snapshot.bindings().forEach(editor::bind);
        editor.claims(claims.values());
        return editor.model(snapshot.model()).update().after();
    }

    private void change(NetworkEditor editor, Map<Id<Port>, OFPort> bindings) {
        List<Network> networks = List.copyOf(snapshot.model().networks().values());
        switch (random.nextInt(10)) {
            case 0, 1 -> {
                if (!networks.isEmpty()) {
                    editor.put(port(pick(networks).id()));
                }
            }
            case 2 -> editor.remove(portId());
            case 3, 4 -> rebind(editor, bindings);
            case 5, 6 -> {
                AddressClaim claim = security.claim(Id.of(pick(networkNames)), portId());
                if (chance(4)) {
                    claims.remove(claim.key());
                    editor.unclaim(claim);
                } else {
                    claims.put(claim.key(), claim);
                    editor.claim(claim);
                }
            }
            case 8 ->
                editor.unreachable(HOSTS.stream()
                        .filter(none -> chance(2))
                        .map(Id::<Host>of)
                        .collect(Collectors.toSet()));
            case 7 ->
                editor.tunnel(
                        chance(3)
                                ? Optional.empty()
                                : Optional.of(new Tunnel(OFPort.of(20), pick(List.of(Tunnel.Type.values())))));
            default -> {
                Id<Port> id = portId();
                bindings.remove(id);
                editor.unbind(id);
            }
        }
    }

    /** Binds a port, that there may be or not; an OpenFlow port is one port's only. */
    private void rebind(NetworkEditor editor, Map<Id<Port>, OFPort> bindings) {
        OFPort ofPort = OFPort.of(1 + random.nextInt(OPENFLOW_PORTS));
        Id<Port> id = portId();
        for (Id<Port> other : List.copyOf(bindings.keySet())) {
            if (ofPort.equals(bindings.get(other)) && !other.equals(id)) {
                bindings.remove(other);
                editor.unbind(other);
            }
        }
        bindings.put(id, ofPort);
        editor.bind(id, ofPort);
    }

    /** Another model, as a file that was edited gives it. */
    private NetworkModel changed(NetworkModel model) {
        if (chance(25)) {
            return NetworkModel.EMPTY;
        }
        Map<Id<Network>, Network> networks = new LinkedHashMap<>(model.networks());
        for (String name : networkNames) {
            Id<Network> id = Id.of(name);
            if (chance(3)) {
                networks.put(id, network(name, segment(networkNames.indexOf(name))));
            } else if (chance(15)) {
                networks.remove(id);
            }
        }
        Map<Id<Port>, Port> ports = new LinkedHashMap<>(model.ports());
        ports.values().removeIf(port -> !networks.containsKey(port.networkId()) || chance(12));
        for (int i = random.nextInt(4); i > 0 && !networks.isEmpty(); i--) {
            Port port = port(pick(List.copyOf(networks.keySet())));
            ports.put(port.id(), port);
        }
        List<Resource> resources = new ArrayList<>();
        for (int number = 1; number <= gateways; number++) {
            addGateway(number, networks, ports, resources);
        }
        ports.values().removeIf(Port::isProvider);
        networks.values().stream()
                .filter(network -> network.segment().isPresent())
                .map(ProviderPort::of)
                .forEach(port -> ports.put(port.id(), port));
        Map<Id<Subnet>, Subnet> subnets = new LinkedHashMap<>(model.subnets());
        subnets.values().removeIf(subnet -> !networks.containsKey(subnet.networkId()) || chance(12));
        for (Id<Network> network : networks.keySet()) {
            if (chance(3)) {
                Subnet subnet = subnet(network);
                subnets.put(subnet.id(), subnet);
            }
        }
        resources.addAll(networks.values());
        resources.addAll(ports.values());
        resources.addAll(subnets.values());
        for (String name : routerNames) {
            if (!chance(6)) {
                resources.add(router(name));
            }
        }
        for (String name : HOSTS) {
            if (!chance(6)) {
                resources.add(new Host(
                        Id.of(name),
                        IPv6Address.of(0xfd00L << 48, 1 + HOSTS.indexOf(name) + random.nextInt(2) * 8),
                        chance(2) ? Set.of() : Set.of(PHYSICAL)));
            }
        }
        resources.addAll(security.resources());
        return NetworkModel.of(resources);
    }

    private Network network(String name, Optional<ProviderSegment> segment) {
        return new Network(
                Id.of(name),
                name,
                !chance(4),
                1500,
                true,
                chance(2),
                segment,
                Optional.empty(),
                List.of(),
                List.of(),
                "");
    }

    /** Hosts that a gateway may be on, and each network's own ports, are others each time. */
    private void addGateway(
            int number, Map<Id<Network>, Network> networks, Map<Id<Port>, Port> ports, List<Resource> resources) {
        String router = "gateway" + number;
        Network inside = network("inside" + number, Optional.empty());
        Network outside =
                network("outside" + number, Optional.of(new ProviderSegment(PHYSICAL, OptionalInt.of(100 + number))));
        networks.put(inside.id(), inside);
        networks.put(outside.id(), outside);
        resources.add(router(
                router,
                Stream.concat(Stream.of(HOSTS.get(1 + random.nextInt(2))), some(3, none -> pick(HOSTS)).stream())
                        .distinct()
                        .map(Id::<Host>of)
                        .toList()));
        List<Port> own = List.of(
                port(Id.of("in" + number), inside.id(), "network:router_interface", router, Optional.empty()),
                port(Id.of("out" + number), outside.id(), "network:router_gateway", router, Optional.empty()),
                port(Id.of("vm" + number), inside.id(), "compute:nova", "", Optional.of(pick(HOSTS))),
                port(Id.of("far" + number), outside.id(), "compute:nova", "", Optional.of(HOSTS.get(1))));
        own.forEach(port -> ports.put(port.id(), port));
    }

    private Router router(String name) {
        return router(name, some(3, none -> Id.of(pick(HOSTS))));
    }

    private Router router(String name, List<Id<Host>> hosts) {
        return new Router(
                Id.of(name),
                name,
                !chance(6),
                some(4, none -> new Route(prefix(), address())),
                some(2, none -> prefix()),
                hosts,
                chance(2),
                Optional.empty(),
                "");
    }

    private Subnet subnet(Id<Network> network) {
        String name = network.value() + SUBNETS.get(random.nextInt(SUBNETS.size()));
        Optional<Ipv6Mode> mode = chance(4) ? Optional.empty() : Optional.of(pick(List.of(Ipv6Mode.values())));
        boolean autonomous = mode.isPresent() && mode.get().isAutoAddress();
        return new Subnet(
                Id.of(name),
                name,
                network,
                IpPrefix.parse(name.endsWith("6") ? "2001:db8::/64" : "2001:db8:0:1::/64"),
                Optional.of(address()),
                mode.isPresent(),
                mode,
                mode,
                some(3, none -> address()),
                some(2, none -> new Route(prefix(), address())),
                List.of(),
                security.settings(autonomous),
                "");
    }

    private Port port(Id<Network> network) {
        return port(
                anyPortId(),
                network,
                pick(OWNERS),
                pick(routerNames),
                chance(2) ? Optional.empty() : Optional.of(pick(HOSTS)));
    }

    private Port port(Id<Port> id, Id<Network> network, String owner, String device, Optional<String> host) {
        return new Port(
                id,
                id.value(),
                network,
                mac(),
                some(3, none -> new Port.FixedIp(Id.of(network.value() + pick(SUBNETS)), address())),
                owner,
                device,
                !chance(5),
                !chance(5),
                some(2, none -> new Port.AddressPair(chance(2) ? IpPrefix.host(address()) : prefix(), mac())),
                security.groups(),
                host,
                Optional.empty(),
                Optional.empty(),
                List.of(),
                Optional.empty(),
                "");
    }

    private Optional<ProviderSegment> segment(int vlan) {
        return chance(2)
                ? Optional.empty()
                : Optional.of(new ProviderSegment(PHYSICAL, vlan == 0 ? OptionalInt.empty() : OptionalInt.of(vlan)));
    }

    private Id<Port> portId() {
        return chance(8) ? ProviderPort.idOf(Id.of(pick(networkNames))) : anyPortId();
    }

    private Id<Port> anyPortId() {
        return Id.of("port" + random.nextInt(portNames));
    }

    private MacAddress mac() {
        return MacAddress.of(0x02_00_00_00_00_00L + random.nextInt(portNames));
    }

    private IPAddress<?> address() {
        return IPAddress.of((chance(5) ? "10.0.0." : "2001:db8::") + (1 + random.nextInt(9)));
    }

    private IpPrefix prefix() {
        return IpPrefix.parse(pick(PREFIXES));
    }

    private <T> List<T> some(int most, Function<Integer, T> make) {
        return Stream.iterate(0, i -> i + 1)
                .limit(random.nextInt(most + 1))
                .map(make)
                .distinct()
                .toList();
    }

    private <T> T pick(List<T> of) {
        return of.get(random.nextInt(of.size()));
    }

    /** True once in so many times. */
    private boolean chance(int times) {
        return random.nextInt(times) == 0;
    }
}
