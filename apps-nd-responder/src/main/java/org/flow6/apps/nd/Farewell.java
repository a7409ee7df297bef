package org.flow6.apps.nd;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.flow6.network.IpPrefix;
import org.flow6.packets.CaptivePortal;
import org.flow6.packets.DnsSearchList;
import org.flow6.packets.DomainName;
import org.flow6.packets.Ethernet;
import org.flow6.packets.Mtu;
import org.flow6.packets.NdOption;
import org.flow6.packets.Pref64;
import org.flow6.packets.PrefixInformation;
import org.flow6.packets.RecursiveDnsServer;
import org.flow6.packets.RouteInformation;
import org.flow6.packets.RouterAdvertisement;
import org.projectfloodlight.openflow.types.IPv6Address;

/**
 * What a router says when it stops: it is no default router any more (RFC 4861 §6.2.5), nor a way to anything. What a
 * router that stays says too, it leaves alone; hosts do not tell who said it.
 *
 * @param prefixes that some router of the network has, now that this one is gone or silent: they stay
 * @param staying the routers that go on advertising
 */
record Farewell(Advertiser advertiser, Set<IpPrefix> prefixes, List<Advertiser> staying) {

    /**
     * The farewell of an advertiser.
     *
     * @param now the network's advertisers by its model; this one among them if it only falls silent, its app disabled
     */
    static Farewell of(Advertiser advertiser, List<Advertiser> now) {
        Set<IpPrefix> prefixes = now.stream()
                .flatMap(one -> one.prefixes().stream())
                .map(Farewell::prefix)
                .collect(Collectors.toSet());
        return new Farewell(advertiser, prefixes, now.contains(advertiser) ? List.of() : now);
    }

    List<Ethernet> frames() {
        RouterAdvertisement header = advertiser.header();
        RouterAdvertisement last = new RouterAdvertisement(
                header.hopLimit(), header.flags(), 0, header.reachableTime(), header.retransTimer(), List.of());
        List<NdOption> options = new ArrayList<>();
        advertiser.prefixes().forEach(prefix -> options.add(last(prefix)));
        advertiser.others().forEach(option -> last(option).ifPresent(options::add));
        return Advertisements.toAllNodes(advertiser, last, options);
    }

    /** No new connections by way of a router that is not there; the ones that exist, among hosts of the link, go on. */
    private PrefixInformation last(PrefixInformation prefix) {
        return prefixes.contains(prefix(prefix))
                ? prefix
                : PrefixInformation.of(
                        prefix.prefix(),
                        prefix.prefixLength(),
                        prefix.onLink(),
                        prefix.autonomous(),
                        prefix.validLifetime(),
                        0);
    }

    private Optional<NdOption> last(NdOption option) {
        if (option instanceof RouteInformation route) {
            // Of this router alone, whoever else has one to the same prefix (RFC 4191 §3.1).
            return Optional.of(new RouteInformation(route.prefix(), route.prefixLength(), route.preference(), 0));
        } else if (option instanceof RecursiveDnsServer dns) {
            Set<IPv6Address> known = known(RecursiveDnsServer.class, one -> one.addresses().stream());
            List<IPv6Address> gone = without(dns.addresses(), known);
            return gone.isEmpty() ? Optional.empty() : Optional.of(new RecursiveDnsServer(0, gone));
        } else if (option instanceof DnsSearchList search) {
            Set<DomainName> known = known(DnsSearchList.class, one -> one.domains().stream());
            List<DomainName> gone = without(search.domains(), known);
            return gone.isEmpty() ? Optional.empty() : Optional.of(new DnsSearchList(0, gone));
        } else if (option instanceof Pref64 pref64) {
            boolean stays = known(Pref64.class, one -> Stream.of(prefix(one))).contains(prefix(pref64));
            return stays ? Optional.empty() : Optional.of(new Pref64(0, pref64.prefix(), pref64.prefixLength()));
        } else if (option instanceof Mtu || option instanceof CaptivePortal) {
            return Optional.of(option);
        }
        throw new IllegalStateException("nothing to say about " + option);
    }

    private static IpPrefix prefix(PrefixInformation prefix) {
        return new IpPrefix(prefix.prefix(), prefix.prefixLength());
    }

    private static IpPrefix prefix(Pref64 pref64) {
        return new IpPrefix(pref64.prefix(), pref64.prefixLength());
    }

    private <O extends NdOption, T> Set<T> known(Class<O> kind, Function<O, Stream<T>> values) {
        return staying.stream()
                .flatMap(one -> one.others().stream())
                .filter(kind::isInstance)
                .map(kind::cast)
                .flatMap(values)
                .collect(Collectors.toSet());
    }

    private static <T> List<T> without(List<T> all, Set<T> known) {
        return all.stream().filter(value -> !known.contains(value)).toList();
    }
}
