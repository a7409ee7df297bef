package org.flow6.apps.l3;

import java.util.Optional;
import org.flow6.apps.l3.errors.RouteErrors;
import org.flow6.flow.Answer;
import org.flow6.flow.DropReason;
import org.flow6.flow.Moment;
import org.flow6.flow.PacketIn;
import org.flow6.network.Id;
import org.flow6.network.NetworkAddress;
import org.flow6.network.NetworkSnapshot;
import org.flow6.network.Port;
import org.flow6.network.RouterInterface;
import org.projectfloodlight.openflow.types.IPAddress;

/** What becomes of a packet whose next hop no flow knows: it waits until the neighbor was asked for (RFC 4861 §7.2.2). */
final class Resolution {
    private Resolution() {}

    /** Where nobody may have the address, there is nobody to ask. */
    static Answer.Result answer(PacketIn packet, NetworkSnapshot snapshot, Moment moment) {
        Optional<IPAddress<?>> hop = packet.route().nextHop();
        Optional<Id<Port>> from = from(packet, snapshot);
        if (hop.isEmpty() || from.isEmpty()) {
            return new Answer.Result.Refuse(DropReason.NOT_DELIVERED);
        }
        NetworkAddress neighbor = new NetworkAddress(packet.route().network(), hop.get());
        return snapshot.mayOwn(neighbor).isEmpty()
                ? RouteErrors.addressUnreachable(packet, snapshot, moment)
                : new Answer.Result.Resolve(neighbor, from.get(), RouteErrors::addressUnreachable);
    }

    /** The router's port on the network that the packet goes to: the frame is from it by now. */
    private static Optional<Id<Port>> from(PacketIn packet, NetworkSnapshot snapshot) {
        return snapshot.network(packet.route().network()).stream()
                .flatMap(network -> network.routers().stream())
                .map(RouterInterface::port)
                .filter(port -> port.macAddress().equals(packet.frame().source()))
                .map(Port::id)
                .findFirst();
    }
}
