package org.flow6.core.openflow;

import io.netty.buffer.ByteBuf;
import java.util.ArrayList;
import java.util.List;

/**
 * An option of Geneve (RFC 8926 §3.5) that a switch shows to flows as field {@code tun_metadataN}: {@code struct nx_tlv_map} of Open
 * vSwitch's nicira-ext.h.
 *
 * @param optionClass 0 to 0xffff
 * @param optionType 0 to 0xff; with 0x80 receivers that do not know the option drop the packet
 * @param length octets of the option's data, a multiple of 4 from 4 to 124
 * @param index N, 0 to 63
 */
public record TunnelOption(int optionClass, int optionType, int length, int index) {
    private static final int TABLE_HEADER = 32;
    private static final int ADD = 0;
    private static final int SIZE = 8;

    /** @throws IllegalArgumentException if a number is out of range */
    public TunnelOption {
        if ((optionClass & ~0xffff) != 0
                || (optionType & ~0xff) != 0
                || length < 4
                || length > 124
                || length % 4 != 0
                || index < 0
                || index > 63) {
            throw new IllegalArgumentException(
                    "class %d type %d length %d index %d".formatted(optionClass, optionType, length, index));
        }
    }

    /** Whether a switch cannot have both: they are one option, or one field, and not the same. */
    public boolean clashesWith(TunnelOption other) {
        boolean sameOption = optionClass == other.optionClass && optionType == other.optionType;
        return !equals(other) && (sameOption || index == other.index);
    }

    /** NXT_TLV_TABLE_MOD, to add this one. */
    ByteBuf addition(int xid) {
        return Messages.message(Wire.EXPERIMENTER, xid, 16 + SIZE)
                .writeInt(Wire.NICIRA)
                .writeInt(Wire.NX_TLV_TABLE_MOD)
                .writeShort(ADD)
                .writeZero(6)
                .writeShort(optionClass)
                .writeByte(optionType)
                .writeByte(length)
                .writeShort(index)
                .writeZero(2);
    }

    static ByteBuf request(int xid) {
        return Messages.message(Wire.EXPERIMENTER, xid, 8).writeInt(Wire.NICIRA).writeInt(Wire.NX_TLV_TABLE_REQUEST);
    }

    /** NXT_TLV_TABLE_REPLY: all options that the switch shows. Those that no option can be are left out. */
    static Decoded<List<TunnelOption>> decode(Frame reply) {
        ByteBuf bytes = reply.bytes();
        if (reply.length() < TABLE_HEADER
                || bytes.getInt(8) != Wire.NICIRA
                || bytes.getInt(12) != Wire.NX_TLV_TABLE_REPLY) {
            return Decoded.malformed("not a table of tunnel options");
        }
        List<TunnelOption> options = new ArrayList<>();
        for (int at = TABLE_HEADER; reply.length() - at >= SIZE; at += SIZE) {
            int length = bytes.getUnsignedByte(at + 3);
            int index = bytes.getUnsignedShort(at + 4);
            if (length >= 4 && length <= 124 && length % 4 == 0 && index < 64) {
                options.add(new TunnelOption(bytes.getUnsignedShort(at), bytes.getUnsignedByte(at + 2), length, index));
            }
        }
        return Decoded.ok(List.copyOf(options));
    }

    @Override
    public String toString() {
        return "{class=0x%x,type=0x%x,len=%d}->tun_metadata%d".formatted(optionClass, optionType, length, index);
    }
}
