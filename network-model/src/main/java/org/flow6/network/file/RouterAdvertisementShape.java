package org.flow6.network.file;

import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.flow6.network.IpPrefix;
import org.flow6.network.Port;
import org.flow6.network.Pref64;
import org.flow6.network.RoutePreference;
import org.flow6.network.RouterAdvertisementSettings;
import org.flow6.network.file.Complaint.Place;
import org.jspecify.annotations.Nullable;

/** What a router's port states under {@code flow6}: how the router advertises itself there. */
final class RouterAdvertisementShape extends Shape {
    /** The bounds of MaxRtrAdvInterval, MinRtrAdvInterval and AdvDefaultLifetime (RFC 4861 §6.2.1). */
    private static final int SHORTEST_MAX_INTERVAL = 4;

    private static final int LONGEST_MAX_INTERVAL = 1800;
    private static final int SHORTEST_MIN_INTERVAL = 3;
    private static final int LONGEST_MIN_INTERVAL = LONGEST_MAX_INTERVAL * 3 / 4;
    private static final int LONGEST_ROUTER_LIFETIME = 9000;
    /** From here on the default of MinRtrAdvInterval is a third of MaxRtrAdvInterval, below it is all of it. */
    private static final int THIRD_FROM = 9;

    /** AdvReachableTime (RFC 4861 §6.2.1): an hour. */
    private static final int MAX_REACHABLE_TIME = 3_600_000;

    /** RFC 8910 §2. */
    private static final int MAX_CAPTIVE_PORTAL = 255;

    private static final RouterAdvertisementSettings DEFAULT = RouterAdvertisementSettings.DEFAULT;

    final Attribute<Integer> minInterval = optional(
            "min_interval",
            "Seconds between unsolicited advertisements at least; at most 0.75 times max_interval (RFC 4861 §6.2.1). "
                    + "Default: `30`; where max_interval is given, a third of it, or all of it where it is less than 9.",
            Readers.integer(SHORTEST_MIN_INTERVAL, LONGEST_MIN_INTERVAL));
    final Attribute<Integer> maxInterval = optional(
            "max_interval",
            "Seconds between unsolicited advertisements at most (RFC 4861 §6.2.1).",
            Readers.integer(SHORTEST_MAX_INTERVAL, LONGEST_MAX_INTERVAL),
            DEFAULT.maxInterval());
    final Attribute<Integer> routerLifetime = optional(
            "router_lifetime",
            "Seconds for which hosts may use it as their default router: 0, which is never, or at least max_interval "
                    + "(RFC 4861 §6.2.1). Default: 3 times max_interval.",
            Readers.integer(0, LONGEST_ROUTER_LIFETIME));
    final Attribute<RoutePreference> routerPreference = optional(
            "router_preference",
            "Which of several default routers hosts take (RFC 4191 §2.2).",
            SubnetSettingsShape.PREFERENCE,
            DEFAULT.routerPreference());
    final Attribute<Integer> hopLimit = optional(
            "hop_limit",
            "Hop limit of what hosts send; 0 leaves it to them (RFC 4861 §4.2).",
            Readers.integer(0, 255),
            DEFAULT.hopLimit());
    final Attribute<Integer> reachableTime = optional(
            "reachable_time",
            "Milliseconds for which hosts take a neighbor to be reachable; 0 leaves it to them (RFC 4861 §4.2).",
            Readers.integer(0, MAX_REACHABLE_TIME),
            DEFAULT.reachableTime());
    final Attribute<Long> retransmissionTimer = optional(
            "retransmission_timer",
            "Milliseconds between a host's Neighbor Solicitations; 0 leaves it to them (RFC 4861 §4.2).",
            Readers.number(0, 0xffff_ffffL),
            DEFAULT.retransmissionTimer());
    final Attribute<Boolean> advertiseMtu = optional(
            "advertise_mtu",
            "Whether hosts are told the network's mtu (RFC 4861 §4.6.4).",
            Readers.BOOLEAN,
            DEFAULT.advertiseMtu());
    private final Pref64Shape pref64Shape = new Pref64Shape();
    final Attribute<List<Values>> pref64 = optional(
            "pref64",
            "By which prefixes a NAT64 makes IPv6 addresses of IPv4 ones (RFC 8781).",
            Readers.list(pref64Shape.reader()),
            List.of());
    final Attribute<URI> captivePortal = optional(
            "captive_portal",
            "What hosts ask about being let out of the network (RFC 8910 §2.3, RFC 8908). Default: none.",
            Readers.uri(MAX_CAPTIVE_PORTAL));

