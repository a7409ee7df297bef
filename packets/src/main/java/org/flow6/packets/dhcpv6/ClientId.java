package org.flow6.packets.dhcpv6;

/** Who the client is (RFC 8415 §21.2). */
public record ClientId(Duid duid) implements DuidOption {
    public static final int CODE = 1;

    @Override
    public int code() {
        return CODE;
    }
}
