package org.flow6.apps.l3.errors;

import static org.assertj.core.api.Assertions.assertThat;
import static org.flow6.apps.l3.errors.Punted.R1_BLUE;
import static org.flow6.apps.l3.errors.Punted.R1_RED;
import static org.flow6.apps.l3.errors.Punted.R2_RED;
import static org.flow6.apps.l3.errors.Punted.VM1;
import static org.flow6.apps.l3.errors.Punted.atR1;
import static org.flow6.apps.l3.errors.Punted.beyondR1;
import static org.flow6.apps.l3.errors.Punted.datagram;
import static org.flow6.apps.l3.errors.Punted.error;
import static org.flow6.apps.l3.errors.Punted.one;
import static org.flow6.apps.l3.errors.Punted.packet;
import static org.flow6.apps.l3.errors.Punted.punted;
import static org.flow6.apps.l3.errors.Punted.refuses;
import static org.flow6.apps.l3.errors.Punted.reply;

import java.util.List;
import java.util.Map;
import org.flow6.flow.Action;
import org.flow6.flow.Field;
import org.flow6.flow.PacketIn;
import org.flow6.flow.PacketOut;
import org.flow6.flow.PuntReason;
import org.flow6.flow.Table;
import org.flow6.network.Id;
import org.flow6.network.Network;
import org.flow6.packets.Bytes;
import org.flow6.packets.Echo;
import org.flow6.packets.Ethernet;
import org.flow6.packets.ExtensionHeader.Fragment;
import org.flow6.packets.Icmpv6;
import org.flow6.packets.Icmpv6Error;
import org.flow6.packets.Icmpv6Error.Kind;
import org.flow6.packets.Ipv6;
import org.flow6.packets.NextHeader;
import org.junit.jupiter.api.Test;
import org.projectfloodlight.openflow.types.IPv6Address;
import org.projectfloodlight.openflow.types.IPv6FlowLabel;
import org.projectfloodlight.openflow.types.MacAddress;
import org.projectfloodlight.openflow.types.OFPort;

/** Errors about packets that a router does not forward. */
class Ipv6ErrorsTest {
    private static final Ipv6 PACKET = datagram("2001:db8:1::11", "2001:db8:2::99", 100);
    private static final IPv6Address GATEWAY = IPv6Address.of("2001:db8:1::1");

    private static Ipv6 icmp(int type) {
        Bytes message = Bytes.of((byte) type, (byte) 0, (byte) 0, (byte) 0, (byte) 0, (byte) 0, (byte) 0, (byte) 0);
        return with(NextHeader.ICMPV6, 0, message);
    }

    private static Ipv6 with(NextHeader upper, int fragmentOffset, Bytes payload) {
        return new Ipv6(
                0,
                IPv6FlowLabel.NONE,
                upper,
                1,
                PACKET.source(),
                PACKET.destination(),
                fragmentOffset == 0 ? List.of() : List.of(new Fragment(fragmentOffset, false, 7)),
                payload);
    }

    /** RFC 4443 §3.1, §3.3. */
    @Test
    void tellWhatWentWrong() {
        Map<PuntReason, Icmpv6Error> expected = Map.of(
                RoutePunts.HOP_LIMIT, Icmpv6Error.timeExceeded(0, PACKET),
                RoutePunts.NO_ROUTE, Icmpv6Error.unreachable(0, PACKET),
                RoutePunts.BEYOND_SCOPE, Icmpv6Error.unreachable(2, PACKET));
        expected.forEach((reason, error) -> {
            Ipv6 reply = reply(reason, atR1(PACKET));
            assertThat(Icmpv6.decode(reply).orElseThrow()).isEqualTo(error);
            assertThat(reply.source()).isEqualTo(GATEWAY);
            assertThat(reply.destination()).isEqualTo(PACKET.source());
            assertThat(reply.hopLimit()).isEqualTo(64);
            PacketOut out = one(reason, atR1(PACKET));
            assertThat(out).isEqualTo(PacketOut.to(OFPort.of(1), Ethernet.of(VM1, R1_BLUE, reply)));
        });
    }

