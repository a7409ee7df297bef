package org.flow6.packets.dhcpv6;

import io.netty.buffer.ByteBuf;
import org.flow6.packets.Bytes;

/**
 * An option that this package has no record for, which a receiver ignores (RFC 8415 §16).
 *
 * @param code 0 to 65535, none of those with a record
 * @param body at most 65535 octets
 */
public record UnknownOption(int code, Bytes body) implements Dhcpv6Option {
    public UnknownOption {
        Unsigned.require("option code", code, Short.SIZE);
        if (OptionFormats.ALL.containsKey(code)) {
            throw new IllegalArgumentException("option code " + code + " has a record of its own");
        }
    }

    @Override
    public int bodyLength() {
        return body.length();
    }

    @Override
    public void encodeBody(ByteBuf out) {
        body.writeTo(out);
    }
}