    RouterAdvertisementShape() {
        super("flow6");
    }

    /** How a port's router advertises itself if it is stated, and what is wrong with it. */
    Optional<RouterAdvertisementSettings> of(Item port, Resolving resolving) {
        Values stated = port.find(Kinds.PORTS.flow6);
        String owner = port.find(Kinds.PORTS.deviceOwner);
        if (stated == null || owner == null) {
            return Optional.empty();
        }
        if (!Port.isRouterInterface(owner)) {
            resolving.complainOfAll(this, stated, "is for ports of routers, and device_owner names none");
            return Optional.empty();
        }
        int longest = stated.get(maxInterval);
        return Optional.of(new RouterAdvertisementSettings(
                minInterval(stated, longest, resolving),
                longest,
                routerLifetime(stated, longest, resolving),
                stated.get(routerPreference),
                stated.get(hopLimit),
                stated.get(reachableTime),
                stated.get(retransmissionTimer),
                stated.get(advertiseMtu),
                pref64(stated, longest, resolving),
                Optional.ofNullable(stated.find(captivePortal))));
    }

    private int minInterval(Values stated, int longest, Resolving resolving) {
        Integer shortest = stated.find(minInterval);
        if (shortest == null) {
            if (!stated.states(maxInterval)) {
                return DEFAULT.minInterval();
            }
            return longest < THIRD_FROM ? longest : longest / 3;
        }
        if (shortest * 4 > longest * 3) {
            resolving.complain(
                    stated.place(Kind.FLOW6, minInterval),
                    shortest + " is more than 0.75 times max_interval, " + longest + " (RFC 4861 §6.2.1)");
        }
        return shortest;
    }

    private int routerLifetime(Values stated, int longest, Resolving resolving) {
        Integer lifetime = stated.find(routerLifetime);
        if (lifetime == null) {
            return 3 * longest;
        }
        if (lifetime != 0 && lifetime < longest) {
            resolving.complain(
                    stated.place(Kind.FLOW6, routerLifetime),
                    lifetime + " is less than max_interval, " + longest + ", and not 0 (RFC 4861 §6.2.1)");
        }
        return lifetime;
    }

    private List<Pref64> pref64(Values stated, int longest, Resolving resolving) {
        List<Pref64> prefixes = new ArrayList<>();
        for (Values values : stated.get(pref64)) {
            IpPrefix prefix = values.get(pref64Shape.prefix);
            Integer lifetime = values.find(pref64Shape.lifetime);
            if (prefixes.stream().anyMatch(other -> other.prefix().equals(prefix))) {
                resolving.complain(
                        new Place(values.line(), Kind.FLOW6 + ".pref64[" + prefixes.size() + "]"),
                        prefix + " is there twice");
            }
            // RFC 8781 §4.1 has this default.
            prefixes.add(new Pref64(prefix, lifetime == null ? Math.min(Pref64.MAX_LIFETIME, 3 * longest) : lifetime));
        }
        return prefixes;
    }

    private static final class Pref64Shape extends Shape {
        final Attribute<IpPrefix> prefix = required(
                "prefix",
                "Of 96, 64, 56, 48, 40 or 32 bits, with bits 64 to 71 zero (RFC 6052 §2.2).",
                Readers.form("an IPv6 prefix", Pref64Shape::readPrefix));
        final Attribute<Integer> lifetime = optional(
                "lifetime",
                "Seconds for which hosts may use it; rounded up to a multiple of 8 (RFC 8781 §4.1). Default: 3 times "
                        + "max_interval.",
                Readers.integer(0, Pref64.MAX_LIFETIME));

        Pref64Shape() {
            super("a PREF64");
        }

        private static @Nullable IpPrefix readPrefix(Field field) {
            IpPrefix prefix = Readers.IPV6_PREFIX.read(field);
            if (prefix == null) {
                return null;
            }
            if (!Pref64.LENGTHS.contains(prefix.length())) {
                return field.complain(prefix + " is not of 96, 64, 56, 48, 40 or 32 bits (RFC 6052 §2.2)");
            }
            // The ninth octet of an address that a NAT64 makes is zero.
            return prefix.address().getBytes()[8] == 0
                    ? prefix
                    : field.complain("bits 64 to 71 of " + prefix + " are not zero (RFC 6052 §2.2)");
        }
    }
}
