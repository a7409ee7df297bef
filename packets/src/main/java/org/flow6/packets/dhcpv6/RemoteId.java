package org.flow6.packets.dhcpv6;

import io.netty.buffer.ByteBuf;
import org.flow6.packets.Bytes;

/**
 * Where the client is, as the relay agent knows it (RFC 4649 §3).
 *
 * @param enterprise of whoever made the value, in IANA's registry, 0 to 2³²−1
 * @param value opaque
 */
public record RemoteId(long enterprise, Bytes value) implements Dhcpv6Option {
    public static final int CODE = 37;

    public RemoteId {
        Unsigned.require("enterprise number", enterprise, Integer.SIZE);
    }

    @Override
    public int code() {
        return CODE;
    }

    @Override
    public int bodyLength() {
        return Integer.BYTES + value.length();
    }

    @Override
    public void encodeBody(ByteBuf out) {
        out.writeInt((int) enterprise);
        value.writeTo(out);
    }
}
