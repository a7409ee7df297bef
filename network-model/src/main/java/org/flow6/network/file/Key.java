package org.flow6.network.file;

import org.flow6.network.Id;
import org.flow6.network.Network;
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
