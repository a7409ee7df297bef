package org.flow6.network;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.flow6.network.Port.AddressPair;
import org.flow6.network.Port.FixedIp;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.projectfloodlight.openflow.types.IPv4Address;
import org.projectfloodlight.openflow.types.IPv6Address;
import org.projectfloodlight.openflow.types.MacAddress;
import org.projectfloodlight.openflow.types.OFPort;

/**
 * Random histories of changes. After each, the snapshot's views equal those of one built afresh, and every view that
 * differs from before is named in the update.
 */
class NetworkSnapshotRandomTest {
    private static final int STEPS = 300;
    private static final List<Id<Network>> NETWORKS = ids(4, "n");
    private static final List<Id<Port>> PORTS = ids(12, "p");

    private SplittableRandom random = new SplittableRandom();

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10})
    void editedSnapshotsEqualFreshOnes(long seed) {
        random = new SplittableRandom(seed);
        NetworkSnapshot snapshot = NetworkSnapshot.EMPTY;
        for (int step = 0; step < STEPS; step++) {
            NetworkEditor editor = snapshot.edit();
            List<String> changes = new ArrayList<>();
            for (int i = 1 + random.nextInt(3); i > 0; i--) {
                changes.add(change(editor));
            }
            NetworkUpdate update = editor.update();
            String what = "seed " + seed + ", step " + step + ": " + changes;
            Views before = Views.of(snapshot);
            Views after = Views.of(update.after());
            assertThat(after).as(what).isEqualTo(Views.of(afresh(update.after())));
            assertNamed(what + " ports", before.ports, after.ports, update.ports());
            assertNamed(what + " networks", before.networks, after.networks, update.networks());
            assertNamed(what + " addresses", before.addresses, after.addresses, update.addresses());
            assertNamed(what + " MACs", before.macs, after.macs, update.macs());
            snapshot = update.after();
        }
        NetworkUpdate all = NetworkUpdate.all(snapshot);
        Views views = Views.of(snapshot);
        assertThat(all.ports()).containsAll(views.ports.keySet());
        assertThat(all.networks()).containsAll(views.networks.keySet());
        assertThat(all.addresses()).containsAll(views.addresses.keySet());
        assertThat(all.macs()).containsAll(views.macs.keySet());
    }

    private static <K> void assertNamed(String what, Map<K, ?> before, Map<K, ?> after, Set<K> named) {
        Set<K> keys = new HashSet<>(before.keySet());
        keys.addAll(after.keySet());
        keys.removeIf(key -> Optional.ofNullable(before.get(key)).equals(Optional.ofNullable(after.get(key))));
        assertThat(named).as(what).containsAll(keys);
    }

    private static NetworkSnapshot afresh(NetworkSnapshot snapshot) {
        NetworkEditor editor = NetworkSnapshot.EMPTY.edit();
        snapshot.bindings().forEach(editor::bind);
        return editor.model(NetworkModel.of(snapshot.model().resources().toList()))
                .update()
                .after();
    }

    /** Changes something, and tells what. */
    private String change(NetworkEditor editor) {
        Id<Port> port = pick(PORTS);
        switch (random.nextInt(10)) {
            case 0, 1, 2 -> {
                List<Id<Network>> there = List.copyOf(model(editor).networks().keySet());
                if (there.isEmpty()) {
                    return "nothing";
                }
                Port put = port(port, pick(there));
                editor.put(put);
                return "put " + put;
            }
            case 3 -> {
                editor.remove(port);
                return "remove " + port;
            }
            case 4, 5, 6 -> {
                OFPort ofPort = OFPort.of(1 + random.nextInt(20));
                editor.bind(port, ofPort);
                return "bind " + port + " to " + ofPort;
            }
            case 7 -> {
                editor.unbind(port);
                return "unbind " + port;
            }
            case 8 -> {
                NetworkModel next = edited(model(editor));
                editor.model(next);
                return "model edited to " + next;
            }
            default -> {
                NetworkModel next = model();
                editor.model(next);
                return "model " + next;
            }
        }
    }

    private static NetworkModel model(NetworkEditor editor) {
        return editor.update().after().model();
    }

    /** A model made of another by a few edits, of which a snapshot may see only the last. */
    private NetworkModel edited(NetworkModel model) {
        NetworkModel next = model;
        for (int i = random.nextInt(4); i >= 0; i--) {
            List<Resource> gone = new ArrayList<>();
            List<Resource> put = new ArrayList<>();
            NetworkModel before = next;
            Id<Network> network = pick(NETWORKS);
            Network old = before.networks().get(network);
            boolean drop = old != null && random.nextInt(4) == 0;
            if (drop) {
                gone.add(old);
            } else {
                put.add(network(network));
            }
            Set<Id<Network>> left = new HashSet<>(before.networks().keySet());
            left.add(network);
            if (drop) {
                left.remove(network);
            }
            before.ports().values().forEach(port -> {
                boolean homeless = !left.contains(port.networkId());
                if (homeless || random.nextInt(8) == 0) {
                    if (left.isEmpty() || random.nextBoolean()) {
                        gone.add(port);
                    } else {
                        put.add(port(port.id(), pick(List.copyOf(left))));
                    }
                }
            });
            next = next.edited(gone, put);
        }
        return next;
    }

    private NetworkModel model() {
        List<Resource> resources = new ArrayList<>();
        List<Id<Network>> networks = new ArrayList<>();
        for (Id<Network> id : NETWORKS) {
            if (random.nextInt(3) > 0) {
                networks.add(id);
                resources.add(network(id));
            }
        }
        for (Id<Port> id : PORTS) {
            if (!networks.isEmpty() && random.nextInt(4) > 0) {
                resources.add(port(id, pick(networks)));
            }
        }
        return NetworkModel.of(resources);
    }

    private Network network(Id<Network> id) {
        return new Network(id, "", random.nextInt(4) > 0, 1280 + random.nextInt(2), true, false, Optional.empty(), "");
    }

    /** From few addresses, so that ports share them. */
    private Port port(Id<Port> id, Id<Network> network) {
        List<FixedIp> fixedIps = new ArrayList<>();
        for (int i = random.nextInt(3); i > 0; i--) {
            fixedIps.add(
                    new FixedIp(Id.of("s"), random.nextInt(4) == 0 ? IPv4Address.of(random.nextInt(3)) : address()));
        }
        List<AddressPair> pairs = new ArrayList<>();
        for (int i = random.nextInt(3); i > 0; i--) {
            pairs.add(new AddressPair(
                    IpPrefix.of(address(), random.nextBoolean() ? 128 : 120 + random.nextInt(8)), mac()));
        }
        return new Port(
                id,
                "",
                network,
                mac(),
                fixedIps,
                random.nextInt(4) == 0 ? "network:router_interface" : "",
                "",
                random.nextInt(4) > 0,
                random.nextInt(4) > 0,
                pairs,
                List.of(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                List.of(),
                Optional.empty(),
                "");
    }

    private IPv6Address address() {
        return IPv6Address.of(0x20010db800000000L, 1 + random.nextInt(6));
    }

    private MacAddress mac() {
        return MacAddress.of(0x020000000001L + random.nextInt(8));
    }

    private <T> T pick(List<T> from) {
        return from.get(random.nextInt(from.size()));
    }

    private static <T extends Resource> List<Id<T>> ids(int count, String prefix) {
        return IntStream.range(0, count).mapToObj(i -> Id.<T>of(prefix + i)).toList();
    }

    /** Every view that a snapshot has, and everything that could have one. */
    private record Views(
            Map<Id<Port>, PortView> ports,
            Map<Id<Network>, NetworkView> networks,
            Map<NetworkAddress, AddressView> addresses,
            Map<NetworkMac, MacView> macs) {

        static Views of(NetworkSnapshot snapshot) {
            Views views = new Views(new HashMap<>(), new HashMap<>(), new HashMap<>(), new HashMap<>());
            PORTS.forEach(id -> snapshot.port(id).ifPresent(view -> {
                views.ports.put(id, view);
                assertThat(snapshot.port(view.key())).contains(view);
            }));
            for (Id<Network> network : NETWORKS) {
                snapshot.network(network).ifPresent(view -> views.networks.put(network, view));
                for (Id<Port> id : PORTS) {
                    Port port = snapshot.model().ports().get(id);
                    if (port != null) {
                        Claims.addresses(port)
                                .keySet()
                                .forEach(ip -> views.add(snapshot, new NetworkAddress(network, ip)));
                        Claims.macs(port).forEach(mac -> views.add(snapshot, new NetworkMac(network, mac)));
                    }
                }
            }
            return views;
        }

        private void add(NetworkSnapshot snapshot, NetworkAddress address) {
            snapshot.address(address).ifPresent(view -> addresses.put(address, view));
        }

        private void add(NetworkSnapshot snapshot, NetworkMac mac) {
            snapshot.mac(mac).ifPresent(view -> macs.put(mac, view));
        }
    }
}
