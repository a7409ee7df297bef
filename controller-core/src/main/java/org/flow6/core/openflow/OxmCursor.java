package org.flow6.core.openflow;

import io.netty.buffer.ByteBuf;

/**
 * Walks the OXM and NXM fields of a match without knowing them (OpenFlow 1.3.5 §7.2.3.2; OVS nx-match.c). A field is told by its
 * {@link #key()}; value and mask are read at {@link #valueAt()} and {@link #maskAt()} in {@link #bytes()}.
 */
public final class OxmCursor {
    private static final int EXPERIMENTER_CLASS = 0xffff;

    private final ByteBuf bytes;
    private final int end;
    private int next;
    private boolean broken;
    private long key;
    private boolean masked;
    private int valueAt;
    private int valueLength;

    /** A cursor before the first field of the readable octets, which are neither moved nor retained. */
    public OxmCursor(ByteBuf fields) {
        this(fields, fields.readerIndex(), fields.writerIndex());
    }

    OxmCursor(ByteBuf bytes, int from, int end) {
        this.bytes = bytes;
        this.end = end;
        this.next = from;
    }

    /** The key of a field: experimenter (0 if none) in the upper 32 bits, then class (16 bits), then field number (7 bits) shifted by 9. */
    public static long key(int experimenter, int oxmClass, int field) {
        return ((long) experimenter << 32) | (((long) oxmClass & 0xffff) << 16) | (((long) field & 0x7f) << 9);
    }

    /** Moves to the next field; false at the end, and where the rest makes no sense ({@link #broken()} tells which). */
    public boolean next() {
        if (broken || next == end) {
            return false;
        }
        return (end - next >= 4 && readField(bytes.getInt(next), next + 4)) || stop();
    }

    private boolean readField(int header, int payload) {
        int length = header & 0xff;
        if (end - payload < length) {
            return false;
        }
        int experimenter = 0;
        valueAt = payload;
        next = payload + length;
        if (header >>> 16 == EXPERIMENTER_CLASS) {
            if (length < 4) {
                return false;
            }
            experimenter = bytes.getInt(payload);
            valueAt = payload + 4;
        }
        masked = (header & 0x100) != 0;
        valueLength = masked ? (next - valueAt) / 2 : next - valueAt;
        key = key(experimenter, header >>> 16, header >>> 9);
        return !masked || (next - valueAt) % 2 == 0;
    }

    private boolean stop() {
        broken = true;
        return false;
    }

    /** Whether the walk ended before the end, at something that is no field. */
    public boolean broken() {
        return broken;
    }

    /** See {@link #key(int, int, int)}. */
    public long key() {
        return key;
    }

    public boolean masked() {
        return masked;
    }

    public ByteBuf bytes() {
        return bytes;
    }

    /** Where the value starts. */
    public int valueAt() {
        return valueAt;
    }

    /** Where the mask starts, if there is one. */
    public int maskAt() {
        return valueAt + valueLength;
    }

    /** Octets of the value, and of the mask if there is one. */
    public int valueLength() {
        return valueLength;
    }
}
