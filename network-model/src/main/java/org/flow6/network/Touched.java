package org.flow6.network;

import java.util.Collections;
import java.util.HashSet;
import java.util.Set;
import org.flow6.network.SecurityGroupRule.Remote;

/** The views that edits touch. */
final class Touched {
    final Set<Id<Network>> networks = new HashSet<>();
    final Set<Id<Router>> routers = new HashSet<>();
    final Set<Id<Port>> ports = new HashSet<>();
    final Set<NetworkAddress> addresses = new HashSet<>();
    final Set<NetworkMac> macs = new HashSet<>();
    final Set<Id<Host>> hosts = new HashSet<>();
    final Set<Tunnel> tunnels = new HashSet<>();
    final Set<Id<SecurityGroup>> groups = new HashSet<>();
    final Set<Remote> remotes = new HashSet<>();
    final Set<NetworkAddress> neighbors = new HashSet<>();
    /** Groups with listeners. */
    final Set<NetworkAddress> listeners = new HashSet<>();
    /** Networks whose receivers of all groups changed. */
    final Set<Id<Network>> receivers = new HashSet<>();

    /** Notes every view that a port is part of, but those of its network and its security groups. */
    void port(Port port) {
        ports.add(port.id());
        addresses(port);
        macs(port);
    }

    /** Notes the views of a port's MAC addresses. */
    void macs(Port port) {
        Claims.macs(port).forEach(mac -> macs.add(new NetworkMac(port.networkId(), mac)));
    }

    /** Notes the views of a port's addresses. */
    void addresses(Port port) {
        Claims.addresses(port)
                .keySet()
                .forEach(address -> addresses.add(new NetworkAddress(port.networkId(), address)));
    }

    void remote(Remote remote) {
        if (!(remote instanceof Remote.Any)) {
            remotes.add(remote);
        }
    }

    /** Notes that the addresses of a group's ports changed. */
    void members(Id<SecurityGroup> group) {
        remotes.add(new Remote.Group(group));
    }

    NetworkUpdate update(NetworkSnapshot after) {
        return new NetworkUpdate(
                after,
                Collections.unmodifiableSet(networks),
                Collections.unmodifiableSet(routers),
                Collections.unmodifiableSet(ports),
                Collections.unmodifiableSet(addresses),
                Collections.unmodifiableSet(macs),
                Collections.unmodifiableSet(hosts),
                Collections.unmodifiableSet(tunnels),
                Collections.unmodifiableSet(groups),
                Collections.unmodifiableSet(remotes),
                Collections.unmodifiableSet(neighbors),
                Collections.unmodifiableSet(listeners),
                Collections.unmodifiableSet(receivers));
    }
}
