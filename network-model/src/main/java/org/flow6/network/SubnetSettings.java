package org.flow6.network;

import java.util.List;
import java.util.OptionalLong;

/**
 * What hosts of an IPv6 subnet are told, as far as Neutron has no attribute for it. Times are seconds, 0 to {@link
 * Lifetimes#INFINITE}, which means for ever. An IPv4 subnet has {@link #DEFAULT}, which means nothing there.
 *
 * @param onLink the L flag of the prefix (RFC 4861 §4.6.2)
 * @param autonomous the A flag of the prefix: whether hosts make addresses in it (RFC 4862 §5.5.3)
 * @param lifetimes of the prefix and of leases in it
 * @param dnsLifetime how long hosts may use the DNS servers and the search list (RFC 8106 §5.1, §5.2); empty: 3 times
 *     the router's max_interval
 * @param domainSearch domain names without a final dot (RFC 8106 §5.2, RFC 3646 §4); the network's {@code dns_domain}
 *     where the file states none
 * @param routeLifetime of the host routes as route information (RFC 4191 §2.3); empty: the router's lifetime
 * @param routePreference of the host routes as route information (RFC 4191 §2.3)
 * @param allowSlaacPrefix whether ports with port security may use addresses in the subnet, a /64, that they make by
 *     themselves (RFC 8981, RFC 7217) once they claimed them
 */
public record SubnetSettings(
        boolean onLink,
        boolean autonomous,
        Lifetimes lifetimes,
        OptionalLong dnsLifetime,
        List<String> domainSearch,
        OptionalLong routeLifetime,
        RoutePreference routePreference,
        Dhcpv6Settings dhcpv6,
        boolean allowSlaacPrefix) {

    /** Those of a subnet that states none and whose hosts make no addresses. */
    public static final SubnetSettings DEFAULT = defaults(false);

    /** Those of a subnet that states none and whose hosts make addresses (SLAAC). */
    public static final SubnetSettings DEFAULT_AUTONOMOUS = defaults(true);

    public SubnetSettings {
        domainSearch = List.copyOf(domainSearch);
    }

    private static SubnetSettings defaults(boolean autonomous) {
        return new SubnetSettings(
                true,
                autonomous,
                Lifetimes.DEFAULT,
                OptionalLong.empty(),
                List.of(),
                OptionalLong.empty(),
                RoutePreference.MEDIUM,
                Dhcpv6Settings.DEFAULT,
                false);
    }
}