    /** RFC 4443 §3.2: the MTU of the network that it would go to. Its sender's MAC address is the router's by then. */
    @Test
    void tellTheMtuOfTheNextNetwork() {
        Ipv6 large = datagram("2001:db8:1::11", "2001:db8:2::99", 1400);
        Ipv6 reply = reply(RoutePunts.TOO_BIG, beyondR1(large));
        assertThat(Icmpv6.decode(reply).orElseThrow()).isEqualTo(Icmpv6Error.tooBig(1280, large));
        assertThat(reply.source()).isEqualTo(GATEWAY);
        Ethernet frame = one(RoutePunts.TOO_BIG, beyondR1(large)).frame();
        assertThat(frame.destination()).isEqualTo(VM1);
        assertThat(frame.source()).isEqualTo(R1_BLUE);
    }

    @Test
    void goToTheMacAddressThatThePortHasForTheSource() {
        Ipv6 shared = datagram("2001:db8:1::77", "2001:db8:2::99", 1400);
        assertThat(one(RoutePunts.TOO_BIG, beyondR1(shared)).frame().destination())
                .isEqualTo(MacAddress.of("00:00:5e:00:02:01"));
    }

    /** RFC 4443 §3.1: code 3, for a next hop that nobody answers for. */
    @Test
    void tellThatNobodyHasTheAddress() {
        assertThat(error(RoutePunts.UNRESOLVED, beyondR1(PACKET))).isEqualTo(Icmpv6Error.unreachable(3, PACKET));
    }

    /** RFC 4443 §2.4 c. */
    @Test
    void quoteAsMuchAs1280OctetsHold() {
        Ipv6 large = datagram("2001:db8:1::11", "2001:db8:2::99", 1452);
        Ipv6 reply = reply(RoutePunts.HOP_LIMIT, atR1(large));
        assertThat(reply.length()).isEqualTo(1280);
        assertThat(reply.payload().slice(8)).isEqualTo(large.encode().slice(0, 1232));
    }

    /** RFC 4443 §2.2: of the source's subnet, else any but link-local; link-local to such. */
    @Test
    void comeFromTheAddressThatSuitsTheSource() {
        assertThat(reply(RoutePunts.NO_ROUTE, atR1(PACKET)).source()).isEqualTo(GATEWAY);
        Ipv6 other = datagram("2001:db8:7::11", "2001:db8:2::99", 1);
        assertThat(reply(RoutePunts.NO_ROUTE, atR1(other)).source()).isEqualTo(IPv6Address.of("2001:db8:7::1"));
        Ipv6 strange = datagram("2001:db8:f::11", "2001:db8:2::99", 1);
        assertThat(reply(RoutePunts.NO_ROUTE, atR1(strange)).source()).isEqualTo(IPv6Address.of("2001:db8:7::1"));
        Ipv6 linkLocal = datagram("fe80::ff:fe00:1", "2001:db8:2::99", 1);
        assertThat(reply(RoutePunts.BEYOND_SCOPE, atR1(linkLocal)).source())
                .isEqualTo(IPv6Address.of("fe80::ff:fe00:101"));
    }

    /** A second router's error comes from its address on the network between. */
    @Test
    void comeFromTheRouterThatHasThePacket() {
        Ethernet atR2 = Ethernet.of(R2_RED, R1_RED, PACKET);
        PacketOut out = one(RoutePunts.HOP_LIMIT, punted("red", "r2", "2001:db8:2::2", false, atR2));
        assertThat(Ipv6.decode(out.frame()).orElseThrow().source()).isEqualTo(IPv6Address.of("2001:db8:2::2"));
        assertThat(out.frame().destination()).isEqualTo(VM1);
        assertThat(out.frame().source()).isEqualTo(R1_BLUE);
        PacketOut beyond = one(RoutePunts.TOO_BIG, punted("green", "r2", "2001:db8:3::9", false, atR2));
        assertThat(Ipv6.decode(beyond.frame()).orElseThrow().source()).isEqualTo(IPv6Address.of("2001:db8:2::2"));
        assertThat(beyond.frame().destination()).isEqualTo(VM1);
    }

