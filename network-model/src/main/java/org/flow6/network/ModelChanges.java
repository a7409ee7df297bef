package org.flow6.network;

import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Which resources of a model were added, removed or changed, and maybe some that were not. */
record ModelChanges(
        Set<Id<Network>> networks,
        Set<Id<Port>> ports,
        Set<Id<Subnet>> subnets,
        Set<Id<Router>> routers,
        Set<Id<SecurityGroup>> securityGroups,
        Set<Id<SecurityGroupRule>> securityGroupRules,
        Set<Id<AddressGroup>> addressGroups,
        Set<Id<Host>> hosts,
        Set<Id<DistantPort>> distantPorts) {

    /** None yet, to add to. */
    ModelChanges() {
        this(
                new HashSet<>(),
                new HashSet<>(),
                new HashSet<>(),
                new HashSet<>(),
                new HashSet<>(),
                new HashSet<>(),
                new HashSet<>(),
                new HashSet<>(),
                new HashSet<>());
    }

    void add(Resource resource) {
        if (resource instanceof Network network) {
            networks.add(network.id());
        } else if (resource instanceof Port port) {
            ports.add(port.id());
        } else if (resource instanceof Subnet subnet) {
            subnets.add(subnet.id());
        } else if (resource instanceof Router router) {
            routers.add(router.id());
        } else if (resource instanceof SecurityGroup group) {
            securityGroups.add(group.id());
        } else if (resource instanceof SecurityGroupRule rule) {
            securityGroupRules.add(rule.id());
        } else if (resource instanceof AddressGroup group) {
            addressGroups.add(group.id());
        } else if (resource instanceof Host host) {
            hosts.add(host.id());
        } else if (resource instanceof DistantPort port) {
            distantPorts.add(port.id());
        }
    }

    void addAll(ModelChanges others) {
        networks.addAll(others.networks);
        ports.addAll(others.ports);
        subnets.addAll(others.subnets);
        routers.addAll(others.routers);
        securityGroups.addAll(others.securityGroups);
        securityGroupRules.addAll(others.securityGroupRules);
        addressGroups.addAll(others.addressGroups);
        hosts.addAll(others.hosts);
        distantPorts.addAll(others.distantPorts);
    }

    int size() {
        return List.of(
                        networks,
                        ports,
                        subnets,
                        routers,
                        securityGroups,
                        securityGroupRules,
                        addressGroups,
                        hosts,
                        distantPorts)
                .stream()
                .mapToInt(Set::size)
                .sum();
    }
}
