package org.flow6.northbound.api;

import java.util.List;

/** All types of resource that the API has. */
final class Resources {
    private Resources() {}

    static List<Resource> all() {
        return List.of(
                new Networks(),
                new Subnets(),
                new SubnetPools(),
                new Ports(),
                new Routers(),
                new SecurityGroups(),
                new SecurityGroupRules(),
                new DefaultRules(),
                new AddressGroups(),
                new FloatingIps());
    }
}
