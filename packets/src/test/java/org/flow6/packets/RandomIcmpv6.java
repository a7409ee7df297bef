package org.flow6.packets;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.flow6.packets.Mldv2Report.GroupRecord;
import org.flow6.packets.NdOption.Nonce;
import org.flow6.packets.NdOption.SourceLinkLayerAddress;
import org.flow6.packets.NdOption.TargetLinkLayerAddress;
import org.flow6.packets.NdOption.UnknownOption;
import org.projectfloodlight.openflow.types.IPv6Address;
import org.projectfloodlight.openflow.types.MacAddress;

/** Any ICMPv6 message that the records allow, with any options. */
final class RandomIcmpv6 {
    private final SplittableRandom random;

    RandomIcmpv6(SplittableRandom random) {
        this.random = random;
    }

    Icmpv6 next() {
        return switch (random.nextInt(16)) {
            case 0, 1 -> new NeighborSolicitation(address(), list(3, this::option));
            case 2 -> new NeighborAdvertisement(new NdFlags(flag(), flag(), flag()), address(), list(3, this::option));
            case 3 -> new RouterSolicitation(list(3, this::option));
            case 4, 5 -> routerAdvertisement();
            case 6 -> new Redirect(address(), address(), list(3, this::option));
            case 7 -> new InverseSolicitation(list(3, this::option));
            case 8 -> new InverseAdvertisement(list(3, this::option));
            case 9 -> new Echo.Request(bits(16), bits(16), octets(random.nextInt(100)));
            case 10 -> new Echo.Reply(bits(16), bits(16), octets(random.nextInt(100)));
            case 11 -> error();
            case 12 -> listener();
            case 13 -> new Mldv2Report(list(4, () -> new GroupRecord(bits(8), address(), list(3, this::address))));
            case 14 -> multicastRouter();
            default -> new Icmpv6.Other(200, bits(8), octets(random.nextInt(4, 100)));
        };
    }

    private RouterAdvertisement routerAdvertisement() {
        RouterFlags flags = new RouterFlags(flag(), flag(), flag(), preference(), flag());
        return new RouterAdvertisement(
                bits(8), flags, flag() ? bits(16) : 0, seconds(), seconds(), list(5, this::option));
    }

    private Icmpv6Error error() {
        Icmpv6Error.Kind kind = List.of(Icmpv6Error.Kind.values()).get(random.nextInt(4));
        return new Icmpv6Error(kind, bits(8), seconds(), octets(random.nextInt(200)));
    }

    private MulticastRouterDiscovery multicastRouter() {
        return switch (random.nextInt(3)) {
            case 0 -> new MulticastRouterDiscovery.Solicitation();
            case 1 -> new MulticastRouterDiscovery.Termination();
            default -> new MulticastRouterDiscovery.Advertisement(bits(8), bits(16), bits(16));
        };
    }

    private Mld listener() {
        return switch (random.nextInt(4)) {
            case 0 -> new Mld.Query(bits(16), address());
            case 1 -> new Mld.Report(address());
            case 2 -> new Mld.Done(address());
            default -> new Mldv2Query(bits(16), address(), flag(), bits(3), bits(8), list(3, this::address));
        };
    }

    private NdOption option() {
        return switch (random.nextInt(14)) {
            case 0 -> new SourceLinkLayerAddress(mac());
            case 1 -> new TargetLinkLayerAddress(mac());
            case 2 -> new Nonce(octets(random.nextInt(3) * 8 + 6));
            case 3 -> prefixInformation();
            case 4 -> new RedirectedHeader(octets(random.nextInt(20) * 8));
            case 5 -> new Mtu(seconds());
            case 6 -> new AddressList.Source(addresses());
            case 7 -> new AddressList.Target(addresses());
            case 8 -> routeInformation();
            case 9 -> new RecursiveDnsServer(seconds(), addresses());
            case 10 ->
                new DnsSearchList(
                        seconds(),
                        Stream.generate(this::domain)
                                .limit(random.nextInt(1, 4))
                                .toList());
            case 11 -> new CaptivePortal("https://" + "a".repeat(random.nextInt(20)) + ".example/capport");
            case 12 -> {
                int length = List.of(96, 64, 56, 48, 40, 32).get(random.nextInt(6));
                yield new Pref64(bits(13) * 8, PrefixBits.of(address(), length), length);
            }
            default -> new UnknownOption(200 + random.nextInt(50), octets(random.nextInt(5) * 8 + 6));
        };
    }

    private PrefixInformation prefixInformation() {
        int length = random.nextInt(129);
        boolean router = flag();
        IPv6Address prefix = router ? address() : PrefixBits.of(address(), length);
        return new PrefixInformation(prefix, length, flag(), flag(), router, seconds(), seconds());
    }

    private RouteInformation routeInformation() {
        int length = random.nextInt(129);
        return new RouteInformation(PrefixBits.of(address(), length), length, preference(), seconds());
    }

    private DomainName domain() {
        return DomainName.of("a".repeat(random.nextInt(1, 10)) + ".example" + (flag() ? ".org" : ""));
    }

    private List<IPv6Address> addresses() {
        return Stream.generate(this::address).limit(random.nextInt(1, 4)).toList();
    }

    private RouterPreference preference() {
        return List.of(RouterPreference.values()).get(random.nextInt(3));
    }

    private <T> List<T> list(int most, Supplier<T> make) {
        List<T> list = new ArrayList<>();
        for (int i = random.nextInt(most + 1); i > 0; i--) {
            list.add(make.get());
        }
        return list;
    }

    private boolean flag() {
        return random.nextBoolean();
    }

    private int bits(int count) {
        return random.nextInt(1 << count);
    }

    private long seconds() {
        return flag() ? random.nextLong(1L << 32) : Lifetime.INFINITE;
    }

    MacAddress mac() {
        return MacAddress.of(random.nextLong(1L << 48));
    }

    IPv6Address address() {
        long high = 0x2001_0db8_0000_0000L;
        return switch (random.nextInt(5)) {
            case 0 -> IPv6Address.NONE;
            case 1 -> LinkLocalMulticast.ALL_NODES;
            case 2 -> IPv6Address.of(random.nextLong(), random.nextLong());
            default -> IPv6Address.of(high + random.nextInt(4), random.nextInt(3));
        };
    }

    Bytes octets(int length) {
        byte[] octets = new byte[length];
        random.nextBytes(octets);
        return Bytes.wrap(octets);
    }
}
