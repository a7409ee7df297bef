package org.flow6.packets.dhcpv6;

import io.netty.buffer.ByteBuf;
import java.util.ArrayList;
import java.util.List;
import org.flow6.packets.Bytes;
import org.flow6.packets.Decoded;
import org.flow6.packets.Encodable;
import org.flow6.packets.MalformedReason;

/**
 * A code and its data, as options are made of (RFC 8415 §21.1), and vendors' options within one (§21.17).
 *
 * @param code 0 to 65535
 * @param data at most 65535 octets
 */
public record SubOption(int code, Bytes data) implements Encodable {
    private static final int HEADER_LENGTH = 4;

    public SubOption {
        Unsigned.require("option code", code, Short.SIZE);
        Unsigned.require("option length", data.length(), Short.SIZE);
    }

    /** Decodes up to the end of the octets. */
    static Decoded<List<SubOption>> decodeAll(Bytes octets) {
        List<SubOption> options = new ArrayList<>();
        int at = 0;
        while (at < octets.length()) {
            int start = at + HEADER_LENGTH;
            if (octets.length() < start || octets.length() < start + octets.unsignedShort(at + 2)) {
                return Decoded.malformed(MalformedReason.DHCPV6_OPTION_TRUNCATED);
            }
            int end = start + octets.unsignedShort(at + 2);
            options.add(new SubOption(octets.unsignedShort(at), octets.slice(start, end)));
            at = end;
        }
        return Decoded.ok(options);
    }

    @Override
    public int length() {
        return HEADER_LENGTH + data.length();
    }

    @Override
    public void encode(ByteBuf out) {
        out.writeShort(code).writeShort(data.length());
        data.writeTo(out);
    }
}
