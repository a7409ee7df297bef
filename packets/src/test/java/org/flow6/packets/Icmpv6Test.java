package org.flow6.packets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.flow6.packets.ExtensionHeader.Fragment;
import org.flow6.packets.ExtensionHeader.Routing;
import org.junit.jupiter.api.Test;
import org.projectfloodlight.openflow.types.IPv6Address;
import org.projectfloodlight.openflow.types.IPv6FlowLabel;

class Icmpv6Test {
    private static final IPv6Address A = IPv6Address.of("2001:db8::a");
    private static final IPv6Address B = IPv6Address.of("2001:db8::b");
    private static final Echo ECHO = new Echo.Request(42, 1, Bytes.ofHex("70696e6721"));

    private static Ipv6 carrying(Bytes message, ExtensionHeader... extensions) {
        return new Ipv6(0, IPv6FlowLabel.NONE, NextHeader.ICMPV6, 64, A, B, List.of(extensions), message);
    }

    @Test
    void takesTypesWithoutARecordAsTheyAre() {
        assertThat(Icmpv6.decode(Ipv6.of(1, A, B, new Icmpv6.Other(255, 255, Bytes.EMPTY))))
                .isEqualTo(Decoded.ok(new Icmpv6.Other(255, 255, Bytes.EMPTY)));
    }

    @Test
    void checksumCoversTheFinalDestination() {
        Routing viaB = new Routing(0, 1, Bytes.ofHex("00000000" + "20010db800000000000000000000000c"));
        Bytes message = ECHO.encode(A, IPv6Address.of("2001:db8::c"));
        assertThat(Icmpv6.decode(carrying(message, viaB))).isEqualTo(Decoded.ok(ECHO));
        assertThat(Icmpv6.decode(carrying(ECHO.encode(A, B), viaB)))
                .isEqualTo(Decoded.malformed(MalformedReason.ICMPV6_CHECKSUM));
    }

    @Test
    void discardsWhatIsNotWhole() {
        for (String octets : List.of("", "80", "8000", "800000")) {
            assertThat(Icmpv6.decode(carrying(Bytes.ofHex(octets))))
                    .isEqualTo(Decoded.malformed(MalformedReason.ICMPV6_TRUNCATED));
        }
        assertThat(Icmpv6.decode(carrying(ECHO.encode(A, B), new Fragment(0, true, 1))))
                .isEqualTo(Decoded.malformed(MalformedReason.ICMPV6_FRAGMENT));
        Ipv6 nested = carrying(ECHO.encode(A, B), new Fragment(0, false, 1), new Fragment(0, true, 2));
        assertThat(Icmpv6.decode(nested)).isEqualTo(Decoded.malformed(MalformedReason.ICMPV6_FRAGMENT));
    }

    @Test
    void takesAnAtomicFragment() {
        assertThat(Icmpv6.decode(carrying(ECHO.encode(A, B), new Fragment(0, false, 1))))
                .isEqualTo(Decoded.ok(ECHO));
    }

    /** Decoding leaves to validate what only the packet around the message tells. */
    @Test
    void decodesASolicitationThatWasForwarded() {
        NeighborSolicitation solicitation = new NeighborSolicitation(B, List.of());
        assertThat(Icmpv6.decode(Ipv6.of(64, A, B, solicitation))).isEqualTo(Decoded.ok(solicitation));
    }

    @Test
    void refusesTypesThatHaveARecord() {
        for (int type : new int[] {1, 2, 3, 4, 128, 129, 130, 131, 132, 133, 134, 135, 136, 137, 141, 142, 143}) {
            assertThatThrownBy(() -> new Icmpv6.Other(type, 0, Bytes.EMPTY))
                    .isInstanceOf(IllegalArgumentException.class);
        }
        assertThatThrownBy(() -> new Icmpv6.Other(256, 0, Bytes.EMPTY)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void aMalformedLayerStopsTheNext() {
        Decoded<Icmpv6> decoded = Ipv6.decode(Bytes.EMPTY).then(Icmpv6::decode);
        assertThat(decoded).isEqualTo(Decoded.malformed(MalformedReason.IPV6_TRUNCATED));
        assertThat(decoded.toOptional()).isEmpty();
        assertThatThrownBy(decoded::orElseThrow)
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("IPV6_TRUNCATED");
    }
}
