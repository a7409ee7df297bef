package org.flow6.core.openflow;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.util.ReferenceCountUtil;
import io.netty.util.collection.IntObjectHashMap;
import io.netty.util.collection.IntObjectMap;
import io.netty.util.concurrent.ScheduledFuture;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A connection's outgoing side, and the requests that wait for answers. What is not final is touched on the event loop only. */
final class Link {
    /** A request under way. Each part of its answer pushes its deadline out. */
    private final class Pending {
        final String what;
        final int replyType;
        final Consumer<Frame> parts;
        final CompletableFuture<Void> done;
        long deadline = System.nanoTime() + patience;

        @Nullable
        ScheduledFuture<?> timer;

        Pending(String what, int replyType, Consumer<Frame> parts, CompletableFuture<Void> done) {
            this.what = what;
            this.replyType = replyType;
            this.parts = parts;
            this.done = done;
        }
    }

    private final Channel channel;
    private final OpenFlowCounters counters;
    private final long patience;
    private final AtomicInteger xids = new AtomicInteger();
    private final IntObjectMap<Pending> pending = new IntObjectHashMap<>();
    private final List<CompletableFuture<Void>> waiting = new ArrayList<>();
    private @Nullable String closedBecause;

    Link(Channel channel, OpenFlowCounters counters, Duration patience) {
        this.channel = channel;
        this.counters = counters;
        this.patience = patience.toNanos();
    }

    Channel channel() {
        return channel;
    }

    int nextXid() {
        return xids.incrementAndGet();
    }

    void send(ByteBuf message) {
        var unused = channel.writeAndFlush(message, channel.voidPromise());
    }

    /** Sends a request that is answered by one message, and gives a copy of that. */
    CompletableFuture<Frame> request(ByteBuf message, int replyType, String what) {
        List<Frame> answer = new ArrayList<>(1);
        return stream(message, replyType, what, part -> answer.add(part.kept())).thenApply(done -> answer.get(0));
    }

    /** Sends a request that is answered in parts, which are handed over as they come. Takes over the message. */
    CompletableFuture<Void> stream(ByteBuf message, int replyType, String what, Consumer<Frame> parts) {
        CompletableFuture<Void> done = new CompletableFuture<>();
        int xid = message.getInt(message.readerIndex() + 4);
        Pending request = new Pending(what, replyType, parts, done);
        boolean accepted = onLoop(() -> {
            if (closedBecause != null) {
                ReferenceCountUtil.release(message);
                done.completeExceptionally(new SessionClosedException(what + ": " + closedBecause));
                return;
            }
            if (pending.putIfAbsent(xid, request) != null) {
                ReferenceCountUtil.release(message);
                done.completeExceptionally(new IllegalArgumentException(what + ": xid " + xid + " is in use"));
                return;
            }
            watch(xid, request);
            send(message);
        });
        if (!accepted) {
            done.completeExceptionally(new SessionClosedException(what + ": the controller is closing"));
        }
        return done;
    }

    /** A {@link #stream} of the parts of a multipart reply, whose type is checked. */
    CompletableFuture<Void> multipart(ByteBuf message, MultipartType type, Consumer<Frame> parts) {
        return stream(message, Wire.MULTIPART_REPLY, type.toString(), part -> {
            boolean fits = part.length() >= Wire.MULTIPART_HEADER
                    && part.bytes().getUnsignedShort(Wire.HEADER) == type.number();
            parts.accept(MalformedReplyException.require(
                    type.toString(), fits ? Decoded.ok(part) : Decoded.malformed("answered by another kind of reply")));
        });
    }

    /** Runs the task on the event loop; false if there is none any more. */
    boolean onLoop(Runnable task) {
        if (channel.eventLoop().inEventLoop()) {
            task.run();
            return true;
        }
        try {
            channel.eventLoop().execute(task);
            return true;
        } catch (RejectedExecutionException e) {
            return false;
        }
    }

    private void watch(int xid, Pending request) {
        long left = request.deadline - System.nanoTime();
        if (left > 0) {
            request.timer = channel.eventLoop().schedule(() -> watch(xid, request), left, TimeUnit.NANOSECONDS);
        } else if (pending.remove(xid, request)) {
            counters.count(OpenFlowEvent.REQUEST_TIMEOUT);
            request.done.completeExceptionally(
                    new TimeoutException(request.what + ": no answer within " + Duration.ofNanos(patience)));
        }
    }

    /** Gives the message to the request it answers; false if there is none. */
    boolean answer(Frame reply) {
        Pending request = pending.get(reply.xid());
        if (request == null || request.replyType != reply.type()) {
            return false;
        }
        request.deadline = System.nanoTime() + patience;
        boolean last = !hasMore(reply);
        if (last) {
            forget(reply.xid(), request);
        }
        try {
            request.parts.accept(reply);
        } catch (RuntimeException e) {
            forget(reply.xid(), request);
            request.done.completeExceptionally(e instanceof CompletionException ? e.getCause() : e);
            return true;
        }
        if (last) {
            request.done.complete(null);
        }
        return true;
    }

    private static boolean hasMore(Frame reply) {
        return reply.type() == Wire.MULTIPART_REPLY
                && reply.length() >= Wire.MULTIPART_HEADER
                && (reply.bytes().getUnsignedShort(10) & 1) != 0;
    }

    /** Fails the request that the error is about; false if there is none. */
    boolean refuse(OpenFlowError error) {
        Pending request = pending.get(error.xid());
        if (request == null) {
            return false;
        }
        forget(error.xid(), request);
        request.done.completeExceptionally(new SwitchErrorException(request.what, error));
        return true;
    }

    private void forget(int xid, Pending request) {
        pending.remove(xid);
        if (request.timer != null) {
            request.timer.cancel(false);
        }
    }

    /** Completes as soon as the channel is writable, or closed. */
    CompletableFuture<Void> whenWritable() {
        CompletableFuture<Void> writable = new CompletableFuture<>();
        boolean accepted = onLoop(() -> {
            if (channel.isWritable() || closedBecause != null) {
                writable.complete(null);
            } else {
                waiting.add(writable);
            }
        });
        if (!accepted) {
            writable.complete(null);
        }
        return writable;
    }

    /** Tells those who wait that they may write. */
    void writable() {
        List<CompletableFuture<Void>> told = List.copyOf(waiting);
        waiting.clear();
        told.forEach(one -> one.complete(null));
    }

    /** Fails all requests under way, and all to come. */
    void close(String reason) {
        closedBecause = reason;
        List<Pending> left = List.copyOf(pending.values());
        pending.clear();
        for (Pending request : left) {
            if (request.timer != null) {
                request.timer.cancel(false);
            }
            request.done.completeExceptionally(new SessionClosedException(request.what + ": " + reason));
        }
        writable();
    }
}
