package org.flow6.network;

import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.pcollections.HashTreePMap;
import org.pcollections.HashTreePSet;
import org.pcollections.PMap;
import org.pcollections.PSet;

/**
 * The neighbors that routers learned, by their addresses, and those behind each port.
 *
 * @param unreachable next hops by which nothing gets through
 */
record Neighbors(
        PMap<NetworkAddress, Neighbor> at,
        SetIndex<Id<Port>, NetworkAddress> behind,
        PSet<NetworkAddress> unreachable) {
    static final Neighbors NONE = new Neighbors(HashTreePMap.empty(), SetIndex.empty(), HashTreePSet.empty());

    Neighbors with(Neighbor neighbor) {
        NetworkAddress address = neighbor.networkAddress();
        Neighbors rest = without(address);
        return new Neighbors(rest.at.plus(address, neighbor), rest.behind.with(neighbor.port(), address), unreachable);
    }

    Neighbors without(NetworkAddress address) {
        Neighbor known = at.get(address);
        return known == null
                ? this
                : new Neighbors(at.minus(address), behind.without(known.port(), address), unreachable);
    }

    /** These in the place of all there are; touches only what differs. */
    Neighbors replaced(Collection<Neighbor> all, Touched touched) {
        Map<NetworkAddress, Neighbor> wanted = new HashMap<>();
        all.forEach(neighbor -> wanted.put(neighbor.networkAddress(), neighbor));
        Neighbors next = this;
        for (NetworkAddress address : at.keySet()) {
            if (!wanted.containsKey(address)) {
                next = next.without(address);
                touched.neighbors.add(address);
            }
        }
        for (Neighbor neighbor : wanted.values()) {
            if (!neighbor.equals(at.get(neighbor.networkAddress()))) {
                next = next.with(neighbor);
                touched.neighbors.add(neighbor.networkAddress());
            }
        }
        return next;
    }

    /** These next hops in the place of all by which nothing gets through; notes the networks of those that differ. */
    Neighbors withUnreachable(Set<NetworkAddress> hops, Set<Id<Network>> concerned) {
        unreachable.stream().filter(hop -> !hops.contains(hop)).forEach(hop -> concerned.add(hop.network()));
        hops.stream().filter(hop -> !unreachable.contains(hop)).forEach(hop -> concerned.add(hop.network()));
        return new Neighbors(at, behind, HashTreePSet.from(hops));
    }

    /** The next hops on some networks by which nothing gets through. */
    Set<NetworkAddress> unreachableOn(Set<Id<Network>> networks) {
        return unreachable.stream()
                .filter(hop -> networks.contains(hop.network()))
                .collect(Collectors.toUnmodifiableSet());
    }

    /** Notes the neighbors of whose ports and addresses views are touched, for theirs depend on these. */
    void note(Touched touched) {
        if (at.isEmpty()) {
            return;
        }
        touched.ports.forEach(port -> touched.neighbors.addAll(behind.get(port)));
        touched.addresses.stream().filter(at::containsKey).forEach(touched.neighbors::add);
    }
}
