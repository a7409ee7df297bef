package org.flow6.core;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.flow6.core.openflow.PacketIn;
import org.flow6.core.openflow.SwitchSession;
import org.flow6.core.reconcile.ActionWriter;
import org.flow6.flow.Answer;
import org.flow6.flow.DropReason;
import org.flow6.flow.FlowApp;
import org.flow6.flow.PacketOut;
import org.flow6.flow.PuntReason;
import org.flow6.network.Id;
import org.flow6.network.NetworkSnapshot;
import org.flow6.network.Port;
import org.flow6.network.PortView;
import org.flow6.packets.Bytes;
import org.flow6.packets.Decoded;
import org.flow6.packets.Ethernet;
import org.projectfloodlight.openflow.types.OFPort;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Packets that flows sent to the controller: queued by reason, a bounded number of each, answered one after the other from
 * the snapshot of the moment, and counted. On a thread of their own, or at once where that takes no time.
 */
final class Punts implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Punts.class);
    private static final int QUEUE = 256;
    private static final long QUICK_NANOS = TimeUnit.MILLISECONDS.toNanos(1);
    private static final long EXPIRY_SECONDS = 5;

    static final DropReason UNDECODABLE =
            new DropReason(0xfffe, "undecodable", "a punted packet that is no Ethernet frame");
    static final DropReason UNKNOWN_SENDER = new DropReason(
            0xfff9, "unknown-sender", "a punted packet of a port that the network file does not have, or has no more");
    static final DropReason FAILED = new DropReason(0xfffd, "app-failed", "the app that should answer failed");

    /** The switch that a packet is from. */
    interface Origin {
        /** The network of the moment. */
        NetworkSnapshot snapshot();

        /** One of its ports asked for a beacon of an app. */
        void solicited(String app, Answer.Solicited solicited, Id<Port> asker);

        /** A packet is to wait for its next hop. */
        void resolve(Answer.Result.Resolve question, WaitingPacket packet);

        /** A neighbor said where it is. */
        void advertised(Answer.Result.Advertised said);

        /** Somebody told something about multicast; what cannot be kept of it is dropped. */
        void multicast(Answer.Result.Multicast said, Consumer<DropReason> drop);
    }

    private final FactStore facts;
    private final Map<Integer, Queue> queues = new LinkedHashMap<>();
    private final Map<String, LongAdder> drops = new LinkedHashMap<>();
    /** How many packets wait, of whatever reason. */
    private final AtomicInteger waiting = new AtomicInteger();
    /** One packet is answered at a time, so that what one is promised is known to the next. */
    private final ReentrantLock answering = new ReentrantLock();

    private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread t = new Thread(task, "punts");
        t.setDaemon(true);
        return t;
    });

    /** What is kept of a packet; the rest lives only as long as its message. */
    private record Copy(OFPort inPort, PuntRegisters registers, Bytes data) {}

    /** The packets of one reason that wait, and the counts of all that came. */
    private static final class Queue {
        final String app;
        final PuntReason reason;
        final Answer answer;
        final Optional<Reassemblies> reassemblies;
        final AtomicInteger waiting = new AtomicInteger();
        final LongAdder received = new LongAdder();
        final LongAdder dropped = new LongAdder();
        /** How long the last answer took. */
        volatile long lastNanos = Long.MAX_VALUE;

        Queue(String app, PuntReason reason, Answer answer, Optional<Reassemblies> reassemblies) {
            this.app = app;
            this.reason = reason;
            this.answer = answer;
            this.reassemblies = reassemblies;
        }
    }

    Punts(List<FlowApp> apps, FactStore facts) {
        this.facts = facts;
        for (FlowApp app : apps) {
            app.answers().forEach((reason, answer) -> {
                Optional<Reassemblies> reassemblies =
                        reason.reassembled() ? Optional.of(new Reassemblies(this::drop)) : Optional.empty();
                queues.put(reason.code(), new Queue(app.name(), reason, answer, reassemblies));
            });
        }
        var unused = thread.scheduleWithFixedDelay(this::expire, EXPIRY_SECONDS, EXPIRY_SECONDS, TimeUnit.SECONDS);
    }

    private void expire() {
        answering.lock();
        try {
            queues.values().forEach(queue -> queue.reassemblies.ifPresent(some -> some.expire(System.nanoTime())));
        } finally {
            answering.unlock();
        }
    }

    /** Takes a packet, which is copied; on the session's event loop. */
    void packetIn(SwitchSession session, PacketIn packet, Origin origin) {
        PuntRegisters registers = PuntRegisters.of(packet);
        Queue queue = queues.get(registers.reason());
        if (queue == null || !registers.tellsSource()) {
            drop(UNDECODABLE);
            return;
        }
        queue.received.increment();
        if (queue.waiting.incrementAndGet() > QUEUE) {
            queue.waiting.decrementAndGet();
            queue.dropped.increment();
            return;
        }
        waiting.incrementAndGet();
        Copy copy = new Copy(packet.inPort(), registers, Bytes.copyOf(packet.data()));
        if (!answersAtOnce(session, queue, copy, origin)) {
            thread.execute(() -> {
                answering.lock();
                try {
                    leave(queue);
                    answer(session, queue, copy, origin);
                } finally {
                    answering.unlock();
                }
            });
        }
    }

    /**
     * Answers on the event loop where nothing waits and answers for the reason have been quick: waking another thread, and
     * this one again to send, would take longer than most answers do.
     */
    private boolean answersAtOnce(SwitchSession session, Queue queue, Copy copy, Origin origin) {
        if (queue.lastNanos > QUICK_NANOS || waiting.get() > 1 || !answering.tryLock()) {
            return false;
        }
        try {
            leave(queue);
            answer(session, queue, copy, origin);
        } finally {
            answering.unlock();
        }
        return true;
    }

    private void leave(Queue queue) {
        queue.waiting.decrementAndGet();
        waiting.decrementAndGet();
    }

    private void answer(SwitchSession session, Queue queue, Copy copy, Origin origin) {
        long begin = System.nanoTime();
        answerNow(session, queue, copy, origin);
        queue.lastNanos = System.nanoTime() - begin;
    }

    private void answerNow(SwitchSession session, Queue queue, Copy copy, Origin origin) {
        NetworkSnapshot snapshot = origin.snapshot();
        if (!(Ethernet.decode(copy.data()) instanceof Decoded.Ok<Ethernet> frame)) {
            drop(UNDECODABLE);
            return;
        }
        Optional<PortView> port = copy.registers().source(snapshot, frame.value());
        if (port.isEmpty()) {
            drop(UNKNOWN_SENDER);
            return;
        }
        try {
            Optional<Ethernet> whole = queue.reassemblies.isPresent()
                    ? queue.reassemblies.get().add(port.get().key(), frame.value(), System.nanoTime())
                    : Optional.of(frame.value());
            if (whole.isEmpty()) {
                return;
            }
            org.flow6.flow.PacketIn packet = packet(copy, port.get(), snapshot, whole.get());
            answer(session, queue, packet, queue.answer, origin);
        } catch (RuntimeException | LinkageError e) {
            failed(queue, port.get(), e);
        }
    }

    /** What is not caught a scheduling executor says to nobody. */
    private void failed(Queue queue, PortView port, Throwable e) {
        LOG.error(
                "{}: answering a packet of port {} failed",
                queue.reason.name(),
                port.port().id(),
                e);
        drop(FAILED);
    }

    private void answer(
            SwitchSession session, Queue queue, org.flow6.flow.PacketIn packet, Answer answer, Origin origin) {
        Answer.Result result = answer.answer(packet, origin.snapshot(), facts.moment());
        if (result instanceof Answer.Result.Refuse refuse) {
            drop(refuse.reason());
        } else if (result instanceof Answer.Result.Log note) {
            LOG.info("{}: {}", queue.reason.name(), note.line());
        } else if (result instanceof Answer.Result.Send send) {
            send(session, queue, send);
            Id<Port> asker = packet.source().port().id();
            send.solicited().forEach(solicited -> origin.solicited(queue.app, solicited, asker));
        } else if (result instanceof Answer.Result.Resolve question) {
            Runnable otherwise = () -> answerLater(session, queue, packet, question.otherwise(), origin);
            origin.resolve(question, new WaitingPacket(packet, otherwise, this::drop));
        } else if (result instanceof Answer.Result.Advertised said) {
            origin.advertised(said);
        } else if (result instanceof Answer.Result.Multicast said) {
            origin.multicast(said, this::drop);
        }
    }

    /** On whatever thread. */
    private void answerLater(
            SwitchSession session, Queue queue, org.flow6.flow.PacketIn packet, Answer answer, Origin origin) {
        answering.lock();
        try {
            answer(session, queue, packet, answer, origin);
        } catch (RuntimeException | LinkageError e) {
            failed(queue, packet.source(), e);
        } finally {
            answering.unlock();
        }
    }

    /** What is to be remembered is kept first, so that no restart takes back what a packet promised. */
    private void send(SwitchSession session, Queue queue, Answer.Result.Send send) {
        if (send.facts().isEmpty()) {
            send.packets().forEach(packet -> send(session, packet));
            return;
        }
        var unused = facts.apply(send.facts())
                .thenRun(() -> send.packets().forEach(packet -> send(session, packet)))
                .exceptionally(e -> {
                    LOG.error("{}: sending an answer failed", queue.reason.name(), e);
                    drop(FAILED);
                    return null;
                });
    }

    /** Sends a packet through a switch. */
    static void send(SwitchSession session, PacketOut packet) {
        ByteBuf actions = Unpooled.buffer(64);
        ActionWriter.write(actions, packet.actions());
        ByteBuf data = Unpooled.buffer(128);
        packet.frame().encode(data);
        session.sendPacketOut(packet.inPort(), actions, data);
    }

    private void drop(DropReason reason) {
        drop(reason, 1);
    }

    private void drop(DropReason reason, long packets) {
        synchronized (drops) {
            drops.computeIfAbsent(reason.name(), name -> new LongAdder()).add(packets);
        }
    }

    private static org.flow6.flow.PacketIn packet(
            Copy copy, PortView source, NetworkSnapshot snapshot, Ethernet frame) {
        PuntRegisters registers = copy.registers();
        return new org.flow6.flow.PacketIn(
                copy.inPort(),
                source,
                registers.ruled(snapshot),
                registers.route(snapshot, source, frame.type()),
                frame);
    }

    /** How many packets came, by the name of their reason; every reason is there. */
    Map<String, Long> received() {
        Map<String, Long> counts = new LinkedHashMap<>();
        queues.values().forEach(queue -> counts.put(queue.reason.name(), queue.received.sum()));
        return counts;
    }

    /** How many of these found their queue full. */
    Map<String, Long> overflowed() {
        Map<String, Long> counts = new LinkedHashMap<>();
        queues.values().forEach(queue -> counts.put(queue.reason.name(), queue.dropped.sum()));
        return counts;
    }

    /** How many packets the controller dropped, by the name of the reason. */
    Map<String, Long> drops() {
        synchronized (drops) {
            Map<String, Long> counts = new LinkedHashMap<>();
            drops.forEach((name, count) -> counts.put(name, count.sum()));
            return counts;
        }
    }

    @Override
    public void close() {
        thread.shutdownNow();
    }
}
