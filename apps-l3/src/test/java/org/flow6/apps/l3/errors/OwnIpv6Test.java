package org.flow6.apps.l3.errors;

import static org.assertj.core.api.Assertions.assertThat;
import static org.flow6.apps.l3.errors.Punted.atR1;
import static org.flow6.apps.l3.errors.Punted.datagram;
import static org.flow6.apps.l3.errors.Punted.error;
import static org.flow6.apps.l3.errors.Punted.packet;
import static org.flow6.apps.l3.errors.Punted.refuses;
import static org.flow6.apps.l3.errors.Punted.reply;
import static org.flow6.apps.l3.errors.Punted.sent;

import java.util.List;
import java.util.Optional;
import org.flow6.flow.PacketIn;
import org.flow6.flow.PacketOut;
import org.flow6.packets.Bytes;
import org.flow6.packets.Echo;
import org.flow6.packets.Ethernet;
import org.flow6.packets.ExtensionHeader;
import org.flow6.packets.ExtensionHeader.DestinationOptions;
import org.flow6.packets.ExtensionHeader.Fragment;
import org.flow6.packets.ExtensionHeader.HopByHop;
import org.flow6.packets.ExtensionHeader.Routing;
import org.flow6.packets.Icmpv6;
import org.flow6.packets.Icmpv6Error;
import org.flow6.packets.Icmpv6Error.Kind;
import org.flow6.packets.Ipv6;
import org.flow6.packets.NextHeader;
import org.flow6.packets.Reassembly;
import org.flow6.packets.Tcp;
import org.flow6.packets.Udp;
import org.junit.jupiter.api.Test;
import org.projectfloodlight.openflow.types.IPv6Address;
import org.projectfloodlight.openflow.types.IPv6FlowLabel;
import org.projectfloodlight.openflow.types.MacAddress;

/** What a router answers to IPv6 packets for its own addresses. */
class OwnIpv6Test {
    private static final String SOURCE = "2001:db8:1::11";
    private static final String GATEWAY = "2001:db8:1::1";
    private static final String FAR = "2001:db8:2::1";

    private static Ipv6 carrying(NextHeader upper, Bytes payload, ExtensionHeader... extensions) {
        return new Ipv6(
                0,
                IPv6FlowLabel.NONE,
                upper,
                64,
                IPv6Address.of(SOURCE),
                IPv6Address.of(GATEWAY),
                List.of(extensions),
                payload);
    }

    private static Ipv6 with(ExtensionHeader... extensions) {
        Bytes upper = new Udp(1, 2, Bytes.EMPTY).encode(IPv6Address.of(SOURCE), IPv6Address.of(GATEWAY));
        return carrying(NextHeader.UDP, upper, extensions);
    }

    private static Icmpv6Error local(Ipv6 packet) {
        return error(RoutePunts.LOCAL, atR1(packet));
    }

    /** RFC 4443 §3.1 code 4; §2.2 a: from the address that was asked. */
    @Test
    void nobodyListensAtAPort() {
        for (String address : List.of(GATEWAY, FAR, "fe80::ff:fe00:101")) {
            Ipv6 asked = datagram(SOURCE, address, 40);
            assertThat(local(asked)).isEqualTo(Icmpv6Error.unreachable(4, asked));
            assertThat(reply(RoutePunts.LOCAL, atR1(asked)).source()).isEqualTo(IPv6Address.of(address));
        }
    }

    /** RFC 4443 §2.2 b: an anycast address is not the source (RFC 4291 §2.6.1). */
    @Test
    void theRoutersAnycastAddressAnswersByAUnicastOne() {
        Ipv6 asked = datagram(SOURCE, "2001:db8:1::", 40);
        assertThat(reply(RoutePunts.LOCAL, atR1(asked)).source()).isEqualTo(IPv6Address.of(GATEWAY));
    }

