package org.flow6.packets.dhcpv6;

/**
 * Where the client learns about the captive portal (RFC 8910 §2.2).
 *
 * @param text a URI (RFC 3986), not checked
 */
public record CaptivePortal(String text) implements TextOption {
    public static final int CODE = 103;

    public CaptivePortal {
        text = Text.require(text);
    }

    @Override
    public int code() {
        return CODE;
    }
}
