package org.flow6.network;

import java.net.URI;
import java.util.List;
import java.util.Optional;

/**
 * How a router advertises itself on a port (RFC 4861 §6.2.1).
 *
 * @param minInterval seconds between unsolicited advertisements at least, 3 to 0.75 times {@code maxInterval}, or equal
 *     to that where it is less than 9 and no other is stated
 * @param maxInterval seconds between unsolicited advertisements at most, 4 to 1800
 * @param routerLifetime seconds for which hosts may use it as their default router, 0 (never) or {@code maxInterval} to
 *     9000
 * @param routerPreference RFC 4191 §2.2
 * @param hopLimit of the packets that hosts send, 0 (unspecified) to 255
 * @param reachableTime milliseconds for which hosts take a neighbor to be reachable, 0 (unspecified) to 3600000
 * @param retransmissionTimer milliseconds between a host's Neighbor Solicitations, 0 (unspecified) to 4294967295
 * @param advertiseMtu whether hosts are told the network's MTU
 * @param captivePortal what to ask about being let out, at most 255 characters of ASCII (RFC 8910 §2.3)
 */
public record RouterAdvertisementSettings(
        int minInterval,
        int maxInterval,
        int routerLifetime,
        RoutePreference routerPreference,
        int hopLimit,
        int reachableTime,
        long retransmissionTimer,
        boolean advertiseMtu,
        List<Pref64> pref64,
        Optional<URI> captivePortal) {

    /** Those of a port that states none: intervals as Neutron's, else as RFC 4861 §6.2.1 has them. */
    public static final RouterAdvertisementSettings DEFAULT = new RouterAdvertisementSettings(
            30, 100, 300, RoutePreference.MEDIUM, 64, 0, 0, true, List.of(), Optional.empty());

    public RouterAdvertisementSettings {
        pref64 = List.copyOf(pref64);
    }
}
