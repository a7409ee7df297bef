package org.flow6.apps.nd;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.ToIntFunction;
import org.flow6.network.Network;
import org.flow6.network.Route;
import org.flow6.network.RoutePreference;
import org.flow6.network.RouterAdvertisementSettings;
import org.flow6.network.Subnet;
import org.flow6.packets.CaptivePortal;
import org.flow6.packets.DnsSearchList;
import org.flow6.packets.DomainName;
import org.flow6.packets.Ipv6;
import org.flow6.packets.Mtu;
import org.flow6.packets.NdOption;
import org.flow6.packets.Pref64;
import org.flow6.packets.RecursiveDnsServer;
import org.flow6.packets.RouteInformation;
import org.flow6.packets.RouterPreference;
import org.projectfloodlight.openflow.types.IPv6Address;

/**
 * What a router advertises beside prefixes.
 *
 * @param subnets those that have an {@code ipv6_ra_mode}
 */
record AdvertisedOptions(RouterLink link, RouterAdvertisementSettings settings, List<Subnet> subnets) {
    /** Octets for options in an advertisement that every link carries, after its headers and link-layer address. */
    private static final int ROOM = Ipv6.MIN_MTU - Ipv6.HEADER_LENGTH - 16 - NdOption.LINK_LAYER_ADDRESS_LENGTH;

    private static final int LIST_START = 8;

    List<NdOption> of(Network network) {
        List<NdOption> options = new ArrayList<>();
        if (settings.advertiseMtu()) {
            options.add(new Mtu(network.mtu()));
        }
        options.addAll(routes());
        options.addAll(dnsServers());
        options.addAll(searchLists());
        settings.pref64()
                .forEach(pref64 -> options.add(Pref64.lasting(
                        pref64.lifetime(),
                        (IPv6Address) pref64.prefix().address(),
                        pref64.prefix().length())));
        settings.captivePortal().ifPresent(uri -> options.add(new CaptivePortal(uri.toASCIIString())));
        return options;
    }

    /**
     * The host routes by way of this router. A route by way of another node cannot be said: a host takes who advertises a
     * route for its next hop (RFC 4191 §2.3).
     */
    private List<NdOption> routes() {
        List<NdOption> options = new ArrayList<>();
        for (Subnet subnet : subnets) {
            long lifetime = subnet.settings().routeLifetime().orElse(settings.routerLifetime());
            for (Route route : subnet.hostRoutes()) {
                if (route.destination().address() instanceof IPv6Address prefix
                        && route.nexthop() instanceof IPv6Address nexthop
                        && link.has(nexthop)) {
                    options.add(new RouteInformation(
                            prefix,
                            route.destination().length(),
                            preference(subnet.settings().routePreference()),
                            lifetime));
                }
            }
        }
        return options;
    }

    private List<NdOption> dnsServers() {
        Map<IPv6Address, Long> lifetimes = new LinkedHashMap<>();
        for (Subnet subnet : subnets) {
            subnet.dnsNameservers().forEach(server -> {
                if (server instanceof IPv6Address address) {
                    lifetimes.merge(address, dnsLifetime(subnet), Math::max);
                }
            });
        }
        List<NdOption> options = new ArrayList<>();
        byLifetime(lifetimes, server -> IPv6Address.LENGTH)
                .forEach((lifetime, parts) ->
                        parts.forEach(servers -> options.add(new RecursiveDnsServer(lifetime, servers))));
        return options;
    }

    private List<NdOption> searchLists() {
        Map<DomainName, Long> lifetimes = new LinkedHashMap<>();
        for (Subnet subnet : subnets) {
            subnet.settings()
                    .domainSearch()
                    .forEach(name -> lifetimes.merge(DomainName.of(name), dnsLifetime(subnet), Math::max));
        }
        List<NdOption> options = new ArrayList<>();
        byLifetime(lifetimes, DomainName::length)
                .forEach((lifetime, parts) ->
                        parts.forEach(domains -> options.add(new DnsSearchList(lifetime, domains))));
        return options;
    }

    private long dnsLifetime(Subnet subnet) {
        return subnet.settings().dnsLifetime().orElse(3L * settings.maxInterval());
    }

    /** What lasts equally long goes into one option, or into several that each fit into an advertisement. */
    private static <T> Map<Long, List<List<T>>> byLifetime(Map<T, Long> lifetimes, ToIntFunction<T> length) {
        Map<Long, List<List<T>>> parts = new TreeMap<>();
        Map<Long, Integer> octets = new TreeMap<>();
        lifetimes.forEach((value, lifetime) -> {
            List<List<T>> some = parts.computeIfAbsent(lifetime, none -> new ArrayList<>());
            int sum = octets.getOrDefault(lifetime, ROOM) + length.applyAsInt(value);
            if (sum > ROOM) {
                some.add(new ArrayList<>());
                sum = LIST_START + length.applyAsInt(value);
            }
            some.get(some.size() - 1).add(value);
            octets.put(lifetime, sum);
        });
        return parts;
    }

    static RouterPreference preference(RoutePreference preference) {
        return switch (preference) {
            case HIGH -> RouterPreference.HIGH;
            case MEDIUM -> RouterPreference.MEDIUM;
            case LOW -> RouterPreference.LOW;
        };
    }
}
