package org.flow6.packets.dhcpv6;

import io.netty.buffer.ByteBuf;
import java.util.List;
import org.flow6.packets.Bytes;

/**
 * Options of a vendor's own (RFC 8415 §21.17).
 *
 * @param enterprise the vendor's number in IANA's registry, 0 to 2³²−1
 * @param options under the vendor's codes
 */
public record VendorOptions(long enterprise, List<SubOption> options) implements Dhcpv6Option {
    public static final int CODE = 17;

    public VendorOptions {
        Unsigned.require("enterprise number", enterprise, Integer.SIZE);
        options = List.copyOf(options);
    }

    static VendorOptions of(Bytes body, List<SubOption> options) {
        return new VendorOptions(body.unsignedInt(0), options);
    }

    @Override
    public int code() {
        return CODE;
    }

    @Override
    public int bodyLength() {
        int length = Integer.BYTES;
        for (SubOption option : options) {
            length += option.length();
        }
        return length;
    }

    @Override
    public void encodeBody(ByteBuf out) {
        out.writeInt((int) enterprise);
        for (SubOption option : options) {
            option.encode(out);
        }
    }
}
