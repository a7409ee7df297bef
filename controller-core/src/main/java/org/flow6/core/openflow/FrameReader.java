package org.flow6.core.openflow;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.DecoderException;
import io.netty.handler.codec.LengthFieldBasedFrameDecoder;
import org.jspecify.annotations.Nullable;

/**
 * Cuts the stream into messages by the length in their header. What cannot be OpenFlow ends in a {@link NotOpenFlow} as early as
 * its first octet: a browser, a TLS hello on a plain port or a scanner is not waited for.
 */
final class FrameReader extends LengthFieldBasedFrameDecoder {
    /** The stream is not OpenFlow; the connection is of no further use. */
    static final class NotOpenFlow extends DecoderException {
        NotOpenFlow(String message) {
            super(message);
        }

        @Override
        public synchronized Throwable fillInStackTrace() {
            return this;
        }
    }

    private static final int LONGEST = 65535;
    /** Versions 1.0 to 1.5, any of which may stand in a HELLO. */
    private static final int NEWEST_VERSION = 6;

    private boolean greeted;

    FrameReader() {
        super(LONGEST, 2, 2, -4, 0);
    }

    @Override
    protected @Nullable Object decode(ChannelHandlerContext ctx, ByteBuf in) throws Exception {
        int start = in.readerIndex();
        if (in.isReadable()) {
            checkVersion(in.getUnsignedByte(start));
        }
        if (in.readableBytes() >= 2 && !greeted) {
            checkGreeting(in.getUnsignedByte(start + 1));
        }
        if (in.readableBytes() >= 4 && in.getUnsignedShort(start + 2) < Wire.HEADER) {
            throw new NotOpenFlow("a message of length " + in.getUnsignedShort(start + 2));
        }
        Object frame = super.decode(ctx, in);
        if (frame != null) {
            greeted = true;
        }
        return frame;
    }

    private void checkVersion(int version) {
        if (greeted ? version != Wire.VERSION : version < 1 || version > NEWEST_VERSION) {
            throw new NotOpenFlow("octet 0x%02x where the version %s was expected"
                    .formatted(version, greeted ? "0x04" : "of a HELLO"));
        }
    }

    private static void checkGreeting(int type) {
        if (type != Wire.HELLO && type != Wire.ERROR) {
            throw new NotOpenFlow("a message of type " + type + " before HELLO");
        }
    }
}
