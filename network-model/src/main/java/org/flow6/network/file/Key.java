package org.flow6.network.file;

import java.util.Optional;
import org.flow6.network.Id;
import org.flow6.network.Network;
import org.flow6.network.NetworkKey;
import org.flow6.network.ProviderSegment;
import org.flow6.network.SecurityGroupRule;
import org.jspecify.annotations.Nullable;
import org.projectfloodlight.openflow.types.IPAddress;
import org.projectfloodlight.openflow.types.MacAddress;

/**
 * What items are found by, depend on, or want for themselves alone. Not a record, though it is like one: Java makes code
 * for a record's equals as it runs, and Flow6 would start later.
 */
final class Key {
    /** Every router that answers for what is behind it. */
    static final Key ANY_PROXY = new Key(Use.ANY_PROXY, "", "");

    /** Every host. */
    static final Key ANY_HOST = new Key(Use.ANY_HOST, "", "");

    private final Use use;
    private final Object value;
    private final Object within;

    private Key(Use use, Object value, Object within) {
        this.use = use;
        this.value = value;
        this.within = within;
    }

    private enum Use {
        NAMED("%1$s is also the %3$s of %2$s"),
        SUBNETS_OF(null),
        DEFAULT_GROUP_OF("project '%s' has a default group already: %s"),
        SAME_RULE("security group %s has the same rule already, from %s"),
        MAC_ON("%s is also the MAC address of %s"),
        ADDRESS_ON("%s is also an address of %s"),
        FLOATING_ON("%s is also %s"),
        PORTS_OF_ROUTER(null),
        INTERFACE_NAMED("%1$s is also the %3$s of %2$s"),
        SEGMENT("%s is also that of %s"),
        ANY_PROXY(null),
        ANY_HOST(null),
        TUNNEL_TO("%s is also the tunnel_ip of %s"),
        NETWORK_KEY("has the same key in tunnels (%s) as %s: hosts would take one for the other, so rename one");

        private final @Nullable String takenBy;

        Use(@Nullable String takenBy) {
            this.takenBy = takenBy;
        }
    }

    /** A resource of a kind. */
    static Key named(Kind kind, String id) {
        return new Key(Use.NAMED, id, kind);
    }

    /** The subnets of a network. */
    static Key subnetsOf(Id<Network> network) {
        return new Key(Use.SUBNETS_OF, network, "");
    }

    /** The default security group of a project. */
    static Key defaultGroupOf(String project) {
        return new Key(Use.DEFAULT_GROUP_OF, project, "");
    }

    /** What a rule allows, without its id and description: as Neutron, a group has it once. */
    static Key sameRule(SecurityGroupRule rule) {
        SecurityGroupRule essence = new SecurityGroupRule(
                Id.of("any"),
                rule.securityGroupId(),
                rule.direction(),
                rule.etherType(),
                rule.protocol(),
                rule.portRangeMin(),
                rule.portRangeMax(),
                rule.remote(),
                Optional.empty());
        return new Key(Use.SAME_RULE, rule.securityGroupId(), essence);
    }

    /** A MAC address on a network. */
    static Key macOn(Id<Network> network, MacAddress mac) {
        return new Key(Use.MAC_ON, mac, network);
    }

    /** An IP address that is fixed on a network. */
    static Key addressOn(Id<Network> network, IPAddress<?> address) {
        return new Key(Use.ADDRESS_ON, address, network);
    }

    /** A floating IP address of an external network. */
    static Key floatingOn(Id<Network> network, IPAddress<?> address) {
        return new Key(Use.FLOATING_ON, address, network);
    }

    /** The ports of a router. */
    static Key portsOfRouter(String router) {
        return new Key(Use.PORTS_OF_ROUTER, router, "");
    }

    /** An OpenFlow port's name, on whatever host. */
    static Key interfaceNamed(String name) {
        return new Key(Use.INTERFACE_NAMED, name, "");
    }

    /** A part of a physical network. */
    static Key segment(ProviderSegment segment) {
        return new Key(Use.SEGMENT, segment, "");
    }

    /** A host's end of tunnels. */
    static Key tunnelTo(IPAddress<?> address) {
        return new Key(Use.TUNNEL_TO, address, "");
    }

    /** What stands for a network in tunnels. */
    static Key networkKey(NetworkKey key) {
        return new Key(Use.NETWORK_KEY, key.value(), "");
    }

    /** Tells somebody who claims this that another has it. */
    String takenBy(String other) {
        if (use.takenBy == null) {
            throw new IllegalStateException(this + " is nobody's alone");
        }
        return String.format(use.takenBy, value, other, within instanceof Kind kind ? kind.id.name() : "");
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Key key && key.use == use && key.value.equals(value) && key.within.equals(within);
    }

    @Override
    public int hashCode() {
        return (31 * value.hashCode() + within.hashCode()) * 31 + use.hashCode();
    }

    @Override
    public String toString() {
        return use + " " + value + " " + within;
    }
}
