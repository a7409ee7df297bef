package org.flow6.core;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.flow6.core.openflow.FlowFilter;
import org.flow6.core.openflow.FlowStats;
import org.flow6.core.openflow.MultipartType;
import org.flow6.core.openflow.OxmCursor;
import org.flow6.core.openflow.SwitchSession;
import org.flow6.flow.Field;
import org.flow6.flow.RegisterSlice;
import org.flow6.flow.Table;

/**
 * Counters that a switch keeps for us, read when somebody asks.
 *
 * @param drops packets by the code of the drop reason
 * @param matched packets that a flow of the table took, by the table's title; its miss included
 */
record SwitchCounters(Map<Integer, Long> drops, Map<String, Long> matched) {
    static final SwitchCounters NONE = new SwitchCounters(Map.of(), Map.of());

    private static final long PATIENCE_MILLIS = 500;
    private static final int TABLE_STATS = 24;

    /** Asks the switch; nothing of what it does not tell in time. */
    static CompletableFuture<SwitchCounters> read(SwitchSession session) {
        Map<Integer, Long> drops = new LinkedHashMap<>();
        CompletableFuture<Integer> flows = session.dumpFlows(
                FlowFilter.table(Table.DROP.number()), flow -> drops.merge(reason(flow), flow.packets(), Long::sum));
        CompletableFuture<ByteBuf> tables = session.multipart(MultipartType.TABLE, Unpooled.EMPTY_BUFFER);
        return flows.thenCombine(tables, (count, stats) -> new SwitchCounters(drops, matched(stats)))
                .completeOnTimeout(NONE, PATIENCE_MILLIS, TimeUnit.MILLISECONDS)
                .exceptionally(failure -> NONE);
    }

    /** The reason that the flow's match names. */
    private static int reason(FlowStats flow) {
        RegisterSlice slice = Field.REASON.slice();
        OxmCursor field = new OxmCursor(flow.match());
        while (slice != null && field.next()) {
            if (field.key() == OxmCursor.key(0, Field.REASON.oxmClass(), Field.REASON.oxmField())) {
                return field.bytes().getInt(field.valueAt()) >>> slice.offset();
            }
        }
        return 0;
    }

    /** OpenFlow 1.3.5 §7.3.5.4: table, lookups, matches. */
    private static Map<String, Long> matched(ByteBuf stats) {
        Map<Integer, Long> byNumber = new LinkedHashMap<>();
        for (int at = stats.readerIndex(); stats.writerIndex() - at >= TABLE_STATS; at += TABLE_STATS) {
            byNumber.put((int) stats.getUnsignedByte(at), stats.getLong(at + 16));
        }
        Map<String, Long> matched = new LinkedHashMap<>();
        for (Table table : Table.values()) {
            matched.put(table.title(), byNumber.getOrDefault(table.number(), 0L));
        }
        return matched;
    }
}
