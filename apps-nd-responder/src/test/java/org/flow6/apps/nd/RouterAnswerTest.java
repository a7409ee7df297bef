package org.flow6.apps.nd;

import static org.assertj.core.api.Assertions.assertThat;
import static org.flow6.apps.nd.RouterNets.ASKER;
import static org.flow6.apps.nd.RouterNets.ASKER_MAC;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.List;
import org.flow6.flow.Action;
import org.flow6.flow.Answer;
import org.flow6.flow.DropReason;
import org.flow6.flow.GoldenFlows;
import org.flow6.flow.PacketIn;
import org.flow6.flow.PacketOut;
import org.flow6.network.Id;
import org.flow6.network.NetworkSnapshot;
import org.flow6.network.Port;
import org.flow6.packets.Ethernet;
import org.flow6.packets.Ipv6;
import org.flow6.packets.NdOption;
import org.flow6.packets.NdOption.SourceLinkLayerAddress;
import org.flow6.packets.PrefixInformation;
import org.flow6.packets.RouterAdvertisement;
import org.flow6.packets.RouterSolicitation;
import org.junit.jupiter.api.Test;
import org.projectfloodlight.openflow.types.IPv6Address;
import org.projectfloodlight.openflow.types.MacAddress;
import org.projectfloodlight.openflow.types.OFPort;

/** Answers to router solicitations, one test for each rule of RFC 4861 §6.1.1 and §6.2.6. */
class RouterAnswerTest {
    private static final NdOption SOURCE = new SourceLinkLayerAddress(ASKER_MAC);
    private static final MacAddress ALL_ROUTERS = MacAddress.of("33:33:00:00:00:02");

    private static Ethernet solicitation(int hopLimit, String source, String destination, NdOption... options) {
        Ipv6 packet = Ipv6.of(
                hopLimit,
                IPv6Address.of(source),
                IPv6Address.of(destination),
                new RouterSolicitation(List.of(options)));
        return Ethernet.of(ALL_ROUTERS, ASKER_MAC, packet);
    }

    private static Answer.Result answer(String port, Ethernet frame) {
        return RouterAnswer.answer(RouterNets.from(port, frame), RouterNets.SNAPSHOT, RouterNets.NOW);
    }

    private static List<PacketOut> sent(Ethernet frame) {
        Answer.Result result = answer("vm1", frame);
        assertThat(result).isInstanceOf(Answer.Result.Send.class);
        return ((Answer.Result.Send) result).packets();
    }

    private static void refuses(DropReason reason, Ethernet frame) {
        assertThat(answer("vm1", frame)).isEqualTo(new Answer.Result.Refuse(reason));
    }

    @Test
    void goToTheAskerAloneFromEachRouter() {
        List<PacketOut> packets = sent(solicitation(255, "fe80::ff:fe00:1", "ff02::2", SOURCE));
        assertThat(packets).hasSize(2).allSatisfy(packet -> {
            assertThat(packet.actions()).containsExactly(Action.output(OFPort.of(1)));
            assertThat(packet.frame().destination()).isEqualTo(ASKER_MAC);
            assertThat(RouterNets.packet(packet.frame()).destination()).isEqualTo(ASKER);
            assertThat(RouterNets.packet(packet.frame()).hopLimit()).isEqualTo(255);
        });
        assertThat(packets.stream()
                        .map(packet -> RouterNets.packet(packet.frame()).source()))
                .containsExactlyInAnyOrder(RouterNets.R1, RouterNets.R2);
    }

    @Test
    void sayWhatIsSaidUnasked() {
        Ethernet asked = sent(solicitation(255, "fe80::ff:fe00:1", "fe80::ff:fe00:101", SOURCE))
                .get(0)
                .frame();
        Ethernet unasked = new AdvertisementBeacon()
                .frames(RouterNets.r1(), RouterNets.NOW)
                .get(0);
        RouterAdvertisement advertisement = RouterNets.advertisement(asked);
        assertThat(advertisement).isEqualTo(RouterNets.advertisement(unasked));
        assertThat(advertisement.option(PrefixInformation.class)).isPresent();
    }

    @Test
    void comeFromTheOneRouterThatWasAsked() {
        for (String address : List.of("fe80::ff:fe00:202", "2001:db8:1::2")) {
            List<PacketOut> packets = sent(solicitation(255, "2001:db8:1::11", address, SOURCE));
            assertThat(packets).hasSize(1);
            assertThat(RouterNets.packet(packets.get(0).frame()).source()).isEqualTo(RouterNets.R2);
        }
    }