    /** RFC 9293 §3.10.7.1. */
    @Test
    void resetsConnections() {
        Tcp syn = new Tcp(40000, 22, 100, 0, Tcp.SYN, 1000, 0, Bytes.EMPTY, Bytes.EMPTY);
        Ipv6 reply = reply(RoutePunts.LOCAL, atR1(packet(SOURCE, FAR, syn)));
        assertThat(reply.source()).isEqualTo(IPv6Address.of(FAR));
        assertThat(Tcp.decode(reply).orElseThrow()).isEqualTo(syn.reset());
        refuses(ErrorDrop.IGNORED, RoutePunts.LOCAL, atR1(packet(SOURCE, FAR, syn.reset())));
        refuses(ErrorDrop.SOURCE, RoutePunts.LOCAL, atR1(packet("ff02::1", FAR, syn)));
    }

    /** RFC 4443 §4.2: on the network itself, other apps do so. */
    @Test
    void answersPingsOfItsAddressesOnOtherNetworks() {
        Echo.Request ping = new Echo.Request(7, 9, Bytes.of(new byte[3000]));
        List<PacketOut> packets = sent(RoutePunts.LOCAL, atR1(packet(SOURCE, FAR, ping)));
        Reassembly reassembly = new Reassembly(1, 65536);
        Optional<Ipv6> reply = Optional.empty();
        for (PacketOut packet : packets) {
            Ipv6 part = Ipv6.decode(packet.frame()).orElseThrow();
            assertThat(part.length()).isLessThanOrEqualTo(1500);
            reply = reassembly.add(part, 0).orElseThrow();
        }
        assertThat(Icmpv6.decode(reply.orElseThrow()).orElseThrow()).isEqualTo(ping.reply());
        assertThat(reply.orElseThrow().source()).isEqualTo(IPv6Address.of(FAR));
        refuses(ErrorDrop.IGNORED, RoutePunts.LOCAL, atR1(packet(SOURCE, GATEWAY, ping)));
        refuses(ErrorDrop.SOURCE, RoutePunts.LOCAL, atR1(packet("ff02::1", FAR, ping)));
    }

    /** RFC 4443 §3.4: the pointer is that of the Next Header field which announces it. */
    @Test
    void pointsAtAnUnknownNextHeader() {
        Ipv6 plain = carrying(NextHeader.of(253), Bytes.EMPTY);
        assertThat(local(plain)).isEqualTo(Icmpv6Error.parameterProblem(1, 6, plain));
        DestinationOptions padding = new DestinationOptions(Bytes.ofHex("010400000000"));
        Ipv6 behind = carrying(NextHeader.of(132), Bytes.EMPTY, new HopByHop(Bytes.ofHex("010400000000")), padding);
        assertThat(local(behind)).isEqualTo(Icmpv6Error.parameterProblem(1, 48, behind));
    }

    /** RFC 4443 §2.4 a, b, RFC 8200 §4.7. */
    @Test
    void discardsSilentlyWhatAsksForNothing() {
        refuses(ErrorDrop.IGNORED, RoutePunts.LOCAL, atR1(carrying(NextHeader.NONE, Bytes.EMPTY)));
        Echo.Request ping = new Echo.Request(7, 9, Bytes.EMPTY);
        refuses(ErrorDrop.IGNORED, RoutePunts.LOCAL, atR1(packet(SOURCE, GATEWAY, ping.reply())));
        Ipv6 invoking = datagram(GATEWAY, SOURCE, 1);
        refuses(
                ErrorDrop.IGNORED,
                RoutePunts.LOCAL,
                atR1(packet(SOURCE, GATEWAY, Icmpv6Error.unreachable(4, invoking))));
    }

