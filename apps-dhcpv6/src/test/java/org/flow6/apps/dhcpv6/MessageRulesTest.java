package org.flow6.apps.dhcpv6;

import static org.assertj.core.api.Assertions.assertThat;
import static org.flow6.apps.dhcpv6.Scene.DUID;
import static org.flow6.apps.dhcpv6.Scene.XID;
import static org.flow6.apps.dhcpv6.Scene.ia;
import static org.flow6.apps.dhcpv6.Scene.status;

import java.util.List;
import org.flow6.flow.Answer;
import org.flow6.flow.PacketOut;
import org.flow6.packets.Bytes;
import org.flow6.packets.Ethernet;
import org.flow6.packets.Ipv6;
import org.flow6.packets.LinkLocal;
import org.flow6.packets.Udp;
import org.flow6.packets.VlanTag;
import org.flow6.packets.dhcpv6.ClientId;
import org.flow6.packets.dhcpv6.ClientServerMessage;
import org.flow6.packets.dhcpv6.Dhcpv6Message;
import org.flow6.packets.dhcpv6.Dhcpv6Option;
import org.flow6.packets.dhcpv6.Duid;
import org.flow6.packets.dhcpv6.MessageType;
import org.flow6.packets.dhcpv6.ServerId;
import org.flow6.packets.dhcpv6.Status;
import org.flow6.packets.dhcpv6.StatusCode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.projectfloodlight.openflow.types.IPv6Address;
import org.projectfloodlight.openflow.types.MacAddress;

/** RFC 8415 §16: which messages are not answered, and how answers come. */
class MessageRulesTest {
    private static final IPv6Address SERVER = LinkLocal.of(MacAddress.of("02:00:00:00:01:01"));
    private static final MacAddress VM1 = MacAddress.of("02:00:00:00:00:01");
    private static final IPv6Address ALL = Dhcpv6Message.ALL_RELAY_AGENTS_AND_SERVERS;

    private final Scene scene = new Scene();
    private final ServerId other = new ServerId(Duid.linkLayer(VM1));
    private final ClientId client = new ClientId(DUID);

    private static ClientServerMessage message(MessageType type, Dhcpv6Option... options) {
        return new ClientServerMessage(type, XID, List.of(options));
    }

    @ParameterizedTest
    @EnumSource(
            value = MessageType.class,
            names = {"SOLICIT", "CONFIRM", "REBIND"})
    void discardsWithoutClientOrWithServer(MessageType type) {
        scene.discards(Dhcpv6Drop.NO_CLIENT_ID, "vm1", message(type, ia(1)));
        scene.discards(Dhcpv6Drop.SERVER_ID, "vm1", message(type, client, scene.serverId("vm1"), ia(1)));
        scene.discards(Dhcpv6Drop.SERVER_ID, "vm1", message(type, client, other, ia(1)));
    }

    @ParameterizedTest
    @EnumSource(
            value = MessageType.class,
            names = {"REQUEST", "RENEW", "DECLINE", "RELEASE"})
    void discardsWithoutThisServerOrClient(MessageType type) {
        scene.discards(Dhcpv6Drop.NO_SERVER_ID, "vm1", message(type, client, ia(1)));
        scene.discards(Dhcpv6Drop.OTHER_SERVER, "vm1", message(type, client, other, ia(1)));
        scene.discards(Dhcpv6Drop.NO_CLIENT_ID, "vm1", message(type, scene.serverId("vm1"), ia(1)));
    }

    /** §16.12 */
    @Test
    void discardsInformationRequestsForAnotherServerOrForAddresses() {
        scene.discards(Dhcpv6Drop.OTHER_SERVER, "vm1", message(MessageType.INFORMATION_REQUEST, client, other));
        scene.discards(Dhcpv6Drop.INFORMATION_IA, "vm1", message(MessageType.INFORMATION_REQUEST, client, ia(1)));
        scene.answer("vm1", message(MessageType.INFORMATION_REQUEST, scene.serverId("vm1")));
        scene.answer("vm1", message(MessageType.INFORMATION_REQUEST));
    }

    /** §16.3, §16.10, §16.11 */
    @ParameterizedTest
    @EnumSource(
            value = MessageType.class,
            names = {"ADVERTISE", "REPLY", "RECONFIGURE"})
    void discardsWhatServersSend(MessageType type) {
        scene.discards(Dhcpv6Drop.MESSAGE_TYPE, "vm1", message(type, client, scene.serverId("vm1")));
    }

    /** §16: these are multicast, always. */
    @ParameterizedTest
    @EnumSource(
            value = MessageType.class,
            names = {"SOLICIT", "CONFIRM", "REBIND", "INFORMATION_REQUEST"})
    void discardsWhatMustBeMulticast(MessageType type) {
        scene.discards(Dhcpv6Drop.UNICAST, "vm1", scene.frame("vm1", SERVER, message(type, client)));
    }

