package org.flow6.packets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.flow6.packets.ExtensionHeader.DestinationOptions;
import org.flow6.packets.ExtensionHeader.Fragment;
import org.flow6.packets.ExtensionHeader.HopByHop;
import org.flow6.packets.ExtensionHeader.Routing;
import org.junit.jupiter.api.Test;
import org.projectfloodlight.openflow.types.IPv6Address;
import org.projectfloodlight.openflow.types.IPv6FlowLabel;

class Ipv6Test {
    private static final IPv6Address A = IPv6Address.of("2001:db8::a");
    private static final IPv6Address B = IPv6Address.of("2001:db8::b");
    private static final String C = "20010db800000000000000000000000c";
    private static final String D = "20010db800000000000000000000000d";
    private static final HopByHop ROUTER_ALERT = new HopByHop(Bytes.ofHex("050200000100"));
    private static final DestinationOptions PADDING = new DestinationOptions(Bytes.ofHex("010400000000"));
    private static final Bytes ANY = Bytes.ofHex("0011223344556677");

    private static Ipv6 packet(NextHeader next, Bytes payload, ExtensionHeader... extensions) {
        return new Ipv6(0, IPv6FlowLabel.NONE, next, 64, A, B, List.of(extensions), payload);
    }

    /** A packet of one octet per pair of digits after the fixed header. */
    private static Bytes octets(int nextHeader, String rest) {
        Bytes body = Bytes.ofHex(rest);
        return Bytes.ofHex("60000000%04x%02x40%032x%032x%s".formatted(body.length(), nextHeader, 0xa, 0xb, rest));
    }

    private static void assertMalformed(Bytes octets, MalformedReason reason) {
        assertThat(Ipv6.decode(octets)).isEqualTo(Decoded.malformed(reason));
    }

    @Test
    void leavesPaddingOut() {
        Ipv6 packet = packet(NextHeader.UDP, ANY);
        Bytes padded = Bytes.ofHex(packet.encode() + "0000");
        assertThat(Ipv6.decode(padded)).isEqualTo(Decoded.ok(packet));
    }

    @Test
    void takesEveryNextHeaderThatIsNoExtension() {
        for (int value = 0; value < 256; value++) {
            NextHeader next = NextHeader.of(value);
            if (!next.isExtension()) {
                Ipv6 packet = packet(next, ANY, PADDING);
                assertThat(Ipv6.decode(packet.encode())).isEqualTo(Decoded.ok(packet));
            }
        }
    }

    @Test
    void discardsWhatIsNotWhole() {
        assertMalformed(Bytes.EMPTY, MalformedReason.IPV6_TRUNCATED);
        assertMalformed(octets(17, "").slice(0, 39), MalformedReason.IPV6_TRUNCATED);
        assertMalformed(octets(17, "00").slice(0, 40), MalformedReason.IPV6_TRUNCATED);
        assertMalformed(octets(0, ""), MalformedReason.EXTENSION_HEADER_TRUNCATED);
        assertMalformed(octets(60, "11010104000000"), MalformedReason.EXTENSION_HEADER_TRUNCATED);
        assertMalformed(octets(60, "1101010400000000"), MalformedReason.EXTENSION_HEADER_TRUNCATED);
        assertMalformed(octets(44, "11000000000000"), MalformedReason.EXTENSION_HEADER_TRUNCATED);
    }

    @Test
    void discardsAnotherVersion() {
        byte[] octets = octets(17, "").toByteArray();
        octets[0] = 0x45;
        assertMalformed(Bytes.of(octets), MalformedReason.IPV6_VERSION);
    }

    @Test
    void discardsHopByHopOptionsThatAreNotFirst() {
        assertMalformed(octets(60, "0000010400000000" + "1100010400000000"), MalformedReason.HOP_BY_HOP_NOT_FIRST);
        assertMalformed(octets(0, "0000010400000000" + "1100010400000000"), MalformedReason.HOP_BY_HOP_NOT_FIRST);
    }

    @Test
    void readsNothingAfterALaterFragmentsHeader() {
        Ipv6 fragment = packet(NextHeader.DESTINATION_OPTIONS, ANY, new Fragment(185, true, 0xffff_ffffL));
        assertThat(Ipv6.decode(fragment.encode())).isEqualTo(Decoded.ok(fragment));
        assertThat(fragment.fragment()).hasValue(new Fragment(185, true, 0xffff_ffffL));
    }

    @Test
    void readsOnAfterAFirstFragmentsHeader() {
        Ipv6 fragment = packet(NextHeader.UDP, ANY, ROUTER_ALERT, new Fragment(0, true, 1), PADDING);
        assertThat(Ipv6.decode(fragment.encode())).isEqualTo(Decoded.ok(fragment));
    }

    @Test
    void ignoresReservedBitsOfAFragmentHeader() {
        Ipv6 packet = Ipv6.decode(octets(44, "11ff000600000001")).orElseThrow();
        assertThat(packet.fragment()).hasValue(new Fragment(0, false, 1));
    }

    @Test
    void findsTheLastNodeOfARoute() {
        Routing type0 = new Routing(0, 2, Bytes.ofHex("00000000" + C + D));
        Routing segments = new Routing(4, 1, Bytes.ofHex("01000000" + C + D));
        Routing done = new Routing(4, 0, segments.data());
        Routing unknown = new Routing(253, 1, type0.data());
        assertThat(packet(NextHeader.UDP, ANY, type0).finalDestination()).isEqualTo(IPv6Address.of("2001:db8::d"));
        assertThat(packet(NextHeader.UDP, ANY, segments).finalDestination()).isEqualTo(IPv6Address.of("2001:db8::c"));
        assertThat(packet(NextHeader.UDP, ANY, type0, segments).finalDestination())
                .isEqualTo(IPv6Address.of("2001:db8::c"));
        assertThat(packet(NextHeader.UDP, ANY, segments, done).finalDestination())
                .isEqualTo(IPv6Address.of("2001:db8::c"));
        assertThat(packet(NextHeader.UDP, ANY, done).finalDestination()).isEqualTo(B);
        assertThat(packet(NextHeader.UDP, ANY, unknown).finalDestination()).isEqualTo(B);
    }

    @Test
    void refusesToBeBuiltAsItCannotBeRead() {
        assertThatThrownBy(() -> packet(NextHeader.UDP, ANY, PADDING, ROUTER_ALERT))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> packet(NextHeader.UDP, ANY, new Fragment(1, false, 1), PADDING))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> packet(NextHeader.ROUTING, ANY)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> packet(NextHeader.UDP, Bytes.of(new byte[65536])))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new HopByHop(Bytes.ofHex("0100"))).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Fragment(8192, false, 0)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void holdsTheLargestPayload() {
        Ipv6 packet = packet(NextHeader.UDP, Bytes.of(new byte[65527]), PADDING);
        assertThat(Ipv6.decode(packet.encode())).isEqualTo(Decoded.ok(packet));
    }
}
