package org.flow6.apps.l3.errors;

import static org.assertj.core.api.Assertions.assertThat;
import static org.flow6.apps.l3.errors.Punted.atR1;
import static org.flow6.apps.l3.errors.Punted.beyondR1;
import static org.flow6.apps.l3.errors.Punted.ipv4;
import static org.flow6.apps.l3.errors.Punted.one;
import static org.flow6.apps.l3.errors.Punted.refuses;
import static org.flow6.apps.l3.errors.Punted.reply4;
import static org.flow6.apps.l3.errors.Punted.sent;

import java.util.List;
import java.util.Map;
import org.flow6.flow.Action;
import org.flow6.flow.Field;
import org.flow6.flow.PacketOut;
import org.flow6.flow.PuntReason;
import org.flow6.flow.Table;
import org.flow6.network.Id;
import org.flow6.network.Network;
import org.flow6.packets.Bytes;
import org.flow6.packets.Ethernet;
import org.flow6.packets.Icmpv4;
import org.flow6.packets.Icmpv4Error;
import org.flow6.packets.Ipv4;
import org.flow6.packets.NextHeader;
import org.flow6.packets.Tcp;
import org.flow6.packets.Udp;
import org.junit.jupiter.api.Test;
import org.projectfloodlight.openflow.types.IPv4Address;
import org.projectfloodlight.openflow.types.OFPort;

/** What routers say about IPv4 packets. */
class Ipv4ErrorsTest {
    private static final String SOURCE = "192.0.2.11";
    private static final String TARGET = "198.51.100.99";
    private static final Ipv4 PACKET = ipv4(SOURCE, TARGET, new Udp(1, 2, Bytes.of(new byte[100])));

    private static Icmpv4 message(Ipv4 reply) {
        return Icmpv4.decode(reply).orElseThrow();
    }

    /** RFC 1812 §5.3.1, §5.2.7.1. */
    @Test
    void tellWhatWentWrong() {
        Map<PuntReason, Icmpv4Error> expected = Map.of(
                RoutePunts.HOP_LIMIT, Icmpv4Error.timeExceeded(PACKET),
                RoutePunts.NO_ROUTE, Icmpv4Error.unreachable(0, PACKET));
        expected.forEach((reason, error) -> {
            Ipv4 reply = reply4(reason, atR1(PACKET));
            assertThat(message(reply)).isEqualTo(error);
            assertThat(reply.source()).isEqualTo(IPv4Address.of("192.0.2.1"));
            assertThat(reply.destination()).isEqualTo(IPv4Address.of(SOURCE));
            assertThat(reply.ttl()).isEqualTo(64);
            assertThat(reply.typeOfService()).isEqualTo(0xc0);
            assertThat(one(reason, atR1(PACKET)))
                    .isEqualTo(PacketOut.to(OFPort.of(1), Ethernet.of(Punted.VM1, Punted.R1_BLUE, reply)));
        });
        assertThat(message(reply4(RoutePunts.UNRESOLVED, beyondR1(PACKET))))
                .isEqualTo(Icmpv4Error.unreachable(1, PACKET));
    }

    /** RFC 1191 §4. */
    @Test
    void tellTheMtuWhereFragmentsAreForbidden() {
        Ipv4 large = ipv4(SOURCE, TARGET, true, NextHeader.UDP, Bytes.of(new byte[1400]));
        Ipv4 reply = reply4(RoutePunts.TOO_BIG, beyondR1(large));
        assertThat(message(reply)).isEqualTo(Icmpv4Error.tooBig(1280, large));
        assertThat(reply.length()).isEqualTo(576);
        assertThat(one(RoutePunts.TOO_BIG, beyondR1(large)).frame().destination())
                .isEqualTo(Punted.VM1);
    }

    /** RFC 1812 §5.2.6. */
    @Test
    void leaveRoomForFragmentsWhereTheyAreAllowed() {
        Ipv4 large = ipv4(SOURCE, TARGET, false, NextHeader.UDP, Bytes.of(new byte[1400]));
        List<PacketOut> packets = sent(RoutePunts.TOO_BIG, beyondR1(large));
        assertThat(packets.stream().map(packet -> Ipv4.decode(packet.frame()).orElseThrow()))
                .isEqualTo(large.fragments(1280));
        PacketOut first = packets.get(0);
        assertThat(first.inPort()).isEqualTo(OFPort.of(1));
        assertThat(first.frame().source()).isEqualTo(Punted.R1_RED);
        assertThat(first.actions())
                .startsWith(Action.set(
                        Field.NETWORK,
                        Punted.SNAPSHOT
                                .network(Id.<Network>of("red"))
                                .orElseThrow()
                                .key()))
                .contains(Action.set(Field.NEXT_HOP_IPV4, IPv4Address.of(TARGET)))
                .endsWith(Action.resubmit(Table.NEXT_HOP));
    }

