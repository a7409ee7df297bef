package org.flow6.network;

import java.util.HashSet;
import java.util.Set;
import org.flow6.network.SecurityGroupRule.Remote;

/**
 * A snapshot, and which of its views may differ from those of the snapshot before; all others are equal.
 *
 * @param after the snapshot that holds from now on
 * @param neighbors those that routers learned, by their addresses
 * @param listeners multicast groups, by those who listen to them
 * @param receivers networks, by who gets every multicast packet
 */
public record NetworkUpdate(
        NetworkSnapshot after,
        Set<Id<Network>> networks,
        Set<Id<Router>> routers,
        Set<Id<Port>> ports,
        Set<NetworkAddress> addresses,
        Set<NetworkMac> macs,
        Set<Id<Host>> hosts,
        Set<Tunnel> tunnels,
        Set<Id<SecurityGroup>> groups,
        Set<Remote> remotes,
        Set<NetworkAddress> neighbors,
        Set<NetworkAddress> listeners,
        Set<Id<Network>> receivers) {

    /** The update from nothing to a snapshot. */
    public static NetworkUpdate all(NetworkSnapshot snapshot) {
        Set<NetworkAddress> addresses = new HashSet<>();
        snapshot.owners.addresses().keys().forEach(addresses::add);
        Set<NetworkMac> macs = new HashSet<>();
        snapshot.owners.macs().keys().forEach(macs::add);
        return new NetworkUpdate(
                snapshot,
                snapshot.model.networks().keySet(),
                snapshot.model.routers().keySet(),
                snapshot.model.ports().keySet(),
                addresses,
                macs,
                snapshot.model.hosts().keySet(),
                snapshot.tunnel().map(Set::of).orElse(Set.of()),
                snapshot.model.securityGroups().keySet(),
                snapshot.security.remotes(),
                snapshot.neighbors.at().keySet(),
                snapshot.multicast.listeners().keySet(),
                snapshot.model.networks().keySet());
    }

    public boolean isEmpty() {
        return networks.isEmpty()
                && routers.isEmpty()
                && ports.isEmpty()
                && addresses.isEmpty()
                && macs.isEmpty()
                && hosts.isEmpty()
                && tunnels.isEmpty()
                && groups.isEmpty()
                && remotes.isEmpty()
                && neighbors.isEmpty()
                && listeners.isEmpty()
                && receivers.isEmpty();
    }
}
