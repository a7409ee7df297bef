package org.flow6.packets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.flow6.packets.ExtensionHeader.Fragment;
import org.flow6.packets.NdOption.SourceLinkLayerAddress;
import org.junit.jupiter.api.Test;
import org.projectfloodlight.openflow.types.IPv6Address;
import org.projectfloodlight.openflow.types.IPv6FlowLabel;
import org.projectfloodlight.openflow.types.MacAddress;

/** The rules of RFC 4861 §6.1, one by one. */
class RouterDiscoveryTest {
    private static final IPv6Address HOST = IPv6Address.of("fe80::a");
    private static final IPv6Address ROUTER = IPv6Address.of("fe80::1");
    private static final SourceLinkLayerAddress SLLA = new SourceLinkLayerAddress(MacAddress.of("02:00:00:00:00:0a"));
    private static final RouterSolicitation SOLICITATION = new RouterSolicitation(List.of(SLLA));
    private static final RouterAdvertisement ADVERTISEMENT = new RouterAdvertisement(
            64, RouterFlags.of(true, false, RouterPreference.HIGH), 1800, 30_000, 1_000, List.of(SLLA, new Mtu(1450)));

    private static Ipv6 solicitation(int code, String body) {
        return NdRaw.packet(255, HOST, LinkLocalMulticast.ALL_ROUTERS, RouterSolicitation.TYPE, code, body);
    }

    private static Ipv6 advertisement(int code, String body) {
        return NdRaw.packet(255, ROUTER, LinkLocalMulticast.ALL_NODES, RouterAdvertisement.TYPE, code, body);
    }

    private static void assertNoSolicitation(Ipv6 packet, MalformedReason reason) {
        assertThat(RouterSolicitation.validate(packet)).isEqualTo(Decoded.malformed(reason));
    }

    private static void assertNoAdvertisement(Ipv6 packet, MalformedReason reason) {
        assertThat(RouterAdvertisement.validate(packet)).isEqualTo(Decoded.malformed(reason));
    }

    private static Ipv6 fragmented(IPv6Address source, IPv6Address destination, Icmpv6 message) {
        return new Ipv6(
                0,
                IPv6FlowLabel.NONE,
                NextHeader.ICMPV6,
                255,
                source,
                destination,
                List.of(new Fragment(0, false, 1)),
                message.encode(source, destination));
    }

    /** The destination is no reason to discard one: to all routers, to one, or elsewhere. */
    @Test
    void takesASolicitation() {
        for (IPv6Address destination : List.of(LinkLocalMulticast.ALL_ROUTERS, ROUTER, LinkLocalMulticast.ALL_NODES)) {
            Ipv6 packet = Ipv6.of(255, HOST, destination, SOLICITATION);
            assertThat(RouterSolicitation.validate(packet)).isEqualTo(Decoded.ok(SOLICITATION));
        }
        RouterSolicitation bare = new RouterSolicitation(List.of());
        assertThat(RouterSolicitation.validate(Ipv6.of(255, IPv6Address.NONE, LinkLocalMulticast.ALL_ROUTERS, bare)))
                .isEqualTo(Decoded.ok(bare));
        assertThat(SOLICITATION.sourceLinkLayerAddress()).hasValue(SLLA.address());
        assertThat(bare.length()).isEqualTo(8);
    }

    @Test
    void discardsSolicitations() {
        IPv6Address all = LinkLocalMulticast.ALL_ROUTERS;
        assertNoSolicitation(Ipv6.of(254, HOST, all, SOLICITATION), MalformedReason.ND_HOP_LIMIT);
        assertNoSolicitation(Ipv6.of(255, all, all, SOLICITATION), MalformedReason.ND_SOURCE_MULTICAST);
        assertNoSolicitation(
                Ipv6.of(255, IPv6Address.NONE, all, SOLICITATION), MalformedReason.RS_SOURCE_LINK_LAYER_ADDRESS);
        assertNoSolicitation(fragmented(HOST, all, SOLICITATION), MalformedReason.ND_FRAGMENTED);
        assertNoSolicitation(Ipv6.of(255, ROUTER, all, ADVERTISEMENT), MalformedReason.ICMPV6_TYPE);
        assertNoSolicitation(solicitation(1, "00000000"), MalformedReason.ND_CODE);
        assertNoSolicitation(solicitation(0, "000000"), MalformedReason.ND_TRUNCATED);
        assertNoSolicitation(solicitation(0, "00000000" + "0100"), MalformedReason.ND_OPTION_LENGTH_ZERO);
        assertNoSolicitation(solicitation(0, "00000000" + "0101"), MalformedReason.ND_OPTION_TRUNCATED);
    }

