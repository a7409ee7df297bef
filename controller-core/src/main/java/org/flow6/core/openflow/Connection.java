package org.flow6.core.openflow;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.DecoderException;
import io.netty.handler.timeout.IdleState;
import io.netty.handler.timeout.IdleStateEvent;
import io.netty.util.ReferenceCountUtil;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One connection from its first octet to its end: greets, shakes hands, keeps alive, and gives each message to the one it is for. What a
 * peer sends never throws here: a message that makes no sense is skipped, a stream that makes none is closed.
 */
final class Connection extends ChannelInboundHandlerAdapter {
    private static final Logger LOG = LoggerFactory.getLogger(Connection.class);
    private static final int LONGEST_TEXT = 200;

    /** What all connections have in common. */
    record Shared(
            OpenFlowSettings.Limits limits, SwitchListener listener, OpenFlowCounters counters, Sessions sessions) {}

    private final Shared shared;
    private final String peer;
    private final Consumer<String> failed;
    private final Link link;
    private final Ports ports = new Ports();
    private boolean active;
    private boolean greeted;
    private boolean announced;
    private int silences;
    private @Nullable SwitchSession session;
    private @Nullable String ending;
    private boolean warned;

    /**
     * @param failed told why there was no session, if there was none
     */
    Connection(Channel channel, Shared shared, String peer, Consumer<String> failed) {
        this.shared = shared;
        this.peer = peer;
        this.failed = failed;
        this.link = new Link(channel, shared.counters(), shared.limits().request());
    }

    /** Whether the transport was connected, now or in the past. */
    boolean wasActive() {
        return active;
    }

    /** Whether the handshake was completed, now or in the past. */
    boolean wasUp() {
        return session != null;
    }

    @Override
    public void channelActive(ChannelHandlerContext ctx) {
        active = true;
        link.send(Messages.hello(link.nextXid()));
        long patience = shared.limits().handshake().toNanos();
        var unused = ctx.executor().schedule(this::giveUpGreeting, patience, TimeUnit.NANOSECONDS);
        ctx.fireChannelActive();
    }

    private void giveUpGreeting() {
        if (session == null) {
            end("no handshake within " + shared.limits().handshake().toSeconds() + " s");
        }
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        try {
            silences = 0;
            if (ending == null) {
                Frame frame = new Frame((ByteBuf) message);
                if (greeted) {
                    dispatch(frame);
                } else {
                    greet(frame);
                }
            }
        } finally {
            ReferenceCountUtil.release(message);
        }
    }

    private void greet(Frame frame) {
        if (frame.type() == Wire.ERROR) {
            ByteBuf text = frame.from(Math.min(12, frame.length()));
            end("the peer refuses OpenFlow 1.3: " + text.toString(StandardCharsets.US_ASCII));
            return;
        }
        Hello hello = Hello.decode(frame);
        if (!hello.offers13()) {
            link.send(Messages.helloFailed(frame.xid(), "OpenFlow 1.3 is needed, " + hello + " was offered"));
            end("the peer offers " + hello + ", not 1.3");
            return;
        }
        greeted = true;
        var unused = new Handshake(link, ports).run().whenComplete((facts, failure) -> {
            if (facts != null) {
                up(new SwitchSession(link, ports, facts, peer, this::end));
            } else if (ending == null) {
                end("handshake: " + message(failure));
            }
        });
    }

    private void up(SwitchSession up) {
        session = up;
        shared.counters().count(OpenFlowEvent.SESSION_UP);
        var unused = shared.sessions()
                .enter(up)
                .thenRun(() -> link.onLoop(() -> {
                    if (ending == null && link.channel().isActive()) {
                        announced = true;
                        SwitchDescription what = up.description();
                        LOG.info("Connected: {} ({})", up, printable(what.hardware() + " " + what.software()));
                        tell(listener -> listener.connected(up));
                    }
                }));
    }

    private void dispatch(Frame frame) {
        switch (frame.type()) {
            case Wire.ECHO_REQUEST -> link.send(Messages.echoReply(frame));
            case Wire.ECHO_REPLY -> {}
            case Wire.PACKET_IN -> deliver("PACKET_IN", PacketIn.decode(frame), SwitchListener::packetIn);
            case Wire.FLOW_REMOVED -> deliver("FLOW_REMOVED", FlowRemoved.decode(frame), SwitchListener::flowRemoved);
            case Wire.PORT_STATUS -> portStatus(PortStatus.decode(frame));
            case Wire.ERROR -> error(OpenFlowError.decode(frame));
            default -> {
                if (!link.answer(frame)) {
                    shared.counters().count(OpenFlowEvent.UNEXPECTED_MESSAGE);
                }
            }
        }
    }

