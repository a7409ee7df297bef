package org.flow6.northbound.etcd;

import io.etcd.jetcd.ByteSequence;
import io.etcd.jetcd.KeyValue;
import io.etcd.jetcd.watch.WatchEvent;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.flow6.network.FactExchange;
import org.flow6.northbound.Document;
import org.flow6.northbound.ObjectKey;
import org.flow6.northbound.Store;
import org.flow6.northbound.StoreException;
import org.flow6.northbound.StoreState;
import org.flow6.northbound.StoreStatus;
import org.flow6.northbound.Transaction;
import org.flow6.northbound.Transaction.Outcome;
import org.flow6.northbound.etcd.EtcdSession.Alive;
import org.flow6.northbound.etcd.EtcdSession.Changed;
import org.flow6.northbound.etcd.EtcdSession.Failed;
import org.flow6.northbound.etcd.EtcdSession.News;
import org.flow6.northbound.etcd.EtcdSession.Present;
import org.jspecify.annotations.Nullable;
import org.pcollections.HashTreePMap;
import org.pcollections.PMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A store in etcd, for many hosts. What is known of it is followed, and kept on the disk; without etcd it stays as it was,
 * and cannot be changed.
 */
public final class EtcdStore implements Store {
    private static final Logger log = LoggerFactory.getLogger(EtcdStore.class);
    private static final int PROBE_MILLIS = 1000;
    /** Every so manieth time hosts are asked for, too. */
    private static final int PRESENCE = 3;
    /** So long may changes be on their way. */
    private static final long BEHIND_NANOS = TimeUnit.SECONDS.toNanos(3);

    private static final int FIRST_PAUSE_MILLIS = 50;
    private static final int LONGEST_PAUSE_MILLIS = 250;

    private final EtcdSettings settings;
    private final EtcdKeys keys;
    private final Optional<SnapshotFile> file;
    private final EtcdWriter writer;
    private final EtcdFacts facts;
    private final Registration registration;
    private final List<Watcher> watchers = new ArrayList<>();
    private final Bell changing = new Bell();
    private final Thread thread = new Thread(this::run, "etcd");

    private volatile StoreState state;
    private volatile StoreStatus status;
    private volatile @Nullable EtcdSession session;
    private volatile Optional<Set<String>> present = Optional.empty();
    private volatile boolean closed;

    private EtcdStore(EtcdSettings settings) {
        // Vert.x, beneath jetcd, unpacks files unless it is told that there are none.
        System.setProperty("vertx.disableFileCPResolving", "true");
        System.setProperty("vertx.disableFileCaching", "true");
        this.settings = settings;
        keys = new EtcdKeys(settings.prefix());
        file = settings.snapshot().map(path -> new SnapshotFile(path, settings.prefix(), this::state));
        Optional<StoreState> kept = file.flatMap(SnapshotFile::read);
        state = kept.orElse(StoreState.EMPTY);
        status = status(false, kept.isPresent(), Optional.of("not connected yet"));
        kept.ifPresent(found -> log.info(
                "{}: {} objects at revision {}, until etcd says more",
                settings.snapshot().orElseThrow(),
                found.objects().size(),
                found.revision()));
        writer = new EtcdWriter(this, settings, keys);
        facts = new EtcdFacts(this, settings.host(), keys);
        registration = new Registration(this, settings);
    }

    /** Begins to follow a store, with what is known of it from before. */
    public static EtcdStore open(EtcdSettings settings) {
        EtcdStore store = new EtcdStore(settings);
        store.thread.setDaemon(true);
        store.thread.start();
        store.writer.start();
        store.file.ifPresent(SnapshotFile::start);
        return store;
    }

    private StoreStatus status(boolean connected, boolean known, Optional<String> error) {
        return new StoreStatus("etcd", connected, known, state.revision(), Instant.now(), error);
    }

    @Override
    public StoreState state() {
        return state;
    }

    @Override
    public StoreStatus status() {
        StoreStatus now = status;
        return new StoreStatus(now.kind(), now.connected(), now.known(), state.revision(), now.since(), now.error());
    }

