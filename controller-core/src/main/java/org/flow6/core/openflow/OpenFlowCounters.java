package org.flow6.core.openflow;

import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;

/** Counts of all connections together since the start. Safe for use by several threads. */
public final class OpenFlowCounters {
    private final Map<OpenFlowEvent, LongAdder> counts = new EnumMap<>(OpenFlowEvent.class);

    public OpenFlowCounters() {
        for (OpenFlowEvent event : OpenFlowEvent.values()) {
            counts.put(event, new LongAdder());
        }
    }

    void count(OpenFlowEvent event) {
        adder(event).increment();
    }

    public long of(OpenFlowEvent event) {
        return adder(event).sum();
    }

    private LongAdder adder(OpenFlowEvent event) {
        LongAdder adder = counts.get(event);
        if (adder == null) {
            throw new IllegalStateException("no counter for " + event);
        }
        return adder;
    }
}
