package org.flow6.core.openflow;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import org.projectfloodlight.openflow.exceptions.OFParseError;
import org.projectfloodlight.openflow.protocol.OFFactories;
import org.projectfloodlight.openflow.protocol.OFMessage;
import org.projectfloodlight.openflow.protocol.OFVersion;

/**
 * One whole OpenFlow message. Positions count from the message's first octet.
 *
 * @param bytes from the header to the end of the message, at least 8 octets; indices of the buffer are relative
 */
public record Frame(ByteBuf bytes) {
    /**
     * @throws IllegalArgumentException if the buffer holds less than a header, or is not a whole message from its index 0
     */
    public Frame {
        if (bytes.readerIndex() != 0 || bytes.readableBytes() < Wire.HEADER) {
            throw new IllegalArgumentException("not a message: " + bytes);
        }
    }

    /** The first octet: 4 for OpenFlow 1.3. */
    public int version() {
        return bytes.getUnsignedByte(0);
    }

    /** The message type, {@code OFPT_*}. */
    public int type() {
        return bytes.getUnsignedByte(1);
    }

    /** What a request and its replies have in common. */
    public int xid() {
        return bytes.getInt(4);
    }

    /** Octets of the whole message. */
    public int length() {
        return bytes.readableBytes();
    }

    /** A slice of the message from the given position to its end; its life is that of this frame. */
    public ByteBuf from(int position) {
        return bytes.slice(position, length() - position);
    }

    /** A copy on the heap that may be kept, and that nobody needs to release. */
    public Frame kept() {
        return new Frame(Unpooled.wrappedBuffer(ByteBufUtil.getBytes(bytes)));
    }

    /** The message as openflowj sees it. Its reader knows no Nicira extension, and gives up the whole message if it meets one. */
    public Decoded<OFMessage> parse() {
        try {
            OFMessage message =
                    OFFactories.getFactory(OFVersion.OF_13).getReader().readFrom(bytes.duplicate());
            return message == null ? Decoded.malformed("shorter than its parts") : Decoded.ok(message);
        } catch (OFParseError | RuntimeException e) {
            // Its reader throws whatever comes first: OFParseError, NullPointerException, IndexOutOfBoundsException…
            return Decoded.malformed(String.valueOf(e.getMessage()));
        }
    }
}
