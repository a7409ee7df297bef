package org.flow6.apps.nd;

import static org.assertj.core.api.Assertions.assertThat;
import static org.flow6.apps.nd.RouterNets.ASKER_MAC;
import static org.flow6.apps.nd.RouterNets.R1_MAC;

import java.util.List;
import java.util.Optional;
import org.flow6.flow.Action;
import org.flow6.flow.Answer;
import org.flow6.flow.DropReason;
import org.flow6.flow.PacketOut;
import org.flow6.packets.Bytes;
import org.flow6.packets.Decoded;
import org.flow6.packets.Echo;
import org.flow6.packets.Ethernet;
import org.flow6.packets.ExtensionHeader.Fragment;
import org.flow6.packets.Icmpv6;
import org.flow6.packets.Ipv6;
import org.flow6.packets.MulticastMac;
import org.flow6.packets.NextHeader;
import org.flow6.packets.Reassembly;
import org.junit.jupiter.api.Test;
import org.projectfloodlight.openflow.types.IPv6Address;
import org.projectfloodlight.openflow.types.IPv6FlowLabel;
import org.projectfloodlight.openflow.types.OFPort;

/** Answers to echo requests that came in fragments. */
class EchoAnswerTest {
    private static final long IDENTIFICATION = 0xfedc_ba98L;
    private static final Echo.Request REQUEST = new Echo.Request(7, 9, Bytes.of(new byte[3000]));

    /** As it is once it is put together. */
    private static Ethernet whole(String source, String destination, Icmpv6 message) {
        IPv6Address from = IPv6Address.of(source);
        IPv6Address to = IPv6Address.of(destination);
        Ipv6 packet = new Ipv6(
                0,
                IPv6FlowLabel.NONE,
                NextHeader.ICMPV6,
                64,
                from,
                to,
                List.of(new Fragment(0, false, IDENTIFICATION)),
                message.encode(from, to));
        return Ethernet.of(to.isMulticast() ? MulticastMac.of(to) : R1_MAC, ASKER_MAC, packet);
    }

    private static Answer.Result answer(Ethernet frame) {
        return EchoAnswer.answer(RouterNets.from("vm1", frame), RouterNets.SNAPSHOT, RouterNets.NOW);
    }

    private static List<PacketOut> sent(Ethernet frame) {
        Answer.Result result = answer(frame);
        assertThat(result).isInstanceOf(Answer.Result.Send.class);
        return ((Answer.Result.Send) result).packets();
    }

    private static void refuses(DropReason reason, Ethernet frame) {
        assertThat(answer(frame)).isEqualTo(new Answer.Result.Refuse(reason));
    }

    @Test
    void areCutToTheNetworksMtu() {
        List<PacketOut> packets = sent(whole("2001:db8:2::11", "2001:db8:2::1", REQUEST));
        assertThat(packets).hasSize(3);
        Reassembly reassembly = new Reassembly(1, 65536);
        Optional<Ipv6> reply = Optional.empty();
        for (PacketOut packet : packets) {
            assertThat(packet.actions()).containsExactly(Action.output(OFPort.of(1)));
            assertThat(packet.frame().destination()).isEqualTo(ASKER_MAC);
            assertThat(packet.frame().source()).isEqualTo(R1_MAC);
            Ipv6 part = RouterNets.packet(packet.frame());
            assertThat(part.length()).isLessThanOrEqualTo(1400);
            assertThat(part.fragment().orElseThrow().identification()).isEqualTo(IDENTIFICATION);
            reply = reassembly.add(part, 0).orElseThrow();
        }
        Decoded<Icmpv6> message = Icmpv6.decode(reply.orElseThrow());
        assertThat(message.orElseThrow()).isEqualTo(REQUEST.reply());
        assertThat(reply.orElseThrow().source()).isEqualTo(IPv6Address.of("2001:db8:2::1"));
        assertThat(reply.orElseThrow().hopLimit()).isEqualTo(64);
    }

    @Test
    void areWholeWhereTheyFit() {
        Echo.Request small = new Echo.Request(7, 9, Bytes.of((byte) 1));
        List<PacketOut> packets = sent(whole("2001:db8:2::11", "2001:db8:2::1", small));
        assertThat(packets).hasSize(1);
        assertThat(Icmpv6.decode(RouterNets.packet(packets.get(0).frame())).orElseThrow())
                .isEqualTo(small.reply());
    }

    @Test
    void comeFromEveryRouterOfTheGroup() {
        for (String group : List.of("ff02::1", "ff02::2")) {
            assertThat(sent(whole("2001:db8:2::11", group, REQUEST)).stream()
                            .map(packet -> RouterNets.packet(packet.frame()).source())
                            .distinct())
                    .containsExactlyInAnyOrder(
                            IPv6Address.of("2001:db8:2::1"),
                            IPv6Address.of("2001:db8:1::2"),
                            IPv6Address.of("2001:db8:1::3"));
        }
    }

    @Test
    void areNotForWhatIsNoRequestToARouter() {
        refuses(EchoDrop.SOURCE, whole("ff02::9", "2001:db8:2::1", REQUEST));
        refuses(EchoDrop.SOURCE, whole("::", "2001:db8:2::1", REQUEST));
        refuses(EchoDrop.MALFORMED, whole("2001:db8:2::11", "2001:db8:1::2", REQUEST));
        refuses(EchoDrop.MALFORMED, whole("2001:db8:2::11", "2001:db8:2::11", REQUEST));
        refuses(EchoDrop.MALFORMED, whole("2001:db8:2::11", "2001:db8:2::1", REQUEST.reply()));
        Ethernet good = whole("2001:db8:2::11", "2001:db8:2::1", REQUEST);
        byte[] octets = good.payload().toByteArray();
        octets[60] ^= 1;
        refuses(
                EchoDrop.MALFORMED,
                new Ethernet(good.destination(), good.source(), List.of(), good.type(), Bytes.of(octets)));
    }
}
