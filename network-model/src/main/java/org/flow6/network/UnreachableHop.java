package org.flow6.network;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.projectfloodlight.openflow.types.DatapathId;
import org.projectfloodlight.openflow.types.IPAddress;
import org.projectfloodlight.openflow.types.IPv4Address;
import org.projectfloodlight.openflow.types.IPv6Address;

/**
 * A next hop of which a switch found out that nothing gets through by it: it does not answer (RFC 4861 §7.3), or the link
 * of its port is down. Others of the same destination take its packets.
 */
public record UnreachableHop(NetworkAddress address, DatapathId seenBy) {
    /** The kind of the facts that these are kept as. */
    public static final String KIND = "next-hop-unreachable";

    /** The fact that this is kept as, which never ends by itself. */
    public Fact fact() {
        return new Fact(new Fact.Key(KIND, address.network(), address.address() + " " + seenBy), "", Optional.empty());
    }

    /** Those among all facts, in no order. */
    public static List<UnreachableHop> among(Facts facts) {
        List<UnreachableHop> hops = new ArrayList<>();
        facts.all().forEach(fact -> of(fact).ifPresent(hops::add));
        return hops;
    }

    /** The next hop that a fact is about; empty for one of another kind, and for one that nobody wrote like this. */
    public static Optional<UnreachableHop> of(Fact fact) {
        String name = fact.key().name();
        int space = name.indexOf(' ');
        if (!fact.key().kind().equals(KIND) || space < 0) {
            return Optional.empty();
        }
        try {
            String text = name.substring(0, space);
            IPAddress<?> address = text.indexOf(':') < 0 ? IPv4Address.of(text) : IPv6Address.of(text);
            UnreachableHop hop = new UnreachableHop(
                    new NetworkAddress(fact.key().network(), address), DatapathId.of(name.substring(space + 1)));
            return Optional.of(hop).filter(read -> read.fact().equals(fact));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
