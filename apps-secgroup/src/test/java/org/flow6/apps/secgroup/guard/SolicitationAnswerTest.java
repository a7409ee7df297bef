package org.flow6.apps.secgroup.guard;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.flow6.flow.Action;
import org.flow6.flow.Answer;
import org.flow6.flow.DropReason;
import org.flow6.flow.Field;
import org.flow6.flow.PacketOut;
import org.flow6.flow.Table;
import org.flow6.network.NetworkSnapshot;
import org.flow6.network.PortView;
import org.flow6.packets.Ethernet;
import org.flow6.packets.Ipv6;
import org.flow6.packets.NdOption;
import org.flow6.packets.NdOption.SourceLinkLayerAddress;
import org.flow6.packets.RouterSolicitation;
import org.flow6.packets.VlanTag;
import org.junit.jupiter.api.Test;
import org.projectfloodlight.openflow.types.EthType;
import org.projectfloodlight.openflow.types.IPv6Address;
import org.projectfloodlight.openflow.types.MacAddress;
import org.projectfloodlight.openflow.types.OFPort;

/** Router solicitations to whatever routers there are. */
class SolicitationAnswerTest {
    private static final NetworkSnapshot NET = GuardNets.UNCLAIMED;
    private static final MacAddress MAC = GuardNets.mac("vm1");
    private static final NdOption OWN = new SourceLinkLayerAddress(MAC);

    static Ethernet solicitation(int hopLimit, String source, NdOption... options) {
        Ipv6 packet = Ipv6.of(
                hopLimit, IPv6Address.of(source), IPv6Address.of("ff02::2"), new RouterSolicitation(List.of(options)));
        return Ethernet.of(MacAddress.of("33:33:00:00:00:02"), MAC, packet);
    }

    private static Answer.Result answer(Ethernet frame) {
        return SolicitationAnswer.answer(GuardNets.from(NET, "vm1", frame), NET, GuardNets.moment());
    }

    private static void refuses(DropReason reason, Ethernet frame) {
        assertThat(answer(frame)).isEqualTo(new Answer.Result.Refuse(reason));
    }

    @Test
    void goOnToWhereTheyWereGoing() {
        Ethernet frame = solicitation(255, "fe80::ff:fe00:1", OWN);
        PortView port = GuardNets.from(NET, "vm1", frame).source();
        assertThat(answer(frame))
                .isEqualTo(new Answer.Result.Send(List.of(new PacketOut(
                        OFPort.of(1),
                        List.of(
                                Action.set(Field.NETWORK, port.networkKey()),
                                Action.set(Field.SOURCE_PORT, port.key()),
                                Action.resubmit(Table.BASE_ICMPV6)),
                        frame))));
        assertThat(answer(solicitation(255, "fe80::ff:fe00:1"))).isInstanceOf(Answer.Result.Send.class);
    }

    @Test
    void nameTheMacAddressThatTheyComeFrom() {
        refuses(
                GuardDrop.LINK_ADDRESS,
                solicitation(255, "fe80::ff:fe00:1", new SourceLinkLayerAddress(GuardNets.mac("vm2"))));
    }

    @Test
    void areValid() {
        refuses(GuardDrop.OPTIONS, solicitation(254, "fe80::ff:fe00:1", OWN));
        refuses(GuardDrop.OPTIONS, solicitation(255, "::", OWN));
        Ethernet frame = solicitation(255, "fe80::ff:fe00:1", OWN);
        VlanTag tag = new VlanTag(EthType.VLAN_FRAME, 0, false, 7);
        refuses(
                GuardDrop.OPTIONS,
                new Ethernet(frame.destination(), frame.source(), List.of(tag), frame.type(), frame.payload()));
    }
}
