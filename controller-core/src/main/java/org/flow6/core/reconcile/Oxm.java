package org.flow6.core.reconcile;

import io.netty.buffer.ByteBuf;
import java.util.List;
import org.flow6.flow.Field;
import org.flow6.flow.Match;
import org.flow6.flow.RegisterSlice;
import org.projectfloodlight.openflow.types.U128;

/** Matches as OpenFlow Extensible Match (OpenFlow 1.3.5 §7.2.3) with Nicira's fields among them. */
final class Oxm {
    private static final int OFPMT_OXM = 1;
    private static final int REGISTER_BYTES = 4;

    private Oxm() {}

    /** The header of a field, or of the register that a slice is part of. */
    static int header(Field<?> field, boolean masked) {
        int length = bytes(field) << (masked ? 1 : 0);
        return field.oxmClass() << 16 | field.oxmField() << 9 | (masked ? 1 << 8 : 0) | length;
    }

    private static int bytes(Field<?> field) {
        return field.slice() != null ? REGISTER_BYTES : (field.bits() + 7) / 8;
    }

    /** Writes {@code struct ofp_match}, padded. */
    static void write(ByteBuf out, Match match) {
        int start = out.writerIndex();
        out.writeShort(OFPMT_OXM).writeShort(0);
        List<Match.Term> terms = match.terms();
        for (int i = 0; i < terms.size(); i++) {
            RegisterSlice slice = terms.get(i).field().slice();
            if (slice == null) {
                term(out, terms.get(i));
            } else {
                i = register(out, terms, i, slice.register());
            }
        }
        out.setShort(start + 2, out.writerIndex() - start);
        pad(out, start);
    }

    static void value(ByteBuf out, U128 value, int bytes) {
        if (bytes == 16) {
            value.write16Bytes(out);
        } else {
            for (int i = bytes - 1; i >= 0; i--) {
                out.writeByte((int) (value.getLsb() >>> (8 * i)));
            }
        }
    }

    /** Zeros up to the next multiple of 8 octets from the start. */
    static void pad(ByteBuf out, int start) {
        out.writeZero(-(out.writerIndex() - start) & 7);
    }

    private static void term(ByteBuf out, Match.Term term) {
        int bytes = bytes(term.field());
        out.writeInt(header(term.field(), !term.isExact()));
        value(out, term.value(), bytes);
        if (!term.isExact()) {
            value(out, term.mask(), bytes);
        }
    }

    /** Slices of one register stand side by side in the order of fields, and share a TLV. Returns the last one's index. */
    private static int register(ByteBuf out, List<Match.Term> terms, int first, int register) {
        int value = 0;
        int mask = 0;
        int last = first;
        for (int i = first; i < terms.size(); i++) {
            RegisterSlice slice = terms.get(i).field().slice();
            if (slice == null || slice.register() != register) {
                break;
            }
            value |= (int) terms.get(i).value().getLsb() << slice.offset();
            mask |= (int) terms.get(i).mask().getLsb() << slice.offset();
            last = i;
        }
        boolean masked = mask != -1;
        out.writeInt(header(terms.get(first).field(), masked)).writeInt(value);
        if (masked) {
            out.writeInt(mask);
        }
        return last;
    }
}
