package org.flow6.launcher.access;

import java.net.URI;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/** Tokens of Keystone, which it is asked about; what it says holds for a while. */
public final class Keystone implements Access {
    /** A token that is revoked may be used for so long. */
    private static final Duration HOLDS = Duration.ofMinutes(5);
    /** One that was wrong, so that it cannot be asked about without end. */
    private static final Duration WRONG_HOLDS = Duration.ofSeconds(10);

    private static final int MOST_KNOWN = 10_000;
    private static final int AT_ONCE = 4;
    private static final int WAITING = 100;
    private static final int LONGEST_TOKEN = 8192;

    private final KeystoneClient client;
    private final URI url;
    private final Supplier<Instant> clock;
    private final ExecutorService asking =
            new ThreadPoolExecutor(AT_ONCE, AT_ONCE, 0, TimeUnit.SECONDS, new ArrayBlockingQueue<>(WAITING), task -> {
                Thread thread = new Thread(task, "keystone");
                thread.setDaemon(true);
                return thread;
            });
    /** By digests of tokens, the one last used last. */
    private final Map<ByteBuffer, CompletableFuture<Held>> known = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<ByteBuffer, CompletableFuture<Held>> eldest) {
            return size() > MOST_KNOWN;
        }
    };

    /** What Keystone said of a token. */
    private record Held(Optional<Who> who, Instant until) {}

    /** @param clock for how long tokens hold */
    public Keystone(KeystoneClient client, URI url, Supplier<Instant> clock) {
        this.client = client;
        this.url = url;
        this.clock = clock;
    }

    @Override
    public CompletionStage<Optional<Who>> who(String token) {
        if (token.length() > LONGEST_TOKEN) {
            return CompletableFuture.completedFuture(Optional.empty());
        }
        ByteBuffer key = ByteBuffer.wrap(Digests.of(token));
        synchronized (known) {
            CompletableFuture<Held> held = known.get(key);
            if (held == null || isOver(held)) {
                try {
                    held = CompletableFuture.supplyAsync(() -> ask(token), asking);
                } catch (RejectedExecutionException e) {
                    return CompletableFuture.failedFuture(new Unavailable("too many tokens wait for Keystone"));
                }
                known.put(key, held);
            }
            return held.thenApply(Held::who);
        }
    }

    private boolean isOver(CompletableFuture<Held> held) {
        if (held.isCompletedExceptionally()) {
            return true;
        }
        return held.isDone() && !clock.get().isBefore(held.join().until());
    }

    private Held ask(String token) {
        Optional<KeystoneClient.Token> told = client.token(token);
        Instant now = clock.get();
        if (told.isEmpty()) {
            return new Held(Optional.empty(), now.plus(WRONG_HOLDS));
        }
        Instant expires = told.get().expires();
        Instant until = now.plus(HOLDS);
        Optional<Who> who = expires.isAfter(now) ? told.get().who() : Optional.empty();
        return new Held(who, expires.isBefore(until) ? expires : until);
    }

    @Override
    public String challenge() {
        return "Keystone uri=\"" + url + "\"";
    }

    @Override
    public void close() {
        asking.shutdownNow();
    }
}
