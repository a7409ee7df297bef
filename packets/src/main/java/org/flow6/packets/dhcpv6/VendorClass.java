package org.flow6.packets.dhcpv6;

import io.netty.buffer.ByteBuf;
import java.util.List;
import org.flow6.packets.Bytes;

/**
 * Who made the client, and of what kind (RFC 8415 §21.16).
 *
 * @param enterprise the vendor's number in IANA's registry, 0 to 2³²−1
 * @param data opaque, each at most 65535 octets
 */
public record VendorClass(long enterprise, List<Bytes> data) implements Dhcpv6Option {
    public static final int CODE = 16;

    public VendorClass {
        Unsigned.require("enterprise number", enterprise, Integer.SIZE);
        data = LengthPrefixed.copyOf(data);
    }

    static VendorClass of(Bytes body, List<Bytes> data) {
        return new VendorClass(body.unsignedInt(0), data);
    }

    @Override
    public int code() {
        return CODE;
    }

    @Override
    public int bodyLength() {
        return Integer.BYTES + LengthPrefixed.length(data);
    }

    @Override
    public void encodeBody(ByteBuf out) {
        out.writeInt((int) enterprise);
        LengthPrefixed.encode(out, data);
    }
}
