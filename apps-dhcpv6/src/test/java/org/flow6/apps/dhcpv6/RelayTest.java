package org.flow6.apps.dhcpv6;

import static org.assertj.core.api.Assertions.assertThat;
import static org.flow6.apps.dhcpv6.Scene.addresses;
import static org.flow6.apps.dhcpv6.Scene.ia;

import java.util.ArrayList;
import java.util.List;
import org.flow6.flow.PacketOut;
import org.flow6.packets.Bytes;
import org.flow6.packets.Ipv6;
import org.flow6.packets.LinkLocal;
import org.flow6.packets.Udp;
import org.flow6.packets.dhcpv6.ClientId;
import org.flow6.packets.dhcpv6.ClientLinkLayerAddress;
import org.flow6.packets.dhcpv6.ClientServerMessage;
import org.flow6.packets.dhcpv6.Dhcpv6Message;
import org.flow6.packets.dhcpv6.Dhcpv6Option;
import org.flow6.packets.dhcpv6.Duid;
import org.flow6.packets.dhcpv6.InterfaceId;
import org.flow6.packets.dhcpv6.MessageType;
import org.flow6.packets.dhcpv6.RelayAgentMessage;
import org.flow6.packets.dhcpv6.RelayMessage;
import org.flow6.packets.dhcpv6.RemoteId;
import org.flow6.packets.dhcpv6.ServerId;
import org.junit.jupiter.api.Test;
import org.projectfloodlight.openflow.types.IPv6Address;
import org.projectfloodlight.openflow.types.MacAddress;

/** RFC 8415 §19: clients that ask by way of relay agents. */
class RelayTest {
    private static final MacAddress FAR = MacAddress.of("02:00:00:00:00:51");
    private static final IPv6Address FAR_LINK = IPv6Address.of("2001:db8:5::1");
    private static final IPv6Address PEER = LinkLocal.of(FAR);
    private static final IPv6Address PRIVATE = IPv6Address.of("fe80::1234");

    private final Scene scene = new Scene();

    private static ClientServerMessage solicit(Duid duid) {
        return new ClientServerMessage(MessageType.SOLICIT, 7, List.of(new ClientId(duid), ia(1)));
    }

    private static RelayAgentMessage forward(
            int hops, IPv6Address link, IPv6Address peer, Dhcpv6Message inner, Dhcpv6Option... options) {
        List<Dhcpv6Option> all = new ArrayList<>(List.of(options));
        all.add(new RelayMessage(inner));
        return new RelayAgentMessage(MessageType.RELAY_FORWARD, hops, link, peer, all);
    }

    private RelayAgentMessage answer(RelayAgentMessage forward) {
        PacketOut out = scene.sent("relay", scene.result("relay", forward));
        Udp datagram = Scene.datagram(out);
        assertThat(datagram.sourcePort()).isEqualTo(547);
        assertThat(datagram.destinationPort()).isEqualTo(547);
        assertThat(Ipv6.decode(out.frame()).orElseThrow().destination())
                .isEqualTo(LinkLocal.of(scene.port("relay").port().macAddress()));
        return (RelayAgentMessage) Dhcpv6Message.decode(datagram).orElseThrow();
    }

    private static ClientServerMessage client(RelayAgentMessage relay) {
        Dhcpv6Message message = relay.relayed().orElseThrow();
        return message instanceof RelayAgentMessage inner ? client(inner) : (ClientServerMessage) message;
    }

    /** §19.3: addresses, hop count and Interface-Id as they came. */
    @Test
    void answersByTheRelayAgent() {
        InterfaceId interfaceId = new InterfaceId(Bytes.ofHex("0102"));
        RelayAgentMessage reply = answer(forward(
                0,
                FAR_LINK,
                PRIVATE,
                solicit(Scene.DUID),
                interfaceId,
                ClientLinkLayerAddress.of(FAR),
                new RemoteId(9, Bytes.ofHex("01"))));
        assertThat(reply.type()).isEqualTo(MessageType.RELAY_REPLY);
        assertThat(reply.hopCount()).isZero();
        assertThat(reply.linkAddress()).isEqualTo(FAR_LINK);
        assertThat(reply.peerAddress()).isEqualTo(PRIVATE);
        assertThat(reply.options()).hasSize(2);
        assertThat(reply.option(InterfaceId.class)).contains(interfaceId);
        ClientServerMessage advertise = client(reply);
        assertThat(advertise.type()).isEqualTo(MessageType.ADVERTISE);
        assertThat(addresses(ia(advertise, 1))).containsExactly("2001:db8:5::51");
        assertThat(advertise.option(ServerId.class))
                .contains(new ServerId(scene.link("far").duid()));
    }

