package org.flow6.network;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.Objects;
import java.util.Set;
import org.flow6.network.SecurityGroupRule.Remote;

/**
 * How far a host's own ports reach.
 *
 * @param networks those that their packets may be on
 * @param outlines other networks, which their routers lead to by gateways on other hosts: of these only their routers' own
 *     ports and the subnets matter here
 * @param routers all that are on these networks
 * @param groups the security groups of the host's own ports
 * @param remotes the groups that these have rules about
 * @param addressGroups those that these have rules about
 */
record Extent(
        Set<Id<Network>> networks,
        Set<Id<Network>> outlines,
        Set<Id<Router>> routers,
        Set<Id<SecurityGroup>> groups,
        Set<Id<SecurityGroup>> remotes,
        Set<Id<AddressGroup>> addressGroups) {
    static final Extent NONE = new Extent(Set.of(), Set.of(), Set.of(), Set.of(), Set.of(), Set.of());

    /**
     * Goes from the host's own ports, and from the routers whose gateways may be on it, by all routers to where packets
     * may get.
     *
     * @param own ports, there or not
     */
    static Extent of(NetworkModel whole, ReachIndex index, Set<Id<Port>> own, Id<Host> host) {
        Walk walk = new Walk(whole, index, host);
        own.forEach(walk::start);
        index.onHost.forEach(walk::start);
        for (Router router : whole.routers().values()) {
            if (router.gatewayHosts().contains(host)) {
                walk.enter(router);
            }
        }
        walk.go();
        return walk.extent;
    }

    boolean has(Network network) {
        return networks.contains(network.id()) || outlines.contains(network.id());
    }

    boolean has(Subnet subnet) {
        return networks.contains(subnet.networkId()) || outlines.contains(subnet.networkId());
    }

    boolean has(Port port) {
        return networks.contains(port.networkId())
                || (outlines.contains(port.networkId())
                        && Routing.isOfRouter(port)
                        && routers.contains(Id.<Router>of(port.deviceId())));
    }

    boolean has(SecurityGroupRule rule) {
        return groups.contains(rule.securityGroupId());
    }

    /** Whether addresses of a port matter, wherever it is. */
    boolean asksFor(Port port) {
        return Security.groupsOf(port).stream().anyMatch(remotes::contains);
    }

    private static final class Walk {
        final Extent extent = new Extent(
                new HashSet<>(), new HashSet<>(), new HashSet<>(), new HashSet<>(), new HashSet<>(), new HashSet<>());
        private final NetworkModel whole;
        private final ReachIndex index;
        private final Id<Host> host;
        private final Set<Id<Router>> entered = new HashSet<>();
        private final Deque<Id<Network>> ahead = new ArrayDeque<>();

        Walk(NetworkModel whole, ReachIndex index, Id<Host> host) {
            this.whole = whole;
            this.index = index;
            this.host = host;
        }

        void start(Id<Port> own) {
            Port port = whole.ports().get(own);
            if (port == null) {
                return;
            }
            enter(port.networkId());
            for (Id<SecurityGroup> group : Security.groupsOf(port)) {
                if (extent.groups.add(group)) {
                    index.rulesOf
                            .get(group)
                            .forEach(id -> use(Objects.requireNonNull(
                                    whole.securityGroupRules().get(id))));
                }
            }
        }

        private void use(SecurityGroupRule rule) {
            if (rule.remote() instanceof Remote.Group group) {
                extent.remotes.add(group.id());
            } else if (rule.remote() instanceof Remote.Addresses addresses) {
                extent.addressGroups.add(addresses.id());
            }
        }

        void go() {
            while (!ahead.isEmpty()) {
                for (Id<Port> id : index.routerPortsOn.get(ahead.remove())) {
                    Port port = Objects.requireNonNull(whole.ports().get(id));
                    Router router = whole.routers().get(Id.<Router>of(port.deviceId()));
                    if (router != null) {
                        extent.routers.add(router.id());
                        if (isPassable(port, router)) {
                            enter(router);
                        }
                    }
                }
            }
            extent.outlines.removeAll(extent.networks);
        }

        private void enter(Id<Network> network) {
            if (extent.networks.add(network)) {
                ahead.add(network);
            }
        }

        void enter(Router router) {
            if (!entered.add(router.id())) {
                return;
            }
            extent.routers.add(router.id());
            for (Id<Port> id : index.portsOf.get(router.id())) {
                Port port = Objects.requireNonNull(whole.ports().get(id));
                if (isPassable(port, router)) {
                    enter(port.networkId());
                } else {
                    extent.outlines.add(port.networkId());
                }
            }
        }

        /** Whether packets by a router's port may leave and come on this host: by a gateway that is always elsewhere none do. */
        private boolean isPassable(Port port, Router router) {
            return !RouterInterface.isGateway(port.deviceOwner())
                    || router.gatewayHosts().isEmpty()
                    || router.gatewayHosts().contains(host)
                    || !whole.hosts().keySet().containsAll(router.gatewayHosts());
        }
    }
}
