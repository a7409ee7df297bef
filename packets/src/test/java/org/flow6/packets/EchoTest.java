package org.flow6.packets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.flow6.packets.ExtensionHeader.Fragment;
import org.junit.jupiter.api.Test;
import org.projectfloodlight.openflow.types.IPv6Address;
import org.projectfloodlight.openflow.types.IPv6FlowLabel;

/** Echo and error messages (RFC 4443). */
class EchoTest {
    private static final IPv6Address A = IPv6Address.of("2001:db8::a");
    private static final IPv6Address B = IPv6Address.of("2001:db8::b");
    private static final IPv6Address GROUP = IPv6Address.of("ff0e::1");
    private static final Echo.Request REQUEST = new Echo.Request(65535, 1, Bytes.ofHex("70696e67"));
    private static final Ipv6 PING = Ipv6.of(64, A, B, REQUEST);

    @Test
    void repliesInKind() {
        Echo.Reply reply = REQUEST.reply();
        assertThat(reply).isEqualTo(new Echo.Reply(65535, 1, REQUEST.data()));
        assertThat(Icmpv6.decode(Ipv6.of(64, B, A, reply))).isEqualTo(Decoded.ok(reply));
        assertThat(Icmpv6.decode(PING)).isEqualTo(Decoded.ok(REQUEST));
        assertThatThrownBy(() -> new Echo.Request(65536, 0, Bytes.EMPTY)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Echo.Reply(0, -1, Bytes.EMPTY)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void discardsWhatIsNoEcho() {
        for (int type : new int[] {128, 129}) {
            assertThat(Icmpv6.decode(NdRaw.packet(64, A, B, type, 1, "00000000")))
                    .isEqualTo(Decoded.malformed(MalformedReason.ICMPV6_CODE));
            assertThat(Icmpv6.decode(NdRaw.packet(64, A, B, type, 0, "000000")))
                    .isEqualTo(Decoded.malformed(MalformedReason.ICMPV6_TRUNCATED));
        }
    }

    @Test
    void quotesThePacketUpTo1280Octets() {
        Ipv6 large = Ipv6.of(64, A, B, new Echo.Request(1, 1, Bytes.of(new byte[3000])));
        for (Ipv6 invoking : List.of(PING, large)) {
            for (Icmpv6Error error : List.of(
                    Icmpv6Error.unreachable(Icmpv6Error.ADDRESS_UNREACHABLE, invoking),
                    Icmpv6Error.tooBig(1450, invoking),
                    Icmpv6Error.timeExceeded(Icmpv6Error.HOP_LIMIT, invoking),
                    Icmpv6Error.parameterProblem(Icmpv6Error.UNKNOWN_NEXT_HEADER, 6, invoking))) {
                Ipv6 packet = Ipv6.of(255, B, A, error);
                assertThat(packet.length()).isEqualTo(Math.min(1280, 48 + invoking.length()));
                assertThat(Icmpv6.decode(packet)).isEqualTo(Decoded.ok(error));
            }
        }
        assertThat(Icmpv6Error.tooBig(1450, PING).detail()).isEqualTo(1450);
        assertThatThrownBy(() -> Icmpv6Error.tooBig(1L << 32, PING)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Icmpv6Error.unreachable(256, PING)).isInstanceOf(IllegalArgumentException.class);
    }

    /** RFC 4443 §2.4(e). */
    @Test
    void answersNoErrorsAndNoGroups() {
        Icmpv6Error unreachable = Icmpv6Error.unreachable(Icmpv6Error.NO_ROUTE, PING);
        Icmpv6Error tooBig = Icmpv6Error.tooBig(1280, PING);
        assertThat(unreachable.mayBeSentFor(PING)).isTrue();
        for (Icmpv6 message : List.of(unreachable, tooBig, new Redirect(B, B, List.of()))) {
            assertThat(unreachable.mayBeSentFor(Ipv6.of(64, A, B, message))).isFalse();
        }
        for (IPv6Address source : List.of(IPv6Address.NONE, GROUP)) {
            assertThat(tooBig.mayBeSentFor(Ipv6.of(64, source, B, REQUEST))).isFalse();
        }
        Ipv6 toGroup = Ipv6.of(64, A, GROUP, REQUEST);
        assertThat(unreachable.mayBeSentFor(toGroup)).isFalse();
        assertThat(tooBig.mayBeSentFor(toGroup)).isTrue();
        assertThat(Icmpv6Error.parameterProblem(Icmpv6Error.UNKNOWN_OPTION, 42, toGroup)
                        .mayBeSentFor(toGroup))
                .isTrue();
        assertThat(Icmpv6Error.parameterProblem(Icmpv6Error.HEADER_FIELD, 42, toGroup)
                        .mayBeSentFor(toGroup))
                .isFalse();
    }

    /** The second part of an error must not be taken for an echo that happens to start like one. */
    @Test
    void answersNoLaterFragmentOfIcmp() {
        Icmpv6Error tooBig = Icmpv6Error.tooBig(1280, PING);
        assertThat(tooBig.mayBeSentFor(fragment(NextHeader.ICMPV6, 0))).isTrue();
        assertThat(tooBig.mayBeSentFor(fragment(NextHeader.ICMPV6, 1))).isFalse();
        assertThat(tooBig.mayBeSentFor(fragment(NextHeader.UDP, 1))).isTrue();
    }

    private static Ipv6 fragment(NextHeader nextHeader, int offset) {
        Fragment fragment = new Fragment(offset, true, 1);
        return new Ipv6(0, IPv6FlowLabel.NONE, nextHeader, 64, A, B, List.of(fragment), PING.payload());
    }
}
