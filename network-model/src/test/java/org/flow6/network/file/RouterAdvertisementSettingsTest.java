package org.flow6.network.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.flow6.network.file.Reads.model;
import static org.flow6.network.file.Reads.port;
import static org.flow6.network.file.Reads.violations;

import java.net.URI;
import java.util.List;
import java.util.Optional;
import org.flow6.network.IpPrefix;
import org.flow6.network.Pref64;
import org.flow6.network.RoutePreference;
import org.flow6.network.RouterAdvertisementSettings;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What ports of routers state under flow6. */
class RouterAdvertisementSettingsTest {
    /** The port is on line 3. */
    private static final String PORT = """
            networks: [{id: blue}]
            routers: [{id: r1}]
            ports: [{id: r1-blue, network_id: blue, mac_address: "02:00:00:00:01:01", device_owner: "OWNER", device_id: r1, flow6: {SETTINGS}}]
            """;

    private static final String ROUTER = PORT.replace("OWNER", "network:router_interface");

    @Test
    void haveDefaults() {
        assertThat(of("hop_limit: 64")).isEqualTo(RouterAdvertisementSettings.DEFAULT);
        assertThat(of("")).isEqualTo(RouterAdvertisementSettings.DEFAULT);
        assertThat(port(model(ROUTER.replace(", flow6: {SETTINGS}", "")), "r1-blue")
                        .routerAdvertisement())
                .isEmpty();
    }

    @Test
    void keepWhatTheyState() {
        assertThat(of("min_interval: 3, max_interval: 4, router_lifetime: 4, router_preference: low, hop_limit: 0, "
                        + "reachable_time: 3600000, retransmission_timer: 4294967295, advertise_mtu: false, "
                        + "pref64: [{prefix: '64:ff9b::/96'}, {prefix: '2001:db8:64::/48', lifetime: 65528}], "
                        + "captive_portal: 'https://portal.example/api'"))
                .isEqualTo(new RouterAdvertisementSettings(
                        3,
                        4,
                        4,
                        RoutePreference.LOW,
                        0,
                        3_600_000,
                        0xffff_ffffL,
                        false,
                        List.of(
                                new Pref64(IpPrefix.parse("64:ff9b::/96"), 12),
                                new Pref64(IpPrefix.parse("2001:db8:64::/48"), 65_528)),
                        Optional.of(URI.create("https://portal.example/api"))));
    }

    @ParameterizedTest
    @CsvSource({
        "'max_interval: 4', 4, 4, 12",
        "'max_interval: 8', 8, 8, 24",
        "'max_interval: 9', 3, 9, 27",
        "'max_interval: 100', 33, 100, 300",
        "'max_interval: 1800', 600, 1800, 5400",
        "'min_interval: 75', 75, 100, 300",
        "'min_interval: 1350, max_interval: 1800', 1350, 1800, 5400",
        "'min_interval: 3, max_interval: 4, router_lifetime: 0', 3, 4, 0",
        "'router_lifetime: 9000', 30, 100, 9000",
    })
    void followTheInterval(String settings, int min, int max, int lifetime) {
        assertThat(of(settings))
                .extracting(
                        RouterAdvertisementSettings::minInterval,
                        RouterAdvertisementSettings::maxInterval,
                        RouterAdvertisementSettings::routerLifetime)
                .containsExactly(min, max, lifetime);
    }

    @ParameterizedTest
    @ValueSource(ints = {96, 64, 56, 48, 40, 32})
    void takeEachLengthOfPref64(int length) {
        assertThat(of("pref64: [{prefix: '2001:db8::/" + length + "', lifetime: 0}]")
                        .pref64())
                .containsExactly(new Pref64(IpPrefix.parse("2001:db8::/" + length), 0));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "max_interval: 3; max_interval: '3' is not a number from 4 to 1800",
                "max_interval: 1801; max_interval: '1801' is not a number from 4 to 1800",
                "min_interval: 2; min_interval: '2' is not a number from 3 to 1350",
                "min_interval: 76; min_interval: 76 is more than 0.75 times max_interval, 100 (RFC 4861 §6.2.1)",
                "min_interval: 4, max_interval: 5; min_interval: 4 is more than 0.75 times max_interval, 5 (RFC 4861 §6.2.1)",
                "router_lifetime: 99; router_lifetime: 99 is less than max_interval, 100, and not 0 (RFC 4861 §6.2.1)",
                "router_lifetime: 9001; router_lifetime: '9001' is not a number from 0 to 9000",
                "router_preference: best; router_preference: 'best' is not one of high, low, medium",
                "hop_limit: 256; hop_limit: '256' is not a number from 0 to 255",
                "reachable_time: 3600001; reachable_time: '3600001' is not a number from 0 to 3600000",
                "retransmission_timer: 4294967296; retransmission_timer: '4294967296' is not a number from 0 to 4294967295",
                "advertise_mtu: 1500; advertise_mtu: '1500' is not true or false",
                "pref64: [{prefix: '64:ff9b::/95'}]; pref64[0].prefix: 64:ff9b::/95 is not of 96, 64, 56, 48, 40 or 32 bits (RFC 6052 §2.2)",
                "pref64: [{prefix: '2001:db8:0:0:100::/96'}]; pref64[0].prefix: bits 64 to 71 of 2001:db8:0:0:100::/96 are not zero (RFC 6052 §2.2)",
                "pref64: [{prefix: 192.0.2.0/24}]; pref64[0].prefix: 192.0.2.0/24 is not IPv6",
                "pref64: [{prefix: 'ff00::/32'}]; pref64[0].prefix: ff00::/32 is a multicast address",
                "pref64: [{lifetime: 8}]; pref64[0].prefix: is missing",
                "pref64: [{prefix: '64:ff9b::/96', lifetime: 65529}]; pref64[0].lifetime: '65529' is not a number from 0 to 65528",
                "pref64: [{prefix: '64:ff9b::/96'}, {prefix: '64:ff9b::/96'}]; pref64[1]: 64:ff9b::/96 is there twice",
                "captive_portal: portal; captive_portal: 'portal' is not a URI of ASCII with a scheme, up to 255 characters",
                "ra_interval: 4; ra_interval: flow6 has no such attribute: is max_interval meant?",
            })
    void areRefused(String settings, String violation) {
        assertThat(violations(ROUTER.replace("SETTINGS", settings)))
                .containsExactly("3: port r1-blue: flow6." + violation);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "compute:nova", "network:dhcp"})
    void areForRouters(String owner) {
        String port = PORT.replace("OWNER", owner);
        assertThat(violations(port.replace("SETTINGS", "max_interval: 4, hop_limit: 3")))
                .containsExactly(
                        "3: port r1-blue: flow6.hop_limit: is for ports of routers, and device_owner names none",
                        "3: port r1-blue: flow6.max_interval: is for ports of routers, and device_owner names none");
        assertThat(port(model(port.replace("SETTINGS", "")), "r1-blue").routerAdvertisement())
                .isEmpty();
    }

    private static RouterAdvertisementSettings of(String settings) {
        return port(model(ROUTER.replace("SETTINGS", settings)), "r1-blue")
                .routerAdvertisement()
                .orElseThrow();
    }
}
