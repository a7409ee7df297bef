package org.flow6.packets.dhcpv6;

import io.netty.buffer.ByteBuf;
import org.flow6.packets.Bytes;

/**
 * The interface that a relay agent got a message on, to be given back to it as it is (RFC 8415 §21.18). Not to be
 * confused with {@link org.flow6.packets.InterfaceId}, a part of an address.
 *
 * @param value opaque, at most 65535 octets
 */
public record InterfaceId(Bytes value) implements Dhcpv6Option {
    public static final int CODE = 18;

    @Override
    public int code() {
        return CODE;
    }

    @Override
    public int bodyLength() {
        return value.length();
    }

    @Override
    public void encodeBody(ByteBuf out) {
        value.writeTo(out);
    }
}
