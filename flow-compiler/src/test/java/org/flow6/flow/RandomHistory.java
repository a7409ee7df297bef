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
    private static final List<String> ROUTERS = List.of("r1", "r2");
    private static final List<String> HOSTS = List.of("here", "there", "far");
    private static final List<String> SUBNETS = List.of("6", "more");
    private static final String PHYSICAL = "physnet";
    private static final int PORTS = 10;
    private static final int OPENFLOW_PORTS = 8;

    private final SplittableRandom random;
    private final RandomSecurity security;
    private final Map<Fact.Key, AddressClaim> claims = new LinkedHashMap<>();
    private NetworkSnapshot snapshot = NetworkSnapshot.EMPTY;

    public RandomHistory(long seed) {
        random = new SplittableRandom(seed);
        security = new RandomSecurity(random);
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
                AddressClaim claim = security.claim(Id.of(pick(NETWORKS)), portId());
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
        for (String name : NETWORKS) {
            Id<Network> id = Id.of(name);
            if (chance(3)) {
                networks.put(
                        id,
                        new Network(
                                id,
                                name,
                                !chance(4),
                                1500,
                                true,
                                chance(2),
                                segment(NETWORKS.indexOf(name)),
                                Optional.empty(),
                                List.of(),
                                List.of(),
                                ""));
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
        List<Resource> resources = new ArrayList<>(networks.values());
        resources.addAll(ports.values());
        resources.addAll(subnets.values());
        for (String name : ROUTERS) {
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

    private Router router(String name) {
        return new Router(
                Id.of(name),
                name,
                !chance(6),
                some(4, none -> new Route(prefix(), address())),
                some(2, none -> prefix()),
                some(3, none -> Id.of(pick(HOSTS))),
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
        Id<Port> id = anyPortId();
        return new Port(
                id,
                id.value(),
                network,
                mac(),
                some(3, none -> new Port.FixedIp(Id.of(network.value() + pick(SUBNETS)), address())),
                pick(OWNERS),
                pick(ROUTERS),
                !chance(5),
                !chance(5),
                some(2, none -> new Port.AddressPair(chance(2) ? IpPrefix.host(address()) : prefix(), mac())),
                security.groups(),
                chance(2) ? Optional.empty() : Optional.of(pick(HOSTS)),
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
        return chance(8) ? ProviderPort.idOf(Id.of(pick(NETWORKS))) : anyPortId();
    }

    private Id<Port> anyPortId() {
        return Id.of("port" + random.nextInt(PORTS));
    }

    private MacAddress mac() {
        return MacAddress.of(0x02_00_00_00_00_00L + random.nextInt(PORTS));
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
