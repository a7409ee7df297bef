package org.flow6.network;

import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * What is known of a receiver as a whole. One of which nothing is known gets every packet to a group: it may listen and
 * have had no occasion to say so.
 */
public record MulticastRole(Id<Network> network, Receiver at, Kind kind) {
    /** The kind of the facts that roles are kept as. */
    public static final String KIND = "multicast-role";

    /** What it is. */
    public enum Kind {
        /** It was asked what it listens to, and gets that and no more. */
        LISTENER,
        /** There are multicast routers, which get everything (RFC 4541 §2.1.2). */
        ROUTER
    }

    /** The key of the fact that a role is kept as. */
    public static Fact.Key key(Id<Network> network, Receiver at) {
        return new Fact.Key(KIND, network, at.toString());
    }

    /** The fact that this is kept as, which never ends by itself. */
    public Fact fact() {
        return new Fact(key(network, at), kind.name().toLowerCase(Locale.ROOT), Optional.empty());
    }

    /** The roles among all facts, in no order. */
    public static List<MulticastRole> among(Facts facts) {
        return facts.of(KIND).flatMap(fact -> of(fact).stream()).toList();
    }

    /** The role that a fact is; empty for one of another kind, and for one that nobody wrote like this. */
    public static Optional<MulticastRole> of(Fact fact) {
        if (!fact.key().kind().equals(KIND)) {
            return Optional.empty();
        }
        for (Kind kind : Kind.values()) {
            if (kind.name().toLowerCase(Locale.ROOT).equals(fact.value())) {
                return Receiver.parse(fact.key().name())
                        .map(at -> new MulticastRole(fact.key().network(), at, kind));
            }
        }
        return Optional.empty();
    }
}
