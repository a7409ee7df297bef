package org.flow6.packets.dhcpv6;

/**
 * Where the client gets what it boots (RFC 5970 §3.1).
 *
 * @param text a URI (RFC 3986), not checked
 */
public record BootfileUrl(String text) implements TextOption {
    public static final int CODE = 59;

    public BootfileUrl {
        text = Text.require(text);
    }

    @Override
    public int code() {
        return CODE;
    }
}
