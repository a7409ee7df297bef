package org.flow6.packets;

import io.netty.buffer.ByteBuf;
import java.util.Optional;

/**
 * The link's MTU (RFC 4861 §4.6.4).
 *
 * @param value octets of the largest IPv6 packet, 0 to 2³²−1; hosts ignore one below 1280
 */
public record Mtu(long value) implements NdOption {
    static final int TYPE = 5;

    private static final int LENGTH = 8;

    public Mtu {
        if (value < 0 || value > 0xffff_ffffL) {
            throw new IllegalArgumentException("MTU " + value + " (32 bits)");
        }
    }

    static Optional<NdOption> decode(Bytes body) {
        return body.length() == LENGTH - HEADER_LENGTH ? Optional.of(new Mtu(body.unsignedInt(2))) : Optional.empty();
    }

    @Override
    public int type() {
        return TYPE;
    }

    @Override
    public int length() {
        return LENGTH;
    }

    @Override
    public void encodeBody(ByteBuf out) {
        out.writeShort(0).writeInt((int) value);
    }
}