    @Test
    void knowsTheClientByItsDuidOrTheAddressItSentFrom() {
        assertThat(addresses(ia(client(answer(forward(0, FAR_LINK, PRIVATE, solicit(Duid.linkLayer(FAR))))), 1)))
                .containsExactly("2001:db8:5::51");
        assertThat(addresses(
                        ia(client(answer(forward(0, FAR_LINK, PRIVATE, solicit(Duid.linkLayerTime(FAR, 77))))), 1)))
                .containsExactly("2001:db8:5::51");
        assertThat(addresses(ia(client(answer(forward(0, FAR_LINK, PEER, solicit(Scene.DUID)))), 1)))
                .containsExactly("2001:db8:5::51");
        scene.discards(Dhcpv6Drop.RELAY_CLIENT, "relay", forward(0, FAR_LINK, PRIVATE, solicit(Scene.DUID)));
        // What the relay agent has seen counts more than what the client says.
        RelayAgentMessage seen =
                forward(0, FAR_LINK, PEER, solicit(Duid.linkLayer(FAR)), ClientLinkLayerAddress.of(MacAddress.of(5)));
        scene.discards(Dhcpv6Drop.RELAY_CLIENT, "relay", seen);
    }

    /** §13.1, RFC 6221: the innermost link-address that is not ::, and else the link that it came by. */
    @Test
    void findsTheClientsLink() {
        IPv6Address none = IPv6Address.NONE;
        RelayAgentMessage inner = forward(0, FAR_LINK, PEER, solicit(Scene.DUID));
        assertThat(addresses(ia(client(answer(forward(1, IPv6Address.of("2001:db8:1::15"), PRIVATE, inner))), 1)))
                .containsExactly("2001:db8:5::51");
        RelayAgentMessage light = forward(0, none, PEER, solicit(Scene.DUID), new InterfaceId(Bytes.ofHex("77")));
        RelayAgentMessage reply = answer(forward(1, FAR_LINK, PRIVATE, light, new InterfaceId(Bytes.ofHex("88"))));
        assertThat(addresses(ia(client(reply), 1))).containsExactly("2001:db8:5::51");
        RelayAgentMessage innerReply = (RelayAgentMessage) reply.relayed().orElseThrow();
        assertThat(reply.option(InterfaceId.class)).contains(new InterfaceId(Bytes.ofHex("88")));
        assertThat(innerReply.option(InterfaceId.class)).contains(new InterfaceId(Bytes.ofHex("77")));
        assertThat(reply.hopCount()).isEqualTo(1);
        MacAddress vm1 = MacAddress.of("02:00:00:00:00:01");
        assertThat(addresses(ia(client(answer(forward(0, none, LinkLocal.of(vm1), solicit(Scene.DUID)))), 1)))
                .containsExactly("2001:db8:1::11");
    }

    /** Of its own network and of those that a router joins with it. */
    @Test
    void servesNoOtherLinks() {
        IPv6Address lone = LinkLocal.of(MacAddress.of("02:00:00:00:00:61"));
        scene.discards(
                Dhcpv6Drop.RELAY_LINK, "relay", forward(0, IPv6Address.of("2001:db8:6::1"), lone, solicit(Scene.DUID)));
        scene.discards(
                Dhcpv6Drop.RELAY_LINK,
                "relay",
                forward(0, IPv6Address.of("2001:db8:99::1"), lone, solicit(Scene.DUID)));
    }

    @Test
    void believesNoPortWithPortSecurity() {
        scene.discards(Dhcpv6Drop.RELAY_UNTRUSTED, "vm1", forward(0, FAR_LINK, PEER, solicit(Scene.DUID)));
    }

    @Test
    void answersThroughAsManyAsThereMayBe() {
        RelayAgentMessage message = forward(0, FAR_LINK, PEER, solicit(Scene.DUID));
        for (int hops = 1; hops <= Dhcpv6Message.HOP_COUNT_LIMIT; hops++) {
            message = forward(hops, IPv6Address.NONE, PRIVATE, message);
        }
        assertThat(addresses(ia(client(answer(message)), 1))).containsExactly("2001:db8:5::51");
    }

    @Test
    void discardsWhatIsNoClientsMessageWithin() {
        RelayAgentMessage empty = new RelayAgentMessage(MessageType.RELAY_FORWARD, 0, FAR_LINK, PEER, List.of());
        scene.discards(Dhcpv6Drop.RELAY_MALFORMED, "relay", empty);
        RelayAgentMessage reply = new RelayAgentMessage(MessageType.RELAY_REPLY, 0, FAR_LINK, PEER, List.of());
        scene.discards(Dhcpv6Drop.MESSAGE_TYPE, "relay", reply);
        scene.discards(Dhcpv6Drop.RELAY_MALFORMED, "relay", forward(1, FAR_LINK, PEER, reply));
        ClientServerMessage advertise =
                new ClientServerMessage(MessageType.ADVERTISE, 7, List.of(new ClientId(Scene.DUID)));
        scene.discards(Dhcpv6Drop.MESSAGE_TYPE, "relay", forward(0, FAR_LINK, PEER, advertise));
    }

    /** A relay agent sends to the server's address: it is the relay agent that is to send multicast or not. */
    @Test
    void answersRelayAgentsThatSendToTheServerAlone() {
        IPv6Address server = scene.link("blue").server().linkLocal();
        PacketOut out = scene.sent(
                "relay",
                scene.result("relay", scene.frame("relay", server, forward(0, FAR_LINK, PEER, solicit(Scene.DUID)))));
        assertThat(Scene.datagram(out).destinationPort()).isEqualTo(547);
    }
}
