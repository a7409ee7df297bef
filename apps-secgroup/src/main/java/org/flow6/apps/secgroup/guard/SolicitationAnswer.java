package org.flow6.apps.secgroup.guard;

import java.util.List;
import org.flow6.flow.Action;
import org.flow6.flow.Answer;
import org.flow6.flow.Field;
import org.flow6.flow.Moment;
import org.flow6.flow.PacketIn;
import org.flow6.flow.PacketOut;
import org.flow6.flow.Table;
import org.flow6.network.NetworkSnapshot;
import org.flow6.network.PortView;
import org.flow6.packets.Decoded;
import org.flow6.packets.Ipv6;
import org.flow6.packets.RouterSolicitation;

/** Sends router solicitations on whose link-layer address option, which no switch sees, is the frame's source. */
final class SolicitationAnswer {
    private SolicitationAnswer() {}

    static Answer.Result answer(PacketIn packet, NetworkSnapshot snapshot, Moment moment) {
        Decoded<RouterSolicitation> decoded = Ipv6.decode(packet.frame()).then(RouterSolicitation::validate);
        if (!packet.frame().tags().isEmpty() || decoded instanceof Decoded.Malformed) {
            return new Answer.Result.Refuse(GuardDrop.OPTIONS);
        }
        boolean right = decoded.orElseThrow()
                .sourceLinkLayerAddress()
                .map(packet.frame().source()::equals)
                .orElse(true);
        return right
                ? new Answer.Result.Send(List.of(onward(packet)))
                : new Answer.Result.Refuse(GuardDrop.LINK_ADDRESS);
    }

    /** To where it was taken off its way; the switch does not take it for one that has options again. */
    private static PacketOut onward(PacketIn packet) {
        PortView source = packet.source();
        return new PacketOut(
                packet.inPort(),
                List.of(
                        Action.set(Field.NETWORK, source.networkKey()),
                        Action.set(Field.SOURCE_PORT, source.key()),
                        Action.resubmit(Table.BASE_ICMPV6)),
                packet.frame());
    }
}
