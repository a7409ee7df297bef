package org.flow6.network;

import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/**
 * What the DHCPv6 server tells hosts of a subnet beside their addresses. Times are seconds; where {@link
 * Lifetimes#INFINITE} is possible it means never.
 *
 * @param ntpServers RFC 5908
 * @param bootfileUrl at most 1024 characters of ASCII, absolute (RFC 5970 §3.1)
 * @param informationRefreshTime 600 to {@link Lifetimes#INFINITE}: when a host without lease asks again (RFC 8415 §21.23)
 * @param renewalTime T1, 0 to {@link Lifetimes#INFINITE} (RFC 8415 §21.4); empty: half of the preferred lifetime
 * @param rebindingTime T2, 0 to {@link Lifetimes#INFINITE} and at least T1; empty: 0.8 of the preferred lifetime
 * @param rapidCommit whether two messages do where the client asks for it (RFC 8415 §21.14)
 * @param serverPreference 0 to 255, of which 255 ends the client's search (RFC 8415 §21.8); empty: no such option is sent
 * @param solMaxRt the longest time between a client's Solicits, 60 to 86400 (RFC 8415 §21.24); empty: the client's own
 * @param infMaxRt likewise between Information-requests (RFC 8415 §21.25)
 */
public record Dhcpv6Settings(
        List<NtpServer> ntpServers,
        Optional<URI> bootfileUrl,
        long informationRefreshTime,
        OptionalLong renewalTime,
        OptionalLong rebindingTime,
        boolean rapidCommit,
        OptionalInt serverPreference,
        OptionalInt solMaxRt,
        OptionalInt infMaxRt,
        Optional<PrefixDelegation> prefixDelegation) {

    /** Those of a subnet that states none. */
    public static final Dhcpv6Settings DEFAULT = new Dhcpv6Settings(
            List.of(),
            Optional.empty(),
            86_400,
            OptionalLong.empty(),
            OptionalLong.empty(),
            true,
            OptionalInt.empty(),
            OptionalInt.empty(),
            OptionalInt.empty(),
            Optional.empty());

    public Dhcpv6Settings {
        ntpServers = List.copyOf(ntpServers);
    }
}
