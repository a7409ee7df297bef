package org.flow6.apps.nd;

import static org.assertj.core.api.Assertions.assertThat;
import static org.flow6.apps.nd.RouterNets.ASKER;
import static org.flow6.apps.nd.RouterNets.ASKER_MAC;
import static org.flow6.apps.nd.RouterNets.R1_MAC;

import java.util.List;
import org.flow6.flow.Action;
import org.flow6.flow.Answer;
import org.flow6.flow.DropReason;
import org.flow6.flow.PacketOut;
import org.flow6.packets.AddressList;
import org.flow6.packets.Ethernet;
import org.flow6.packets.InverseAdvertisement;
import org.flow6.packets.InverseSolicitation;
import org.flow6.packets.Ipv6;
import org.flow6.packets.NdOption;
import org.flow6.packets.NdOption.SourceLinkLayerAddress;
import org.flow6.packets.NdOption.TargetLinkLayerAddress;
import org.junit.jupiter.api.Test;
import org.projectfloodlight.openflow.types.IPv6Address;
import org.projectfloodlight.openflow.types.MacAddress;
import org.projectfloodlight.openflow.types.OFPort;

/** Answers to inverse solicitations (RFC 3122). */
class InverseAnswerTest {
    private static final NdOption SOURCE = new SourceLinkLayerAddress(ASKER_MAC);
    private static final NdOption TARGET = new TargetLinkLayerAddress(R1_MAC);

    private static Ethernet solicitation(int hopLimit, IPv6Address source, NdOption... options) {
        Ipv6 packet =
                Ipv6.of(hopLimit, source, IPv6Address.of("ff02::1"), new InverseSolicitation(List.of(options)));
        return Ethernet.of(R1_MAC, ASKER_MAC, packet);
    }

    private static Answer.Result answer(Ethernet frame) {
        return InverseAnswer.answer(RouterNets.from("vm1", frame), RouterNets.SNAPSHOT, RouterNets.NOW);
    }

    private static void refuses(DropReason reason, Ethernet frame) {
        assertThat(answer(frame)).isEqualTo(new Answer.Result.Refuse(reason));
    }

    @Test
    void nameTheAddressesOfTheMac() {
        Answer.Result.Send send = (Answer.Result.Send) answer(solicitation(255, ASKER, SOURCE, TARGET));
        PacketOut packet = send.packets().get(0);
        assertThat(packet.actions()).containsExactly(Action.output(OFPort.of(1)));
        assertThat(packet.frame().destination()).isEqualTo(ASKER_MAC);
        assertThat(packet.frame().source()).isEqualTo(R1_MAC);
        Ipv6 ip = RouterNets.packet(packet.frame());
        assertThat(ip.source()).isEqualTo(RouterNets.R1);
        assertThat(ip.destination()).isEqualTo(ASKER);
        InverseAdvertisement said = InverseAdvertisement.validate(ip).orElseThrow();
        assertThat(said.sourceLinkLayerAddress()).contains(R1_MAC);
        assertThat(said.targetLinkLayerAddress()).contains(R1_MAC);
        assertThat(said.option(AddressList.Target.class).orElseThrow().addresses())
                .containsExactly(
                        RouterNets.R1,
                        IPv6Address.of("2001:db8:1::1"),
                        IPv6Address.of("2001:db8:2::1"),
                        IPv6Address.of("2001:db8:3::1"));
    }

    @Test
    void areNotForInvalidSolicitations() {
        refuses(RouterDrop.INVERSE, solicitation(254, ASKER, SOURCE, TARGET));
        refuses(RouterDrop.INVERSE, solicitation(255, ASKER, TARGET));
        refuses(RouterDrop.INVERSE, solicitation(255, ASKER, SOURCE));
        refuses(RouterDrop.INVERSE, solicitation(255, IPv6Address.NONE, SOURCE, TARGET));
        refuses(RouterDrop.INVERSE, solicitation(255, IPv6Address.of("ff02::1"), SOURCE, TARGET));
    }

    @Test
    void areNotForAnotherMac() {
        NdOption other = new TargetLinkLayerAddress(MacAddress.of("02:00:00:00:02:02"));
        refuses(RouterDrop.INVERSE_TARGET, solicitation(255, ASKER, SOURCE, other));
    }
}
