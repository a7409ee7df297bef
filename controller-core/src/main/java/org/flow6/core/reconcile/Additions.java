package org.flow6.core.reconcile;

import java.util.ArrayList;
import java.util.List;
import java.util.function.LongConsumer;
import org.flow6.flow.Origin;
import org.flow6.flow.OwnedFlow;

/**
 * Flows that were sent to be added, each with its cookie and the xid that an error would name. Without an object for each:
 * there may be 100,000, and what collects them would stop everything else meanwhile.
 */
final class Additions {
    private static final int CHUNK = 4096;

    private final List<Chunk> chunks = new ArrayList<>();
    private int size;

    private static final class Chunk {
        final Origin[] origins = new Origin[CHUNK];
        final int[] indexes = new int[CHUNK];
        final int[] xids = new int[CHUNK];
        final long[] cookies = new long[CHUNK];
    }

    void add(int xid, long cookie, OwnedFlow flow) {
        int at = size % CHUNK;
        if (at == 0) {
            chunks.add(new Chunk());
        }
        Chunk chunk = chunks.get(chunks.size() - 1);
        chunk.origins[at] = flow.origin();
        chunk.indexes[at] = flow.index();
        chunk.xids[at] = xid;
        chunk.cookies[at] = cookie;
        size++;
    }

    int size() {
        return size;
    }

    int xid(int i) {
        return chunks.get(i / CHUNK).xids[i % CHUNK];
    }

    long cookie(int i) {
        return chunks.get(i / CHUNK).cookies[i % CHUNK];
    }

    /** Where the flow comes from; the flows of a unit stand one after the other. */
    Origin origin(int i) {
        return chunks.get(i / CHUNK).origins[i % CHUNK];
    }

    /** The flow, made again. */
    OwnedFlow flow(int i) {
        return origin(i).ownedFlows().get(chunks.get(i / CHUNK).indexes[i % CHUNK]);
    }

    void forEachCookie(LongConsumer consumer) {
        for (int i = 0; i < size; i++) {
            consumer.accept(cookie(i));
        }
    }
}
