package org.flow6.packets;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;

/** The options of an IPv4 header (RFC 791 §3.1). */
final class Ipv4Options {
    private static final int COPIED = 0x80;
    private static final int END = 0;
    private static final int NO_OPERATION = 1;

    private Ipv4Options() {}

    /**
     * Those that go into all fragments, not the first one alone, filled up to a multiple of 4; those behind one that ends
     * nowhere are left out.
     */
    static Bytes copied(Bytes options) {
        ByteBuf out = Unpooled.buffer(options.length());
        int at = 0;
        while (at < options.length() && options.unsignedByte(at) != END) {
            int length = length(options, at);
            if (length == 0 || at + length > options.length()) {
                break;
            }
            if ((options.unsignedByte(at) & COPIED) != 0) {
                options.slice(at, at + length).writeTo(out);
            }
            at += length;
        }
        out.writeZero(-out.readableBytes() & 3);
        return Bytes.copyOf(out);
    }

    /** Octets of the option at an index; 0 of one that is malformed. */
    private static int length(Bytes options, int at) {
        if (options.unsignedByte(at) == NO_OPERATION) {
            return 1;
        }
        int length = at + 1 < options.length() ? options.unsignedByte(at + 1) : 0;
        return length < 2 ? 0 : length;
    }
}
