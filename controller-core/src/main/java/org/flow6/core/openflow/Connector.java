package org.flow6.core.openflow;

import com.google.common.net.InetAddresses;
import io.netty.bootstrap.Bootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.socket.nio.NioDomainSocketChannel;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.handler.ssl.SslContext;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.UnixDomainSocketAddress;
import java.time.Duration;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.flow6.core.endpoint.Endpoint;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Keeps one switch connected that we connect to: for ever, with growing waits. What is not final is touched on the event loop only. */
final class Connector {
    private static final Logger LOG = LoggerFactory.getLogger(Connector.class);
    /** A session must last this long for the next attempt to come quickly: two controllers that oust each other slow down. */
    private static final Duration STABLE = Duration.ofSeconds(5);

    private final Endpoint endpoint;
    private final EventLoop loop;
    private final Connection.Shared shared;
    private final @Nullable SslContext tls;
    private final Backoff backoff;
    private boolean stopped;
    private String lastFailure = "";
    private @Nullable Channel channel;

    Connector(Endpoint endpoint, EventLoopGroup group, Connection.Shared shared, @Nullable SslContext tls) {
        this.endpoint = endpoint;
        this.loop = group.next();
        this.shared = shared;
        this.tls = tls;
        this.backoff = new Backoff(shared.limits().firstRetry(), shared.limits().lastRetry(), new SplittableRandom());
    }

    void start() {
        loop.execute(this::attempt);
    }

    /** Makes no further attempt. */
    void stop() {
        loop.execute(() -> stopped = true);
    }

    /** Closes the connection, if there is one. */
    void close() {
        loop.execute(() -> {
            if (channel != null) {
                var unused = channel.close();
            }
        });
    }

    private void attempt() {
        if (stopped) {
            return;
        }
        var unused = address()
                .whenComplete((address, failure) -> runOnLoop(() -> {
                    if (address == null) {
                        failed("the host's name cannot be resolved");
                        retryLater();
                    } else {
                        connect(address);
                    }
                }));
    }

    private void runOnLoop(Runnable task) {
        if (loop.inEventLoop()) {
            task.run();
        } else if (!loop.isShuttingDown()) {
            loop.execute(task);
        }
    }

    /** Where to connect to. A host's name may take seconds to resolve, which must not happen on the event loop. */
    private CompletableFuture<SocketAddress> address() {
        if (endpoint instanceof Endpoint.Unix unix) {
            return CompletableFuture.completedFuture(UnixDomainSocketAddress.of(unix.path()));
        }
        String host = endpoint instanceof Endpoint.Tcp tcp ? tcp.host() : ((Endpoint.Tls) endpoint).host();
        int port = endpoint instanceof Endpoint.Tcp tcp ? tcp.port() : ((Endpoint.Tls) endpoint).port();
        if (InetAddresses.isInetAddress(host)) {
            return CompletableFuture.completedFuture(new InetSocketAddress(InetAddresses.forString(host), port));
        }
        return CompletableFuture.supplyAsync(() -> new InetSocketAddress(host, port));
    }

    private void connect(SocketAddress address) {
        Bootstrap bootstrap = new Bootstrap().group(loop);
        if (endpoint instanceof Endpoint.Unix) {
            bootstrap.channel(NioDomainSocketChannel.class);
        } else {
            bootstrap
                    .channel(NioSocketChannel.class)
                    .option(ChannelOption.TCP_NODELAY, true)
                    .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, (int)
                            shared.limits().handshake().toMillis());
        }
        ChannelFuture connecting = bootstrap
                .handler(new ChannelInitializer<Channel>() {
                    @Override
                    protected void initChannel(Channel ch) {
                        join(ch);
                    }
                })
                .connect(address);
        channel = connecting.channel();
        connecting.addListener(done -> {
            if (!done.isSuccess()) {
                failed(done.cause().getMessage());
                retryLater();
            }
        });
    }

    private void join(Channel ch) {
        Connection connection = new Connection(ch, shared, endpoint.toString(), this::failed);
        Pipelines.fill(ch, tls, shared.limits(), connection);
        long start = System.nanoTime();
        ch.closeFuture().addListener(closed -> {
            if (connection.wasUp()) {
                lastFailure = "";
                if (System.nanoTime() - start >= STABLE.toNanos()) {
                    backoff.reset();
                }
                retryLater();
            } else if (connection.wasActive()) {
                retryLater();
            }
        });
    }

    /** Logs a change of state: the first failure, and one that differs from the last. */
    private void failed(@Nullable String reason) {
        String text = String.valueOf(reason);
        if (!text.equals(lastFailure) && !stopped) {
            lastFailure = text;
            LOG.warn("No session with {}, trying on: {}", endpoint, text);
        }
    }

    private void retryLater() {
        if (!stopped) {
            var unused = loop.schedule(this::attempt, backoff.next().toNanos(), TimeUnit.NANOSECONDS);
        }
    }
}
