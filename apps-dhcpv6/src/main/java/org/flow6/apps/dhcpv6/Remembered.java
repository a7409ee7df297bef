package org.flow6.apps.dhcpv6;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.flow6.network.Fact;
import org.flow6.network.Id;
import org.flow6.network.IpPrefix;
import org.flow6.network.Lifetimes;
import org.flow6.network.Network;
import org.flow6.network.Port;
import org.flow6.packets.dhcpv6.Duid;
import org.projectfloodlight.openflow.types.IPv6Address;

/** The facts that the server keeps. Assigned addresses are none of them: which port has which is in the network file. */
final class Remembered {
    static final String PREFIX = "dhcpv6-prefix";
    static final String DECLINED = "dhcpv6-declined";

    private static final String SHARED = "dhcpv6-address";

    /** How long a declined address is left alone. */
    private static final Duration DECLINED_FOR = Duration.ofHours(24);

    /** What a lease holds longer than its client knows, for clocks and packets that are late. */
    private static final Duration GRACE = Duration.ofMinutes(1);

    private Remembered() {}

    /**
     * An identity association of a client, as facts name it.
     *
     * @param duid hexadecimal digits
     */
    record Holder(String duid, long iaid) {
        static Holder of(Duid duid, long iaid) {
            return new Holder(duid.toString(), iaid);
        }

        /** Reads what {@link #toString} gives. */
        static Optional<Holder> parse(String text) {
            String[] words = text.split(" ", 2);
            try {
                return words.length == 2
                        ? Optional.of(new Holder(words[0], Long.parseLong(words[1])))
                        : Optional.empty();
            } catch (NumberFormatException e) {
                return Optional.empty();
            }
        }

        @Override
        public String toString() {
            return duid + " " + iaid;
        }
    }

    /** A prefix that a client behind a port has. */
    record Delegation(IpPrefix prefix, Holder holder, Id<Port> port) {
        Fact fact(Id<Network> network, Optional<Instant> until) {
            return new Fact(key(network), holder + " " + port, until);
        }

        Fact.Key key(Id<Network> network) {
            return new Fact.Key(PREFIX, network, prefix.toString());
        }

        /** What a fact says; empty for one that nobody here wrote. */
        static Optional<Delegation> of(Fact fact) {
            String[] words = fact.value().split(" ", 3);
            if (words.length < 3 || words[2].isEmpty()) {
                return Optional.empty();
            }
            try {
                IpPrefix prefix = IpPrefix.parse(fact.key().name());
                return Holder.parse(words[0] + " " + words[1])
                        .map(holder -> new Delegation(prefix, holder, Id.of(words[2])));
            } catch (IllegalArgumentException e) {
                return Optional.empty();
            }
        }
    }

    static Fact.Key declined(Id<Network> network, IPv6Address address) {
        return new Fact.Key(DECLINED, network, address.toString());
    }

    static Fact declined(Id<Network> network, IPv6Address address, Id<Port> port, Instant now) {
        return new Fact(declined(network, address), port.value(), Optional.of(now.plus(DECLINED_FOR)));
    }

    /** The port whose host declined an address. */
    static Optional<Id<Port>> declinedBy(Fact fact) {
        return fact.value().isEmpty() ? Optional.empty() : Optional.of(Id.of(fact.value()));
    }

    /** Which of several identity associations of a client an address is in. */
    static Fact.Key shared(Id<Network> network, IPv6Address address) {
        return new Fact.Key(SHARED, network, address.toString());
    }

    /** When a lease that starts now may be another's. */
    static Optional<Instant> end(Instant now, Lifetimes lifetimes) {
        return lifetimes.valid() == Lifetimes.INFINITE
                ? Optional.empty()
                : Optional.of(now.plusSeconds(lifetimes.valid()).plus(GRACE));
    }
}
