package org.flow6.network;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.flow6.network.MulticastGroupView.Wish;
import org.flow6.network.Receiver.OnHost;
import org.flow6.network.Receiver.OnPort;
import org.jspecify.annotations.Nullable;
import org.pcollections.HashTreePMap;
import org.pcollections.PMap;
import org.projectfloodlight.openflow.types.IPv6Address;

/**
 * Who listens to which multicast groups, and what else is known of receivers.
 *
 * @param listeners of each group, by where they are
 * @param groupsOf each receiver
 * @param roles of receivers, by network
 */
record Multicast(
        PMap<NetworkAddress, PMap<Receiver, MulticastListener>> listeners,
        SetIndex<Receiver, NetworkAddress> groupsOf,
        PMap<Place, MulticastRole> roles) {
    static final Multicast NONE = new Multicast(HashTreePMap.empty(), SetIndex.empty(), HashTreePMap.empty());

    /** A receiver on a network. */
    record Place(Id<Network> network, Receiver at) {}

    private Multicast with(MulticastListener listener) {
        NetworkAddress group = listener.networkGroup();
        return new Multicast(
                listeners.plus(group, of(group).plus(listener.at(), listener)),
                groupsOf.with(listener.at(), group),
                roles);
    }

    private Multicast without(MulticastListener listener) {
        NetworkAddress group = listener.networkGroup();
        PMap<Receiver, MulticastListener> rest = of(group).minus(listener.at());
        return new Multicast(
                rest.isEmpty() ? listeners.minus(group) : listeners.plus(group, rest),
                groupsOf.without(listener.at(), group),
                roles);
    }

    private PMap<Receiver, MulticastListener> of(NetworkAddress group) {
        return listeners.getOrDefault(group, HashTreePMap.empty());
    }

    /** With these listeners in the place of all there are; touches only what differs. */
    Multicast replaced(Collection<MulticastListener> all, Touched touched) {
        Map<NetworkAddress, Map<Receiver, MulticastListener>> wanted = new HashMap<>();
        all.forEach(listener -> wanted.computeIfAbsent(listener.networkGroup(), group -> new HashMap<>())
                .put(listener.at(), listener));
        Multicast next = this;
        for (PMap<Receiver, MulticastListener> known : listeners.values()) {
            for (MulticastListener listener : known.values()) {
                Map<Receiver, MulticastListener> still = wanted.get(listener.networkGroup());
                if (still == null || !still.containsKey(listener.at())) {
                    next = next.without(listener);
                    touched.listeners.add(listener.networkGroup());
                }
            }
        }
        for (MulticastListener listener : all) {
            if (!listener.equals(of(listener.networkGroup()).get(listener.at()))) {
                next = next.with(listener);
                touched.listeners.add(listener.networkGroup());
            }
        }
        return next;
    }

    /** With these roles in the place of all there are; touches only what differs. */
    Multicast withRoles(Collection<MulticastRole> all, Touched touched) {
        Map<Place, MulticastRole> wanted = new HashMap<>();
        all.forEach(role -> wanted.put(new Place(role.network(), role.at()), role));
        PMap<Place, MulticastRole> next = roles;
        for (Place place : roles.keySet()) {
            if (!wanted.containsKey(place)) {
                next = next.minus(place);
                touch(place, touched);
            }
        }
        for (Map.Entry<Place, MulticastRole> role : wanted.entrySet()) {
            if (!role.getValue().equals(roles.get(role.getKey()))) {
                next = next.plus(role.getKey(), role.getValue());
                touch(role.getKey(), touched);
            }
        }
        return new Multicast(listeners, groupsOf, next);
    }

    private void touch(Place place, Touched touched) {
        touched.receivers.add(place.network());
        touched.listeners.addAll(groupsOf.get(place.at()));
    }

    /** Notes what depends on views that are touched. */
    void note(NetworkSnapshot from, NetworkSnapshot to, Touched touched) {
        touched.receivers.addAll(touched.networks);
        if (!listeners.isEmpty()) {
            touched.networks.stream()
                    .filter(network -> from.model.networks().containsKey(network)
                            != to.model.networks().containsKey(network))
                    .forEach(network -> listeners.keySet().stream()
                            .filter(group -> group.network().equals(network))
                            .forEach(touched.listeners::add));
            touched.ports.forEach(port -> touched.listeners.addAll(groupsOf.get(new OnPort(port))));
            touched.hosts.forEach(host -> touched.listeners.addAll(groupsOf.get(new OnHost(host))));
        }
    }

    /** The view of a group, if anybody here or on another host listens. */
    Optional<MulticastGroupView> group(NetworkSnapshot snapshot, NetworkAddress group) {
        Network network = snapshot.model.networks().get(group.network());
        PMap<Receiver, MulticastListener> all = of(group);
        if (network == null || all.isEmpty()) {
            return Optional.empty();
        }
        List<Wish<PortKey>> ports = new ArrayList<>();
        List<Wish<HostKey>> hosts = new ArrayList<>();
        for (MulticastListener listener : all.values()) {
            if (getsAll(network, listener.at())) {
                continue;
            }
            if (listener.at() instanceof OnPort on) {
                bound(snapshot, network, on.port()).ifPresent(key -> ports.add(new Wish<>(key, listener.filter())));
            } else if (listener.at() instanceof OnHost on) {
                snapshot.host(on.host()).ifPresent(view -> hosts.add(new Wish<>(view.key(), listener.filter())));
            }
        }
        ports.sort(Comparator.comparing(Wish::of));
        hosts.sort(Comparator.comparing(Wish::of));
        return ports.isEmpty() && hosts.isEmpty()
                ? Optional.empty()
                : Optional.of(new MulticastGroupView(
                        snapshot.networkKey(network.id()), (IPv6Address) group.address(), ports, hosts));
    }

    private static Optional<PortKey> bound(NetworkSnapshot snapshot, Network network, Id<Port> id) {
        return snapshot.port(id)
                .filter(view -> view.ofPort().isPresent())
                .filter(view -> view.network().id().equals(network.id()))
                .map(PortView::key);
    }

    /** The view of a network's receivers of everything. */
    MulticastView receivers(NetworkSnapshot snapshot, NetworkView view) {
        Network network = view.network();
        List<PortKey> routers = new ArrayList<>();
        List<PortKey> ports = new ArrayList<>();
        for (PortKey key : view.boundPorts()) {
            OnPort at = new OnPort(Objects.requireNonNull(snapshot.portKeys.id(key.value())));
            if (isRouter(network, at)) {
                routers.add(key);
            }
            if (getsAll(network, at)) {
                ports.add(key);
            }
        }
        boolean sends = !view.boundPorts().isEmpty() || view.provider().isPresent();
        List<HostKey> hosts = (sends ? view.remoteHosts() : List.<HostKey>of())
                .stream()
                        .filter(key -> getsAll(
                                network,
                                new OnHost(Objects.requireNonNull(
                                        snapshot.hosts.keys().id(key.value())))))
                        .toList();
        return new MulticastView(
                view.key(), routers, ports, hosts, view.provider().isPresent());
    }

    private boolean isRouter(Network network, Receiver at) {
        MulticastRole role = role(network.id(), at);
        return role != null && role.kind() == MulticastRole.Kind.ROUTER;
    }

    private boolean getsAll(Network network, Receiver at) {
        MulticastRole role = role(network.id(), at);
        return role == null
                || role.kind() == MulticastRole.Kind.ROUTER
                || (at instanceof OnPort on && network.multicast().receivers().contains(on.port()));
    }

    @Nullable
    MulticastRole role(Id<Network> network, Receiver at) {
        return roles.get(new Place(network, at));
    }
}
