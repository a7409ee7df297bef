package org.flow6.flow;

import java.util.Optional;
import org.flow6.network.HostKey;
import org.flow6.network.Id;
import org.flow6.network.Network;
import org.flow6.network.PortView;
import org.flow6.network.Router;
import org.flow6.packets.Ethernet;
import org.projectfloodlight.openflow.types.IPAddress;
import org.projectfloodlight.openflow.types.OFPort;

/**
 * A packet that a flow punted.
 *
 * @param source the port that it came in by, on another host where it came by a tunnel
 * @param ruled whose security groups were asked about it last, if any were: the source's, or those of a port that it was
 *     for
 * @param route how far it had come on its way through routers
 */
public record PacketIn(OFPort inPort, PortView source, Optional<PortView> ruled, Route route, Ethernet frame) {

    /** One about which no security groups were asked, and that no router has changed. */
    public PacketIn(OFPort inPort, PortView source, Ethernet frame) {
        this(inPort, source, Optional.empty(), frame);
    }

    /** One that no router has changed. */
    public PacketIn(OFPort inPort, PortView source, Optional<PortView> ruled, Ethernet frame) {
        this(inPort, source, ruled, Route.none(source), frame);
    }

    /**
     * What registers say of a packet's way.
     *
     * @param network that it was on: the source's, or the one that a router had chosen for it by then
     * @param router which had it
     * @param nextHop where a router was about to send it to, on {@code network}
     * @param host the other host that it came from; empty: from a port here
     */
    public record Route(
            Id<Network> network, Optional<Id<Router>> router, Optional<IPAddress<?>> nextHop, Optional<HostKey> host) {

        /** Of a packet that no router had, and that came from a port here. */
        public static Route none(PortView source) {
            return new Route(source.network().id(), Optional.empty(), Optional.empty(), Optional.empty());
        }

        /** Whether it came from another host. */
        public boolean fromTunnel() {
            return host.isPresent();
        }
    }
}
