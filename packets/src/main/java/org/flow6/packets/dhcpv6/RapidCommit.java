package org.flow6.packets.dhcpv6;

/** Solicit and Reply are all: the client asks for it, the server does it (RFC 8415 §21.14). */
public record RapidCommit() implements EmptyOption {
    public static final int CODE = 14;

    @Override
    public int code() {
        return CODE;
    }
}
