package org.flow6.packets.dhcpv6;

import io.netty.buffer.ByteBuf;
import java.util.List;
import org.flow6.packets.Bytes;

/**
 * What kind of user the client is of (RFC 8415 §21.15).
 *
 * @param data opaque, at least one, each at most 65535 octets
 */
public record UserClass(List<Bytes> data) implements Dhcpv6Option {
    public static final int CODE = 15;

    public UserClass {
        if (data.isEmpty()) {
            throw new IllegalArgumentException("a user class without data");
        }
        data = LengthPrefixed.copyOf(data);
    }

    @Override
    public int code() {
        return CODE;
    }

    @Override
    public int bodyLength() {
        return LengthPrefixed.length(data);
    }

    @Override
    public void encodeBody(ByteBuf out) {
        LengthPrefixed.encode(out, data);
    }
}
