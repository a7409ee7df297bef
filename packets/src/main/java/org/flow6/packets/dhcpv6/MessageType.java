package org.flow6.packets.dhcpv6;

import java.util.Optional;

/** What a DHCPv6 message is (RFC 8415 §7.3). */
public enum MessageType {
    SOLICIT(1),
    ADVERTISE(2),
    REQUEST(3),
    CONFIRM(4),
    RENEW(5),
    REBIND(6),
    REPLY(7),
    RELEASE(8),
    DECLINE(9),
    RECONFIGURE(10),
    INFORMATION_REQUEST(11),
    RELAY_FORWARD(12),
    RELAY_REPLY(13);

    private static final MessageType[] ALL = values();

    private final int value;

    MessageType(int value) {
        this.value = value;
    }

    /** The type of that number; empty for one that RFC 8415 §7.3 does not have. */
    public static Optional<MessageType> of(int value) {
        return value >= 1 && value <= ALL.length ? Optional.of(ALL[value - 1]) : Optional.empty();
    }

    /** The number on the wire, 1 to 13. */
    public int value() {
        return value;
    }

    /** Whether it is between a relay agent and a server (RFC 8415 §9), rather than a client and a server (§8). */
    public boolean isRelay() {
        return this == RELAY_FORWARD || this == RELAY_REPLY;
    }
}