    @Test
    void goToTheFramesSourceWithoutALinkLayerAddress() {
        assertThat(sent(solicitation(255, "fe80::ff:fe00:1", "ff02::2")))
                .allMatch(packet -> packet.frame().destination().equals(ASKER_MAC));
    }

    /** Only a port without port security may name another MAC address than it sends from. */
    @Test
    void goToTheLinkLayerAddressOfTheOptionIfThePortMaySayIt() {
        MacAddress other = MacAddress.of("02:00:00:00:00:99");
        Ethernet frame = solicitation(255, "fe80::ff:fe00:1", "ff02::2", new SourceLinkLayerAddress(other));
        refuses(RouterDrop.LINK_ADDRESS, frame);
        NetworkSnapshot trusting = GoldenFlows.network(
                RouterNets.BLUE.replace("{id: vm1,", "{id: vm1, port_security_enabled: false,"), RouterNets.BINDINGS);
        PacketIn packet =
                new PacketIn(OFPort.of(1), trusting.port(Id.<Port>of("vm1")).orElseThrow(), frame);
        Answer.Result.Send send = (Answer.Result.Send) RouterAnswer.answer(packet, trusting, RouterNets.NOW);
        assertThat(send.packets())
                .isNotEmpty()
                .allMatch(one -> one.frame().destination().equals(other));
    }

    /** Without source there is nobody to answer but all nodes; the beacon keeps the delay and the distance. */
    @Test
    void goToAllNodesOfThePortWithoutSource() {
        Answer.Result.Send send = (Answer.Result.Send) answer("vm1", solicitation(255, "::", "ff02::2"));
        assertThat(send.packets()).isEmpty();
        assertThat(send.solicited())
                .containsExactlyInAnyOrder(
                        new Answer.Solicited(AdvertisementBeacon.NAME, Id.of("r1-blue")),
                        new Answer.Solicited(AdvertisementBeacon.NAME, Id.of("r2-blue")));
    }

    @Test
    void areNotForInvalidSolicitations() {
        refuses(RouterDrop.HOP_LIMIT, solicitation(254, "fe80::ff:fe00:1", "ff02::2", SOURCE));
        refuses(RouterDrop.SOURCE, solicitation(255, "ff02::9", "ff02::2", SOURCE));
        refuses(RouterDrop.SOURCE_OPTION, solicitation(255, "::", "ff02::2", SOURCE));
        refuses(RouterDrop.MALFORMED, tampered(56, 0x1234));
        refuses(RouterDrop.MALFORMED, tampered(12, 0x0800));
    }

    /** The frame with two octets replaced. */
    private static Ethernet tampered(int index, int value) {
        ByteBuf frame = Unpooled.buffer();
        solicitation(255, "fe80::ff:fe00:1", "ff02::2", SOURCE).encode(frame);
        frame.setShort(index, value);
        return Ethernet.decode(frame).orElseThrow();
    }

    @Test
    void areNotForWhatNoRouterReceives() {
        refuses(RouterDrop.DESTINATION, solicitation(255, "fe80::ff:fe00:1", "ff02::fb", SOURCE));
        refuses(RouterDrop.DESTINATION, solicitation(255, "fe80::ff:fe00:1", "2001:db8:1::3", SOURCE));
        Ethernet frame = solicitation(255, "fe80::ff:fe00:1", "ff02::2", SOURCE);
        assertThat(answer("red1", frame)).isEqualTo(new Answer.Result.Refuse(RouterDrop.DESTINATION));
    }

    @Test
    void areNotForTheRouterItself() {
        Answer.Result.Send send = (Answer.Result.Send) answer("r1-blue", solicitation(255, "::", "ff02::2"));
        assertThat(send.solicited()).containsExactly(new Answer.Solicited(AdvertisementBeacon.NAME, Id.of("r2-blue")));
    }

    @Test
    void areNotForAVlanOfThePortsOwn() {
        Ethernet plain = solicitation(255, "fe80::ff:fe00:1", "ff02::2", SOURCE);
        ByteBuf tagged = Unpooled.buffer();
        plain.destination().write6Bytes(tagged);
        plain.source().write6Bytes(tagged);
        tagged.writeShort(0x8100).writeShort(5).writeShort(0x86dd);
        plain.payload().writeTo(tagged);
        refuses(RouterDrop.TAGGED, Ethernet.decode(tagged).orElseThrow());
    }
}
