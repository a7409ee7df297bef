package org.flow6.packets;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;

/** What has a form on the wire that depends on nothing but itself. */
public interface Encodable {
    /** How many octets {@link #encode(ByteBuf)} writes. */
    int length();

    /** Appends the wire form at the buffer's writer index. */
    void encode(ByteBuf out);

    default Bytes encode() {
        byte[] octets = new byte[length()];
        encode(Unpooled.wrappedBuffer(octets).clear());
        return Bytes.wrap(octets);
    }
}