    /** RFC 1812 §4.3.2.7. */
    @Test
    void areNotAboutWhatMustNotBeAnswered() {
        Bytes data = Bytes.of(new byte[8]);
        for (String source :
                List.of("0.0.0.0", "127.0.0.1", "224.0.0.1", "255.255.255.255", "192.0.2.255", "198.51.100.255")) {
            refuses(ErrorDrop.SOURCE, RoutePunts.NO_ROUTE, atR1(ipv4(source, TARGET, true, NextHeader.UDP, data)));
        }
        refuses(
                ErrorDrop.DESTINATION,
                RoutePunts.NO_ROUTE,
                atR1(ipv4(SOURCE, "239.1.2.3", true, NextHeader.UDP, data)));
        for (int type : new int[] {3, 5, 11, 12}) {
            Bytes message = Bytes.of((byte) type, (byte) 0);
            refuses(
                    ErrorDrop.ABOUT_ERROR,
                    RoutePunts.HOP_LIMIT,
                    atR1(ipv4(SOURCE, TARGET, true, NextHeader.ICMPV4, message)));
        }
        Ipv4 later = new Ipv4(
                0, 7, false, false, 9, 1, NextHeader.UDP, PACKET.source(), PACKET.destination(), Bytes.EMPTY, data);
        refuses(ErrorDrop.FRAGMENT, RoutePunts.HOP_LIMIT, atR1(later));
    }

    /** RFC 1122 §3.2.2.1. */
    @Test
    void aRouterListensAtNoPortAndSpeaksNoProtocol() {
        Ipv4 datagram = ipv4(SOURCE, "192.0.2.1", new Udp(1, 2, Bytes.EMPTY));
        assertThat(message(reply4(RoutePunts.LOCAL, atR1(datagram)))).isEqualTo(Icmpv4Error.unreachable(3, datagram));
        Ipv4 unknown = ipv4(SOURCE, "192.0.2.1", true, NextHeader.of(132), Bytes.EMPTY);
        assertThat(message(reply4(RoutePunts.LOCAL, atR1(unknown)))).isEqualTo(Icmpv4Error.unreachable(2, unknown));
        // From the network's own address, also where another one was asked (RFC 1812 §4.3.2.4).
        Ipv4 far = ipv4(SOURCE, "198.51.100.1", new Udp(1, 2, Bytes.EMPTY));
        assertThat(reply4(RoutePunts.LOCAL, atR1(far)).source()).isEqualTo(IPv4Address.of("192.0.2.1"));
    }

    /** RFC 9293 §3.10.7.1. */
    @Test
    void resetsConnections() {
        Tcp syn = new Tcp(40000, 22, 100, 0, Tcp.SYN, 1000, 0, Bytes.EMPTY, Bytes.EMPTY);
        Ipv4 reply = reply4(RoutePunts.LOCAL, atR1(ipv4(SOURCE, "198.51.100.1", syn)));
        assertThat(reply.source()).isEqualTo(IPv4Address.of("198.51.100.1"));
        assertThat(Tcp.decode(reply).orElseThrow()).isEqualTo(syn.reset());
        refuses(ErrorDrop.IGNORED, RoutePunts.LOCAL, atR1(ipv4(SOURCE, "198.51.100.1", syn.reset())));
    }

    /** RFC 1812 §4.3.3.6. */
    @Test
    void answersPingsOfItsAddressesOnOtherNetworks() {
        Icmpv4 ping = new Icmpv4.Other(8, 0, 0x7000_9L, Bytes.of(new byte[40]));
        Ipv4 reply = reply4(RoutePunts.LOCAL, atR1(ipv4(SOURCE, "198.51.100.1", ping)));
        assertThat(message(reply)).isEqualTo(new Icmpv4.Other(0, 0, 0x7000_9L, ping.body()));
        assertThat(reply.source()).isEqualTo(IPv4Address.of("198.51.100.1"));
        refuses(ErrorDrop.IGNORED, RoutePunts.LOCAL, atR1(ipv4(SOURCE, "192.0.2.1", ping)));
    }

    @Test
    void discardsSilentlyWhatAsksForNothing() {
        refuses(
                ErrorDrop.IGNORED,
                RoutePunts.LOCAL,
                atR1(ipv4(SOURCE, "192.0.2.1", Icmpv4Error.unreachable(3, PACKET))));
        Ipv4 wrong = ipv4(SOURCE, "192.0.2.1", true, NextHeader.TCP, Bytes.of(new byte[20]));
        refuses(ErrorDrop.MALFORMED, RoutePunts.LOCAL, atR1(wrong));
        Ipv4 part = new Ipv4(
                0,
                7,
                false,
                true,
                0,
                1,
                NextHeader.UDP,
                PACKET.source(),
                IPv4Address.of("192.0.2.1"),
                Bytes.EMPTY,
                Bytes.of(new byte[8]));
        refuses(ErrorDrop.FRAGMENT, RoutePunts.LOCAL, atR1(part));
    }
}
