package org.flow6.packets.dhcpv6;

import io.netty.buffer.ByteBuf;
import org.flow6.packets.Bytes;

/**
 * How it went: with the message, or with what the option is in (RFC 8415 §21.13). Without one, it went well.
 *
 * @param message for people, in UTF-8 on the wire
 */
public record StatusCode(Status status, String message) implements Dhcpv6Option {
    public static final int CODE = 13;

    public StatusCode {
        message = Text.require(message);
    }

    static StatusCode of(Bytes body, String message) {
        return new StatusCode(Status.of(body.unsignedShort(0)), message);
    }

    @Override
    public int code() {
        return CODE;
    }

    @Override
    public int bodyLength() {
        return Short.BYTES + Text.encode(message).length();
    }

    @Override
    public void encodeBody(ByteBuf out) {
        out.writeShort(status.value());
        Text.encode(message).writeTo(out);
    }
}
