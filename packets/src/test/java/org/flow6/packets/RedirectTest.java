package org.flow6.packets;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.flow6.packets.NdOption.SourceLinkLayerAddress;
import org.flow6.packets.NdOption.TargetLinkLayerAddress;
import org.junit.jupiter.api.Test;
import org.projectfloodlight.openflow.types.IPv6Address;
import org.projectfloodlight.openflow.types.MacAddress;

/** The rules of RFC 4861 §8.1 and RFC 3122 §4.3, one by one. */
class RedirectTest {
    private static final IPv6Address ROUTER = IPv6Address.of("fe80::1");
    private static final IPv6Address HOST = IPv6Address.of("2001:db8::a");
    private static final IPv6Address NEIGHBOR = IPv6Address.of("2001:db8::b");
    private static final MacAddress MAC = MacAddress.of("02:00:00:00:00:0b");
    private static final Redirect REDIRECT = new Redirect(NEIGHBOR, NEIGHBOR, List.of(new TargetLinkLayerAddress(MAC)));
    private static final SourceLinkLayerAddress SOURCE = new SourceLinkLayerAddress(MAC);
    private static final TargetLinkLayerAddress TARGET = new TargetLinkLayerAddress(MAC);

    private static void assertDiscarded(Ipv6 packet, MalformedReason reason) {
        assertThat(Redirect.validate(packet)).isEqualTo(Decoded.malformed(reason));
    }

    @Test
    void takesARedirect() {
        Redirect toRouter = new Redirect(IPv6Address.of("fe80::2"), NEIGHBOR, List.of());
        for (Redirect redirect : List.of(REDIRECT, toRouter)) {
            assertThat(Redirect.validate(Ipv6.of(255, ROUTER, HOST, redirect))).isEqualTo(Decoded.ok(redirect));
        }
    }

    @Test
    void discardsRedirects() {
        assertDiscarded(Ipv6.of(255, HOST, HOST, REDIRECT), MalformedReason.ND_SOURCE_NOT_LINK_LOCAL);
        assertDiscarded(Ipv6.of(254, ROUTER, HOST, REDIRECT), MalformedReason.ND_HOP_LIMIT);
        Redirect elsewhere = new Redirect(HOST, NEIGHBOR, List.of());
        assertDiscarded(Ipv6.of(255, ROUTER, HOST, elsewhere), MalformedReason.REDIRECT_TARGET);
        IPv6Address group = LinkLocalMulticast.ALL_NODES;
        Redirect multicast = new Redirect(group, group, List.of());
        assertDiscarded(Ipv6.of(255, ROUTER, HOST, multicast), MalformedReason.REDIRECT_DESTINATION_MULTICAST);
        String zeros = "00".repeat(36);
        assertDiscarded(NdRaw.packet(255, ROUTER, HOST, Redirect.TYPE, 1, zeros), MalformedReason.ND_CODE);
        assertDiscarded(
                NdRaw.packet(255, ROUTER, HOST, Redirect.TYPE, 0, zeros.substring(2)), MalformedReason.ND_TRUNCATED);
    }

    @Test
    void quotesAsMuchAsFits() {
        Ipv6 large = Ipv6.of(64, HOST, NEIGHBOR, new Echo.Request(1, 1, Bytes.of(new byte[3000])));
        Redirect redirect = new Redirect(NEIGHBOR, NEIGHBOR, List.of(TARGET, RedirectedHeader.of(large)));
        Ipv6 packet = Ipv6.of(255, ROUTER, HOST, redirect);
        assertThat(packet.length()).isEqualTo(1280);
        assertThat(Redirect.validate(packet)).isEqualTo(Decoded.ok(redirect));
        Ipv6 small = Ipv6.of(64, HOST, NEIGHBOR, new Echo.Request(1, 1, Bytes.of(new byte[9])));
        assertThat(RedirectedHeader.of(small).packet()).isEqualTo(small.encode().slice(0, 56));
    }

    @Test
    void inverseDiscoveryNeedsItsOptions() {
        InverseSolicitation solicitation = new InverseSolicitation(List.of(SOURCE, TARGET));
        assertThat(InverseSolicitation.validate(Ipv6.of(255, HOST, LinkLocalMulticast.ALL_NODES, solicitation)))
                .isEqualTo(Decoded.ok(solicitation));
        for (NdOption only : List.of(SOURCE, TARGET)) {
            assertThat(InverseSolicitation.validate(Ipv6.of(255, HOST, HOST, new InverseSolicitation(List.of(only)))))
                    .isEqualTo(Decoded.malformed(MalformedReason.INVERSE_ND_OPTION_MISSING));
        }
        AddressList.Target addresses = new AddressList.Target(List.of(NEIGHBOR));
        InverseAdvertisement advertisement = new InverseAdvertisement(List.of(SOURCE, TARGET, addresses));
        assertThat(InverseAdvertisement.validate(Ipv6.of(255, NEIGHBOR, HOST, advertisement)))
                .isEqualTo(Decoded.ok(advertisement));
        assertThat(InverseAdvertisement.validate(
                        Ipv6.of(255, NEIGHBOR, HOST, new InverseAdvertisement(List.of(SOURCE, TARGET)))))
                .isEqualTo(Decoded.malformed(MalformedReason.INVERSE_ND_OPTION_MISSING));
        assertThat(InverseAdvertisement.validate(Ipv6.of(64, NEIGHBOR, HOST, advertisement)))
                .isEqualTo(Decoded.malformed(MalformedReason.ND_HOP_LIMIT));
    }
}
