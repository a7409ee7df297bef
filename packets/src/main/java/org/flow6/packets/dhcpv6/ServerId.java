package org.flow6.packets.dhcpv6;

/** Which server answers, or is meant (RFC 8415 §21.3). */
public record ServerId(Duid duid) implements DuidOption {
    public static final int CODE = 2;

    @Override
    public int code() {
        return CODE;
    }
}
