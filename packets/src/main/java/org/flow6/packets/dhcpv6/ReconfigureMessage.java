package org.flow6.packets.dhcpv6;

import io.netty.buffer.ByteBuf;

/**
 * What a client is to answer a Reconfigure with (RFC 8415 §21.19).
 *
 * @param messageType 0 to 255; those of Renew, Rebind and Information-request have a meaning
 */
public record ReconfigureMessage(int messageType) implements Dhcpv6Option {
    public static final int CODE = 19;

    public ReconfigureMessage {
        Unsigned.require("messageType", messageType, Byte.SIZE);
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
        out.writeByte(messageType);
    }
}
