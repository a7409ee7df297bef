package org.flow6.flow;

/** The bits of {@link Field#CT_STATE} (ovs-fields(7)). */
public final class ConntrackState {
    /** Of a connection that is not committed yet. */
    public static final int NEW = 0x01;
    /** Of a committed connection. */
    public static final int ESTABLISHED = 0x02;
    /** An ICMP error about a connection. */
    public static final int RELATED = 0x04;
    /** In the direction opposite to the connection's first packet. */
    public static final int REPLY = 0x08;
    /** Conntrack makes no connection of it. */
    public static final int INVALID = 0x10;
    /** Conntrack has seen it. */
    public static final int TRACKED = 0x20;

    private ConntrackState() {}
}
