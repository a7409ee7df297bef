package org.flow6.packets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.flow6.packets.ExtensionHeader.Fragment;
import org.flow6.packets.NdOption.Nonce;
import org.flow6.packets.NdOption.SourceLinkLayerAddress;
import org.flow6.packets.NdOption.UnknownOption;
import org.junit.jupiter.api.Test;
import org.projectfloodlight.openflow.types.IPv6Address;
import org.projectfloodlight.openflow.types.IPv6FlowLabel;
import org.projectfloodlight.openflow.types.MacAddress;

/** The rules of RFC 4861 §7.1.1, one by one. */
class NeighborSolicitationTest {
    private static final IPv6Address A = IPv6Address.of("2001:db8::a");
    private static final IPv6Address B = IPv6Address.of("2001:db8::b");
    private static final IPv6Address GROUP = SolicitedNode.of(B);
    private static final String TARGET = "20010db800000000000000000000000b";
    private static final MacAddress MAC = MacAddress.of("02:00:00:00:00:0a");
    private static final SourceLinkLayerAddress SLLA = new SourceLinkLayerAddress(MAC);
    private static final Nonce NONCE = new Nonce(Bytes.ofHex("a1b2c3d4e5f6"));

    private static NeighborSolicitation solicitation(NdOption... options) {
        return new NeighborSolicitation(B, List.of(options));
    }

    /** A solicitation's packet of these octets after the checksum, which holds. */
    private static Ipv6 raw(int code, String body) {
        return NdRaw.packet(255, A, GROUP, NeighborSolicitation.TYPE, code, body);
    }

    private static void assertDiscarded(Ipv6 packet, MalformedReason reason) {
        assertThat(NeighborSolicitation.validate(packet)).isEqualTo(Decoded.malformed(reason));
    }

    @Test
    void takesASolicitationFromAnAddress() {
        NeighborSolicitation sent = solicitation(NONCE, SLLA);
        Ipv6 packet = Ipv6.of(255, A, GROUP, sent);
        assertThat(NeighborSolicitation.validate(packet)).isEqualTo(Decoded.ok(sent));
        assertThat(sent.sourceLinkLayerAddress()).hasValue(MAC);
        assertThat(sent.nonce()).hasValue(NONCE);
    }

    /** Neighbor unreachability detection solicits by unicast, and may leave its own address out (§4.3). */
    @Test
    void takesAUnicastSolicitationWithoutOptions() {
        assertThat(NeighborSolicitation.validate(Ipv6.of(255, A, B, solicitation())))
                .isEqualTo(Decoded.ok(solicitation()));
    }

    @Test
    void takesADuplicateCheck() {
        Ipv6 packet = Ipv6.of(255, IPv6Address.NONE, GROUP, solicitation(NONCE));
        assertThat(NeighborSolicitation.validate(packet)).isEqualTo(Decoded.ok(solicitation(NONCE)));
    }

    @Test
    void ignoresTheReservedField() {
        assertThat(NeighborSolicitation.validate(raw(0, "ffffffff" + TARGET))).isEqualTo(Decoded.ok(solicitation()));
    }

    @Test
    void keepsUnknownOptions() {
        String option = "c802" + "000102030405060708090a0b0c0d";
        Ipv6 packet = raw(0, "00000000" + TARGET + option);
        NeighborSolicitation taken = NeighborSolicitation.validate(packet).orElseThrow();
        assertThat(taken.options()).containsExactly(new UnknownOption(200, Bytes.ofHex(option.substring(4))));
        assertThat(Ipv6.of(255, A, GROUP, taken).payload()).isEqualTo(packet.payload());
    }

    @Test
    void discardsAnotherHopLimit() {
        for (int hopLimit : new int[] {0, 1, 64, 254}) {
            assertDiscarded(Ipv6.of(hopLimit, A, GROUP, solicitation(SLLA)), MalformedReason.ND_HOP_LIMIT);
        }
    }

    @Test
    void discardsABadChecksum() {
        Ipv6 good = Ipv6.of(255, A, GROUP, solicitation(SLLA));
        Ipv6 elsewhere = new Ipv6(
                0, IPv6FlowLabel.NONE, NextHeader.ICMPV6, 255, A, SolicitedNode.of(A), List.of(), good.payload());
        assertDiscarded(elsewhere, MalformedReason.ICMPV6_CHECKSUM);
    }

