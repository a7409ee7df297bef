package org.flow6.apps.nd;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.flow6.flow.Beacon;
import org.flow6.network.Id;
import org.flow6.network.IpPrefix;
import org.flow6.network.Ipv6Mode;
import org.flow6.network.Network;
import org.flow6.network.NetworkView;
import org.flow6.network.Port;
import org.flow6.network.RouterAdvertisementSettings;
import org.flow6.network.RouterInterface;
import org.flow6.network.Subnet;
import org.flow6.packets.NdOption;
import org.flow6.packets.PrefixInformation;
import org.flow6.packets.RouterAdvertisement;
import org.flow6.packets.RouterFlags;
import org.projectfloodlight.openflow.types.IPv6Address;
import org.projectfloodlight.openflow.types.MacAddress;

/**
 * A router that advertises itself on a network, and all that it says (RFC 4861 §6.2.1).
 *
 * @param source its link-local address
 * @param mtu the network's, which no advertisement exceeds
 * @param header the advertisement without its options
 * @param prefixes one for each subnet that has an {@code ipv6_ra_mode}
 * @param others the other options but for the source link-layer address, which every advertisement has
 */
record Advertiser(
        Id<Network> network,
        Id<Port> port,
        MacAddress mac,
        IPv6Address source,
        int mtu,
        Beacon.Timing timing,
        RouterAdvertisement header,
        List<PrefixInformation> prefixes,
        List<NdOption> others) {
    /** MAX_INITIAL_RTR_ADVERTISEMENTS and MAX_FINAL_RTR_ADVERTISEMENTS (RFC 4861 §10). */
    private static final int INITIAL = 3;

    private static final int FINAL = 3;
    /** MAX_INITIAL_RTR_ADVERT_INTERVAL. */
    private static final Duration INITIAL_INTERVAL = Duration.ofSeconds(16);
    /** MIN_DELAY_BETWEEN_RAS. */
    private static final Duration GAP = Duration.ofSeconds(3);
    /** MAX_RA_DELAY_TIME. */
    private static final Duration DELAY = Duration.ofMillis(500);

    Advertiser {
        prefixes = List.copyOf(prefixes);
        others = List.copyOf(others);
    }

    /** Those of a network. */
    static Stream<Advertiser> of(NetworkView view) {
        return view.routers().stream()
                .filter(RouterInterface::facesHosts)
                .flatMap(router -> of(view.network(), router).stream());
    }

    private static Optional<Advertiser> of(Network network, RouterInterface router) {
        Map<IpPrefix, Subnet> subnets = new LinkedHashMap<>();
        router.subnets().stream()
                .filter(subnet -> subnet.cidr().isIpv6() && subnet.raMode().isPresent())
                .forEach(subnet -> subnets.putIfAbsent(subnet.cidr(), subnet));
        if (subnets.isEmpty()) {
            return Optional.empty();
        }
        List<Subnet> served = List.copyOf(subnets.values());
        RouterLink link = RouterLink.of(router);
        RouterAdvertisementSettings settings = router.advertisement();
        return Optional.of(new Advertiser(
                network.id(),
                link.port(),
                link.mac(),
                link.linkLocal(),
                network.mtu(),
                timing(settings),
                header(settings, served),
                served.stream().map(Advertiser::prefix).toList(),
                new AdvertisedOptions(link, settings, served).of(network)));
    }

    private static Beacon.Timing timing(RouterAdvertisementSettings settings) {
        return new Beacon.Timing(
                Duration.ofSeconds(settings.minInterval()),
                Duration.ofSeconds(settings.maxInterval()),
                INITIAL,
                INITIAL_INTERVAL,
                GAP,
                DELAY,
                FINAL);
    }

    /** M and O hold for the link: they are set if one of its prefixes needs them. */
    private static RouterAdvertisement header(RouterAdvertisementSettings settings, List<Subnet> subnets) {
        boolean managed = has(subnets, Ipv6Mode.DHCPV6_STATEFUL);
        boolean other = has(subnets, Ipv6Mode.DHCPV6_STATELESS);
        return new RouterAdvertisement(
                settings.hopLimit(),
                RouterFlags.of(managed, other, AdvertisedOptions.preference(settings.routerPreference())),
                settings.routerLifetime(),
                settings.reachableTime(),
                settings.retransmissionTimer(),
                List.of());
    }

    private static boolean has(List<Subnet> subnets, Ipv6Mode mode) {
        return subnets.stream()
                .anyMatch(subnet -> subnet.raMode().filter(mode::equals).isPresent());
    }

    private static PrefixInformation prefix(Subnet subnet) {
        return PrefixInformation.of(
                (IPv6Address) subnet.cidr().address(),
                subnet.cidr().length(),
                subnet.settings().onLink(),
                subnet.settings().autonomous(),
                subnet.settings().lifetimes().valid(),
                subnet.settings().lifetimes().preferred());
    }

    /** Everything that it says, with some more prefixes. */
    List<NdOption> options(List<PrefixInformation> more) {
        List<NdOption> options = new ArrayList<>(prefixes);
        options.addAll(more);
        options.addAll(others);
        return options;
    }
}
