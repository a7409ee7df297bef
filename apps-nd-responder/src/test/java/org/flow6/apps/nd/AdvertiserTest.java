package org.flow6.apps.nd;

import static org.assertj.core.api.Assertions.assertThat;
import static org.flow6.apps.nd.RouterNets.blue;
import static org.flow6.apps.nd.RouterNets.options;

import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.flow6.network.NetworkView;
import org.flow6.packets.CaptivePortal;
import org.flow6.packets.DnsSearchList;
import org.flow6.packets.DomainName;
import org.flow6.packets.Ethernet;
import org.flow6.packets.Mtu;
import org.flow6.packets.NdOption.SourceLinkLayerAddress;
import org.flow6.packets.Pref64;
import org.flow6.packets.PrefixInformation;
import org.flow6.packets.RecursiveDnsServer;
import org.flow6.packets.RouteInformation;
import org.flow6.packets.RouterAdvertisement;
import org.flow6.packets.RouterFlags;
import org.flow6.packets.RouterPreference;
import org.junit.jupiter.api.Test;
import org.projectfloodlight.openflow.types.IPv6Address;
import org.projectfloodlight.openflow.types.MacAddress;

/** What routers say (RFC 4861 §6.2.3). */
class AdvertiserTest {
    private static final AdvertisementBeacon BEACON = new AdvertisementBeacon();

    private static List<Ethernet> frames(NetworkView view, String port) {
        return BEACON.frames(RouterNets.advertiser(view, port), RouterNets.NOW);
    }

    private static List<Ethernet> r1() {
        return BEACON.frames(RouterNets.r1(), RouterNets.NOW);
    }

    private static IPv6Address ip(String text) {
        return IPv6Address.of(text);
    }

    @Test
    void areThoseThatFaceHostsOfSubnetsWithAMode() {
        assertThat(Advertiser.of(RouterNets.view(RouterNets.SNAPSHOT, "blue")).map(one -> one.port().value()))
                .containsExactlyInAnyOrder("r1-blue", "r2-blue");
        assertThat(Advertiser.of(RouterNets.view(RouterNets.SNAPSHOT, "red"))).isEmpty();
        assertThat(Advertiser.of(RouterNets.view(RouterNets.SNAPSHOT, "green"))).isEmpty();
    }

    @Test
    void areNotThoseThatAreDown() {
        assertThat(Advertiser.of(blue("{id: r2}", "{id: r2, admin_state_up: false}")).map(one -> one.port().value()))
                .containsExactly("r1-blue");
        assertThat(Advertiser.of(blue("{id: blue, ", "{id: blue, admin_state_up: false, "))).isEmpty();
    }

    @Test
    void sendFromTheirLinkLocalAddressToAllNodes() {
        Ethernet frame = r1().get(0);
        assertThat(frame.source()).isEqualTo(RouterNets.R1_MAC);
        assertThat(frame.destination()).isEqualTo(MacAddress.of("33:33:00:00:00:01"));
        assertThat(RouterNets.packet(frame).source()).isEqualTo(RouterNets.R1);
        assertThat(RouterNets.packet(frame).destination()).isEqualTo(ip("ff02::1"));
        assertThat(RouterNets.packet(frame).hopLimit()).isEqualTo(255);
    }

    @Test
    void sendFromTheLinkLocalAddressThatTheyWereGiven() {
        NetworkView view = blue(
                "ip_version: 6, cidr: \"2001:db8:3::/64\", gateway_ip: \"2001:db8:3::1\"",
                "ip_version: 6, cidr: \"fe80::/64\", gateway_ip: \"fe80::5\"");
        // The subnet's prefix is link-local, and so is the router's fixed IP in it.
        Advertiser advertiser = RouterNets.advertiser(
                RouterNets.view(
                        org.flow6.flow.GoldenFlows.network(
                                RouterNets.BLUE
                                        .replace(
                                                "cidr: \"2001:db8:3::/64\", gateway_ip: \"2001:db8:3::1\"",
                                                "cidr: \"fe80::/64\", gateway_ip: \"fe80::5\"")
                                        .replace("ip_address: \"2001:db8:3::1\"", "ip_address: \"fe80::5\""),
                                RouterNets.BINDINGS),
                        view.network().id().value()),
                "r1-blue");
        assertThat(advertiser.source()).isEqualTo(ip("fe80::5"));
    }

    @Test
    void sayWhatTheirSettingsSay() {
        RouterAdvertisement said = RouterNets.advertisement(r1().get(0));
        assertThat(said.hopLimit()).isEqualTo(33);
        assertThat(said.flags()).isEqualTo(RouterFlags.of(true, false, RouterPreference.HIGH));
        assertThat(said.lifetime()).isEqualTo(1800);
        assertThat(said.reachableTime()).isEqualTo(5000);
        assertThat(said.retransTimer()).isEqualTo(700);
    }

    @Test
    void sayFlagsByTheModesOfTheirPrefixes() {
        String mode = "ipv6_ra_mode: dhcpv6-stateful, ipv6_address_mode: dhcpv6-stateful";
        NetworkView stateless = blue(mode, "ipv6_ra_mode: dhcpv6-stateless, ipv6_address_mode: dhcpv6-stateless");
        RouterFlags flags = RouterNets.advertisement(frames(stateless, "r1-blue").get(0)).flags();
        assertThat(List.of(flags.managed(), flags.other())).containsExactly(false, true);
        RouterFlags slaac = RouterNets.advertisement(
                        frames(RouterNets.view(RouterNets.SNAPSHOT, "blue"), "r2-blue").get(0))
                .flags();
        assertThat(List.of(slaac.managed(), slaac.other())).containsExactly(false, false);
    }