    @Test
    void goToOtherHostsThroughTheTables() {
        PacketOut out = one(RoutePunts.HOP_LIMIT, punted("blue", "r1", null, true, Ethernet.of(R1_BLUE, VM1, PACKET)));
        assertThat(out.inPort()).isEqualTo(OFPort.CONTROLLER);
        assertThat(out.actions())
                .containsExactly(
                        Action.set(
                                Field.NETWORK,
                                Punted.SNAPSHOT
                                        .network(Id.<Network>of("blue"))
                                        .orElseThrow()
                                        .key()),
                        Action.resubmit(Table.BRIDGE));
        assertThat(out.frame().destination()).isEqualTo(VM1);
    }

    /** RFC 4443 §2.4 e.1, e.2. */
    @Test
    void areNotAboutErrors() {
        for (int type : new int[] {1, 2, 3, 4, 100, 127, 137}) {
            refuses(ErrorDrop.ABOUT_ERROR, RoutePunts.HOP_LIMIT, atR1(icmp(type)));
            refuses(ErrorDrop.ABOUT_ERROR, RoutePunts.TOO_BIG, beyondR1(icmp(type)));
        }
        assertThat(error(RoutePunts.HOP_LIMIT, atR1(icmp(128))).kind()).isEqualTo(Kind.TIME_EXCEEDED);
        refuses(
                ErrorDrop.ABOUT_ERROR,
                RoutePunts.HOP_LIMIT,
                atR1(with(NextHeader.ICMPV6, 185, Bytes.of(new byte[16]))));
    }

    /** RFC 4443 §2.4 e.3 to e.6. */
    @Test
    void areNotAboutWhatHasNoSingleSourceOrDestination() {
        for (String source : List.of("::", "::1", "ff02::1")) {
            refuses(ErrorDrop.SOURCE, RoutePunts.NO_ROUTE, atR1(datagram(source, "2001:db8:2::99", 1)));
        }
        Ipv6 group = datagram("2001:db8:1::11", "ff0e::1", 1400);
        refuses(ErrorDrop.DESTINATION, RoutePunts.HOP_LIMIT, atR1(group));
        assertThat(error(RoutePunts.TOO_BIG, beyondR1(group)).kind()).isEqualTo(Kind.PACKET_TOO_BIG);
    }

    @Test
    void areNotOfARouterThatIsGone() {
        PacketIn gone = punted("blue", "r9", null, false, Ethernet.of(R1_BLUE, VM1, PACKET));
        refuses(ErrorDrop.NO_ROUTER, RoutePunts.HOP_LIMIT, gone);
        PacketIn moved = punted("green", "r1", null, false, Ethernet.of(R1_BLUE, VM1, PACKET));
        refuses(ErrorDrop.NO_ROUTER, RoutePunts.HOP_LIMIT, moved);
    }

    @Test
    void areNotAboutWhatIsNoPacket() {
        Ethernet good = Ethernet.of(R1_BLUE, VM1, PACKET);
        Ethernet cut = new Ethernet(
                good.destination(),
                good.source(),
                List.of(),
                good.type(),
                good.payload().slice(0, 60));
        refuses(ErrorDrop.MALFORMED, RoutePunts.HOP_LIMIT, atR1(cut));
    }

    @Test
    void quoteAPingAsItCame() {
        Ipv6 ping = packet("2001:db8:1::11", "2001:db8:2::99", new Echo.Request(7, 9, Bytes.of((byte) 1)));
        assertThat(error(RoutePunts.HOP_LIMIT, atR1(ping)).invoking()).isEqualTo(ping.encode());
    }
}
