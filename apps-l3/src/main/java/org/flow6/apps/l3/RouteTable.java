package org.flow6.apps.l3;

import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.flow6.flow.NextHop;
import org.flow6.network.HostKey;
import org.flow6.network.IpPrefix;
import org.flow6.network.NetworkAddress;
import org.flow6.network.NetworkKey;
import org.flow6.network.Route;
import org.flow6.network.RouterInterface;
import org.flow6.network.RouterKey;
import org.flow6.network.RouterView;
import org.flow6.network.Subnet;
import org.projectfloodlight.openflow.types.IPAddress;
import org.projectfloodlight.openflow.types.MacAddress;

/**
 * Where a router sends what is to be routed. Of one prefix, its subnets go before its routes, and these before the default
 * routes by the gateways of external subnets.
 */
final class RouteTable {
    private final RouterView router;
    private final Set<IPAddress<?>> own;
    private final int largest;
    private final Map<IpPrefix, List<Hop>> connected = new LinkedHashMap<>();
    private final Map<IPAddress<?>, List<Hop>> neighbors = new HashMap<>();

    /**
     * A prefix and where its packets go next.
     *
     * @param hops each once; none: they are dropped
     */
    record Entry(RouterKey router, IpPrefix destination, List<Hop> hops) {
        Entry {
            hops = List.copyOf(hops);
        }
    }

    /**
     * A way out of a router.
     *
     * @param source the MAC address of the router's port there
     * @param mtu octets of the largest IP packet that gets through; empty where none that gets here is larger
     * @param neighbor who is next; empty: the destination itself
     * @param host the other host that the way is by
     */
    record Hop(
            NetworkKey network,
            MacAddress source,
            Optional<Integer> mtu,
            Optional<IPAddress<?>> neighbor,
            Optional<HostKey> host) {
        Hop by(IPAddress<?> address) {
            return new Hop(network, source, mtu, Optional.of(address), host);
        }

        Hop direct() {
            return new Hop(network, source, mtu, Optional.empty(), host);
        }
    }

    private RouteTable(RouterView router) {
        this.router = router;
        own = RouterAddresses.own(router);
        largest = router.interfaces().stream()
                .mapToInt(link -> link.network().mtu())
                .max()
                .orElse(0);
    }

    /** The entries of a router, each prefix once; in the order of its ports and of its routes. */
    static Stream<Entry> of(RouterView router) {
        RouteTable table = new RouteTable(router);
        Map<IpPrefix, List<Hop>> entries = table.entries();
        Set<Hop> unreachable = table.unreachable();
        return entries.entrySet().stream()
                .map(entry -> new Entry(router.key(), entry.getKey(), reachable(entry.getValue(), unreachable)));
    }

    /** The next hops that share a prefix with others. */
    static List<NextHop> shared(RouterView router) {
        RouteTable table = new RouteTable(router);
        return table.entries().values().stream()
                .filter(hops -> hops.size() > 1)
                .flatMap(List::stream)
                .distinct()
                .flatMap(hop -> table.nextHop(hop).stream())
                .toList();
    }

    private Map<IpPrefix, List<Hop>> entries() {
        connect();
        Map<IpPrefix, List<Hop>> entries = new LinkedHashMap<>(connected);
        state(entries);
        defaults().forEach(entries::putIfAbsent);
        return entries;
    }

    private Optional<NextHop> nextHop(Hop hop) {
        return router.interfaces().stream()
                .filter(link -> wayOut(link).equals(hop.direct()))
                .findFirst()
                .flatMap(link -> hop.neighbor()
                        .map(address -> new NextHop(
                                new NetworkAddress(link.network().id(), address),
                                link.port().id())));
    }

    /** Where nothing gets through by any of them, all stay: the sender is told of it (RFC 4443 §3.1). */
    private static List<Hop> reachable(List<Hop> hops, Set<Hop> unreachable) {
        if (hops.size() < 2 || unreachable.isEmpty()) {
            return hops;
        }
        List<Hop> left = hops.stream().filter(hop -> !unreachable.contains(hop)).toList();
        return left.isEmpty() ? hops : left;
    }

    private Set<Hop> unreachable() {
        return router.unreachable().stream()
                .flatMap(hop -> router.interfaces().stream()
                        .filter(link -> link.network().id().equals(hop.network()))
                        .map(link -> wayOut(link).by(hop.address())))
                .collect(Collectors.toSet());
    }

    private void connect() {
        for (RouterInterface link : router.interfaces()) {
            link.subnets().forEach(subnet -> connected.putIfAbsent(subnet.cidr(), List.of(wayOut(link))));
        }
    }

    private void state(Map<IpPrefix, List<Hop>> entries) {
        for (Route route : router.router().routes()) {
            List<Hop> hop = neighbors.computeIfAbsent(route.nexthop(), this::towards);
            if (!hop.isEmpty() && !connected.containsKey(route.destination())) {
                entries.merge(route.destination(), hop, RouteTable::both);
            }
        }
        router.router().blackholeRoutes().forEach(destination -> entries.putIfAbsent(destination, List.of()));
    }

    private Map<IpPrefix, List<Hop>> defaults() {
        Map<IpPrefix, List<Hop>> defaults = new LinkedHashMap<>();
        for (RouterInterface link : router.interfaces()) {
            if (link.isGateway()) {
                for (Subnet subnet : link.subnets()) {
                    IpPrefix all = subnet.cidr().isIpv6() ? IpPrefix.ALL_IPV6 : IpPrefix.ALL_IPV4;
                    subnet.gatewayIp()
                            .filter(gateway -> !own.contains(gateway))
                            .map(wayOut(link)::by)
                            .ifPresent(hop -> defaults.merge(all, List.of(hop), RouteTable::both));
                }
            }
        }
        return defaults;
    }

    private static List<Hop> both(List<Hop> some, List<Hop> others) {
        return Stream.concat(some.stream(), others.stream()).distinct().toList();
    }

    /** The way to an address on one of the router's subnets; none where it is on none, as that is down, or the router's. */
    private List<Hop> towards(IPAddress<?> neighbor) {
        if (own.contains(neighbor)) {
            return List.of();
        }
        return connected.entrySet().stream()
                .filter(entry -> entry.getKey().contains(neighbor))
                .max(Map.Entry.comparingByKey(Comparator.comparing(IpPrefix::length)))
                .map(entry -> entry.getValue().get(0).by(neighbor))
                .stream()
                .toList();
    }

    private Hop wayOut(RouterInterface link) {
        int mtu = link.mtu();
        return new Hop(
                link.networkKey(),
                link.port().macAddress(),
                mtu < largest ? Optional.of(mtu) : Optional.empty(),
                Optional.empty(),
                link.place().elsewhere());
    }
}
