package org.flow6.core.openflow;

import io.netty.buffer.ByteBuf;

/**
 * The versions a peer offers in its HELLO (OpenFlow 1.3.5 §6.3.1, §7.5.1).
 *
 * @param bitmap bit n set for wire version n
 */
record Hello(int bitmap) {
    private static final int VERSION_BITMAP = 1;
    private static final String[] NAMES = {"1.0", "1.1", "1.2", "1.3", "1.4", "1.5"};

    static Hello decode(Frame frame) {
        ByteBuf bytes = frame.bytes();
        int at = Wire.HEADER;
        while (frame.length() - at >= 4) {
            int length = bytes.getUnsignedShort(at + 2);
            if (length < 4 || length > frame.length() - at) {
                break;
            }
            if (bytes.getUnsignedShort(at) == VERSION_BITMAP && length >= 8) {
                return new Hello(bytes.getInt(at + 4));
            }
            at += Wire.padded(length);
        }
        // Without a bitmap a peer speaks its header's version, and is taken to speak the older ones.
        return new Hello((2 << frame.version()) - 2);
    }

    boolean offers13() {
        return (bitmap & (1 << Wire.VERSION)) != 0;
    }

    @Override
    public String toString() {
        StringBuilder text = new StringBuilder("OpenFlow");
        for (int version = 1; version <= NAMES.length; version++) {
            if ((bitmap & (1 << version)) != 0) {
                text.append(' ').append(NAMES[version - 1]);
            }
        }
        return text.toString();
    }
}
