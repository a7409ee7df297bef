package org.flow6.apps.dhcpv6;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import org.flow6.flow.Moment;
import org.flow6.network.Dhcpv6Settings;
import org.flow6.network.Fact;
import org.flow6.network.Id;
import org.flow6.network.Lifetimes;
import org.flow6.network.Network;
import org.flow6.network.Port;
import org.flow6.network.Subnet;
import org.projectfloodlight.openflow.types.IPv6Address;

/**
 * Who asks: a port, whatever DUID it says it has. What boots from the network and what it boots have different ones, and
 * the port's addresses are for both.
 */
record Client(Link link, Port port, Moment moment) {

    /** An address of the port that the server assigns. */
    record OwnAddress(IPv6Address address, Lifetimes lifetimes) {}

    Id<Network> network() {
        return link.network().id();
    }

    /** What the port may be assigned: its fixed IPs on stateful subnets, but for those that were declined. */
    List<OwnAddress> addresses() {
        List<Subnet> stateful = link.stateful();
        List<OwnAddress> addresses = new ArrayList<>();
        for (Port.FixedIp fixed : port.fixedIps()) {
            for (Subnet subnet : stateful) {
                if (subnet.id().equals(fixed.subnetId()) && fixed.ipAddress() instanceof IPv6Address address) {
                    addresses.add(new OwnAddress(address, subnet.settings().lifetimes()));
                }
            }
        }
        addresses.removeIf(own -> isDeclined(own.address()));
        return addresses;
    }

    boolean owns(IPv6Address address) {
        return addresses().stream().anyMatch(own -> own.address().equals(address));
    }

    private boolean isDeclined(IPv6Address address) {
        return fact(Remembered.declined(network(), address)).isPresent();
    }

    Optional<Fact> fact(Fact.Key key) {
        return moment.facts().get(key, moment.now());
    }

    /** The subnets whose settings are for this client: those it has addresses on, else all that are served. */
    List<Subnet> subnets() {
        List<Subnet> own = new ArrayList<>();
        for (Port.FixedIp fixed : port.fixedIps()) {
            for (Subnet subnet : link.served()) {
                if (subnet.id().equals(fixed.subnetId()) && !own.contains(subnet)) {
                    own.add(subnet);
                }
            }
        }
        return own.isEmpty() ? link.served() : own;
    }

    /** A setting of each of these subnets. */
    <T> Stream<T> settings(Function<Dhcpv6Settings, T> setting) {
        return subnets().stream().map(subnet -> setting.apply(subnet.settings().dhcpv6()));
    }
}
