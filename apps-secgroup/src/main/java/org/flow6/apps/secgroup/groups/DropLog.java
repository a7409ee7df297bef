package org.flow6.apps.secgroup.groups;

import java.util.stream.Collectors;
import org.flow6.flow.Answer;
import org.flow6.flow.Moment;
import org.flow6.flow.PacketIn;
import org.flow6.flow.PuntReason;
import org.flow6.network.NetworkSnapshot;
import org.flow6.network.PortView;
import org.flow6.network.SecurityGroup;

/** Lines in the log for packets that rules of groups with {@code log} did not allow: a copy of the packet comes for one. */
final class DropLog {
    static final PuntReason PUNT = new PuntReason(8, "security-group-drop", 10, 20);

    private DropLog() {}

    static Answer.Result answer(PacketIn packet, NetworkSnapshot snapshot, Moment moment) {
        PortView ruled = packet.ruled().orElse(packet.source());
        String groups = ruled.groups().stream()
                .filter(SecurityGroup::log)
                .map(group -> group.id().value())
                .collect(Collectors.joining(", "));
        String side = ruled.key().equals(packet.source().key()) ? "egress" : "ingress";
        return new Answer.Result.Log(
                "%s of port %s (%s) denied: %s".formatted(side, ruled.port().id(), groups, Headers.of(packet.frame())));
    }
}