    @Test
    void takesAnAdvertisement() {
        for (IPv6Address destination : List.of(LinkLocalMulticast.ALL_NODES, HOST)) {
            Ipv6 packet = Ipv6.of(255, ROUTER, destination, ADVERTISEMENT);
            assertThat(RouterAdvertisement.validate(packet)).isEqualTo(Decoded.ok(ADVERTISEMENT));
        }
        assertThat(ADVERTISEMENT.option(Mtu.class)).hasValue(new Mtu(1450));
        assertThat(ADVERTISEMENT.option(PrefixInformation.class)).isEmpty();
    }

    @Test
    void laysAnAdvertisementOut() {
        Ipv6 packet = Ipv6.of(255, ROUTER, HOST, ADVERTISEMENT);
        assertThat(packet.payload().slice(4))
                .isEqualTo(Bytes.ofHex("40880708" + "00007530" + "000003e8" + "010102000000000a" + "05010000000005aa"));
    }

    @Test
    void discardsAdvertisements() {
        IPv6Address all = LinkLocalMulticast.ALL_NODES;
        IPv6Address global = IPv6Address.of("2001:db8::1");
        assertNoAdvertisement(Ipv6.of(255, global, all, ADVERTISEMENT), MalformedReason.ND_SOURCE_NOT_LINK_LOCAL);
        assertNoAdvertisement(
                Ipv6.of(255, IPv6Address.NONE, all, ADVERTISEMENT), MalformedReason.ND_SOURCE_NOT_LINK_LOCAL);
        assertNoAdvertisement(Ipv6.of(64, ROUTER, all, ADVERTISEMENT), MalformedReason.ND_HOP_LIMIT);
        assertNoAdvertisement(fragmented(ROUTER, all, ADVERTISEMENT), MalformedReason.ND_FRAGMENTED);
        assertNoAdvertisement(advertisement(1, "00".repeat(12)), MalformedReason.ND_CODE);
        assertNoAdvertisement(advertisement(0, "00".repeat(11)), MalformedReason.ND_TRUNCATED);
        assertNoAdvertisement(advertisement(0, "00".repeat(12) + "0300"), MalformedReason.ND_OPTION_LENGTH_ZERO);
        assertNoAdvertisement(Ipv6.of(255, ROUTER, all, SOLICITATION), MalformedReason.ICMPV6_TYPE);
    }

    /** RFC 4191 §2.2: the reserved value is medium, and none counts with a lifetime of 0. */
    @Test
    void readsThePreference() {
        assertThat(flagsOf("00080708").preference()).isEqualTo(RouterPreference.HIGH);
        assertThat(flagsOf("00000708").preference()).isEqualTo(RouterPreference.MEDIUM);
        assertThat(flagsOf("00180708").preference()).isEqualTo(RouterPreference.LOW);
        assertThat(flagsOf("00100708").preference()).isEqualTo(RouterPreference.MEDIUM);
        assertThat(flagsOf("00080000").preference()).isEqualTo(RouterPreference.MEDIUM);
        RouterFlags high = RouterFlags.of(true, true, RouterPreference.HIGH);
        assertThat(new RouterAdvertisement(0, high, 0, 0, 0, List.of()).flags())
                .isEqualTo(RouterFlags.of(true, true, RouterPreference.MEDIUM));
    }

    @Test
    void readsTheFlags() {
        RouterFlags flags = flagsOf("00ff0708");
        assertThat(flags).isEqualTo(new RouterFlags(true, true, true, RouterPreference.LOW, true));
        assertThat(flags.octet()).isEqualTo(0xfc);
    }

    private static RouterFlags flagsOf(String firstWord) {
        return RouterAdvertisement.validate(advertisement(0, firstWord + "00".repeat(8)))
                .orElseThrow()
                .flags();
    }

    @Test
    void refusesWhatItCannotSay() {
        RouterFlags none = RouterFlags.of(false, false, RouterPreference.MEDIUM);
        assertThatThrownBy(() -> new RouterAdvertisement(256, none, 0, 0, 0, List.of()))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new RouterAdvertisement(0, none, 65536, 0, 0, List.of()))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new RouterAdvertisement(0, none, 0, 1L << 32, 0, List.of()))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new RouterAdvertisement(0, none, 0, 0, -1, List.of()))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
