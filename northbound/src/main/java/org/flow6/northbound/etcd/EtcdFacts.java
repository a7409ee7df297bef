package org.flow6.northbound.etcd;

import io.etcd.jetcd.ByteSequence;
import io.etcd.jetcd.KeyValue;
import io.etcd.jetcd.Watch;
import io.etcd.jetcd.op.Op;
import io.etcd.jetcd.options.DeleteOption;
import io.etcd.jetcd.options.PutOption;
import io.etcd.jetcd.options.WatchOption;
import io.etcd.jetcd.watch.WatchEvent;
import io.etcd.jetcd.watch.WatchResponse;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import org.flow6.network.Fact;
import org.flow6.network.FactExchange;
import org.flow6.network.Facts;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Facts in etcd: a key for each fact of a host, which that host alone writes. What it tells waits in memory, the newest of
 * each key, until etcd has taken it. Nothing of the network depends on it, and it is in the way of no change to that.
 */
final class EtcdFacts implements FactExchange, AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(EtcdFacts.class);
    /** Of one transaction; etcd takes 128 operations unless it is told otherwise. */
    private static final int AT_ONCE = 100;

    private static final int PAUSE_MILLIS = 200;
    /** After etcd has refused something. */
    private static final int REFUSED_MILLIS = 2000;

    private static final int WAITING = 4096;

    private final EtcdStore store;
    private final String host;
    private final EtcdKeys keys;
    private final Thread thread = new Thread(this::run, "etcd-facts");
    private final ToldFacts told;
    private final Bell news = new Bell();

    private volatile @Nullable Listener listener;
    private volatile boolean closed;
    private boolean first = true;
    private boolean refused;

    EtcdFacts(EtcdStore store, String host, EtcdKeys keys) {
        this.store = store;
        this.host = host;
        this.keys = keys;
        told = new ToldFacts(host);
        thread.setDaemon(true);
    }

    @Override
    public void follow(Listener next) {
        listener = next;
        thread.start();
    }

    @Override
    public void tell(Facts.Change change) {
        told.tell(change);
        news.ring();
    }

    private void run() {
        EtcdSession tried = null;
        while (!closed) {
            try {
                tried = store.awaitSession(tried, PAUSE_MILLIS);
                if (tried != null) {
                    serve(tried);
                }
            } catch (EtcdFailure e) {
                log.debug("facts wait: {}", e.getMessage());
            } catch (InterruptedException e) {
                log.debug("closing");
            } catch (RuntimeException e) {
                log.error("facts in etcd", e);
            }
        }
    }

    private void serve(EtcdSession session) throws EtcdFailure, InterruptedException {
        EtcdSession.Contents contents = session.contents(keys.facts(), keys.endOfFacts());
        take(contents);
        try (Following following = new Following(session, contents.revision() + 1)) {
            while (!closed && isCurrent(session) && !following.failed) {
                following.take();
                write(session);
                waitFor(following);
            }
        }
    }

    @SuppressWarnings("ReferenceEquality")
    private boolean isCurrent(EtcdSession session) {
        return store.session() == session;
    }

    /** What a watch tells. */
    private final class Following implements Watch.Listener, AutoCloseable {
        private final BlockingQueue<List<WatchEvent>> events = new ArrayBlockingQueue<>(WAITING);
        private final Watch.Watcher watcher;
        private volatile boolean failed;

        Following(EtcdSession session, long revision) {
            WatchOption option = WatchOption.builder()
                    .withRange(keys.endOfFacts())
                    .withRevision(revision)
                    .withRequireLeader(true)
                    .build();
            watcher = session.client().getWatchClient().watch(keys.facts(), option, this);
        }

        @Override
        public void onNext(WatchResponse response) {
            failed |= !events.offer(response.getEvents());
            news.ring();
        }

        @Override
        public void onError(Throwable cause) {
            log.debug("facts: {}", EtcdFailure.reason(cause));
            failed = true;
            news.ring();
        }

        @Override
        public void onCompleted() {
            failed = true;
            news.ring();
        }

        void take() {
            List<List<WatchEvent>> some = new ArrayList<>();
            events.drainTo(some);
            Map<Place, Optional<Told>> difference = new LinkedHashMap<>();
            some.forEach(each -> each.forEach(event -> note(event, difference)));
            tellListener(difference);
        }

        boolean hasNews() {
            return failed || !events.isEmpty();
        }

        @Override
        public void close() {
            watcher.close();
        }
    }

    private void waitFor(Following following) throws InterruptedException {
        if (refused) {
            news.await(following::hasNews, REFUSED_MILLIS);
        } else {
            news.await(() -> following.hasNews() || told.hasPending(), PAUSE_MILLIS);
        }
    }

    private void take(EtcdSession.Contents contents) {
        Map<Place, Optional<Told>> all = new LinkedHashMap<>();
        contents.pairs().forEach(pair -> keys.place(pair.getKey())
                .ifPresent(place -> all.put(place, FactText.told(place, pair))));
        Map<Place, Optional<Told>> difference = told.heardAll(all);
        if (first) {
            first = false;
            log.info("facts: {} are told by hosts", told.size());
            heard(difference);
        } else {
            tellListener(difference);
        }
    }

    private void note(WatchEvent event, Map<Place, Optional<Told>> difference) {
        boolean gone = event.getEventType() == WatchEvent.EventType.DELETE;
        KeyValue pair = event.getKeyValue();
        keys.place(pair.getKey())
                .ifPresent(
                        place -> told.heard(place, gone ? Optional.empty() : FactText.told(place, pair), difference));
    }

    private void tellListener(Map<Place, Optional<Told>> difference) {
        if (!difference.isEmpty()) {
            heard(difference);
        }
    }

    private void heard(Map<Place, Optional<Told>> difference) {
        Listener who = listener;
        if (who != null) {
            who.heard(difference);
        }
    }

    private void write(EtcdSession session) throws EtcdFailure {
        Map<Fact.Key, Optional<Fact>> some = told.due(AT_ONCE);
        if (some.isEmpty()) {
            return;
        }
        List<Op> operations = new ArrayList<>();
        some.forEach((key, fact) -> operations.add(operation(new Place(host, key), fact)));
        try {
            session.transact(empty -> empty.Then(operations.toArray(new Op[0])));
            told.taken(some);
            if (refused) {
                log.info("facts are told in etcd again");
            }
            refused = false;
        } catch (EtcdFailure e) {
            told.refused(some);
            if (!e.isRefusal()) {
                throw e;
            }
            if (!refused) {
                log.error("facts cannot be told to other hosts: {}", e.getMessage());
            }
            refused = true;
        }
    }

    private Op operation(Place place, Optional<Fact> fact) {
        ByteSequence key = keys.fact(place);
        return fact.isPresent()
                ? Op.put(key, EtcdKeys.bytes(FactText.of(fact.get())), PutOption.DEFAULT)
                : Op.delete(key, DeleteOption.DEFAULT);
    }

    /** Waits for what is being written. */
    @Override
    public void close() {
        closed = true;
        thread.interrupt();
        try {
            thread.join(TimeUnit.SECONDS.toMillis(3));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
