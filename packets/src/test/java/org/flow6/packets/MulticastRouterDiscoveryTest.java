package org.flow6.packets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.flow6.packets.MulticastRouterDiscovery.Advertisement;
import org.flow6.packets.MulticastRouterDiscovery.Solicitation;
import org.flow6.packets.MulticastRouterDiscovery.Termination;
import org.junit.jupiter.api.Test;
import org.projectfloodlight.openflow.types.IPv6Address;

/** RFC 4286. */
class MulticastRouterDiscoveryTest {
    private static final IPv6Address ROUTER = IPv6Address.of("fe80::1");
    private static final IPv6Address GLOBAL = IPv6Address.of("2001:db8::1");
    private static final IPv6Address SNOOPERS = MulticastRouterDiscovery.ALL_SNOOPERS;
    private static final List<MulticastRouterDiscovery> ALL =
            List.of(new Advertisement(20, 125, 2), new Solicitation(), new Termination());

    @Test
    void takesAllMessages() {
        for (MulticastRouterDiscovery message : ALL) {
            assertThat(MulticastRouterDiscovery.validate(RouterAlert.packet(ROUTER, SNOOPERS, message)))
                    .isEqualTo(Decoded.ok(message));
        }
    }

    @Test
    void readsTheIntervalWhereOthersHaveTheirCode() {
        assertThat(Icmpv6.decode(NdRaw.packet(1, ROUTER, SNOOPERS, 151, 20, "007d0002")))
                .isEqualTo(Decoded.ok(new Advertisement(20, 125, 2)));
        assertThat(Icmpv6.decode(NdRaw.packet(1, ROUTER, SNOOPERS, 152, 9, "")))
                .isEqualTo(Decoded.ok(new Solicitation()));
        assertThat(Icmpv6.decode(NdRaw.packet(1, ROUTER, SNOOPERS, 153, 0, "ffff")))
                .isEqualTo(Decoded.ok(new Termination()));
    }

    @Test
    void discardsWhatMayBeFromElsewhere() {
        Decoded<MulticastRouterDiscovery> wrong = Decoded.malformed(MalformedReason.MRD_HEADER);
        for (MulticastRouterDiscovery message : ALL) {
            Bytes octets = message.encode(ROUTER, SNOOPERS);
            assertThat(MulticastRouterDiscovery.validate(Ipv6.of(1, ROUTER, SNOOPERS, message)))
                    .isEqualTo(wrong);
            assertThat(MulticastRouterDiscovery.validate(RouterAlert.packet(GLOBAL, SNOOPERS, message)))
                    .isEqualTo(wrong);
            Ipv6 right = RouterAlert.packet(ROUTER, SNOOPERS, message);
            Ipv6 far =
                    new Ipv6(0, right.flowLabel(), NextHeader.ICMPV6, 2, ROUTER, SNOOPERS, right.extensions(), octets);
            assertThat(MulticastRouterDiscovery.validate(far)).isEqualTo(wrong);
        }
    }

    @Test
    void discardsOtherMessages() {
        assertThat(MulticastRouterDiscovery.validate(
                        RouterAlert.packet(ROUTER, SNOOPERS, new Mld.Report(IPv6Address.of("ff05::1")))))
                .isEqualTo(Decoded.malformed(MalformedReason.ICMPV6_TYPE));
        assertThat(Icmpv6.decode(NdRaw.packet(1, ROUTER, SNOOPERS, 151, 20, "007d00")))
                .isEqualTo(Decoded.malformed(MalformedReason.MRD_LENGTH));
        assertThatThrownBy(() -> new Advertisement(256, 0, 0)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void intervalsOfQueriesAreToldAsWellAsTheyCan() {
        for (int seconds : new int[] {0, 1, 125, 127, 128, 136, 1000, 31744}) {
            Mldv2Query query = Mldv2Query.of(1000, IPv6Address.NONE, 2, seconds, List.of());
            assertThat(query.interval()).isBetween(seconds - seconds / 16, seconds);
        }
        assertThat(Mldv2Query.of(1000, IPv6Address.NONE, 2, 1000, List.of()).interval())
                .isEqualTo(992);
    }
}
