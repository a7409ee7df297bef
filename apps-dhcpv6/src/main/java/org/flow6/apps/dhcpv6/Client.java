package org.flow6.apps.dhcpv6;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.flow6.apps.dhcpv6.Profile.OwnAddress;
import org.flow6.flow.Moment;
import org.flow6.network.Fact;
import org.flow6.network.Id;
import org.flow6.network.Network;
import org.flow6.network.Port;
import org.projectfloodlight.openflow.types.IPv6Address;

/**
 * Who asks: a port, whatever DUID it says it has. What boots from the network and what it boots have different ones, and
 * the port's addresses are for both.
 */
record Client(Link link, Port port, Profile profile, Moment moment) {

    Id<Network> network() {
        return link.network().id();
    }

    /** What the port may be assigned: its addresses but for those that were declined. */
    List<OwnAddress> addresses() {
        List<OwnAddress> addresses = new ArrayList<>();
        for (OwnAddress own : profile.addresses()) {
            if (fact(own.declined()).isEmpty()) {
                addresses.add(own);
            }
        }
        return addresses;
    }

    boolean owns(IPv6Address address) {
        for (OwnAddress own : profile.addresses()) {
            if (own.address().equals(address) && fact(own.declined()).isEmpty()) {
                return true;
            }
        }
        return false;
    }

    Optional<Fact> fact(Fact.Key key) {
        return moment.facts().get(key, moment.now());
    }
}
