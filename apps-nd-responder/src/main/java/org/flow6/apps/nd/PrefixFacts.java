package org.flow6.apps.nd;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.flow6.flow.Moment;
import org.flow6.network.Fact;
import org.flow6.network.Facts;
import org.flow6.network.Id;
import org.flow6.network.IpPrefix;
import org.flow6.network.Network;
import org.flow6.packets.PrefixInformation;
import org.projectfloodlight.openflow.types.IPv6Address;

/**
 * The prefixes that hosts of a network were told of, remembered so that they learn of it when one is withdrawn, also when
 * that happened while the controller was away (RFC 9096 §3.5). A fact without end is a prefix that is advertised; one with
 * an end is withdrawn, and advertised as invalid until then.
 */
final class PrefixFacts {
    static final String KIND = "ra-prefix";

    /** 30 days (AdvValidLifetime, RFC 4861 §6.2.1): how long one is withdrawn that was valid for ever, or longer. */
    static final long LONGEST = 2_592_000;

    private PrefixFacts() {}

    /** What to remember, now that these advertise themselves on a network. */
    static Facts.Change change(Id<Network> network, List<Advertiser> advertisers, Moment moment) {
        Map<Fact.Key, Fact> advertised = new LinkedHashMap<>();
        for (Advertiser advertiser : advertisers) {
            for (PrefixInformation prefix : advertiser.prefixes()) {
                Fact fact = new Fact(key(network, prefix), value(prefix), Optional.empty());
                advertised.merge(fact.key(), fact, PrefixFacts::longer);
            }
        }
        List<Fact> remembered = new ArrayList<>(advertised.values());
        moment.facts()
                .of(KIND, network, moment.now())
                .filter(fact -> fact.until().isEmpty() && !advertised.containsKey(fact.key()))
                .forEach(fact -> remembered.add(withdraw(fact, moment.now())));
        return new Facts.Change(remembered, List.of());
    }

    /** The prefixes of its network that hosts must forget, for a router to advertise: with no lifetime, flags unchanged. */
    static List<PrefixInformation> withdrawn(Advertiser advertiser, Moment moment) {
        if (!moment.facts().someEnd(KIND, advertiser.network())) {
            return List.of();
        }
        return moment.facts()
                .of(KIND, advertiser.network(), moment.now())
                .filter(fact -> fact.until().isPresent())
                .flatMap(fact -> read(fact).stream())
                .filter(prefix -> advertiser.prefixes().stream()
                        .noneMatch(own -> key(advertiser.network(), own).equals(key(advertiser.network(), prefix))))
                .sorted(Comparator.comparing(prefix -> prefix.prefix().toString()))
                .map(prefix -> PrefixInformation.of(
                        prefix.prefix(), prefix.prefixLength(), prefix.onLink(), prefix.autonomous(), 0, 0))
                .toList();
    }

    /** For at least as long as hosts were told to take it for valid. */
    private static Fact withdraw(Fact fact, Instant now) {
        long valid = read(fact).map(PrefixInformation::validLifetime).orElse(0L);
        return new Fact(fact.key(), fact.value(), Optional.of(now.plusSeconds(Math.min(valid, LONGEST))));
    }

    private static Fact longer(Fact one, Fact other) {
        long first = read(one).map(PrefixInformation::validLifetime).orElse(0L);
        long second = read(other).map(PrefixInformation::validLifetime).orElse(0L);
        return first >= second ? one : other;
    }

    private static Fact.Key key(Id<Network> network, PrefixInformation prefix) {
        return new Fact.Key(KIND, network, new IpPrefix(prefix.prefix(), prefix.prefixLength()).toString());
    }

    private static String value(PrefixInformation prefix) {
        return (prefix.onLink() ? "L" : "-") + (prefix.autonomous() ? "A" : "-") + " " + prefix.validLifetime();
    }

    /** Nothing for what another version wrote in other words. */
    private static Optional<PrefixInformation> read(Fact fact) {
        String value = fact.value();
        if (!value.matches("[L-][A-] [0-9]{1,10}")) {
            return Optional.empty();
        }
        try {
            IpPrefix prefix = IpPrefix.parse(fact.key().name());
            return prefix.address() instanceof IPv6Address address
                    ? Optional.of(PrefixInformation.of(
                            address,
                            prefix.length(),
                            value.charAt(0) == 'L',
                            value.charAt(1) == 'A',
                            Long.parseLong(value.substring(3)),
                            0))
                    : Optional.empty();
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
