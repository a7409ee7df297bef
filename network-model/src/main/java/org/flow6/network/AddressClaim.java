package org.flow6.network;

import java.time.DateTimeException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.projectfloodlight.openflow.types.IPv6Address;

/**
 * That a port said, by asking whether anybody has it (RFC 4862 §5.4), that it is going to use an address which nobody
 * gave it. Whether a claim holds is for {@link PortView#claimed} to tell.
 *
 * @param address unicast
 * @param since when the port first said so: of two ports the earlier one is right
 */
public record AddressClaim(Id<Network> network, IPv6Address address, Id<Port> port, Instant since) {
    /** The kind of the facts that claims are kept as. */
    public static final String KIND = "claimed-address";

    /** @throws IllegalArgumentException if the address is none that a host may have */
    public AddressClaim {
        if (address.isUnspecified() || address.isMulticast() || address.isLoopback()) {
            throw new IllegalArgumentException("claim to " + address);
        }
    }

    /** The key of the fact that this is kept as: one for each port and address. */
    public Fact.Key key() {
        return new Fact.Key(KIND, network, address + " " + port);
    }

    /** The fact that this is kept as, which never ends by itself. */
    public Fact fact() {
        return new Fact(key(), since.toString(), Optional.empty());
    }

    /** The claims among all facts, in no order. */
    public static List<AddressClaim> among(Facts facts) {
        return facts.all().flatMap(fact -> of(fact).stream()).toList();
    }

    /** The claim that a fact is; empty for one of another kind, and for one that nobody wrote like this. */
    public static Optional<AddressClaim> of(Fact fact) {
        String name = fact.key().name();
        int space = name.indexOf(' ');
        if (!fact.key().kind().equals(KIND) || space < 0) {
            return Optional.empty();
        }
        try {
            AddressClaim claim = new AddressClaim(
                    fact.key().network(),
                    IPv6Address.of(name.substring(0, space)),
                    Id.of(name.substring(space + 1)),
                    Instant.parse(fact.value()));
            return Optional.of(claim).filter(read -> read.fact().equals(fact));
        } catch (IllegalArgumentException | DateTimeException e) {
            return Optional.empty();
        }
    }
}
