package org.flow6.packets.dhcpv6;

import io.netty.buffer.ByteBuf;

/**
 * How much a server wants to be chosen (RFC 8415 §21.8).
 *
 * @param value 0 to 255; at 255 the client looks no further
 */
public record Preference(int value) implements Dhcpv6Option {
    public static final int CODE = 7;

    public Preference {
        Unsigned.require("value", value, Byte.SIZE);
    }

    @Override
    public int code() {
        return CODE;
    }

    @Override
    public int bodyLength() {
        return Byte.BYTES;
    }

    @Override
    public void encodeBody(ByteBuf out) {
        out.writeByte(value);
    }
}
