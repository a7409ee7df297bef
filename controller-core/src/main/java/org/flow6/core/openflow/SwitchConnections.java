package org.flow6.core.openflow;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.buffer.PooledByteBufAllocator;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.group.ChannelGroup;
import io.netty.channel.group.DefaultChannelGroup;
import io.netty.channel.nio.NioEventLoopGroup;
import io.netty.channel.socket.nio.NioDomainSocketChannel;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.handler.ssl.SslContext;
import io.netty.util.concurrent.DefaultThreadFactory;
import io.netty.util.concurrent.GlobalEventExecutor;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.flow6.core.endpoint.Endpoint;
import org.jspecify.annotations.Nullable;
import org.projectfloodlight.openflow.types.DatapathId;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Meets switches: listens for them and connects to them, until closed. Sessions are told to the listener and found here by datapath id.
 */
public final class SwitchConnections implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(SwitchConnections.class);

    private final OpenFlowSettings settings;
    private final OpenFlowCounters counters = new OpenFlowCounters();
    private final Sessions sessions = new Sessions();
    private final Connection.Shared shared;
    /** One thread: it reads 50,000 flows in some 10 ms, and events of all switches stay in order. */
    private final EventLoopGroup loop = new NioEventLoopGroup(1, new DefaultThreadFactory("openflow", true));

    private final ChannelGroup accepted = new DefaultChannelGroup(GlobalEventExecutor.INSTANCE);
    private final List<Channel> listening = new ArrayList<>();
    private final List<Connector> connectors = new ArrayList<>();
    private boolean refusing;

    private SwitchConnections(OpenFlowSettings settings, SwitchListener listener) {
        this.settings = settings;
        this.shared = new Connection.Shared(settings.limits(), listener, counters, sessions);
    }

    /**
     * Begins to listen and to connect.
     *
     * @throws IOException naming the address that cannot be listened on, or the TLS file that cannot be used
     */
    public static SwitchConnections start(OpenFlowSettings settings, SwitchListener listener) throws IOException {
        SwitchConnections connections = new SwitchConnections(settings, listener);
        try {
            connections.open();
            return connections;
        } catch (IOException | RuntimeException e) {
            connections.close();
            throw e;
        }
    }

    /**
     * Does what Java and Netty do for the first connection of a process, which takes long: best while others read files.
     * Needed by nobody, and by {@link #start} least.
     */
    public static void prepare() {
        try {
            // Java's sockets of this kind look for a source of random numbers.
            new NioDomainSocketChannel().unsafe().closeForcibly();
            PooledByteBufAllocator.DEFAULT.directBuffer().release();
        } catch (RuntimeException | LinkageError e) {
            LOG.debug("Could not be prepared", e);
        }
    }

    private void open() throws IOException {
        SslContext server = null;
        SslContext client = null;
        if (settings.tls().isPresent()) {
            server = settings.tls().get().server();
            client = settings.tls().get().client();
        }
        for (Endpoint.Tcp address : settings.listen()) {
            listening.add(listen(address, server));
        }
        for (Endpoint endpoint : settings.connect()) {
            Connector connector = new Connector(endpoint, loop, shared, endpoint.isTls() ? client : null);
            connectors.add(connector);
            connector.start();
        }
    }

    private Channel listen(Endpoint.Tcp address, @Nullable SslContext tls) throws IOException {
        ChannelFuture bound = new ServerBootstrap()
                .group(loop)
                .channel(NioServerSocketChannel.class)
                .option(ChannelOption.SO_REUSEADDR, true)
                .childHandler(new ChannelInitializer<Channel>() {
                    @Override
                    protected void initChannel(Channel channel) {
                        accept(channel, tls);
                    }
                })
                .bind(address.host(), address.port())
                .awaitUninterruptibly();
        if (!bound.isSuccess()) {
            throw new IOException(
                    "cannot listen on " + address + ": " + bound.cause().getMessage(), bound.cause());
        }
        int port = ((InetSocketAddress) bound.channel().localAddress()).getPort();
        LOG.info("Listening for switches on {}:{}{}", address.host(), port, tls == null ? "" : " with TLS");
        return bound.channel();
    }

    private void accept(Channel channel, @Nullable SslContext tls) {
        if (accepted.size() >= settings.limits().connections()) {
            counters.count(OpenFlowEvent.CONNECTION_REFUSED);
            if (!refusing) {
                LOG.warn("Refusing connections beyond {}, from {} for one", accepted.size(), channel.remoteAddress());
            }
            refusing = true;
            var unused = channel.close();
            return;
        }
        refusing = false;
        accepted.add(channel);
        String peer = String.valueOf(channel.remoteAddress()).replaceFirst("^/", "");
        Connection connection =
                new Connection(channel, shared, peer, reason -> LOG.warn("No session with {}: {}", peer, reason));
        Pipelines.fill(channel, tls, settings.limits(), connection);
    }

    /** The ports listened on, in the order of the settings: the real ones where the settings say 0. */
    public List<Integer> listeningPorts() {
        return listening.stream()
                .map(channel -> ((InetSocketAddress) channel.localAddress()).getPort())
                .toList();
    }

    /** The session of the switch, if it is connected and greeted. */
    public Optional<SwitchSession> session(DatapathId datapath) {
        return sessions.of(datapath);
    }

    /** All sessions there are. */
    public List<SwitchSession> sessions() {
        return sessions.all();
    }

    public OpenFlowCounters counters() {
        return counters;
    }

    /** Ends all sessions, and tells the listener. Flows stay in the switches. Waits up to 5 s; not to be called from a listener. */
    @Override
    public void close() {
        if (loop.isShuttingDown()) {
            return;
        }
        connectors.forEach(Connector::stop);
        for (Channel channel : listening) {
            var unused = channel.close();
        }
        sessions.all().forEach(session -> session.disconnect("the controller is closing"));
        connectors.forEach(Connector::close);
        var unused = accepted.close();
        loop.shutdownGracefully(0, 5, TimeUnit.SECONDS).awaitUninterruptibly(5, TimeUnit.SECONDS);
    }
}
