package org.flow6.packets;

import io.netty.buffer.ByteBuf;

/**
 * The start of the packet that a redirect is about (RFC 4861 §4.6.3).
 *
 * @param packet the packet from its IPv6 header on: 8n octets, n 0 to 254
 */
public record RedirectedHeader(Bytes packet) implements NdOption {
    static final int TYPE = 4;

    private static final int FIXED_LENGTH = 8;
    /** What keeps a redirect with a target link-layer address within the least MTU (RFC 4861 §4.5). */
    private static final int MAX_SENT =
            Ipv6.MIN_MTU - Ipv6.HEADER_LENGTH - Redirect.FIXED_LENGTH - LINK_LAYER_ADDRESS_LENGTH - FIXED_LENGTH;

    public RedirectedHeader {
        if (packet.length() % 8 != 0 || packet.length() > MAX_LENGTH - FIXED_LENGTH) {
            throw new IllegalArgumentException("redirected packet of " + packet.length() + " octets, not 8n, n 0-254");
        }
    }

    /** As much of the packet as fits a redirect of 1280 octets with a target link-layer address, in units of 8. */
    public static RedirectedHeader of(Ipv6 packet) {
        Bytes octets = packet.encode();
        return new RedirectedHeader(octets.slice(0, Math.min(octets.length() / 8 * 8, MAX_SENT)));
    }

    static RedirectedHeader decode(Bytes body) {
        return new RedirectedHeader(body.slice(FIXED_LENGTH - HEADER_LENGTH));
    }

    @Override
    public int type() {
        return TYPE;
    }

    @Override
    public int length() {
        return FIXED_LENGTH + packet.length();
    }

    @Override
    public void encodeBody(ByteBuf out) {
        out.writeZero(FIXED_LENGTH - HEADER_LENGTH);
        packet.writeTo(out);
    }
}
