package org.flow6.packets.dhcpv6;

/** The client takes Reconfigure messages, or is to (RFC 8415 §21.20). */
public record ReconfigureAccept() implements EmptyOption {
    public static final int CODE = 20;

    @Override
    public int code() {
        return CODE;
    }
}
