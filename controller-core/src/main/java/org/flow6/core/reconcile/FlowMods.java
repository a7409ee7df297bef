package org.flow6.core.reconcile;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import org.flow6.flow.ContentHash;
import org.flow6.flow.Flow;
import org.flow6.flow.Match;
import org.flow6.flow.OwnedFlow;

/** Flow-mods (OpenFlow 1.3.5 §7.3.4.1), and the cookies by which flows are known again. */
final class FlowMods {
    /** In place of a table, where flows of every table are removed. */
    static final int ALL_TABLES = 0xff;

    private static final int OFP_VERSION = 4;
    private static final int OFPT_FLOW_MOD = 14;
    private static final int OFPFC_ADD = 0;
    private static final int OFPFC_DELETE = 3;
    private static final int OFPFC_DELETE_STRICT = 4;
    private static final int OFPFF_SEND_FLOW_REM = 1;
    private static final int NO_BUFFER = -1;
    private static final int ANY = -1;
    private static final long ALL_BITS = -1;
    private static final int COOKIE_AT = 8;
    private static final int TABLE_AT = 24;
    private static final int PRIORITY_AT = 30;
    private static final int MATCH_AT = 48;
    private static final int APP_BITS = 16;

    private FlowMods() {}

    /** The upper 16 bits of the cookies of an app's flows. */
    static int appBits(String app) {
        // A string's hash code is the same on every Java, and kept by the string.
        return (app.hashCode() * 0x9e3779b1) >>> 16;
    }

    /**
     * Writes the flow-mod that adds a flow; of one that is longer than OpenFlow's 65,535 octets, the length is wrong.
     *
     * @return the flow's cookie: app (16 bits) and hash of table, priority, match and instructions (48 bits)
     */
    static long add(ByteBuf out, int xid, OwnedFlow owned) {
        int start = out.writerIndex();
        Flow flow = owned.flow();
        body(out, xid, flow.table().number(), OFPFC_ADD, flow.priority().value(), OFPFF_SEND_FLOW_REM);
        Oxm.write(out, flow.match());
        ActionWriter.instructions(out, flow.actions());
        finish(out, start);
        long cookie = cookie(out, start, owned.origin().app());
        out.setLong(start + COOKIE_AT, cookie);
        return cookie;
    }

    /** The cookie that a flow is known by. */
    static long cookieOf(OwnedFlow owned) {
        return add(Unpooled.buffer(256), 0, owned);
    }

    /** Writes the flow-mod that removes exactly this flow. */
    static void remove(ByteBuf out, int xid, OwnedFlow owned, long cookie) {
        int start = out.writerIndex();
        Flow flow = owned.flow();
        body(
                out,
                xid,
                flow.table().number(),
                OFPFC_DELETE_STRICT,
                flow.priority().value(),
                0);
        Oxm.write(out, flow.match());
        finish(out, start);
        out.setLong(start + COOKIE_AT, cookie).setLong(start + COOKIE_AT + Long.BYTES, ALL_BITS);
    }

    /** Writes the flow-mod that removes the flows of a table, or of all, with this cookie, whatever else they are. */
    static void removeByCookie(ByteBuf out, int xid, int table, long cookie) {
        int start = out.writerIndex();
        body(out, xid, table, OFPFC_DELETE, 0, 0);
        Oxm.write(out, Match.ANY);
        finish(out, start);
        out.setLong(start + COOKIE_AT, cookie).setLong(start + COOKIE_AT + Long.BYTES, ALL_BITS);
    }

    private static void body(ByteBuf out, int xid, int table, int command, int priority, int flags) {
        out.writeByte(OFP_VERSION).writeByte(OFPT_FLOW_MOD).writeShort(0).writeInt(xid);
        out.writeLong(0).writeLong(0);
        out.writeByte(table).writeByte(command).writeShort(0).writeShort(0).writeShort(priority);
        out.writeInt(NO_BUFFER).writeInt(ANY).writeInt(ANY).writeShort(flags).writeShort(0);
    }

    private static void finish(ByteBuf out, int start) {
        out.setShort(start + 2, out.writerIndex() - start);
    }

    private static long cookie(ByteBuf out, int start, String app) {
        ContentHash hash =
                new ContentHash(out.getByte(start + TABLE_AT) << 16 | out.getUnsignedShort(start + PRIORITY_AT));
        // Matches and instructions are padded to 8 octets.
        int at = start + MATCH_AT;
        for (; at + Long.BYTES < out.writerIndex(); at += 2 * Long.BYTES) {
            hash.put(out.getLong(at), out.getLong(at + Long.BYTES));
        }
        hash.put(at < out.writerIndex() ? out.getLong(at) : 0, out.writerIndex() - start);
        return (long) appBits(app) << 48 | hash.finish().high() >>> APP_BITS;
    }
}