    @Test
    void discardsAnotherCode() {
        assertDiscarded(raw(1, "00000000" + TARGET), MalformedReason.ND_CODE);
    }

    @Test
    void discardsAShortMessage() {
        assertDiscarded(raw(0, "00000000" + TARGET.substring(2)), MalformedReason.ND_TRUNCATED);
        assertDiscarded(raw(0, ""), MalformedReason.ND_TRUNCATED);
    }

    @Test
    void discardsAMulticastTarget() {
        NeighborSolicitation multicast = new NeighborSolicitation(LinkLocalMulticast.ALL_NODES, List.of(SLLA));
        assertDiscarded(Ipv6.of(255, A, GROUP, multicast), MalformedReason.ND_TARGET_MULTICAST);
    }

    @Test
    void discardsAnOptionOfLengthZero() {
        String start = "00000000" + TARGET;
        assertDiscarded(raw(0, start + "0100020000000000"), MalformedReason.ND_OPTION_LENGTH_ZERO);
        assertDiscarded(raw(0, start + "c801000000000000" + "c800"), MalformedReason.ND_OPTION_LENGTH_ZERO);
    }

    @Test
    void discardsAnOptionThatEndsAfterTheMessage() {
        String start = "00000000" + TARGET;
        assertDiscarded(raw(0, start + "01"), MalformedReason.ND_OPTION_TRUNCATED);
        assertDiscarded(raw(0, start + "0101020000000a"), MalformedReason.ND_OPTION_TRUNCATED);
        assertDiscarded(raw(0, start + "c8ff000000000000"), MalformedReason.ND_OPTION_TRUNCATED);
    }

    @Test
    void discardsALinkLayerAddressThatIsNotEthernets() {
        String option = "0102" + "02000000000a" + "0000000000000000";
        assertDiscarded(raw(0, "00000000" + TARGET + option), MalformedReason.ND_LINK_LAYER_ADDRESS_LENGTH);
    }

    @Test
    void discardsADuplicateCheckOfTheWrongDestination() {
        for (IPv6Address destination : List.of(B, LinkLocalMulticast.ALL_NODES)) {
            assertDiscarded(
                    Ipv6.of(255, IPv6Address.NONE, destination, solicitation()), MalformedReason.DAD_DESTINATION);
        }
    }

    @Test
    void discardsADuplicateCheckWithALinkLayerAddress() {
        assertDiscarded(
                Ipv6.of(255, IPv6Address.NONE, GROUP, solicitation(NONCE, SLLA)),
                MalformedReason.DAD_SOURCE_LINK_LAYER_ADDRESS);
    }

    @Test
    void discardsFragmentsEvenAtomicOnes() {
        Bytes message = solicitation(SLLA).encode(A, GROUP);
        for (Fragment fragment :
                List.of(new Fragment(0, false, 1), new Fragment(0, true, 1), new Fragment(3, false, 1))) {
            Ipv6 packet = new Ipv6(0, IPv6FlowLabel.NONE, NextHeader.ICMPV6, 255, A, GROUP, List.of(fragment), message);
            assertDiscarded(packet, MalformedReason.ND_FRAGMENTED);
        }
    }

    @Test
    void discardsAMulticastSource() {
        assertDiscarded(Ipv6.of(255, GROUP, GROUP, solicitation(SLLA)), MalformedReason.ND_SOURCE_MULTICAST);
    }

    @Test
    void discardsWhatIsNoSolicitation() {
        NeighborAdvertisement other = new NeighborAdvertisement(NdFlags.solicited(false), B, List.of());
        assertDiscarded(Ipv6.of(255, A, B, other), MalformedReason.ICMPV6_TYPE);
        Ipv6 nothing = new Ipv6(0, IPv6FlowLabel.NONE, NextHeader.NONE, 255, A, GROUP, List.of(), Bytes.EMPTY);
        assertDiscarded(nothing, MalformedReason.NOT_ICMPV6);
    }

    @Test
    void optionsRefuseWhatTheyCannotSay() {
        assertThatThrownBy(() -> new Nonce(Bytes.ofHex("0102"))).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Nonce(Bytes.of(new byte[2046]))).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new UnknownOption(1, Bytes.of(new byte[6])))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new UnknownOption(256, Bytes.of(new byte[6])))
                .isInstanceOf(IllegalArgumentException.class);
        assertThat(new Nonce(Bytes.of(new byte[2038])).encode().unsignedByte(1)).isEqualTo(255);
    }
}
