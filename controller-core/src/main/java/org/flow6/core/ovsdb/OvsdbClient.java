package org.flow6.core.ovsdb;

import io.netty.bootstrap.Bootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.channel.socket.nio.NioDomainSocketChannel;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.handler.codec.json.JsonObjectDecoder;
import io.netty.handler.timeout.IdleStateHandler;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.UnixDomainSocketAddress;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.flow6.core.endpoint.Endpoint;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Follows one bridge in Open vSwitch's database and keeps its settings, connecting again for ever. All of it, the
 * listener too, runs on the event loop it is given; {@link #picture} and {@link #state} may be read by any thread.
 */
public final class OvsdbClient implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(OvsdbClient.class);
    /** A database of 10,000 ports is some 10 MiB. */
    private static final int LARGEST_MESSAGE = 64 << 20;

    private final OvsdbConfig config;
    private final EventLoop loop;
    private final OvsdbListener listener;
    private final PictureReader reader;
    private volatile OvsdbPicture picture = OvsdbPicture.EMPTY;
    private volatile OvsdbState state = new OvsdbState(false, "not started");
    private volatile boolean closed;
    private boolean started;
    private boolean bridgeSaidMissing;
    private @Nullable List<String> missingSaid;
    private long backoffMs;
    private @Nullable Channel channel;
    private @Nullable SettingsKeeper keeper;
    private volatile Optional<TunnelPort> tunnel;
    private volatile Optional<Set<PatchPair>> patches;

    /** @param loop a loop of a {@code NioEventLoopGroup}; stays the caller's to shut down */
    public OvsdbClient(OvsdbConfig config, EventLoop loop, OvsdbListener listener) {
        this.config = config;
        this.loop = loop;
        this.listener = listener;
        this.reader = new PictureReader(config.bridge());
        this.tunnel = config.settings().flatMap(BridgeSettings::tunnel);
        this.patches = config.settings().flatMap(BridgeSettings::patches);
        this.backoffMs = config.timing().firstBackoff().toMillis();
    }

    /** Starts to connect; returns at once. A second call does nothing. */
    public void start() {
        loop.execute(() -> {
            if (!started) {
                started = true;
                connect();
            }
        });
    }

    /** Another tunnel in the settings, or none, from now on; nothing where there are no settings. From any thread. */
    public synchronized void tunnel(Optional<TunnelPort> next) {
        if (!next.equals(tunnel)) {
            tunnel = next;
            withKeeper(one -> one.tunnel(next));
        }
    }

    /** Other ways to physical networks from now on; empty: they are not known, and stay as they are. From any thread. */
    public synchronized void patches(Optional<Set<PatchPair>> next) {
        if (!next.equals(patches)) {
            patches = next;
            withKeeper(one -> one.patches(next));
        }
    }

    private void withKeeper(Consumer<SettingsKeeper> task) {
        loop.execute(() -> {
            if (keeper != null) {
                task.accept(keeper);
            }
        });
    }

    /** The last picture; the last one before a disconnection while there is no connection. */
    public OvsdbPicture picture() {
        return picture;
    }

    /** Whether that picture is current. */
    public OvsdbState state() {
        return state;
    }

    /** Ends the connection; the listener hears no more. Returns at once; may be called from any thread, again too. */
    @Override
    public void close() {
        closed = true;
        if (!loop.isShuttingDown()) {
            loop.execute(this::shut);
        }
    }

    private void shut() {
        if (keeper != null) {
            keeper.stop();
        }
        if (channel != null) {
            var unused = channel.close();
        }
    }

    private void connect() {
        if (closed) {
            return;
        }
        OvsdbConnection connection = new OvsdbConnection(new OvsdbSession(new Following()), config.timing());
        ChannelFuture connecting = bootstrap()
                .group(loop)
                .handler(new ChannelInitializer<>() {
                    @Override
                    protected void initChannel(Channel opened) {
                        opened.pipeline()
                                .addLast(new IdleStateHandler(
                                        config.timing().probe().toMillis(), 0, 0, TimeUnit.MILLISECONDS))
                                .addLast(new JsonObjectDecoder(LARGEST_MESSAGE))
                                .addLast(connection);
                    }
                })
                .connect(address());
        channel = connecting.channel();
        connecting.addListener(future -> {
            if (!future.isSuccess()) {
                lost(Shown.clip(String.valueOf(future.cause().getMessage())));
            }
        });
    }

    private Bootstrap bootstrap() {
        return config.endpoint() instanceof Endpoint.Unix
                ? new Bootstrap().channel(NioDomainSocketChannel.class)
                : new Bootstrap()
                        .channel(NioSocketChannel.class)
                        .option(ChannelOption.TCP_NODELAY, true)
                        .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, (int)
                                config.timing().connect().toMillis());
    }

    private SocketAddress address() {
        if (config.endpoint() instanceof Endpoint.Tcp tcp) {
            return InetSocketAddress.createUnresolved(tcp.host(), tcp.port());
        }
        return UnixDomainSocketAddress.of(((Endpoint.Unix) config.endpoint()).path());
    }

    private void lost(String reason) {
        if (keeper != null) {
            keeper.stop();
            keeper = null;
        }
        if (closed) {
            return;
        }
        become(new OvsdbState(false, reason));
        long wait = backoffMs / 2 + ThreadLocalRandom.current().nextLong(backoffMs / 2 + 1);
        backoffMs = Math.min(2 * backoffMs, config.timing().lastBackoff().toMillis());
        var unused = loop.schedule(this::connect, wait, TimeUnit.MILLISECONDS);
    }

    /** One line for each change; the same failure over and over says nothing new. */
    private void become(OvsdbState next) {
        if (next.equals(state)) {
            return;
        }
        state = next;
        if (next.synced()) {
            log.info("database {}: connected, schema {}", config.endpoint(), next.detail());
        } else {
            log.warn("database {}: not connected: {}; trying again", config.endpoint(), next.detail());
        }
        tell(() -> listener.stateChanged(next));
    }

    private void tell(Runnable call) {
        try {
            call.run();
        } catch (RuntimeException e) {
            log.error("database {}: the listener failed", config.endpoint(), e);
        }
    }

    private void show(OvsdbPicture next) {
        OvsdbPicture before = picture;
        picture = next;
        if (next.bridge().isEmpty() && !bridgeSaidMissing) {
            log.warn("bridge {} does not exist: waiting for it", Shown.clip(config.bridge()));
        } else if (next.bridge().isPresent() && bridgeSaidMissing) {
            log.info("bridge {} exists now", Shown.clip(config.bridge()));
        }
        bridgeSaidMissing = next.bridge().isEmpty();
        if (!before.conflicts().equals(next.conflicts())) {
            sayConflicts(before.conflicts(), next.conflicts());
        }
        Set<String> problems = new HashSet<>(next.problems());
        problems.removeAll(before.problems());
        problems.forEach(problem -> log.warn("database {}: {}", config.endpoint(), problem));
        OvsdbDelta delta = OvsdbDelta.between(before, next);
        if (!delta.isEmpty()) {
            tell(() -> listener.changed(delta));
        }
    }

    private static void sayConflicts(List<IfaceIdConflict> before, List<IfaceIdConflict> now) {
        Set<String> known = new HashSet<>();
        before.forEach(conflict -> known.add(conflict.toString()));
        Set<String> open = new HashSet<>();
        for (IfaceIdConflict conflict : now) {
            open.add(conflict.ifaceId());
            if (!known.contains(conflict.toString())) {
                log.error("{}", conflict);
            }
        }
        before.stream()
                .filter(conflict -> !open.contains(conflict.ifaceId()))
                .forEach(
                        conflict -> log.info("iface-id {} is claimed once again only", Shown.clip(conflict.ifaceId())));
    }

    private final class Following implements OvsdbSession.Owner {
        @Override
        public void synced(OvsdbConnection connection, Tables tables, List<String> missing) {
            backoffMs = config.timing().firstBackoff().toMillis();
            become(new OvsdbState(true, tables.schema().version()));
            if (!missing.isEmpty() && !missing.equals(missingSaid)) {
                missingSaid = missing;
                log.warn("database {}: its schema lacks {}", config.endpoint(), String.join(", ", missing));
            }
            keeper = config.settings()
                    .map(settings -> settings.with(tunnel).withPatches(patches))
                    .map(settings -> new SettingsKeeper(config.bridge(), settings, connection, tables, loop))
                    .orElse(null);
        }

        @Override
        public void updated(Tables tables) {
            if (closed) {
                return;
            }
            show(reader.read(tables));
            if (keeper != null) {
                keeper.consider();
            }
        }

        @Override
        public void closed(String reason) {
            lost(reason);
        }
    }
}
