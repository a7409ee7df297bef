package org.flow6.network.file;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.flow6.network.AddressGroup;
import org.flow6.network.FloatingIp;
import org.flow6.network.Host;
import org.flow6.network.Network;
import org.flow6.network.Port;
import org.flow6.network.Resource;
import org.flow6.network.Router;
import org.flow6.network.SecurityGroup;
import org.flow6.network.SecurityGroupRule;
import org.flow6.network.Subnet;

/** The types of resource that a network file may list. */
final class Kinds {
    private Kinds() {}

    static final NetworkKind NETWORKS = new NetworkKind();
    static final SubnetKind SUBNETS = new SubnetKind();
    static final PortKind PORTS = new PortKind();
    static final RouterKind ROUTERS = new RouterKind();
    static final SecurityGroupKind SECURITY_GROUPS = new SecurityGroupKind();
    static final SecurityGroupRuleKind SECURITY_GROUP_RULES = new SecurityGroupRuleKind();
    static final AddressGroupKind ADDRESS_GROUPS = new AddressGroupKind();
    static final FloatingIpKind FLOATING_IPS = new FloatingIpKind();

    static final HostKind HOSTS = new HostKind();

    static final List<Kind> ALL = List.of(
            NETWORKS,
            SUBNETS,
            PORTS,
            ROUTERS,
            SECURITY_GROUPS,
            SECURITY_GROUP_RULES,
            ADDRESS_GROUPS,
            FLOATING_IPS,
            HOSTS);

    /** Lists of what the API alone keeps: nobody else reads them. */
    static final Set<String> OF_THE_API = Set.of("subnetpools", "default_security_group_rules", "quotas");

    /** By the name of the list. */
    static final Map<String, Kind> BY_LIST = byList();

    private static final Map<Class<?>, Kind> BY_RESOURCE = Map.of(
            Network.class, NETWORKS,
            Subnet.class, SUBNETS,
            Port.class, PORTS,
            Router.class, ROUTERS,
            SecurityGroup.class, SECURITY_GROUPS,
            SecurityGroupRule.class, SECURITY_GROUP_RULES,
            AddressGroup.class, ADDRESS_GROUPS,
            FloatingIp.class, FLOATING_IPS,
            Host.class, HOSTS);

    private static Map<String, Kind> byList() {
        Map<String, Kind> byList = new LinkedHashMap<>();
        ALL.forEach(kind -> byList.put(kind.list(), kind));
        return byList;
    }

    static Kind of(Resource resource) {
        return Objects.requireNonNull(BY_RESOURCE.get(resource.getClass()));
    }

    /** What a resource is found by. */
    static Key keyOf(Resource resource) {
        return Key.named(of(resource), resource.id().value());
    }
}
