package org.flow6.core.ovsdb;

import io.netty.channel.EventLoopGroup;
import io.netty.channel.nio.NioEventLoopGroup;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.flow6.core.endpoint.Endpoint;

/** A client whose pictures, deltas and states a test can wait for. */
final class Watched implements OvsdbListener, AutoCloseable {
    static final OvsdbConfig.Timing QUICK = new OvsdbConfig.Timing(
            Duration.ofSeconds(2),
            Duration.ofMillis(300),
            Duration.ofSeconds(5),
            Duration.ofMillis(20),
            Duration.ofMillis(200));

    private static final long DEADLINE_MS = 20_000;

    private final EventLoopGroup group = new NioEventLoopGroup(1);
    private final OvsdbClient client;
    private final List<OvsdbDelta> deltas = new ArrayList<>();
    private final List<OvsdbState> states = new ArrayList<>();

    Watched(Endpoint endpoint, String bridge, Optional<BridgeSettings> settings) {
        client = new OvsdbClient(new OvsdbConfig(endpoint, bridge, settings, QUICK), group.next(), this);
        client.start();
    }

    @Override
    public synchronized void changed(OvsdbDelta delta) {
        deltas.add(delta);
        notifyAll();
    }

    @Override
    public synchronized void stateChanged(OvsdbState state) {
        states.add(state);
        notifyAll();
    }

    synchronized List<OvsdbDelta> deltas() {
        return List.copyOf(deltas);
    }

    synchronized List<OvsdbState> states() {
        return List.copyOf(states);
    }

    void tunnel(Optional<TunnelPort> next) {
        client.tunnel(next);
    }

    void patches(Optional<Set<PatchPair>> next) {
        client.patches(next);
    }

    OvsdbPicture picture() {
        return client.picture();
    }

    /** Waits until the picture is so. */
    OvsdbPicture until(Predicate<OvsdbPicture> wanted) throws InterruptedException {
        await(() -> wanted.test(client.picture()));
        return client.picture();
    }

    OvsdbState untilState(Predicate<OvsdbState> wanted) throws InterruptedException {
        await(() -> wanted.test(client.state()));
        return client.state();
    }

    private synchronized void await(Supplier<Boolean> condition) throws InterruptedException {
        long deadline = System.currentTimeMillis() + DEADLINE_MS;
        while (!condition.get()) {
            long left = deadline - System.currentTimeMillis();
            if (left <= 0) {
                throw new AssertionError(
                        "not in time; the state is " + client.state() + ", the picture " + client.picture());
            }
            wait(left);
        }
    }

    @Override
    public void close() {
        client.close();
        group.shutdownGracefully(0, 2, java.util.concurrent.TimeUnit.SECONDS).syncUninterruptibly();
    }
}