    private void portStatus(Decoded<PortStatus> decoded) {
        if (decoded instanceof Decoded.Ok<PortStatus> ok) {
            ports.apply(ok.value());
        }
        deliver("PORT_STATUS", decoded, SwitchListener::portChanged);
    }

    private void error(Decoded<OpenFlowError> decoded) {
        if (!(decoded instanceof Decoded.Ok<OpenFlowError> ok && link.refuse(ok.value()))) {
            deliver("ERROR", decoded, SwitchListener::error);
        }
    }

    private interface Delivery<T> {
        void to(SwitchListener listener, SwitchSession session, T event);
    }

    private <T> void deliver(String what, Decoded<T> decoded, Delivery<T> delivery) {
        if (decoded instanceof Decoded.Malformed<T> bad) {
            malformed(what + " " + bad.reason());
        } else if (decoded instanceof Decoded.Ok<T> ok && announced && session != null) {
            SwitchSession to = session;
            tell(listener -> delivery.to(listener, to, ok.value()));
        }
    }

    private void malformed(String what) {
        shared.counters().count(OpenFlowEvent.MALFORMED_MESSAGE);
        if (!warned) {
            warned = true;
            LOG.warn("{} sent a message that makes no sense; it is skipped, and so are further ones: {}", peer, what);
        }
    }

    private void tell(Consumer<SwitchListener> call) {
        try {
            call.accept(shared.listener());
        } catch (RuntimeException e) {
            shared.counters().count(OpenFlowEvent.LISTENER_FAILED);
            LOG.error("A listener failed on an event of {}", peer, e);
        }
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
        if (event instanceof IdleStateEvent idle && idle.state() == IdleState.READER_IDLE) {
            silences++;
            OpenFlowSettings.Limits limits = shared.limits();
            if (limits.echoInterval().multipliedBy(silences).compareTo(limits.deadAfter()) >= 0) {
                shared.counters().count(OpenFlowEvent.DEAD_PEER);
                end("silent for " + limits.deadAfter().toMillis() / 1000.0 + " s");
            } else if (session != null) {
                link.send(Messages.echoRequest(link.nextXid()));
            }
        }
        ctx.fireUserEventTriggered(event);
    }

    @Override
    public void channelWritabilityChanged(ChannelHandlerContext ctx) {
        if (ctx.channel().isWritable()) {
            link.writable();
        }
        ctx.fireChannelWritabilityChanged();
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        if (ending != null) {
            return;
        }
        if (cause instanceof FrameReader.NotOpenFlow) {
            shared.counters().count(OpenFlowEvent.NOT_OPENFLOW);
            end("not OpenFlow: " + cause.getMessage());
        } else if (cause instanceof IOException || cause instanceof DecoderException) {
            end(message(cause));
        } else {
            LOG.error("Closing the connection with {} after a failure of our own", peer, cause);
            end("internal failure: " + cause);
        }
    }

    private static String message(Throwable failure) {
        Throwable cause = failure;
        while ((cause instanceof CompletionException || cause instanceof DecoderException)
                && cause.getCause() != null) {
            cause = cause.getCause();
        }
        return cause.getMessage() == null ? cause.getClass().getSimpleName() : cause.getMessage();
    }

    /** A peer's text, fit for a line of a log. */
    private static String printable(String text) {
        String line = text.replaceAll("[^ -~]", "?");
        return line.length() <= LONGEST_TEXT ? line : line.substring(0, LONGEST_TEXT) + "…";
    }

    /** Ends the connection at once, on the event loop. Only the first reason counts. */
    void end(String reason) {
        if (ending == null) {
            ending = printable(reason);
            var unused = link.channel().close();
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
        String reason = ending == null ? "closed by the peer" : ending;
        ending = reason;
        link.close(reason);
        SwitchSession ended = session;
        if (ended == null) {
            shared.counters().count(OpenFlowEvent.HANDSHAKE_FAILED);
            failed.accept(reason);
        } else {
            shared.counters().count(OpenFlowEvent.SESSION_DOWN);
            shared.sessions().leave(ended);
            if (announced) {
                LOG.info("Disconnected: {}: {}", ended, reason);
                tell(listener -> listener.disconnected(ended, reason));
            }
            ended.markClosed(reason);
        }
        ctx.fireChannelInactive();
    }
}
