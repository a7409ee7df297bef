package org.flow6.network;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.flow6.network.AddressView.Claim;
import org.flow6.network.NetworkView.OpenClaim;
import org.flow6.packets.LinkLocal;
import org.projectfloodlight.openflow.types.IPv6Address;
import org.projectfloodlight.openflow.types.MacAddress;

/** How views are made that follow from who owns an address: of addresses, MAC addresses and neighbors. */
final class OwnerViews {
    private OwnerViews() {}

    static Optional<AddressView> address(NetworkSnapshot snapshot, NetworkAddress address) {
        List<Claim> claims = new ArrayList<>();
        List<HostKey> standbys = new ArrayList<>();
        boolean forAll = false;
        for (Id<Port> id : snapshot.owners.addresses().get(address)) {
            Port port = snapshot.existing(id);
            MacAddress mac = Claims.addresses(port).get(address.address());
            if (mac != null) {
                Network network = snapshot.networkOf(port);
                boolean bound = snapshot.activeBinding(port, network).isPresent();
                forAll |= bound
                        || network.segment().isEmpty()
                        || (port.isRouterInterface() && snapshot.hosts.serves(snapshot.model, port));
                standbys.addAll(snapshot.hosts.place(snapshot.model, port).standbys());
                claims.add(new Claim(snapshot.portKey(id), mac, port.isRouterInterface(), bound));
            }
        }
        if (claims.isEmpty()) {
            return Optional.empty();
        }
        claims.sort(Comparator.comparing(Claim::port));
        return Optional.of(new AddressView(
                snapshot.networkKey(address.network()),
                address.address(),
                claims,
                snapshot.routing.isRouted(snapshot, address.network()),
                forAll,
                snapshot.provider(snapshot.networkOf(snapshot.existing(
                        snapshot.owners.addresses().get(address).iterator().next()))),
                standbys,
                claims.size() == 1 && !isLinkLocal(address) ? snapshot.routing.proxies(snapshot, address) : List.of()));
    }

    static List<PortKey> mayOwn(NetworkSnapshot snapshot, NetworkAddress address) {
        Optional<AddressView> known = address(snapshot, address);
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
        return snapshot.network(address.network()).stream()
                .flatMap(network -> network.openClaims().stream())
                .filter(claim -> claim.prefix().contains(address.address()))
                .map(OpenClaim::port)
                .distinct()
                .toList();
    }

    static Optional<MacAddress> proxy(NetworkSnapshot snapshot, NetworkAddress asked) {
        if (!snapshot.model.networks().containsKey(asked.network())) {
            return Optional.empty();
        }
        NetworkKey there = snapshot.networkKey(asked.network());
        return snapshot.routing
                .proxiesOn(snapshot, asked.network())
                .flatMap(behind -> address(snapshot, new NetworkAddress(behind, asked.address())).stream())
                .flatMap(view -> view.proxies().stream())
                .filter(proxy -> proxy.network().equals(there))
                .map(AddressView.Proxy::mac)
                .findFirst();
    }

    private static boolean isLinkLocal(NetworkAddress address) {
        return address.address() instanceof IPv6Address v6 && LinkLocal.includes(v6);
    }

    static Optional<NeighborView> neighbor(NetworkSnapshot snapshot, NetworkAddress address) {
        Neighbor known = snapshot.neighbors.at().get(address);
        if (known == null || !snapshot.model.ports().containsKey(known.port())) {
            return Optional.empty();
        }
        PortKey port = snapshot.portKey(known.port());
        return mayOwn(snapshot, address).contains(port)
                ? Optional.of(
                        new NeighborView(snapshot.networkKey(address.network()), address.address(), port, known.mac()))
                : Optional.empty();
    }

    static Optional<MacView> mac(NetworkSnapshot snapshot, NetworkMac mac) {
        List<Id<Port>> users = snapshot.owners.macs().get(mac);
        List<PortKey> bound = activeKeys(snapshot, users);
        List<HostKey> remote = users.stream()
                .map(snapshot::existing)
                .flatMap(port -> snapshot.hosts.receiving(snapshot.model, port, snapshot.networkOf(port)))
                .distinct()
                .sorted()
                .toList();
        return bound.isEmpty() && remote.isEmpty()
                ? Optional.empty()
                : Optional.of(new MacView(snapshot.networkKey(mac.network()), mac.mac(), bound, remote));
    }

    static Optional<PortView> owner(NetworkSnapshot snapshot, NetworkMac mac) {
        return snapshot.owners.macs().get(mac).stream()
                .filter(id -> snapshot.existing(id).macAddress().equals(mac.mac()))
                .min(Comparator.comparing(snapshot::portKey))
                .flatMap(snapshot::port);
    }

    private static List<PortKey> activeKeys(NetworkSnapshot snapshot, Collection<Id<Port>> ids) {
        List<PortKey> keys = new ArrayList<>();
        for (Id<Port> id : ids) {
            Port port = snapshot.existing(id);
            if (snapshot.activeBinding(port, snapshot.networkOf(port)).isPresent()) {
                keys.add(snapshot.portKey(id));
            }
        }
        keys.sort(Comparator.naturalOrder());
        return keys;
    }
}
