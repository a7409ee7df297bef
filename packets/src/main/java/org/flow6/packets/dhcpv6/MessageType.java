package org.flow6.packets.dhcpv6;

import java.util.Optional;

/** What a DHCPv6 message is (RFC 8415 §7.3), in the order of the numbers, from 1. */
public enum MessageType {
    SOLICIT,
    ADVERTISE,
    REQUEST,
    CONFIRM,
    RENEW,
    REBIND,
    REPLY,
    RELEASE,
    DECLINE,
    RECONFIGURE,
    INFORMATION_REQUEST,
    RELAY_FORWARD,
    RELAY_REPLY;

    private static final MessageType[] ALL = values();

    /** The type of that number; empty for one that RFC 8415 §7.3 does not have. */
    public static Optional<MessageType> of(int value) {
        return value >= 1 && value <= ALL.length ? Optional.of(ALL[value - 1]) : Optional.empty();
    }

    /** The number on the wire, 1 to 13. */
    public int value() {
        return ordinal() + 1;
    }

    /** Whether it is between a relay agent and a server (RFC 8415 §9), rather than a client and a server (§8). */
    public boolean isRelay() {
        return this == RELAY_FORWARD || this == RELAY_REPLY;
    }
}