    @Override
    public Optional<Set<String>> presentHosts() {
        return present;
    }

    @Override
    public StoreState watch(Watcher watcher) {
        synchronized (watchers) {
            watchers.add(watcher);
            return state;
        }
    }

    /** By which the hosts that share the store tell each other of facts. */
    public FactExchange facts() {
        return facts;
    }

    @Override
    public CompletionStage<Outcome> commit(Transaction transaction) {
        return writer.commit(transaction);
    }

    @Override
    public long newest() {
        EtcdSession now = session;
        if (now == null) {
            throw unreachable("so what holds now is not known");
        }
        try {
            return now.newest();
        } catch (EtcdFailure e) {
            throw new StoreException("etcd does not say what holds now: " + e.getMessage(), e);
        }
    }

    /** @param consequence for people */
    StoreException unreachable(String consequence) {
        return new StoreException("etcd cannot be reached, " + consequence + ": "
                + status().error().orElse("it is being connected"));
    }

    /** The connection that there is; null if there is none. */
    @Nullable
    EtcdSession session() {
        return session;
    }

    /**
     * Waits for a connection, for some time at most, and returns the one that there is then.
     *
     * @param tried one that has failed, or is about to: another one is waited for
     */
    @Nullable
    @SuppressWarnings("ReferenceEquality")
    EtcdSession awaitSession(@Nullable EtcdSession tried, long millis) throws InterruptedException {
        changing.await(() -> closed || (session != null && session != tried), millis);
        return session;
    }

    /** Waits until the state holds a revision, for some time at most. */
    void await(long revision, long millis) throws InterruptedException {
        changing.await(() -> closed || state.revision() >= revision, millis);
    }

    // Following.

    private void run() {
        int pause = FIRST_PAUSE_MILLIS;
        boolean read = false;
        for (int i = 0; !closed; i++) {
            URI endpoint = settings.endpoints().get(i % settings.endpoints().size());
            try (EtcdSession one = EtcdSession.open(endpoint, settings, keys)) {
                if (!read || one.revision() < state.revision()) {
                    take(one.contents());
                    read = true;
                }
                one.watch(state.revision() + 1);
                registration.announce(one);
                connected(one);
                registration.connected();
                pause = FIRST_PAUSE_MILLIS;
                Failed failed = follow(one);
                read = !failed.compacted();
                disconnected(endpoint, failed.reason());
            } catch (EtcdFailure e) {
                disconnected(endpoint, String.valueOf(e.getMessage()));
            } catch (InterruptedException e) {
                disconnected(endpoint, "closed");
            } catch (RuntimeException e) {
                log.error("etcd at {}", endpoint, e);
                disconnected(endpoint, EtcdFailure.reason(e));
            }
            pause(pause);
            pause = Math.min(LONGEST_PAUSE_MILLIS, pause * 2);
        }
    }

    private void pause(int millis) {
        try {
            changing.await(() -> closed, millis);
        } catch (InterruptedException e) {
            log.debug("closing");
        }
    }

