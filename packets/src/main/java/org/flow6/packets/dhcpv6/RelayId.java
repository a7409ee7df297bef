package org.flow6.packets.dhcpv6;

/** Who the relay agent is (RFC 5460 §5.4.1). */
public record RelayId(Duid duid) implements DuidOption {
    public static final int CODE = 53;

    @Override
    public int code() {
        return CODE;
    }
}
