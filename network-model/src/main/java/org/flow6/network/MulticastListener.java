package org.flow6.network;

import java.util.List;
import java.util.Optional;
import org.projectfloodlight.openflow.types.IPv6Address;

/**
 * That somebody said that he listens to a multicast group (RFC 3810 §5.2).
 *
 * @param group a multicast address
 * @param at where he is
 * @param filter whose packets are wanted; not {@link SourceFilter#NONE}
 */
public record MulticastListener(Id<Network> network, IPv6Address group, Receiver at, SourceFilter filter) {
    /** The kind of the facts that listeners are kept as. */
    public static final String KIND = "multicast-listener";

    public MulticastListener {
        if (!group.isMulticast() || filter.isNone()) {
            throw new IllegalArgumentException("listener to " + group + ", " + filter);
        }
    }

    /** The group on its network. */
    public NetworkAddress networkGroup() {
        return new NetworkAddress(network, group);
    }

    /** The key of the fact that a listener is kept as: one for each group and place. */
    public static Fact.Key key(NetworkAddress group, Receiver at) {
        return new Fact.Key(KIND, group.network(), group.address() + " " + at);
    }

    /** The fact that this is kept as, which never ends by itself. */
    public Fact fact() {
        return new Fact(key(networkGroup(), at), filter.toString(), Optional.empty());
    }

    /** The listeners among all facts, in no order. */
    public static List<MulticastListener> among(Facts facts) {
        return facts.of(KIND).flatMap(fact -> of(fact).stream()).toList();
    }

    /** The listener that a fact is; empty for one of another kind, and for one that nobody wrote like this. */
    public static Optional<MulticastListener> of(Fact fact) {
        String name = fact.key().name();
        int space = name.indexOf(' ');
        if (!fact.key().kind().equals(KIND) || space < 0) {
            return Optional.empty();
        }
        Optional<Receiver> at = Receiver.parse(name.substring(space + 1));
        Optional<SourceFilter> filter = SourceFilter.parse(fact.value());
        try {
            IPv6Address group = IPv6Address.of(name.substring(0, space));
            return at.isEmpty() || filter.isEmpty()
                    ? Optional.empty()
                    : Optional.of(new MulticastListener(fact.key().network(), group, at.get(), filter.get()))
                            .filter(read -> read.fact().equals(fact));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