    @Test
    void sayTheirPrefixes() {
        assertThat(options(r1(), PrefixInformation.class))
                .containsExactly(
                        PrefixInformation.of(ip("2001:db8:1::"), 64, true, true, 7200, 3600),
                        PrefixInformation.of(ip("2001:db8:2::"), 64, false, false, 86400, 14400));
    }

    @Test
    void sayWhereTheyAreAndTheMtu() {
        assertThat(options(r1(), SourceLinkLayerAddress.class))
                .containsExactly(new SourceLinkLayerAddress(RouterNets.R1_MAC));
        assertThat(options(r1(), Mtu.class)).containsExactly(new Mtu(1400));
        NetworkView silent = blue("{max_interval: 600,", "{advertise_mtu: false, max_interval: 600,");
        assertThat(options(frames(silent, "r1-blue"), Mtu.class)).isEmpty();
    }

    /** RFC 4191 §2.3: a host takes the advertiser for the next hop, so no other next hop can be said. */
    @Test
    void sayTheRoutesByThemselvesAlone() {
        assertThat(options(r1(), RouteInformation.class))
                .containsExactly(
                        new RouteInformation(ip("2001:db8:f::"), 48, RouterPreference.MEDIUM, 1800),
                        new RouteInformation(ip("2001:db8:d::"), 48, RouterPreference.MEDIUM, 1800));
        assertThat(options(frames(RouterNets.view(RouterNets.SNAPSHOT, "blue"), "r2-blue"), RouteInformation.class))
                .isEmpty();
    }

    /** Whose lifetime is three times the longest interval unless it is stated; a server of two subnets has the longer. */
    @Test
    void sayDnsServersByLifetime() {
        assertThat(options(r1(), RecursiveDnsServer.class))
                .containsExactly(
                        new RecursiveDnsServer(100, List.of(ip("2001:db8::54"))),
                        new RecursiveDnsServer(1800, List.of(ip("2001:db8::53"))));
        assertThat(options(r1(), DnsSearchList.class))
                .containsExactly(
                        new DnsSearchList(1800, List.of(DomainName.of("lab.example"), DomainName.of("example"))));
    }

    @Test
    void sayPref64AndThePortal() {
        assertThat(options(r1(), Pref64.class)).containsExactly(new Pref64(1208, ip("64:ff9b::"), 96));
        assertThat(options(r1(), CaptivePortal.class)).containsExactly(new CaptivePortal("https://portal.example/api"));
    }

    @Test
    void keepTheTimesOfTheRfc() {
        var timing = RouterNets.r1().timing();
        assertThat(timing.least()).isEqualTo(Duration.ofSeconds(200));
        assertThat(timing.most()).isEqualTo(Duration.ofSeconds(600));
        assertThat(timing.initialCount()).isEqualTo(3);
        assertThat(timing.initialMost()).isEqualTo(Duration.ofSeconds(16));
        assertThat(timing.gap()).isEqualTo(Duration.ofSeconds(3));
        assertThat(timing.solicitedDelay()).isEqualTo(Duration.ofMillis(500));
        assertThat(timing.farewells()).isEqualTo(3);
    }

    /** RFC 4861 §6.2.3: several advertisements where one would exceed the MTU, none of which says less than all must. */
    @Test
    void splitWhatIsTooLongForTheLink() {
        String servers = IntStream.range(0, 60)
                .mapToObj("\"2001:db8::%x\""::formatted)
                .collect(Collectors.joining(", "));
        String domains = IntStream.range(0, 60)
                .mapToObj("department-number-%d.example"::formatted)
                .collect(Collectors.joining(", "));
        NetworkView view = RouterNets.view(
                org.flow6.flow.GoldenFlows.network(
                        RouterNets.BLUE
                                .replace("mtu: 1400", "mtu: 1280")
                                .replace("[\"2001:db8::53\", \"192.0.2.53\"]", "[" + servers + "]")
                                .replace("[lab.example, example]", "[" + domains + "]"),
                        RouterNets.BINDINGS),
                "blue");
        List<Ethernet> frames = frames(view, "r1-blue");
        assertThat(frames).hasSizeGreaterThan(2);
        for (Ethernet frame : frames) {
            assertThat(RouterNets.packet(frame).length()).isLessThanOrEqualTo(1280);
            RouterAdvertisement said = RouterNets.advertisement(frame);
            assertThat(said.lifetime()).isEqualTo(1800);
            assertThat(said.sourceLinkLayerAddress()).contains(RouterNets.R1_MAC);
        }
        assertThat(options(frames, RecursiveDnsServer.class).stream()
                        .mapToInt(option -> option.addresses().size())
                        .sum())
                .isEqualTo(60);
        assertThat(options(frames, DnsSearchList.class).stream()
                        .mapToInt(option -> option.domains().size())
                        .sum())
                .isEqualTo(60);
        assertThat(options(frames, PrefixInformation.class)).hasSize(2);
    }
}
