package org.flow6.packets.dhcpv6;

import io.netty.buffer.ByteBuf;
import java.util.List;

/**
 * The options that a client wants (RFC 8415 §21.7).
 *
 * @param codes 0 to 65535 each, at most 32767
 */
public record OptionRequest(List<Integer> codes) implements Dhcpv6Option {
    public static final int CODE = 6;

    public OptionRequest {
        codes = Unsigned.shorts(codes);
    }

    /** Whether the client wants the option of that code. */
    public boolean contains(int optionCode) {
        return codes.contains(optionCode);
    }

    @Override
    public int code() {
        return CODE;
    }

    @Override
    public int bodyLength() {
        return codes.size() * Short.BYTES;
    }

    @Override
    public void encodeBody(ByteBuf out) {
        for (int each : codes) {
            out.writeShort(each);
        }
    }
}
