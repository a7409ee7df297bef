package org.flow6.network;

import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import org.pcollections.HashTreePMap;
import org.pcollections.PMap;

/** The neighbors that routers learned, by their addresses, and those behind each port. */
record Neighbors(PMap<NetworkAddress, Neighbor> at, SetIndex<Id<Port>, NetworkAddress> behind) {
    static final Neighbors NONE = new Neighbors(HashTreePMap.empty(), SetIndex.empty());

    Neighbors with(Neighbor neighbor) {
        NetworkAddress address = neighbor.networkAddress();
        Neighbors rest = without(address);
        return new Neighbors(rest.at.plus(address, neighbor), rest.behind.with(neighbor.port(), address));
    }

    Neighbors without(NetworkAddress address) {
        Neighbor known = at.get(address);
        return known == null ? this : new Neighbors(at.minus(address), behind.without(known.port(), address));
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

    /** Notes the neighbors of whose ports and addresses views are touched, for theirs depend on these. */
    void note(Touched touched) {
        if (at.isEmpty()) {
            return;
        }
        touched.ports.forEach(port -> touched.neighbors.addAll(behind.get(port)));
        touched.addresses.stream().filter(at::containsKey).forEach(touched.neighbors::add);
    }
}
