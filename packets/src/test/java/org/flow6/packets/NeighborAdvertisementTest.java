package org.flow6.packets;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.flow6.packets.ExtensionHeader.Fragment;
import org.flow6.packets.NdOption.TargetLinkLayerAddress;
import org.junit.jupiter.api.Test;
import org.projectfloodlight.openflow.types.IPv6Address;
import org.projectfloodlight.openflow.types.IPv6FlowLabel;
import org.projectfloodlight.openflow.types.MacAddress;

/** The rules of RFC 4861 §7.1.2, one by one. */
class NeighborAdvertisementTest {
    private static final IPv6Address A = IPv6Address.of("2001:db8::a");
    private static final IPv6Address B = IPv6Address.of("2001:db8::b");
    private static final MacAddress MAC = MacAddress.of("02:00:00:00:00:0b");
    private static final String TARGET = "20010db800000000000000000000000b";
    private static final TargetLinkLayerAddress TLLA = new TargetLinkLayerAddress(MAC);

    private static NeighborAdvertisement advertisement(NdFlags flags) {
        return new NeighborAdvertisement(flags, B, List.of(TLLA));
    }

    private static Ipv6 raw(int code, String body) {
        return NdRaw.packet(255, B, A, NeighborAdvertisement.TYPE, code, body);
    }

    private static void assertDiscarded(Ipv6 packet, MalformedReason reason) {
        assertThat(NeighborAdvertisement.validate(packet)).isEqualTo(Decoded.malformed(reason));
    }

    @Test
    void takesASolicitedOne() {
        NeighborAdvertisement sent = advertisement(NdFlags.solicited(true));
        assertThat(NeighborAdvertisement.validate(Ipv6.of(255, B, A, sent))).isEqualTo(Decoded.ok(sent));
        assertThat(sent.targetLinkLayerAddress()).hasValue(MAC);
    }

    @Test
    void takesAnUnsolicitedOneToAllNodes() {
        NeighborAdvertisement sent = advertisement(NdFlags.unsolicited(false));
        assertThat(NeighborAdvertisement.validate(Ipv6.of(255, B, LinkLocalMulticast.ALL_NODES, sent)))
                .isEqualTo(Decoded.ok(sent));
    }

    @Test
    void takesOneWithoutOptions() {
        NeighborAdvertisement taken =
                NeighborAdvertisement.validate(raw(0, "40000000" + TARGET)).orElseThrow();
        assertThat(taken.targetLinkLayerAddress()).isEmpty();
        assertThat(taken.flags()).isEqualTo(new NdFlags(false, true, false));
    }

    @Test
    void flagsAreTheThreeHighBits() {
        assertThat(NdFlags.solicited(false).word()).isEqualTo(0x6000_0000L);
        assertThat(NdFlags.solicited(true).word()).isEqualTo(0xe000_0000L);
        assertThat(NdFlags.unsolicited(false).word()).isEqualTo(0x2000_0000L);
        assertThat(NdFlags.ofWord(0x9fff_ffffL)).isEqualTo(new NdFlags(true, false, false));
    }

    @Test
    void discardsASolicitedOneToMulticast() {
        assertDiscarded(
                Ipv6.of(255, B, LinkLocalMulticast.ALL_NODES, advertisement(NdFlags.solicited(false))),
                MalformedReason.NA_SOLICITED_MULTICAST);
    }

    @Test
    void discardsAnotherHopLimit() {
        assertDiscarded(Ipv6.of(64, B, A, advertisement(NdFlags.solicited(false))), MalformedReason.ND_HOP_LIMIT);
    }

    @Test
    void discardsABadChecksum() {
        Bytes message = advertisement(NdFlags.solicited(false)).encode(B, B);
        Ipv6 packet = new Ipv6(0, IPv6FlowLabel.NONE, NextHeader.ICMPV6, 255, B, A, List.of(), message);
        assertDiscarded(packet, MalformedReason.ICMPV6_CHECKSUM);
    }

    @Test
    void discardsAnotherCode() {
        assertDiscarded(raw(255, "40000000" + TARGET), MalformedReason.ND_CODE);
    }

    @Test
    void discardsAShortMessage() {
        assertDiscarded(raw(0, "40000000" + TARGET.substring(2)), MalformedReason.ND_TRUNCATED);
    }

    @Test
    void discardsAMulticastTarget() {
        NeighborAdvertisement multicast =
                new NeighborAdvertisement(NdFlags.solicited(false), LinkLocalMulticast.ALL_NODES, List.of(TLLA));
        assertDiscarded(Ipv6.of(255, B, A, multicast), MalformedReason.ND_TARGET_MULTICAST);
    }

    @Test
    void discardsAnOptionOfLengthZero() {
        assertDiscarded(raw(0, "40000000" + TARGET + "0200020000000000"), MalformedReason.ND_OPTION_LENGTH_ZERO);
    }

    @Test
    void discardsFragments() {
        Bytes message = advertisement(NdFlags.solicited(false)).encode(B, A);
        Ipv6 packet = new Ipv6(
                0, IPv6FlowLabel.NONE, NextHeader.ICMPV6, 255, B, A, List.of(new Fragment(0, false, 1)), message);
        assertDiscarded(packet, MalformedReason.ND_FRAGMENTED);
    }

    @Test
    void discardsWhatIsNoAdvertisement() {
        assertDiscarded(Ipv6.of(255, B, A, new NeighborSolicitation(A, List.of())), MalformedReason.ICMPV6_TYPE);
    }
}
