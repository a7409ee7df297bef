package org.flow6.network;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Stream;
import org.pcollections.HashTreePMap;
import org.pcollections.PMap;

/**
 * All resources of a network. What a northbound states is checked, with Neutron's defaults filled in: references
 * resolve, MAC and IP addresses are unique within their network.
 */
public record NetworkModel(
        PMap<Id<Network>, Network> networks,
        PMap<Id<Subnet>, Subnet> subnets,
        PMap<Id<Port>, Port> ports,
        PMap<Id<Router>, Router> routers,
        PMap<Id<SecurityGroup>, SecurityGroup> securityGroups,
        PMap<Id<SecurityGroupRule>, SecurityGroupRule> securityGroupRules,
        PMap<Id<AddressGroup>, AddressGroup> addressGroups,
        PMap<Id<FloatingIp>, FloatingIp> floatingIps) {

    public static final NetworkModel EMPTY = new NetworkModel(
            HashTreePMap.empty(),
            HashTreePMap.empty(),
            HashTreePMap.empty(),
            HashTreePMap.empty(),
            HashTreePMap.empty(),
            HashTreePMap.empty(),
            HashTreePMap.empty(),
            HashTreePMap.empty());

    /** A model of these resources; of two with the same type and id the later one counts. */
    public static NetworkModel of(Collection<? extends Resource> resources) {
        return new NetworkModel(
                mapOf(resources, Network.class, Network::id),
                mapOf(resources, Subnet.class, Subnet::id),
                mapOf(resources, Port.class, Port::id),
                mapOf(resources, Router.class, Router::id),
                mapOf(resources, SecurityGroup.class, SecurityGroup::id),
                mapOf(resources, SecurityGroupRule.class, SecurityGroupRule::id),
                mapOf(resources, AddressGroup.class, AddressGroup::id),
                mapOf(resources, FloatingIp.class, FloatingIp::id));
    }

    /** This model without some resources and with others, which replace those of their type and id. */
    public NetworkModel edited(Collection<? extends Resource> gone, Collection<? extends Resource> put) {
        return new NetworkModel(
                edited(networks, Network.class, Network::id, gone, put),
                edited(subnets, Subnet.class, Subnet::id, gone, put),
                edited(ports, Port.class, Port::id, gone, put),
                edited(routers, Router.class, Router::id, gone, put),
                edited(securityGroups, SecurityGroup.class, SecurityGroup::id, gone, put),
                edited(securityGroupRules, SecurityGroupRule.class, SecurityGroupRule::id, gone, put),
                edited(addressGroups, AddressGroup.class, AddressGroup::id, gone, put),
                edited(floatingIps, FloatingIp.class, FloatingIp::id, gone, put));
    }

    private static <T extends Resource> PMap<Id<T>, T> edited(
            PMap<Id<T>, T> before,
            Class<T> type,
            Function<T, Id<T>> id,
            Collection<? extends Resource> gone,
            Collection<? extends Resource> put) {
        PMap<Id<T>, T> after = before;
        for (Resource resource : gone) {
            if (type.isInstance(resource)) {
                after = after.minus(id.apply(type.cast(resource)));
            }
        }
        for (Resource resource : put) {
            if (type.isInstance(resource)) {
                T typed = type.cast(resource);
                after = typed.equals(after.get(id.apply(typed))) ? after : after.plus(id.apply(typed), typed);
            }
        }
        return after;
    }

    private static <T extends Resource> PMap<Id<T>, T> mapOf(
            Collection<? extends Resource> resources, Class<T> type, Function<T, Id<T>> id) {
        Map<Id<T>, T> map = new LinkedHashMap<>();
        for (Resource resource : resources) {
            if (type.isInstance(resource)) {
                T typed = type.cast(resource);
                map.put(id.apply(typed), typed);
            }
        }
        return HashTreePMap.from(map);
    }

    /** Every resource, those that others refer to first. */
    public Stream<Resource> resources() {
        return Stream.of(
                        networks,
                        subnets,
                        securityGroups,
                        addressGroups,
                        securityGroupRules,
                        routers,
                        ports,
                        floatingIps)
                .flatMap(map -> map.values().stream());
    }

    NetworkModel with(Port port) {
        return withPorts(ports.plus(port.id(), port));
    }

    NetworkModel withoutPort(Id<Port> id) {
        return withPorts(ports.minus(id));
    }

    private NetworkModel withPorts(PMap<Id<Port>, Port> changed) {
        return new NetworkModel(
                networks, subnets, changed, routers, securityGroups, securityGroupRules, addressGroups, floatingIps);
    }
}
