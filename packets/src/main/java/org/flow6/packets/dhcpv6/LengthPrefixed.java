package org.flow6.packets.dhcpv6;

import io.netty.buffer.ByteBuf;
import java.util.ArrayList;
import java.util.List;
import org.flow6.packets.Bytes;
import org.flow6.packets.Decoded;
import org.flow6.packets.MalformedReason;

/** Opaque data, each after its length in two octets (RFC 8415 §21.15, §21.16; RFC 5970 §3.2). */
final class LengthPrefixed {
    private static final int PREFIX = 2;

    private LengthPrefixed() {}

    static Decoded<List<Bytes>> decodeAll(Bytes octets) {
        List<Bytes> items = new ArrayList<>(1);
        int at = 0;
        while (at < octets.length()) {
            int start = at + PREFIX;
            if (octets.length() < start || octets.length() < start + octets.unsignedShort(at)) {
                return Decoded.malformed(MalformedReason.DHCPV6_ITEM_TRUNCATED);
            }
            int end = start + octets.unsignedShort(at);
            items.add(octets.slice(start, end));
            at = end;
        }
        return Decoded.ok(items);
    }

    /**
     * A copy of items that all have a form on the wire.
     *
     * @throws IllegalArgumentException for one of more than 65535 octets
     */
    static List<Bytes> copyOf(List<Bytes> items) {
        for (Bytes item : items) {
            Unsigned.require("length of an item", item.length(), Short.SIZE);
        }
        return List.copyOf(items);
    }

    static int length(List<Bytes> items) {
        int length = 0;
        for (Bytes item : items) {
            length += PREFIX + item.length();
        }
        return length;
    }

    static void encode(ByteBuf out, List<Bytes> items) {
        for (Bytes item : items) {
            out.writeShort(item.length());
            item.writeTo(out);
        }
    }
}
