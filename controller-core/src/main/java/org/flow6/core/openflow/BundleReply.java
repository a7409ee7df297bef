package org.flow6.core.openflow;

import io.netty.buffer.ByteBuf;

/** The switch's agreement to a bundle request (ONF EXT-230). */
record BundleReply(int bundle, int control) {
    private static final int LENGTH = 24;

    static Decoded<BundleReply> decode(Frame frame) {
        ByteBuf bytes = frame.bytes();
        if (frame.length() < LENGTH || bytes.getInt(8) != Wire.ONF || bytes.getInt(12) != Wire.ONF_BUNDLE_CONTROL) {
            return Decoded.malformed("not a bundle reply");
        }
        return Decoded.ok(new BundleReply(bytes.getInt(16), bytes.getUnsignedShort(20)));
    }

    /** Checks that the reply grants just what was asked for. */
    static Decoded<BundleReply> check(Frame frame, int bundle, BundleControl control) {
        return decode(frame)
                .then(reply -> reply.equals(new BundleReply(bundle, control.reply()))
                        ? Decoded.ok(reply)
                        : Decoded.malformed("another bundle reply came: " + reply));
    }
}
