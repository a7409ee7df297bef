package org.flow6.packets.dhcpv6;

import io.netty.buffer.ByteBuf;

/** The message that a relay agent relays, or is to send on (RFC 8415 §21.10). */
public record RelayMessage(Dhcpv6Message message) implements Dhcpv6Option {
    public static final int CODE = 9;

    @Override
    public int code() {
        return CODE;
    }

    @Override
    public int bodyLength() {
        return message.length();
    }

    @Override
    public void encodeBody(ByteBuf out) {
        message.encode(out);
    }
}
