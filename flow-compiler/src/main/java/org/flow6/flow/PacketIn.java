package org.flow6.flow;

import org.flow6.network.PortView;
import org.flow6.packets.Ethernet;
import org.projectfloodlight.openflow.types.OFPort;

/**
 * A packet that a flow punted.
 *
 * @param source the port that it came in by
 */
public record PacketIn(OFPort inPort, PortView source, Ethernet frame) {}
