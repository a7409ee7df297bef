package org.flow6.network;

import com.google.common.collect.HashMultimap;
import com.google.common.collect.SetMultimap;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What belongs together in all of a network, so that a change of what is reached is a matter of that alone. For one thread. */
final class ReachIndex {
    final SetMultimap<Id<Network>, Id<Port>> portsOn = HashMultimap.create();
    final SetMultimap<Id<Network>, Id<Subnet>> subnetsOn = HashMultimap.create();
    /** The ports of routers on each network. */
    final SetMultimap<Id<Network>, Id<Port>> routerPortsOn = HashMultimap.create();

    final SetMultimap<Id<Router>, Id<Port>> portsOf = HashMultimap.create();
    final SetMultimap<Id<SecurityGroup>, Id<Port>> portsIn = HashMultimap.create();
    final SetMultimap<Id<SecurityGroup>, Id<SecurityGroupRule>> rulesOf = HashMultimap.create();
    /** The ports that name the host. */
    final Set<Id<Port>> onHost = new HashSet<>();

    private final String host;

    ReachIndex(String host) {
        this.host = host;
    }

    void update(ModelChanges changes, NetworkModel before, NetworkModel after) {
        for (Id<Port> id : changes.ports()) {
            remove(before.ports().get(id));
            add(after.ports().get(id));
        }
        for (Id<Subnet> id : changes.subnets()) {
            Subnet was = before.subnets().get(id);
            Subnet is = after.subnets().get(id);
            if (was != null) {
                subnetsOn.remove(was.networkId(), id);
            }
            if (is != null) {
                subnetsOn.put(is.networkId(), id);
            }
        }
        for (Id<SecurityGroupRule> id : changes.securityGroupRules()) {
            SecurityGroupRule was = before.securityGroupRules().get(id);
            SecurityGroupRule is = after.securityGroupRules().get(id);
            if (was != null) {
                rulesOf.remove(was.securityGroupId(), id);
            }
            if (is != null) {
                rulesOf.put(is.securityGroupId(), id);
            }
        }
    }

    private void add(@Nullable Port port) {
        if (port == null) {
            return;
        }
        portsOn.put(port.networkId(), port.id());
        if (Routing.isOfRouter(port)) {
            routerPortsOn.put(port.networkId(), port.id());
            portsOf.put(Id.of(port.deviceId()), port.id());
        }
        Security.groupsOf(port).forEach(group -> portsIn.put(group, port.id()));
        if (names(port)) {
            onHost.add(port.id());
        }
    }

    private void remove(@Nullable Port port) {
        if (port == null) {
            return;
        }
        portsOn.remove(port.networkId(), port.id());
        if (Routing.isOfRouter(port)) {
            routerPortsOn.remove(port.networkId(), port.id());
            portsOf.remove(Id.<Router>of(port.deviceId()), port.id());
        }
        Security.groupsOf(port).forEach(group -> portsIn.remove(group, port.id()));
        onHost.remove(port.id());
    }

    /** Whether a port says that it is on the host. */
    boolean names(Port port) {
        return port.hostId().map(host::equals).orElse(false);
    }
}
