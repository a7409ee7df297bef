package org.flow6.packets.dhcpv6;

import io.netty.buffer.ByteBuf;

/**
 * How long the client has been trying (RFC 8415 §21.9).
 *
 * @param hundredths of a second, 0 to 65535, the last of which is anything above also
 */
public record ElapsedTime(int hundredths) implements Dhcpv6Option {
    public static final int CODE = 8;

    public ElapsedTime {
        Unsigned.require("hundredths", hundredths, Short.SIZE);
    }

    @Override
    public int code() {
        return CODE;
    }

    @Override
    public int bodyLength() {
        return Short.BYTES;
    }

    @Override
    public void encodeBody(ByteBuf out) {
        out.writeShort(hundredths);
    }
}
