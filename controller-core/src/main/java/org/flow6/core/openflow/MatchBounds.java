package org.flow6.core.openflow;

import io.netty.buffer.ByteBuf;

/**
 * Where a match lies in a message: {@code struct ofp_match} of OpenFlow 1.3.5 §7.2.3.1, whose length leaves out the padding.
 *
 * @param from the position of its first field
 * @param end the position after its last field
 * @param padded the position after its padding
 */
record MatchBounds(int from, int end, int padded) {
    private static final int OXM = 1;
    private static final int HEADER = 4;

    static Decoded<MatchBounds> decode(ByteBuf bytes, int at) {
        return decode(bytes, at, bytes.writerIndex());
    }

    /** Finds the bounds of the match at the given position, none of them beyond the limit. */
    static Decoded<MatchBounds> decode(ByteBuf bytes, int at, int limit) {
        if (limit - at < HEADER) {
            return Decoded.malformed("ends before its match");
        }
        int type = bytes.getUnsignedShort(at);
        int length = bytes.getUnsignedShort(at + 2);
        if (type != OXM || length < HEADER || at + Wire.padded(length) > limit) {
            return Decoded.malformed("match of type %d and length %d in %d octets".formatted(type, length, limit - at));
        }
        return Decoded.ok(new MatchBounds(at + HEADER, at + length, at + Wire.padded(length)));
    }
}
