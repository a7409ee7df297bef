package org.flow6.packets.dhcpv6;

/**
 * When a client asks for information again at the latest (RFC 8415 §21.23).
 *
 * @param seconds servers give 600 or more; 2³²−1 is never
 */
public record InformationRefreshTime(long seconds) implements SecondsOption {
    public static final int CODE = 32;

    public InformationRefreshTime {
        Unsigned.require("seconds", seconds, Integer.SIZE);
    }

    @Override
    public int code() {
        return CODE;
    }
}
