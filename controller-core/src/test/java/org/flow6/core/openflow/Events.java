package org.flow6.core.openflow;

import static org.assertj.core.api.Assertions.fail;

import io.netty.buffer.ByteBufUtil;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** A listener that keeps what it is told, for tests to wait for. */
final class Events implements SwitchListener {
    static final int PATIENCE = 30;

    record Connected(SwitchSession session) {}

    record Disconnected(SwitchSession session, String reason) {}

    record Punt(
            long cookie, int table, int inPort, long metadata, List<Integer> registers, String data, int totalLength) {}

    private final BlockingQueue<Object> queue = new LinkedBlockingQueue<>();

    @Override
    public void connected(SwitchSession session) {
        queue.add(new Connected(session));
    }

    @Override
    public void disconnected(SwitchSession session, String reason) {
        queue.add(new Disconnected(session, reason));
    }

    @Override
    public void portChanged(SwitchSession session, PortStatus status) {
        queue.add(status);
    }

    @Override
    public void packetIn(SwitchSession session, PacketIn packet) {
        List<Integer> registers = new ArrayList<>();
        for (int i = 0; i < 16; i++) {
            registers.add(packet.register(i));
        }
        queue.add(new Punt(
                packet.cookie(),
                packet.table(),
                packet.inPort().getPortNumber(),
                packet.metadata(),
                registers,
                ByteBufUtil.hexDump(packet.data()),
                packet.totalLength()));
    }

    @Override
    public void flowRemoved(SwitchSession session, FlowRemoved flow) {
        queue.add(flow);
    }

    @Override
    public void error(SwitchSession session, OpenFlowError error) {
        queue.add(error);
    }

    /** Waits for the next event of the kind; those of other kinds that come before are passed over. */
    <T> T await(Class<T> kind) throws InterruptedException {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE);
        List<Object> passed = new ArrayList<>();
        while (true) {
            Object event = queue.poll(Math.max(0, end - System.nanoTime()), TimeUnit.NANOSECONDS);
            if (kind.isInstance(event)) {
                return kind.cast(event);
            }
            if (event == null) {
                return fail("no " + kind.getSimpleName() + " within " + PATIENCE + " s, but " + passed);
            }
            passed.add(event);
        }
    }

    /** Whether no event of any kind comes in this time. */
    boolean nothingWithin(Duration time) throws InterruptedException {
        return queue.poll(time.toMillis(), TimeUnit.MILLISECONDS) == null;
    }

    SwitchSession awaitSession() throws InterruptedException {
        return await(Connected.class).session();
    }

    /** Waits until the event was counted. */
    static void awaitCount(OpenFlowCounters counters, OpenFlowEvent event, long atLeast) {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE);
        while (counters.of(event) < atLeast) {
            if (System.nanoTime() > end) {
                fail("%s was counted %d times, not %d, within %d s", event, counters.of(event), atLeast, PATIENCE);
            }
            LockSupport.parkNanos(1_000_000);
        }
    }
}
