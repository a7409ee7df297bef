package org.flow6.packets.dhcpv6;

/**
 * The longest wait between a client's Information-requests (RFC 8415 §21.25).
 *
 * @param seconds 0 to 2³²−1; clients ignore what is below 60 or above 86400
 */
public record InfMaxRt(long seconds) implements SecondsOption {
    public static final int CODE = 83;

    public InfMaxRt {
        Unsigned.require("seconds", seconds, Integer.SIZE);
    }

    @Override
    public int code() {
        return CODE;
    }
}
