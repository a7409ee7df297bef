package org.flow6.packets.dhcpv6;

/**
 * The longest wait between a client's Solicits (RFC 8415 §21.24).
 *
 * @param seconds 0 to 2³²−1; clients ignore what is below 60 or above 86400
 */
public record SolMaxRt(long seconds) implements SecondsOption {
    public static final int CODE = 82;

    public SolMaxRt {
        Unsigned.require("seconds", seconds, Integer.SIZE);
    }

    @Override
    public int code() {
        return CODE;
    }
}
