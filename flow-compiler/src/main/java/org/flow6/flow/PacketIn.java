package org.flow6.flow;

import java.util.Optional;
import org.flow6.network.PortView;
import org.flow6.packets.Ethernet;
import org.projectfloodlight.openflow.types.OFPort;

/**
 * A packet that a flow punted.
 *
 * @param source the port that it came in by
 * @param ruled whose security groups were asked about it last, if any were: the source's, or those of a port that it was
 *     for
 */
public record PacketIn(OFPort inPort, PortView source, Optional<PortView> ruled, Ethernet frame) {

    /** One about which no security groups were asked. */
    public PacketIn(OFPort inPort, PortView source, Ethernet frame) {
        this(inPort, source, Optional.empty(), frame);
    }
}
