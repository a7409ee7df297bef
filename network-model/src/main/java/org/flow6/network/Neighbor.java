package org.flow6.network;

import java.util.List;
import java.util.Optional;
import org.projectfloodlight.openflow.types.IPAddress;
import org.projectfloodlight.openflow.types.IPv4Address;
import org.projectfloodlight.openflow.types.IPv6Address;
import org.projectfloodlight.openflow.types.MacAddress;

/**
 * What somebody that the network file does not name said of itself when a router asked: that it has an address, and the
 * MAC address that goes with it (RFC 4861 §7.2, RFC 826).
 *
 * @param address unicast
 * @param port by which it was heard
 * @param mac unicast
 */
public record Neighbor(Id<Network> network, IPAddress<?> address, Id<Port> port, MacAddress mac) {
    /** The kind of the facts that neighbors are kept as. */
    public static final String KIND = "neighbor";

    /** @throws IllegalArgumentException if no host may have such addresses */
    public Neighbor {
        if (address.isUnspecified() || address.isMulticast() || address.isLoopback() || address.isBroadcast()) {
            throw new IllegalArgumentException("neighbor " + address);
        }
        if (mac.isMulticast() || mac.equals(MacAddress.NONE)) {
            throw new IllegalArgumentException("neighbor at " + mac);
        }
    }

    /** Where it is: there is one neighbor of an address on a network. */
    public NetworkAddress networkAddress() {
        return new NetworkAddress(network, address);
    }

    /** The key of the fact that the neighbor of an address is kept as. */
    public static Fact.Key key(NetworkAddress address) {
        return new Fact.Key(KIND, address.network(), address.address().toString());
    }

    /** The fact that this is kept as, which never ends by itself. */
    public Fact fact() {
        return new Fact(key(networkAddress()), mac + " " + port, Optional.empty());
    }

    /** The neighbors among all facts, in no order. */
    public static List<Neighbor> among(Facts facts) {
        return facts.all().flatMap(fact -> of(fact).stream()).toList();
    }

    /** The neighbor that a fact is; empty for one of another kind, and for one that nobody wrote like this. */
    public static Optional<Neighbor> of(Fact fact) {
        int space = fact.value().indexOf(' ');
        if (!fact.key().kind().equals(KIND) || space < 0) {
            return Optional.empty();
        }
        try {
            String name = fact.key().name();
            Neighbor neighbor = new Neighbor(
                    fact.key().network(),
                    name.indexOf(':') < 0 ? IPv4Address.of(name) : IPv6Address.of(name),
                    Id.of(fact.value().substring(space + 1)),
                    MacAddress.of(fact.value().substring(0, space)));
            return Optional.of(neighbor).filter(read -> read.fact().equals(fact));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