    /**
     * Waits until the store can be written.
     *
     * @throws StoreException if it cannot in time, saying why
     */
    public void awaitConnection(long millis) {
        try {
            awaitSession(null, millis);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        if (session == null) {
            throw new StoreException("etcd cannot be reached: " + status.error().orElse("it is being connected"));
        }
    }

    private void connected(EtcdSession one) {
        session = one;
        status = status(true, true, Optional.empty());
        changing.ring();
        log.info(
                "etcd at {}: {} objects at revision {}",
                one.endpoint(),
                state.objects().size(),
                state.revision());
    }

    private void disconnected(URI endpoint, String reason) {
        session = null;
        present = Optional.empty();
        String error = endpoint + ": " + reason;
        StoreStatus before = status;
        if (before.connected() || !before.error().equals(Optional.of(error))) {
            if (before.connected() && !closed) {
                log.warn("etcd at {}; the network stays as it is known", error);
            }
            status = before.connected()
                    ? status(false, before.known(), Optional.of(error))
                    : new StoreStatus(
                            "etcd", false, before.known(), state.revision(), before.since(), Optional.of(error));
        }
    }

    /** Takes what comes until nothing does any more. */
    private Failed follow(EtcdSession one) throws InterruptedException, EtcdFailure {
        long asked = 0;
        long heard = System.nanoTime();
        boolean asking = false;
        int asks = 0;
        long newest = 0;
        long behindSince = 0;
        while (!closed) {
            News news = one.next(PROBE_MILLIS / 4);
            long now = System.nanoTime();
            if (news instanceof Changed changed) {
                apply(changed.events());
            } else if (news instanceof Alive alive) {
                asking = false;
                heard = now;
                newest = alive.newest();
            } else if (news instanceof Present others) {
                present = Optional.of(others.hosts());
            } else if (news instanceof Failed failed) {
                return failed;
            }
            if (newest <= state.revision()) {
                behindSince = now;
            } else if (now - behindSince > BEHIND_NANOS) {
                return new Failed("changes are not told", false);
            }
            if (asked == 0 || (!asking && now - heard > TimeUnit.MILLISECONDS.toNanos(PROBE_MILLIS))) {
                asking = true;
                asked = now;
                if (asks++ % PRESENCE == 0) {
                    registration.announce(one);
                    registration.check();
                    one.ask();
                } else {
                    one.probe();
                }
            }
        }
        return new Failed("closed", false);
    }

    private void take(EtcdSession.Contents contents) {
        Map<ObjectKey, Document> read = new LinkedHashMap<>();
        for (KeyValue pair : contents.pairs()) {
            keys.object(pair.getKey()).ifPresent(key -> read.put(key, document(pair)));
        }
        StoreState next = new StoreState(contents.revision(), HashTreePMap.from(read));
        publish(next, state.differenceTo(next));
    }

    private static Document document(KeyValue pair) {
        ByteSequence value = pair.getValue();
        return new Document(value.toString(StandardCharsets.UTF_8), pair.getModRevision());
    }

    private void apply(List<WatchEvent> events) {
        PMap<ObjectKey, Document> objects = state.objects();
        long revision = state.revision();
        Map<ObjectKey, Optional<Document>> difference = new HashMap<>();
        for (WatchEvent event : events) {
            KeyValue pair = event.getKeyValue();
            // After a snapshot, what it holds may be told again.
            if (pair.getModRevision() <= state.revision()) {
                continue;
            }
            revision = Math.max(revision, pair.getModRevision());
            Optional<ObjectKey> key = keys.object(pair.getKey());
            if (key.isPresent()) {
                boolean gone = event.getEventType() == WatchEvent.EventType.DELETE;
                objects = gone ? objects.minus(key.get()) : objects.plus(key.get(), document(pair));
                difference.put(key.get(), gone ? Optional.empty() : Optional.of(document(pair)));
            }
        }
        publish(new StoreState(revision, objects), difference);
    }

    private void publish(StoreState next, Map<ObjectKey, Optional<Document>> difference) {
        List<Watcher> told;
        boolean first = !status.known();
        boolean newer;
        synchronized (watchers) {
            newer = first || next.revision() != state.revision();
            state = next;
            told = List.copyOf(watchers);
            if (first) {
                status = status(false, true, Optional.of("not connected yet"));
            }
        }
        if (newer) {
            // Also where no object differs: who writes has to know the newest revision.
            for (Watcher watcher : told) {
                try {
                    watcher.changed(next, difference);
                } catch (RuntimeException e) {
                    log.error("a change of etcd was not taken over", e);
                }
            }
        }
        if (!difference.isEmpty() || first) {
            file.ifPresent(SnapshotFile::changed);
        }
        changing.ring();
    }

    @Override
    public void close() {
        facts.close();
        writer.close();
        EtcdSession last = session;
        if (last != null) {
            last.leave();
        }
        closed = true;
        changing.ring();
        thread.interrupt();
        try {
            thread.join(TimeUnit.SECONDS.toMillis(3));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        file.ifPresent(SnapshotFile::close);
    }
}
