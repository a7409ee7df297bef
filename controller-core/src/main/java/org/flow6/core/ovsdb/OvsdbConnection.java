package org.flow6.core.ovsdb;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufInputStream;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.codec.DecoderException;
import io.netty.handler.codec.TooLongFrameException;
import io.netty.handler.timeout.IdleStateEvent;
import io.netty.util.concurrent.Future;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * JSON-RPC 1.0 as RFC 7047 §4 uses it, on one connection. Expects whole JSON texts, and an idle event when nothing came
 * for the probe interval. Whatever a peer sends that does not fit ends the connection, with a reason.
 */
final class OvsdbConnection extends SimpleChannelInboundHandler<ByteBuf> {
    private static final int MOST_REQUESTS = 16;

    // Field names are UUIDs here: interning them, Jackson's default, would keep every one ever seen.
    private static final ObjectMapper JSON = new ObjectMapper(JsonFactory.builder()
            .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
            .disable(JsonFactory.Feature.CANONICALIZE_FIELD_NAMES)
            .streamReadConstraints(
                    StreamReadConstraints.builder().maxNestingDepth(64).build())
            .build());

    /** What happens on the connection; called on its event loop, never after {@code closed}. */
    interface Peer {
        void opened(OvsdbConnection connection);

        void notified(String method, JsonNode params);

        /** All that was received so far has been handed over. */
        void settled();

        void closed(String reason);
    }

    /** @param error JSON null if there is none */
    record Reply(JsonNode result, JsonNode error) {
        boolean failed() {
            return !error.isNull() && !error.isMissingNode();
        }
    }

    private record Pending(Consumer<Reply> receiver, Future<?> deadline) {}

    private final Peer peer;
    private final Duration probe;
    private final Duration replyTime;
    private final Map<Long, Pending> pending = new HashMap<>();
    private @Nullable ChannelHandlerContext context;
    private @Nullable String closeReason;
    private long lastId;

    OvsdbConnection(Peer peer, OvsdbConfig.Timing timing) {
        this.peer = peer;
        this.probe = timing.probe();
        this.replyTime = timing.reply();
    }

    /** Sends a request; no reply in time ends the connection. Call on the event loop. */
    void request(String method, JsonNode params, Consumer<Reply> receiver) {
        ChannelHandlerContext open = context;
        if (open == null || closeReason != null) {
            return;
        }
        if (pending.size() >= MOST_REQUESTS) {
            throw new IllegalStateException(pending.size() + " requests without a reply");
        }
        long id = ++lastId;
        Future<?> deadline = open.executor()
                .schedule(
                        () -> close("no reply to " + method + " for " + replyTime.toMillis() + " ms"),
                        replyTime.toMillis(),
                        TimeUnit.MILLISECONDS);
        pending.put(id, new Pending(receiver, deadline));
        ObjectNode request = JsonNodeFactory.instance.objectNode();
        request.put("method", method).set("params", params);
        send(request.put("id", id));
    }

    /** Ends the connection; the first reason counts. Call on the event loop. */
    void close(String reason) {
        if (closeReason == null) {
            closeReason = reason;
            if (context != null) {
                var unused = context.close();
            }
        }
    }

    @Override
    public void channelActive(ChannelHandlerContext ctx) {
        context = ctx;
        peer.opened(this);
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
        pending.values().forEach(waiting -> waiting.deadline.cancel(false));
        pending.clear();
        peer.closed(closeReason == null ? "closed by the server" : closeReason);
        closeReason = "closed";
    }

    @Override
    protected void channelRead0(ChannelHandlerContext ctx, ByteBuf text) {
        if (closeReason != null) {
            return;
        }
        JsonNode message;
        try (InputStream in = new ByteBufInputStream(text)) {
            message = JSON.readTree(in);
        } catch (IOException e) {
            close("the peer does not speak JSON: " + firstLine(e));
            return;
        }
        if (!message.isObject()) {
            close("the peer sent what is no JSON-RPC message");
        } else if (message.path("method").isTextual()) {
            called(ctx, message);
        } else if (message.has("result") || message.has("error")) {
            replied(message);
        } else {
            close("the peer sent what is no JSON-RPC message");
        }
    }

    private void called(ChannelHandlerContext ctx, JsonNode message) {
        String method = message.path("method").textValue();
        JsonNode id = message.path("id");
        if (id.isNull() || id.isMissingNode()) {
            peer.notified(method, message.path("params"));
            return;
        }
        if (!ctx.channel().isWritable()) {
            close("the peer asks and does not read the answers");
            return;
        }
        boolean echo = method.equals("echo");
        ObjectNode reply = JsonNodeFactory.instance.objectNode();
        reply.set("result", echo ? message.path("params") : JsonNodeFactory.instance.nullNode());
        reply.set(
                "error",
                echo
                        ? JsonNodeFactory.instance.nullNode()
                        : JsonNodeFactory.instance.objectNode().put("error", "unknown method"));
        reply.set("id", id);
        send(reply);
    }

    private void replied(JsonNode message) {
        Pending waiting = message.path("id").canConvertToLong()
                ? pending.remove(message.path("id").longValue())
                : null;
        if (waiting != null) {
            waiting.deadline.cancel(false);
            waiting.receiver.accept(new Reply(message.path("result"), message.path("error")));
        }
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext ctx) {
        if (closeReason == null) {
            peer.settled();
        }
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
        if (event instanceof IdleStateEvent idle) {
            if (idle.isFirst()) {
                ObjectNode echo = JsonNodeFactory.instance.objectNode().put("method", "echo");
                echo.putArray("params");
                send(echo.put("id", "echo"));
            } else {
                close("the peer is silent, for " + 2 * probe.toMillis() + " ms");
            }
        }
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        if (cause instanceof TooLongFrameException) {
            close("the peer sends a message that is too large: " + firstLine(cause));
        } else if (cause instanceof DecoderException) {
            close("the peer does not speak JSON: " + firstLine(cause));
        } else {
            close(firstLine(cause));
        }
    }

    private void send(ObjectNode message) {
        ChannelHandlerContext open = context;
        if (open != null) {
            var unused = open.writeAndFlush(
                    Unpooled.wrappedBuffer(message.toString().getBytes(StandardCharsets.UTF_8)), open.voidPromise());
        }
    }

    private static String firstLine(Throwable cause) {
        String text = cause.getMessage() == null ? cause.toString() : cause.getMessage();
        return Shown.clip(text.lines().findFirst().orElse(""));
    }
}
