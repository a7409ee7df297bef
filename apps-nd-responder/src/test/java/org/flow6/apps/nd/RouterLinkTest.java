package org.flow6.apps.nd;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.flow6.network.Id;
import org.flow6.network.IpPrefix;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.projectfloodlight.openflow.types.IPv6Address;
import org.projectfloodlight.openflow.types.MacAddress;

/** Whose address is the source (RFC 6724 §5). */
class RouterLinkTest {
    private static RouterLink link(String... prefixed) {
        List<RouterLink.OnLink> addresses = new ArrayList<>();
        for (String one : prefixed) {
            String[] parts = one.split("/");
            addresses.add(new RouterLink.OnLink(IPv6Address.of(parts[0]), IpPrefix.parse(one)));
        }
        return new RouterLink(Id.of("r1"), MacAddress.of("02:00:00:00:01:01"), addresses);
    }

    @ParameterizedTest
    @CsvSource({
        "fe80::1, fe80::5",
        "2001:db8:1::11, 2001:db8:1::1",
        "2001:db8:2::11, 2001:db8:2::1",
        "2001:db8:2:0:f::11, 2001:db8:2:0:f::1",
        "fd00::11, fd00::1",
        "fd77::11, fd00::1",
        "2001:db8:3::11, 2001:db8:2::1",
        "2600::1, 2001:db8:1::1",
    })
    void suitsTheDestination(String destination, String source) {
        RouterLink link =
                link("fe80::5/64", "2001:db8:1::1/64", "2001:db8:2::1/64", "2001:db8:2:0:f::1/80", "fd00::1/64");
        assertThat(link.sourceTo(IPv6Address.of(destination))).isEqualTo(IPv6Address.of(source));
    }

    @Test
    void isLinkLocalWhereThereIsNoOther() {
        assertThat(link("fe80::5/64").sourceTo(IPv6Address.of("2001:db8::1"))).isEqualTo(IPv6Address.of("fe80::5"));
    }

    @Test
    void hasTheAddressOfItsMacToo() {
        RouterLink link = RouterNets.view(RouterNets.SNAPSHOT, "blue").routers().stream()
                .map(RouterLink::of)
                .filter(one -> one.port().value().equals("r1-blue"))
                .findFirst()
                .orElseThrow();
        assertThat(link.linkLocal()).isEqualTo(RouterNets.R1);
        assertThat(link.has(IPv6Address.of("2001:db8:3::1"))).isTrue();
        assertThat(link.has(IPv6Address.of("2001:db8:1::2"))).isFalse();
    }
}
