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
import org.flow6.network.SecurityGroupRule.Remote;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.projectfloodlight.openflow.types.IPv6Address;
import org.projectfloodlight.openflow.types.OFPort;

/**
 * Random histories of changes. After each, the snapshot's views equal those of one built afresh, and every view that
 * differs from before is named in the update.
 */
class NetworkSnapshotRandomTest {
    private static final int STEPS = 300;

    private SplittableRandom random = new SplittableRandom();
    private RandomNetwork networks = new RandomNetwork(random);

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10})
    void editedSnapshotsEqualFreshOnes(long seed) {
        random = new SplittableRandom(seed);
        networks = new RandomNetwork(random);
        NetworkSnapshot snapshot = NetworkSnapshot.EMPTY;
        int routers = 0;
        int routed = 0;
        int claimed = 0;
        int remotes = 0;
        int elsewhere = 0;
        int neighbors = 0;
        int gateways = 0;
        int listeners = 0;
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
            SecurityOracle.check(update.after(), what);
            assertNamed(what + " ports", before.ports, after.ports, update.ports());
            assertNamed(what + " networks", before.networks, after.networks, update.networks());
            assertNamed(what + " addresses", before.addresses, after.addresses, update.addresses());
            assertNamed(what + " MACs", before.macs, after.macs, update.macs());
            assertNamed(what + " routers", before.routers, after.routers, update.routers());
            assertNamed(what + " hosts", before.hosts, after.hosts, update.hosts());
            snapshot.tunnel()
                    .filter(tunnel -> !update.after().tunnel().equals(Optional.of(tunnel)))
                    .ifPresent(gone -> assertThat(update.tunnels()).as(what).contains(gone));
            assertNamed(what + " groups", before.groups, after.groups, update.groups());
            assertNamed(what + " remotes", before.remotes, after.remotes, update.remotes());
            assertNamed(what + " neighbors", before.neighbors, after.neighbors, update.neighbors());
            assertNamed(what + " listeners", before.listeners, after.listeners, update.listeners());
            assertNamed(what + " receivers", before.receivers, after.receivers, update.receivers());
            listeners += after.listeners.size();
            neighbors += after.neighbors.size();
            gateways += (int) after.routers.values().stream()
                    .flatMap(view -> view.interfaces().stream())
                    .filter(link -> !link.isHere())
                    .count();
            snapshot = update.after();
            claimed += after.ports.values().stream()
                    .mapToInt(view -> view.claimed().size())
                    .sum();
            remotes += after.remotes.size();
            routed += (int) after.addresses.values().stream()
                    .filter(AddressView::routed)
                    .count();
            elsewhere += after.macs.values().stream()
                    .mapToInt(view -> view.remoteHosts().size())
                    .sum();
            routers += after.networks.values().stream()
                    .mapToInt(view -> view.routers().size())
                    .sum();
        }
        assertThat(routers).as("how many routers there were to see").isGreaterThan(STEPS / 10);
        assertThat(routed).as("how many addresses had routers").isGreaterThan(STEPS / 10);
        assertThat(claimed).as("how many claims held").isGreaterThan(STEPS / 10);
        assertThat(remotes).as("how many remotes there were to see").isGreaterThan(STEPS / 2);
        assertThat(elsewhere).as("how many stations were elsewhere").isGreaterThan(STEPS / 2);
        assertThat(neighbors).as("how many neighbors there were to see").isGreaterThan(STEPS / 50);
        assertThat(gateways).as("how many gateways were elsewhere").isGreaterThan(STEPS / 100);
        assertThat(listeners).as("how many groups there were to see").isGreaterThan(STEPS / 50);
        NetworkUpdate all = NetworkUpdate.all(snapshot);
        Views views = Views.of(snapshot);
        assertThat(all.ports()).containsAll(views.ports.keySet());
        assertThat(all.networks()).containsAll(views.networks.keySet());
        assertThat(all.addresses()).containsAll(views.addresses.keySet());
        assertThat(all.macs()).containsAll(views.macs.keySet());
        assertThat(all.routers()).containsAll(views.routers.keySet());
        assertThat(all.hosts()).containsAll(views.hosts.keySet());
        assertThat(all.tunnels()).isEqualTo(snapshot.tunnel().map(Set::of).orElse(Set.of()));
        assertThat(all.groups()).containsAll(views.groups.keySet());
        assertThat(all.remotes()).containsAll(views.remotes.keySet());
        assertThat(all.neighbors()).containsAll(views.neighbors.keySet());
        assertThat(all.listeners()).containsAll(views.listeners.keySet());
        assertThat(all.receivers()).containsAll(views.receivers.keySet());
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
        snapshot.hosts.own().ifPresent(host -> editor.host(host.value()));
        editor.tunnel(snapshot.tunnel());
        editor.unreachable(snapshot.unreachable());
        editor.movedFrom(snapshot.movedFrom());
        editor.claims(snapshot.claims.of().values().toList());
        editor.neighbors(snapshot.neighbors());
        editor.unreachableHops(snapshot.unreachableHops());
        editor.multicastListeners(snapshot.multicastListeners().toList());
        editor.multicastRoles(snapshot.multicastRoles());
        return editor.model(NetworkModel.of(snapshot.model().resources().toList()))
                .update()
                .after();
    }

    /** Changes something, and tells what. */
    private String change(NetworkEditor editor) {
        Id<Port> port = networks.pick(RandomNetwork.PORTS);
        switch (random.nextInt(32)) {
            case 0, 1, 2 -> {
                List<Id<Network>> there = List.copyOf(model(editor).networks().keySet());
                if (there.isEmpty()) {
                    return "nothing";
                }
                Port put = networks.port(port, networks.pick(there));
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
            case 8, 9, 10 -> {
                NetworkModel next = networks.edited(model(editor));
                editor.model(next);
                return "model edited to " + next;
            }
            case 11, 12, 13 -> {
                AddressClaim claim = networks.claim();
                editor.claim(claim);
                return "add " + claim;
            }
            case 14 -> {
                AddressClaim claim = networks.claim();
                editor.unclaim(claim);
                return "remove " + claim;
            }
            case 15 -> {
                Id<Host> host = networks.pick(RandomNetwork.HOSTS);
                editor.host(host.value());
                return "host " + host;
            }
            case 16 -> {
                Optional<Tunnel> tunnel = random.nextInt(4) == 0
                        ? Optional.empty()
                        : Optional.of(new Tunnel(
                                OFPort.of(30 + random.nextInt(2)),
                                networks.pick(List.of(Tunnel.Type.values())),
                                1280 + 100 * random.nextInt(4)));
                editor.tunnel(tunnel);
                return "tunnel " + tunnel;
            }
            case 20, 21 -> {
                Set<Id<Host>> lost = Set.copyOf(networks.hosts());
                editor.unreachable(lost);
                return "unreachable " + lost;
            }
            case 17, 18, 19 -> {
                List<Neighbor> next = networks.neighbors(editor.update().after().neighbors());
                editor.neighbors(next);
                return "neighbors " + next;
            }
            case 30, 31 -> {
                Map<Id<Port>, Id<Host>> moved = Map.of(port, networks.pick(RandomNetwork.HOSTS));
                editor.movedFrom(moved);
                return "moved " + moved;
            }
            case 22 -> {
                Set<NetworkAddress> next = networks.hops(editor.update().after().unreachableHops());
                editor.unreachableHops(next);
                return "unreachable " + next;
            }
            case 23, 24, 25 -> {
                List<MulticastListener> next = networks.listeners(
                        editor.update().after().multicastListeners().toList());
                editor.multicastListeners(next);
                return "listeners " + next;
            }
            case 26, 27, 28 -> {
                List<MulticastRole> next =
                        networks.roles(editor.update().after().multicastRoles());
                editor.multicastRoles(next);
                return "roles " + next;
            }
            default -> {
                NetworkModel next = networks.model();
                editor.model(next);
                return "model " + next;
            }
        }
    }

    private static NetworkModel model(NetworkEditor editor) {
        return editor.update().after().model();
    }

    /** Every view that a snapshot has, and everything that could have one. */
    private record Views(
            Map<Id<Port>, PortView> ports,
            Map<Id<Network>, NetworkView> networks,
            Map<NetworkAddress, AddressView> addresses,
            Map<NetworkMac, MacView> macs,
            Map<Id<Router>, RouterView> routers,
            Map<Id<Host>, HostView> hosts,
            Map<Id<SecurityGroup>, GroupView> groups,
            Map<Remote, RemoteView> remotes,
            Map<NetworkAddress, NeighborView> neighbors,
            Map<NetworkAddress, MulticastGroupView> listeners,
            Map<Id<Network>, MulticastView> receivers,
            Map<NetworkMac, PortView> owners,
            Map<NetworkAddress, Subnet> subnets,
            Map<IPv6Address, List<Subnet>> holding) {

        static Views of(NetworkSnapshot snapshot) {
            Views views = new Views(
                    new HashMap<>(),
                    new HashMap<>(),
                    new HashMap<>(),
                    new HashMap<>(),
                    new HashMap<>(),
                    new HashMap<>(),
                    new HashMap<>(),
                    new HashMap<>(),
                    new HashMap<>(),
                    new HashMap<>(),
                    new HashMap<>(),
                    new HashMap<>(),
                    new HashMap<>(),
                    new HashMap<>());
            RandomNetwork.ROUTERS.forEach(id -> snapshot.router(id).ifPresent(view -> views.routers.put(id, view)));
            RandomNetwork.HOSTS.forEach(id -> snapshot.host(id).ifPresent(view -> views.hosts.put(id, view)));
            RandomNetwork.GROUPS.forEach(id -> snapshot.group(id).ifPresent(view -> views.groups.put(id, view)));
            snapshot.model().securityGroupRules().values().stream()
                    .map(SecurityGroupRule::remote)
                    .forEach(remote -> snapshot.remote(remote).ifPresent(view -> views.remotes.put(remote, view)));
            snapshot.neighbors().stream().map(Neighbor::networkAddress).forEach(at -> snapshot.neighbor(at)
                    .ifPresent(view -> views.neighbors.put(at, view)));
            snapshot.multicastListeners().map(MulticastListener::networkGroup).forEach(group -> snapshot.multicastGroup(
                            group)
                    .ifPresent(view -> views.listeners.put(group, view)));
            RandomNetwork.NETWORKS.forEach(
                    id -> snapshot.multicastReceivers(id).ifPresent(view -> views.receivers.put(id, view)));
            for (int i = 0; i < 8; i++) {
                IPv6Address address = IPv6Address.of(RandomNetwork.PREFIX, i);
                views.holding.put(address, snapshot.subnetsHolding(address));
            }
            RandomNetwork.PORTS.forEach(id -> snapshot.port(id).ifPresent(view -> {
                views.ports.put(id, view);
                assertThat(snapshot.port(view.key())).contains(view);
            }));
            for (Id<Network> network : RandomNetwork.NETWORKS) {
                snapshot.network(network).ifPresent(view -> views.networks.put(network, view));
                for (Id<Port> id : RandomNetwork.PORTS) {
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
            snapshot.subnet(address).ifPresent(subnet -> subnets.put(address, subnet));
        }

        private void add(NetworkSnapshot snapshot, NetworkMac mac) {
            snapshot.mac(mac).ifPresent(view -> macs.put(mac, view));
            snapshot.owner(mac).ifPresent(view -> owners.put(mac, view));
        }
    }
}
