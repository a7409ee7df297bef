package org.flow6.core.openflow;

/**
 * Told what happens on sessions. All calls about one session are made on its event loop, one after the other: {@link #connected} first, {@link
 * #disconnected} last. A session that replaces another of the same switch is told of after the other's end. Calls must be short and
 * must not block. What a method throws is logged and counted, and the session goes on.
 */
public interface SwitchListener {
    /** The handshake is complete: the role is master, ports and description are known. */
    default void connected(SwitchSession session) {}

    /** The session is over, and all its requests have failed. */
    default void disconnected(SwitchSession session, String reason) {}

    /** A port was added, deleted or modified; {@link SwitchSession#ports()} shows it already. */
    default void portChanged(SwitchSession session, PortStatus status) {}

    /** A packet was sent to the controller. It is valid during the call. */
    default void packetIn(SwitchSession session, PacketIn packet) {}

    default void flowRemoved(SwitchSession session, FlowRemoved flow) {}

    /** The switch refused a message that no future waits for, a flow-mod for instance; the xid tells which. */
    default void error(SwitchSession session, OpenFlowError error) {}
}