    /** §18.3.2, §18.3.4, §18.3.7, §18.3.8: no other options than these. */
    @ParameterizedTest
    @EnumSource(
            value = MessageType.class,
            names = {"REQUEST", "RENEW", "DECLINE", "RELEASE"})
    void asksForMulticast(MessageType type) {
        Ethernet unicast = scene.frame("vm1", SERVER, scene.message("vm1", type, ia(1, "2001:db8:1::11")));
        PacketOut out = scene.sent("vm1", scene.result("vm1", unicast));
        Dhcpv6Message reply = Dhcpv6Message.decode(Scene.datagram(out)).orElseThrow();
        assertThat(reply.type()).isEqualTo(MessageType.REPLY);
        assertThat(status(reply)).isEqualTo(Status.USE_MULTICAST);
        assertThat(reply.options()).map(Dhcpv6Option::code).containsExactly(ServerId.CODE, ClientId.CODE, 13);
        assertThat(scene.facts.size()).isZero();
    }

    @Test
    void answersFromTheServersLinkLocalAddressToTheClients() {
        PacketOut out = scene.sent("vm1", scene.result("vm1", scene.message("vm1", MessageType.SOLICIT, ia(1))));
        assertThat(out.frame().destination()).isEqualTo(VM1);
        assertThat(out.frame().source()).isEqualTo(MacAddress.of("02:00:00:00:01:01"));
        Ipv6 ip = Ipv6.decode(out.frame()).orElseThrow();
        assertThat(ip.source()).isEqualTo(SERVER);
        assertThat(ip.destination()).isEqualTo(LinkLocal.of(VM1));
    }

    @Test
    void sendsFromNeutronsPortElseFromTheRouterElseFromNobodys() {
        assertThat(scene.link("green").server().mac()).isEqualTo(MacAddress.of("02:00:00:00:00:dd"));
        assertThat(scene.link("green").server().addresses())
                .containsExactly(
                        LinkLocal.of(MacAddress.of("02:00:00:00:00:dd")), IPv6Address.of("2001:db8:3::ff:fe00:dd"));
        assertThat(scene.link("blue").server().mac()).isEqualTo(MacAddress.of("02:00:00:00:01:01"));
        MacAddress derived = scene.link("lone").server().mac();
        assertThat(derived.getBytes()[0] & 3).isEqualTo(2);
        assertThat(new Scene().link("lone").server().mac()).isEqualTo(derived);
    }

    /** RFC 6355: of the network, so the same after each restart and on each host. */
    @Test
    void hasADuidOfTheNetwork() {
        Duid duid = scene.link("blue").duid();
        assertThat(duid.type()).isEqualTo(Duid.UNIVERSAL);
        assertThat(duid.length()).isEqualTo(18);
        assertThat(new Scene().link("blue").duid()).isEqualTo(duid);
        assertThat(scene.link("green").duid()).isNotEqualTo(duid);
    }

    @Test
    void discardsWhatIsMalformed() {
        Bytes solicit = scene.message("vm1", MessageType.SOLICIT, ia(1)).encode();
        Bytes cut = solicit.slice(0, solicit.length() - 1);
        scene.discards(Dhcpv6Drop.MALFORMED, "vm1", vm1(new Udp(546, 547, cut)));
        scene.discards(Dhcpv6Drop.MALFORMED, "vm1", vm1(new Udp(546, 547, Bytes.EMPTY)));
        scene.discards(Dhcpv6Drop.MESSAGE_TYPE, "vm1", vm1(new Udp(546, 547, Bytes.ofHex("0e000001"))));
        Ipv6 good = Ipv6.of(1, LinkLocal.of(VM1), ALL, new Udp(546, 547, solicit));
        Ipv6 broken = new Ipv6(
                0,
                good.flowLabel(),
                good.nextHeader(),
                1,
                good.source(),
                good.destination(),
                List.of(),
                good.payload().slice(0, 20));
        scene.discards(Dhcpv6Drop.MALFORMED, "vm1", Ethernet.of(VM1, VM1, broken));
    }

    @Test
    void discardsWhatItCannotAnswerTo() {
        Udp solicit = new Udp(
                546, 547, scene.message("vm1", MessageType.SOLICIT, ia(1)).encode());
        scene.discards(Dhcpv6Drop.SOURCE, "vm1", Scene.frame(VM1, IPv6Address.NONE, ALL, solicit));
        scene.discards(Dhcpv6Drop.SOURCE, "vm1", Scene.frame(VM1, IPv6Address.of("ff02::1"), ALL, solicit));
        Udp elsewhere = new Udp(546, 53, solicit.payload());
        scene.discards(Dhcpv6Drop.OTHER_PORT, "vm1", vm1(elsewhere));
        Ethernet plain = vm1(solicit);
        VlanTag tag = VlanTag.of(5);
        scene.discards(
                Dhcpv6Drop.TAGGED,
                "vm1",
                new Ethernet(plain.destination(), plain.source(), List.of(tag), plain.type(), plain.payload()));
        scene.discards(Dhcpv6Drop.NOT_SERVED, "plain1", scene.message("vm1", MessageType.SOLICIT, ia(1)));
    }

    @Test
    void sendsNothingTwice() {
        Answer.Result first = scene.result("vm1", scene.message("vm1", MessageType.SOLICIT, ia(1)));
        assertThat(scene.result("vm1", scene.message("vm1", MessageType.SOLICIT, ia(1))))
                .isEqualTo(first);
        assertThat(scene.ask("vm1", MessageType.SOLICIT, ia(1)).has(StatusCode.class))
                .isFalse();
    }

    private static Ethernet vm1(Udp datagram) {
        return Scene.frame(VM1, LinkLocal.of(VM1), ALL, datagram);
    }
}
