package org.flow6.network;

import java.util.Collection;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.pcollections.HashTreePMap;
import org.pcollections.PMap;

/**
 * All resources of a network. What a northbound states is checked, with Neutron's defaults filled in: references
 * resolve, MAC and IP addresses are unique within their network.
 */
public final class NetworkModel {
    public static final NetworkModel EMPTY = of(List.of());

    private final PMap<Id<Network>, Network> networks;
    private final PMap<Id<Subnet>, Subnet> subnets;
    private final PMap<Id<Port>, Port> ports;
    private final PMap<Id<Router>, Router> routers;
    private final PMap<Id<SecurityGroup>, SecurityGroup> securityGroups;
    private final PMap<Id<SecurityGroupRule>, SecurityGroupRule> securityGroupRules;
    private final PMap<Id<AddressGroup>, AddressGroup> addressGroups;
    private final PMap<Id<FloatingIp>, FloatingIp> floatingIps;
    private final PMap<Id<Host>, Host> hosts;
    private final PMap<Id<DistantPort>, DistantPort> distantPorts;
    private final Lineage lineage;
    /** The last answer to {@link #since}, which is asked for more than once. */
    private volatile @Nullable Since known;

    private record Since(Lineage earlier, ModelChanges changes) {}

    private NetworkModel(
            PMap<Id<Network>, Network> networks,
            PMap<Id<Subnet>, Subnet> subnets,
            PMap<Id<Port>, Port> ports,
            PMap<Id<Router>, Router> routers,
            PMap<Id<SecurityGroup>, SecurityGroup> securityGroups,
            PMap<Id<SecurityGroupRule>, SecurityGroupRule> securityGroupRules,
            PMap<Id<AddressGroup>, AddressGroup> addressGroups,
            PMap<Id<FloatingIp>, FloatingIp> floatingIps,
            PMap<Id<Host>, Host> hosts,
            PMap<Id<DistantPort>, DistantPort> distantPorts,
            Lineage lineage) {
        this.networks = networks;
        this.subnets = subnets;
        this.ports = ports;
        this.routers = routers;
        this.securityGroups = securityGroups;
        this.securityGroupRules = securityGroupRules;
        this.addressGroups = addressGroups;
        this.floatingIps = floatingIps;
        this.hosts = hosts;
        this.distantPorts = distantPorts;
        this.lineage = lineage;
    }

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
                mapOf(resources, FloatingIp.class, FloatingIp::id),
                mapOf(resources, Host.class, Host::id),
                mapOf(resources, DistantPort.class, DistantPort::id),
                Lineage.unknown());
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
                edited(floatingIps, FloatingIp.class, FloatingIp::id, gone, put),
                edited(hosts, Host.class, Host::id, gone, put),
                edited(distantPorts, DistantPort.class, DistantPort::id, gone, put),
                lineage.followedBy(changes(gone, put)));
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
                T old = after.get(id.apply(typed));
                after = old != null && typed.equals(old) ? after : after.plus(id.apply(typed), typed);
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

    public PMap<Id<Network>, Network> networks() {
        return networks;
    }

    public PMap<Id<Subnet>, Subnet> subnets() {
        return subnets;
    }

    public PMap<Id<Port>, Port> ports() {
        return ports;
    }

    public PMap<Id<Router>, Router> routers() {
        return routers;
    }

    public PMap<Id<SecurityGroup>, SecurityGroup> securityGroups() {
        return securityGroups;
    }

    public PMap<Id<SecurityGroupRule>, SecurityGroupRule> securityGroupRules() {
        return securityGroupRules;
    }

    public PMap<Id<AddressGroup>, AddressGroup> addressGroups() {
        return addressGroups;
    }

    public PMap<Id<FloatingIp>, FloatingIp> floatingIps() {
        return floatingIps;
    }

    /** The hosts that reach each other by tunnels; empty: this one is alone. */
    public PMap<Id<Host>, Host> hosts() {
        return hosts;
    }

    /** Ports that are beyond {@link Reach}; none in all of a network. */
    PMap<Id<DistantPort>, DistantPort> distantPorts() {
        return distantPorts;
    }

    /** What differs from an earlier model: known at once where this one was made from it by a few edits. */
    ModelChanges since(NetworkModel earlier) {
        Since last = known;
        if (last == null || !last.earlier().equals(earlier.lineage)) {
            last = new Since(earlier.lineage, changesSince(earlier));
            known = last;
        }
        return last.changes();
    }

    /** The ports that were added, removed or changed since an earlier model, and maybe some that were not. */
    public Set<Id<Port>> portsSince(NetworkModel earlier) {
        return Collections.unmodifiableSet(since(earlier).ports());
    }

    private ModelChanges changesSince(NetworkModel earlier) {
        return lineage.since(earlier.lineage)
                .orElseGet(() -> new ModelChanges(
                        differing(earlier.networks, networks),
                        differing(earlier.ports, ports),
                        differing(earlier.subnets, subnets),
                        differing(earlier.routers, routers),
                        differing(earlier.securityGroups, securityGroups),
                        differing(earlier.securityGroupRules, securityGroupRules),
                        differing(earlier.addressGroups, addressGroups),
                        differing(earlier.hosts, hosts),
                        differing(earlier.distantPorts, distantPorts)));
    }

    private static <T extends Resource> Set<Id<T>> differing(Map<Id<T>, T> before, Map<Id<T>, T> after) {
        Set<Id<T>> differing = new HashSet<>();
        before.forEach((id, resource) -> {
            T other = after.get(id);
            if (other == null || !resource.equals(other)) {
                differing.add(id);
            }
        });
        after.keySet().forEach(id -> {
            if (!before.containsKey(id)) {
                differing.add(id);
            }
        });
        return differing;
    }

    private static ModelChanges changes(Collection<? extends Resource> gone, Collection<? extends Resource> put) {
        ModelChanges changes = new ModelChanges();
        gone.forEach(changes::add);
        put.forEach(changes::add);
        return changes;
    }

    /** Every resource, those that others refer to first. */
    public Stream<Resource> resources() {
        return Stream.of(
                        hosts,
                        networks,
                        subnets,
                        securityGroups,
                        addressGroups,
                        securityGroupRules,
                        routers,
                        ports,
                        distantPorts,
                        floatingIps)
                .flatMap(map -> map.values().stream());
    }

    NetworkModel with(Port port) {
        return edited(List.of(), List.of(port));
    }

    NetworkModel without(Port port) {
        return edited(List.of(port), List.of());
    }

    /** Whether the other has equal resources, however it came to be. */
    @Override
    public boolean equals(@Nullable Object other) {
        return other == this || (other instanceof NetworkModel that && maps().equals(that.maps()));
    }

    @Override
    public int hashCode() {
        return maps().hashCode();
    }

    @Override
    public String toString() {
        return "NetworkModel" + maps();
    }

    private List<PMap<?, ? extends Resource>> maps() {
        return List.of(
                networks,
                subnets,
                ports,
                routers,
                securityGroups,
                securityGroupRules,
                addressGroups,
                floatingIps,
                hosts,
                distantPorts);
    }
}
