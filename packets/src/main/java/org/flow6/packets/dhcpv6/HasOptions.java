package org.flow6.packets.dhcpv6;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What options are in: a message, an identity association, an address or prefix of one. */
public sealed interface HasOptions permits Dhcpv6Message, IdentityAssociation, Lease {
    /** In the order of the wire, repeated ones included. */
    List<Dhcpv6Option> options();

    /** The first option of a kind: of one that may be there once only, a receiver takes the first. */
    default <T extends Dhcpv6Option> Optional<T> option(Class<T> kind) {
        for (Dhcpv6Option option : options()) {
            if (kind.isInstance(option)) {
                return Optional.of(kind.cast(option));
            }
        }
        return Optional.empty();
    }

    /** All options of a kind, in the order of the wire. */
    default <T extends Dhcpv6Option> List<T> options(Class<T> kind) {
        List<T> some = new ArrayList<>();
        for (Dhcpv6Option option : options()) {
            if (kind.isInstance(option)) {
                some.add(kind.cast(option));
            }
        }
        return some;
    }

    /** Whether an option of that kind is there. */
    default boolean has(Class<? extends Dhcpv6Option> kind) {
        return option(kind).isPresent();
    }
}
