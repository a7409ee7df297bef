package org.flow6.core.reconcile;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.IntSupplier;
import java.util.function.Supplier;
import org.flow6.core.openflow.MultipartType;
import org.flow6.core.openflow.SwitchSession;
import org.flow6.flow.Action;
import org.flow6.flow.Flow;
import org.flow6.flow.PuntReason;

/** The meters of a switch (OpenFlow 1.3.5 §7.3.4.4): made before the first flow that needs one, removed when none does. */
final class Meters {
    private static final int OFP_VERSION = 4;
    private static final int OFPT_METER_MOD = 29;
    private static final int ADD = 0;
    private static final int MODIFY = 1;
    private static final int DELETE = 2;
    /** OFPMF_PKTPS, BURST and STATS. */
    private static final int FLAGS = 2 | 4 | 8;

    private static final int OFPMBT_DROP = 1;
    private static final int ALL = -1;
    private static final int CONFIG_HEADER = 8;
    private static final int BAND = 16;

    private final Map<Integer, Limit> present = new HashMap<>();
    private final Set<Integer> used = new HashSet<>();

    private record Limit(long rate, long burst) {}

    /** Reads what the switch has, and waits for it. */
    void read(SwitchSession session) {
        ByteBuf config = session.multipart(
                        MultipartType.METER_CONFIG,
                        Unpooled.buffer().writeInt(ALL).writeInt(0))
                .join();
        present.clear();
        used.clear();
        int at = config.readerIndex();
        while (config.writerIndex() - at >= CONFIG_HEADER && config.getUnsignedShort(at) >= CONFIG_HEADER) {
            int length = config.getUnsignedShort(at);
            boolean oneBand = length == CONFIG_HEADER + BAND && config.getUnsignedShort(at + 2) == FLAGS;
            Limit limit = oneBand && at + length <= config.writerIndex()
                    ? new Limit(
                            config.getUnsignedInt(at + CONFIG_HEADER + 4),
                            config.getUnsignedInt(at + CONFIG_HEADER + 8))
                    : new Limit(0, 0);
            present.put(config.getInt(at + 4), limit);
            at += length;
        }
    }

    static boolean needsOne(Flow flow) {
        List<Action> actions = flow.actions();
        for (int i = 0; i < actions.size(); i++) {
            if (actions.get(i) instanceof Action.MeteredController) {
                return true;
            }
        }
        return false;
    }

    /** Writes what makes the meter that the flow needs, unless it is there; notes that it is in use. */
    void require(Flow flow, IntSupplier xid, Supplier<ByteBuf> out) {
        for (Action action : flow.actions()) {
            if (action instanceof Action.MeteredController metered) {
                PuntReason reason = metered.meter().reason();
                Limit limit = new Limit(reason.packetsPerSecond(), reason.burst());
                int id = MeterId.of(metered.meter());
                used.add(id);
                Limit before = present.put(id, limit);
                if (!limit.equals(before)) {
                    write(out.get(), xid.getAsInt(), before == null ? ADD : MODIFY, id, limit);
                }
            }
        }
    }

    /** Writes what removes meters that no flow has needed since they were read. */
    void removeUnused(SwitchSession session) {
        Set<Integer> unused = new HashSet<>(present.keySet());
        unused.removeAll(used);
        for (Integer id : unused) {
            ByteBuf out = Unpooled.buffer();
            write(out, session.nextXid(), DELETE, id, new Limit(0, 0));
            session.write(out);
            present.remove(id);
        }
        if (!unused.isEmpty()) {
            session.flush();
        }
    }

    private static void write(ByteBuf out, int xid, int command, int id, Limit limit) {
        out.writeByte(OFP_VERSION).writeByte(OFPT_METER_MOD).writeShort(16 + (command == DELETE ? 0 : BAND));
        out.writeInt(xid).writeShort(command).writeShort(FLAGS).writeInt(id);
        if (command != DELETE) {
            out.writeShort(OFPMBT_DROP).writeShort(BAND);
            out.writeInt((int) limit.rate()).writeInt((int) limit.burst()).writeInt(0);
        }
    }
}
