package org.flow6.packets.dhcpv6;

import io.netty.buffer.ByteBuf;
import java.util.List;

/**
 * What the client boots on, the most preferred first (RFC 5970 §3.3).
 *
 * @param types of IANA's registry of processor architecture types, 0 to 65535 each, 1 to 32767 of them
 */
public record ClientArchitectures(List<Integer> types) implements Dhcpv6Option {
    public static final int CODE = 61;

    public ClientArchitectures {
        if (types.isEmpty()) {
            throw new IllegalArgumentException("no architecture type");
        }
        types = Unsigned.shorts(types);
    }

    @Override
    public int code() {
        return CODE;
    }

    @Override
    public int bodyLength() {
        return types.size() * Short.BYTES;
    }

    @Override
    public void encodeBody(ByteBuf out) {
        for (int each : types) {
            out.writeShort(each);
        }
    }
}
