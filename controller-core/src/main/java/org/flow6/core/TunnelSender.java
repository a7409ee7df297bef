package org.flow6.core;

import java.util.Optional;
import org.flow6.network.AddressView;
import org.flow6.network.Id;
import org.flow6.network.Network;
import org.flow6.network.NetworkAddress;
import org.flow6.network.NetworkMac;
import org.flow6.network.NetworkSnapshot;
import org.flow6.network.PortView;
import org.flow6.packets.Decoded;
import org.flow6.packets.Ethernet;
import org.flow6.packets.Ipv4;
import org.flow6.packets.Ipv6;
import org.projectfloodlight.openflow.types.EthType;
import org.projectfloodlight.openflow.types.IPAddress;

/**
 * Finds the port of a packet that came by a tunnel which does not tell it (VXLAN, RFC 7348): by the packet's source
 * address, as routers write over the other one, or else by that.
 */
final class TunnelSender {
    private TunnelSender() {}

    /** @param network that the sender is on */
    static Optional<PortView> of(Ethernet frame, Id<Network> network, NetworkSnapshot snapshot) {
        return address(frame)
                .flatMap(address -> snapshot.address(new NetworkAddress(network, address)))
                .map(AddressView::claims)
                .filter(claims -> claims.size() == 1)
                .flatMap(claims -> snapshot.port(claims.get(0).port()))
                .or(() -> snapshot.owner(new NetworkMac(network, frame.source())));
    }

    private static Optional<IPAddress<?>> address(Ethernet frame) {
        if (frame.type().equals(EthType.IPv6)) {
            return Ipv6.decode(frame) instanceof Decoded.Ok<Ipv6> ok
                    ? Optional.of(ok.value().source())
                    : Optional.empty();
        }
        return frame.type().equals(EthType.IPv4) && Ipv4.decode(frame) instanceof Decoded.Ok<Ipv4> ok
                ? Optional.of(ok.value().source())
                : Optional.empty();
    }
}
