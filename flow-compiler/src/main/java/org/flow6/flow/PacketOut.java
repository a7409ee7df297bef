package org.flow6.flow;

import java.util.List;
import org.flow6.packets.Ethernet;
import org.projectfloodlight.openflow.types.OFPort;

/**
 * A packet that the controller sends.
 *
 * @param inPort the port it counts as having come in by, {@link OFPort#CONTROLLER} for none: nothing is sent back there
 *     but by {@link Action.OutputInPort}
 * @param actions what the switch does with it; registers start at 0
 */
public record PacketOut(OFPort inPort, List<Action> actions, Ethernet frame) {
    public PacketOut {
        actions = List.copyOf(actions);
    }

    /** Out by one port. */
    public static PacketOut to(OFPort port, Ethernet frame) {
        return new PacketOut(OFPort.CONTROLLER, List.of(Action.output(port)), frame);
    }
}