    /** RFC 8200 §4.2, by the first two bits of the option's type. */
    @Test
    void followsWhatUnknownOptionsSay() {
        assertThat(local(with(new DestinationOptions(options(0x1e)))).kind()).isEqualTo(Kind.DESTINATION_UNREACHABLE);
        refuses(ErrorDrop.OPTION, RoutePunts.LOCAL, atR1(with(new DestinationOptions(options(0x5e)))));
        for (int type : new int[] {0x9e, 0xde}) {
            Ipv6 asked = with(new DestinationOptions(options(type)));
            assertThat(local(asked)).isEqualTo(Icmpv6Error.parameterProblem(2, 43, asked));
            Ipv6 hopByHop = with(new HopByHop(options(type)));
            assertThat(local(hopByHop)).isEqualTo(Icmpv6Error.parameterProblem(2, 43, hopByHop));
        }
    }

    /** Pad1, an option with two octets of data, Pad1. */
    private static Bytes options(int type) {
        return Bytes.ofHex("00%02x02000000".formatted(type));
    }

    @Test
    void anUnknownOptionThatSaysSoIsToldOfToGroupsToo() {
        Ipv6 unicast = with(new DestinationOptions(options(0x9e)));
        Ipv6 group = new Ipv6(
                0,
                IPv6FlowLabel.NONE,
                NextHeader.NONE,
                64,
                unicast.source(),
                IPv6Address.of("ff02::1"),
                List.of(new DestinationOptions(options(0x9e))),
                Bytes.EMPTY);
        assertThat(local(group).code()).isEqualTo(2);
        Ipv6 silent = new Ipv6(
                0,
                IPv6FlowLabel.NONE,
                NextHeader.NONE,
                64,
                unicast.source(),
                IPv6Address.of("ff02::1"),
                List.of(new DestinationOptions(options(0xde))),
                Bytes.EMPTY);
        refuses(ErrorDrop.OPTION, RoutePunts.LOCAL, atR1(silent));
    }

    @Test
    void refusesOptionsThatEndBeyondTheirHeader() {
        refuses(ErrorDrop.MALFORMED, RoutePunts.LOCAL, atR1(with(new DestinationOptions(Bytes.ofHex("1e0900000000")))));
        refuses(ErrorDrop.MALFORMED, RoutePunts.LOCAL, atR1(with(new DestinationOptions(Bytes.ofHex("00000000001e")))));
    }

    /** RFC 8200 §4.4, RFC 5095: no routing type is known. */
    @Test
    void isNoNodeOfASourceRoute() {
        Routing visited = new Routing(0, 0, Bytes.of(new byte[20]));
        assertThat(local(with(visited)).kind()).isEqualTo(Kind.DESTINATION_UNREACHABLE);
        Ipv6 routed = with(new Routing(0, 1, Bytes.of(new byte[20])));
        assertThat(local(routed)).isEqualTo(Icmpv6Error.parameterProblem(0, 42, routed));
    }

    @Test
    void refusesWrongChecksums() {
        for (NextHeader upper : List.of(NextHeader.UDP, NextHeader.TCP)) {
            Bytes zeros = Bytes.of(new byte[20]);
            refuses(ErrorDrop.MALFORMED, RoutePunts.LOCAL, atR1(carrying(upper, zeros)));
        }
    }

    /** Fragments are put together before: those that come all the same are none of a packet. */
    @Test
    void answersWholePacketsOnly() {
        refuses(ErrorDrop.FRAGMENT, RoutePunts.LOCAL, atR1(with(new Fragment(0, true, 7))));
        assertThat(RoutePunts.LOCAL.reassembled()).isTrue();
        assertThat(local(with(new Fragment(0, false, 7))).code()).isEqualTo(4);
    }

    @Test
    void isSilentAboutWhatCameByMulticast() {
        PacketIn multicast =
                atR1(Ethernet.of(MacAddress.of("33:33:00:00:00:01"), Punted.VM1, datagram(SOURCE, GATEWAY, 1)));
        refuses(ErrorDrop.NO_ROUTER, RoutePunts.LOCAL, multicast);
    }
}
