package org.flow6.network.file;

import java.util.Optional;
import org.flow6.network.Id;
import org.flow6.network.Network;
import org.flow6.network.SecurityGroupRule;
import org.projectfloodlight.openflow.types.IPAddress;
import org.projectfloodlight.openflow.types.MacAddress;

/** What items are found by, depend on, or want for themselves alone. */
sealed interface Key {

    /** Tells somebody who claims this that another has it. */
    default String takenBy(String other) {
        throw new IllegalStateException(this + " is nobody's alone");
    }

    /** A resource of a kind. */
    record Named(Kind kind, String id) implements Key {
        @Override
        public String takenBy(String other) {
            return id + " is also the id of " + other;
        }
    }

    /** The subnets of a network. */
    record SubnetsOf(Id<Network> network) implements Key {}

    /** The default security group of a project. */
    record DefaultGroupOf(String project) implements Key {
        @Override
        public String takenBy(String other) {
            return "project '" + project + "' has a default group already: " + other;
        }
    }

    /** What a rule allows, without its id and description: as Neutron, a group has it once. */
    record SameRule(SecurityGroupRule rule) implements Key {
        static SameRule as(SecurityGroupRule rule) {
            return new SameRule(new SecurityGroupRule(
                    Id.of("any"),
                    rule.securityGroupId(),
                    rule.direction(),
                    rule.etherType(),
                    rule.protocol(),
                    rule.portRangeMin(),
                    rule.portRangeMax(),
                    rule.remote(),
                    Optional.empty()));
        }

        @Override
        public String takenBy(String other) {
            return "security group " + rule.securityGroupId() + " has the same rule already, from " + other;
        }
    }

    /** A MAC address on a network. */
    record MacOn(Id<Network> network, MacAddress mac) implements Key {
        @Override
        public String takenBy(String other) {
            return mac + " is also the MAC address of " + other;
        }
    }

    /** An IP address that is fixed on a network. */
    record AddressOn(Id<Network> network, IPAddress<?> address) implements Key {
        @Override
        public String takenBy(String other) {
            return address + " is also an address of " + other;
        }
    }

    /** A floating IP address of an external network. */
    record FloatingOn(Id<Network> network, IPAddress<?> address) implements Key {
        @Override
        public String takenBy(String other) {
            return address + " is also " + other;
        }
    }

    /** An OpenFlow port's name, on whatever host. */
    record InterfaceNamed(String name) implements Key {}
}
