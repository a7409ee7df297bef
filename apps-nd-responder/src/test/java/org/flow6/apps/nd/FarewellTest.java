package org.flow6.apps.nd;

import static org.assertj.core.api.Assertions.assertThat;
import static org.flow6.apps.nd.RouterNets.options;

import java.util.List;
import java.util.Optional;
import org.flow6.network.NetworkView;
import org.flow6.packets.DnsSearchList;
import org.flow6.packets.DomainName;
import org.flow6.packets.Ethernet;
import org.flow6.packets.Pref64;
import org.flow6.packets.PrefixInformation;
import org.flow6.packets.RecursiveDnsServer;
import org.flow6.packets.RouteInformation;
import org.flow6.packets.RouterPreference;
import org.junit.jupiter.api.Test;
import org.projectfloodlight.openflow.types.IPv6Address;

/** The last words of routers (RFC 4861 §6.2.5). */
class FarewellTest {
    private static final AdvertisementBeacon BEACON = new AdvertisementBeacon();
    private static final NetworkView BLUE = RouterNets.view(RouterNets.SNAPSHOT, "blue");
    /** Without r1's port on blue. */
    private static final NetworkView WITHOUT =
            RouterNets.blue("device_owner: \"network:router_interface\", device_id: r1,\n     fixed_ips: [{subnet_id: one", "device_owner: \"compute:nova\", device_id: r1,\n     fixed_ips: [{subnet_id: one");

    private static final PrefixInformation SECOND =
            PrefixInformation.of(IPv6Address.of("2001:db8:2::"), 64, false, false, 86400, 14400);

    private static List<Ethernet> farewell(Optional<NetworkView> now) {
        return BEACON.farewell(RouterNets.r1(), now, RouterNets.NOW);
    }

    private static IPv6Address ip(String text) {
        return IPv6Address.of(text);
    }

    @Test
    void saysThatItIsNoDefaultRouterAnyMore() {
        for (Optional<NetworkView> now : List.of(Optional.of(BLUE), Optional.of(WITHOUT), Optional.<NetworkView>empty())) {
            assertThat(farewell(now)).allSatisfy(frame -> {
                assertThat(RouterNets.advertisement(frame).lifetime()).isZero();
                // RFC 4191 §2.2: medium, when the lifetime is 0.
                assertThat(RouterNets.advertisement(frame).flags().preference()).isEqualTo(RouterPreference.MEDIUM);
                assertThat(RouterNets.packet(frame).source()).isEqualTo(RouterNets.R1);
            });
        }
    }

    @Test
    void takesBackWhatDependsOnIt() {
        List<Ethernet> frames = farewell(Optional.empty());
        assertThat(options(frames, RouteInformation.class)).hasSize(2).allMatch(route -> route.lifetime() == 0);
        assertThat(options(frames, RecursiveDnsServer.class)).hasSize(2).allMatch(dns -> dns.lifetime() == 0);
        assertThat(options(frames, DnsSearchList.class)).hasSize(1).allMatch(search -> search.lifetime() == 0);
        assertThat(options(frames, Pref64.class)).containsExactly(new Pref64(0, ip("64:ff9b::"), 96));
        assertThat(options(frames, PrefixInformation.class))
                .hasSize(2)
                .allMatch(prefix -> prefix.preferredLifetime() == 0 && prefix.validLifetime() > 0);
    }

    @Test
    void leavesAloneWhatAnotherRouterSaysToo() {
        List<Ethernet> frames = farewell(Optional.of(WITHOUT));
        assertThat(options(frames, PrefixInformation.class))
                .containsExactly(
                        PrefixInformation.of(ip("2001:db8:1::"), 64, true, true, 7200, 3600),
                        PrefixInformation.of(ip("2001:db8:2::"), 64, false, false, 86400, 0));
        assertThat(options(frames, RecursiveDnsServer.class))
                .containsExactly(new RecursiveDnsServer(0, List.of(ip("2001:db8::54"))));
        assertThat(options(frames, DnsSearchList.class)).isEmpty();
        assertThat(options(frames, RouteInformation.class)).hasSize(2);
    }

    @Test
    void keepsThePrefixesOfTheNetworkWhenTheAppIsDisabled() {
        List<Ethernet> frames = farewell(Optional.of(BLUE));
        assertThat(options(frames, PrefixInformation.class)).hasSize(2).contains(SECOND);
        assertThat(options(frames, DnsSearchList.class))
                .containsExactly(new DnsSearchList(0, List.of(DomainName.of("lab.example"), DomainName.of("example"))));
    }

    /** RFC 4861 §6.2.8: hosts know a router by its link-local address. */
    @Test
    void comesFirstWhereTheLinkLocalAddressChanges() {
        Advertiser before = RouterNets.r1();
        NetworkView moved = RouterNets.blue(
                "{id: r1-blue, network_id: blue, mac_address: \"02:00:00:00:01:01\"",
                "{id: r1-blue, network_id: blue, mac_address: \"02:00:00:00:01:77\"");
        assertThat(BEACON.isContinuedBy(before, RouterNets.advertiser(moved, "r1-blue"))).isFalse();
        NetworkView other = RouterNets.blue("hop_limit: 33", "hop_limit: 34");
        assertThat(BEACON.isContinuedBy(before, RouterNets.advertiser(other, "r1-blue"))).isTrue();
        // The prefixes and servers stay, by its new address.
        List<Ethernet> frames = BEACON.farewell(before, Optional.of(moved), RouterNets.NOW);
        assertThat(options(frames, PrefixInformation.class)).contains(SECOND);
        assertThat(options(frames, RecursiveDnsServer.class)).isEmpty();
    }
}
