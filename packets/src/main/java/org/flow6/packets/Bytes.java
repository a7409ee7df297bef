package org.flow6.packets;

import io.netty.buffer.ByteBuf;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Objects;
import org.projectfloodlight.openflow.types.IPv4Address;
import org.projectfloodlight.openflow.types.IPv6Address;
import org.projectfloodlight.openflow.types.MacAddress;

/**
 * An immutable run of octets, equal by content; multi-octet reads are in network order. A slice shares its parent's
 * octets, so that a packet is copied once, on arrival, and its layers are views. Every read outside the run throws
 * {@link IndexOutOfBoundsException}: a decoder checks lengths first.
 *
 * <p>A class rather than a record, for a record's equality on an array is identity.
 */
public final class Bytes {
    public static final Bytes EMPTY = new Bytes(new byte[0], 0, 0);

    private static final VarHandle SHORT = MethodHandles.byteArrayViewVarHandle(short[].class, ByteOrder.BIG_ENDIAN);
    private static final VarHandle INT = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.BIG_ENDIAN);
    private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

    private final byte[] array;
    private final int offset;
    private final int length;

    private Bytes(byte[] array, int offset, int length) {
        this.array = array;
        this.offset = offset;
        this.length = length;
    }

    /** A copy of the given octets. */
    public static Bytes of(byte... octets) {
        return octets.length == 0 ? EMPTY : wrap(octets.clone());
    }

    /** A copy of what the buffer has readable; its indices stay as they are. */
    public static Bytes copyOf(ByteBuf buffer) {
        byte[] copy = new byte[buffer.readableBytes()];
        buffer.getBytes(buffer.readerIndex(), copy);
        return wrap(copy);
    }

    /**
     * Reads hexadecimal digits, two an octet, no separators.
     *
     * @throws IllegalArgumentException for anything else
     */
    public static Bytes ofHex(String digits) {
        return wrap(HexFormat.of().parseHex(digits));
    }

    /** Takes the array over: the caller keeps no reference to it. */
    static Bytes wrap(byte[] owned) {
        return new Bytes(owned, 0, owned.length);
    }

    public int length() {
        return length;
    }

    public boolean isEmpty() {
        return length == 0;
    }

    /** The octet at the index, 0 to 255. */
    public int unsignedByte(int index) {
        return array[at(index, 1)] & 0xff;
    }

    /** The two octets at the index, 0 to 65535. */
    public int unsignedShort(int index) {
        return (short) SHORT.get(array, at(index, 2)) & 0xffff;
    }

    /** The four octets at the index, 0 to 2³²−1. */
    public long unsignedInt(int index) {
        return (int) INT.get(array, at(index, 4)) & 0xffff_ffffL;
    }

    public MacAddress macAddress(int index) {
        return MacAddress.of(((long) unsignedShort(index) << 32) | unsignedInt(index + 2));
    }

    public IPv4Address ipv4Address(int index) {
        return IPv4Address.of((int) unsignedInt(index));
    }

    public IPv6Address ipv6Address(int index) {
        int at = at(index, IPv6Address.LENGTH);
        return IPv6Address.of((long) LONG.get(array, at), (long) LONG.get(array, at + Long.BYTES));
    }

    /** The octets from an index to the end, as a view. */
    public Bytes slice(int from) {
        return slice(from, length);
    }

    /** The octets from an index (inclusive) to an index (exclusive), as a view. */
    public Bytes slice(int from, int to) {
        Objects.checkFromToIndex(from, to, length);
        return from == to ? EMPTY : new Bytes(array, offset + from, to - from);
    }

    public void writeTo(ByteBuf out) {
        out.writeBytes(array, offset, length);
    }

    public byte[] toByteArray() {
        return Arrays.copyOfRange(array, offset, offset + length);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Bytes that
                && Arrays.equals(array, offset, offset + length, that.array, that.offset, that.offset + that.length);
    }

    @Override
    public int hashCode() {
        int hash = 1;
        for (int i = offset; i < offset + length; i++) {
            hash = 31 * hash + array[i];
        }
        return hash;
    }

    /** The octets as lower-case hexadecimal digits, as {@link #ofHex} reads them. */
    @Override
    public String toString() {
        return HexFormat.of().formatHex(array, offset, offset + length);
    }

    private int at(int index, int size) {
        return offset + Objects.checkFromIndexSize(index, size, length);
    }
}
