package org.flow6.northbound.etcd;

import io.etcd.jetcd.KeyValue;
import io.etcd.jetcd.kv.GetResponse;
import io.etcd.jetcd.kv.TxnResponse;
import io.etcd.jetcd.op.Cmp;
import io.etcd.jetcd.op.CmpTarget;
import io.etcd.jetcd.op.Op;
import io.etcd.jetcd.options.GetOption;
import io.etcd.jetcd.options.PutOption;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.flow6.northbound.StoreException;
import org.flow6.northbound.StoreState;
import org.flow6.northbound.Transaction;
import org.flow6.northbound.Transaction.Outcome;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes to etcd, one transaction after the other. Each writes a key of this host's too, and happens only if it is as the
 * one before left it: so whether one has happened can be told afterwards, and none happens late.
 */
final class EtcdWriter {
    private static final Logger log = LoggerFactory.getLogger(EtcdWriter.class);
    private static final int WAITING = 1024;
    private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(8);
    private static final int PAUSE_MILLIS = 100;
    /** So long is waited for a change that has happened to be told. */
    private static final int TOLD_MILLIS = 3000;

    private final EtcdStore store;
    private final EtcdSettings settings;
    private final EtcdKeys keys;
    private final BlockingQueue<Waiting> waiting = new ArrayBlockingQueue<>(WAITING);
    private final Thread thread = new Thread(this::run, "etcd-writes");
    private final String process = UUID.randomUUID().toString();
    private long number;
    /** Of this host's key; 0: not known. */
    private long after;

    private volatile boolean closed;

    private record Waiting(Transaction transaction, CompletableFuture<Outcome> outcome, long deadline) {}

    /** What is known of an attempt. */
    private record Attempt(boolean happened, long revision) {}

    EtcdWriter(EtcdStore store, EtcdSettings settings, EtcdKeys keys) {
        this.store = store;
        this.settings = settings;
        this.keys = keys;
        thread.setDaemon(true);
    }

    void start() {
        thread.start();
    }

    CompletionStage<Outcome> commit(Transaction transaction) {
        CompletableFuture<Outcome> outcome = new CompletableFuture<>();
        if (closed) {
            outcome.completeExceptionally(new StoreException("the store is closed"));
        } else if (store.session() == null) {
            outcome.completeExceptionally(unreachable());
        } else if (!waiting.offer(new Waiting(transaction, outcome, System.nanoTime() + PATIENCE_NANOS))) {
            outcome.completeExceptionally(new StoreException("too many writes wait for etcd"));
        }
        return outcome;
    }

    private StoreException unreachable() {
        return store.unreachable("so nothing can be changed now");
    }

    private void run() {
        while (!closed || !waiting.isEmpty()) {
            try {
                Waiting next = waiting.poll(1, TimeUnit.SECONDS);
                if (next != null) {
                    write(next);
                }
            } catch (InterruptedException e) {
                log.debug("closing");
            }
        }
    }

    private void write(Waiting one) throws InterruptedException {
        try {
            Outcome outcome = outcome(one.transaction(), one.deadline());
            one.outcome().complete(outcome);
        } catch (InterruptedException e) {
            one.outcome()
                    .completeExceptionally(
                            new StoreException("the store is closed; whether the change was made is not known", e));
            throw e;
        } catch (StoreException e) {
            one.outcome().completeExceptionally(e);
        } catch (RuntimeException e) {
            log.error("a transaction of etcd", e);
            after = 0;
            one.outcome()
                    .completeExceptionally(new StoreException(
                            "etcd: " + EtcdFailure.reason(e) + "; whether the change was made is not known", e));
        }
    }

    private Outcome outcome(Transaction transaction, long deadline) throws InterruptedException {
        while (true) {
            claim(deadline);
            StoreState state = store.state();
            var unmet = transaction.unmetBy(state);
            if (!unmet.isEmpty() || transaction.isOvertakenBy(state)) {
                return new Outcome.Conflict(unmet);
            }
            EtcdTransaction words = EtcdTransaction.of(transaction, state, keys, settings.names());
            String token = process + " " + ++number;
            TxnResponse answer;
            EtcdSession session = session(deadline);
            try {
                answer = session.transact(empty -> words.fill(empty, settings.host(), after, token));
            } catch (EtcdFailure e) {
                if (e.isRefusal()) {
                    throw new StoreException("etcd refuses the change: " + e.getMessage(), e);
                }
                log.warn("etcd left open whether a change was made: {}", e.getMessage());
                Attempt attempt = settle(session, token, deadline);
                if (attempt.happened()) {
                    return committed(attempt.revision());
                }
                continue;
            }
            if (answer.isSucceeded()) {
                after = answer.getHeader().getRevision();
                return committed(after);
            }
            long seen = revision(answer, 1);
            if (seen != after) {
                log.error(
                        "another process writes to etcd as host {} too: each needs a name of its own", settings.host());
                after = 0;
                continue;
            }
            store.await(revision(answer, 0), TOLD_MILLIS);
            return new Outcome.Conflict(transaction.unmetBy(store.state()));
        }
    }

    private Outcome committed(long revision) throws InterruptedException {
        store.await(revision, TOLD_MILLIS);
        return new Outcome.Committed(revision);
    }

    /** The revision of a key that was read instead; 0 if it is not there. */
    private static long revision(TxnResponse answer, int index) {
        return read(answer, index).map(KeyValue::getModRevision).orElse(0L);
    }

    private static Optional<KeyValue> read(TxnResponse answer, int index) {
        List<GetResponse> read = answer.getGetResponses();
        return read.get(index).getKvs().stream().findFirst();
    }

    /** Makes this host's key ours, so that nothing that is still on its way from before can happen. */
    private void claim(long deadline) throws InterruptedException {
        while (after == 0) {
            String token = process + " " + ++number;
            EtcdSession session = session(deadline);
            try {
                after = session.transact(empty -> empty.Then(put(token)))
                        .getHeader()
                        .getRevision();
            } catch (EtcdFailure e) {
                if (e.isRefusal()) {
                    throw new StoreException("etcd refuses the change: " + e.getMessage(), e);
                }
                store.awaitSession(session, PAUSE_MILLIS);
            }
        }
    }

    private Op put(String token) {
        return Op.put(keys.writer(settings.host()), EtcdKeys.bytes(token), PutOption.DEFAULT);
    }

    /** Finds out whether a transaction has happened that a connection left open; if not, it will not any more. */
    private Attempt settle(EtcdSession failed, String token, long deadline) throws InterruptedException {
        long before = after;
        after = 0;
        EtcdSession session = failed;
        while (true) {
            store.awaitSession(session, PAUSE_MILLIS);
            String own = process + " " + ++number;
            try {
                session = session(deadline);
                TxnResponse answer = session.transact(empty -> empty.If(
                                new Cmp(keys.writer(settings.host()), Cmp.Op.EQUAL, CmpTarget.modRevision(before)))
                        .Then(put(own))
                        .Else(Op.get(keys.writer(settings.host()), GetOption.DEFAULT)));
                if (answer.isSucceeded()) {
                    after = answer.getHeader().getRevision();
                    return new Attempt(false, 0);
                }
                Optional<KeyValue> found = read(answer, 0);
                boolean happened = found.isPresent()
                        && found.get()
                                .getValue()
                                .toString(StandardCharsets.UTF_8)
                                .equals(token);
                after = happened ? found.get().getModRevision() : 0;
                return new Attempt(happened, after);
            } catch (EtcdFailure e) {
                log.debug("not settled yet: {}", e.getMessage());
            } catch (StoreException e) {
                throw new StoreException("etcd did not answer in time; whether the change was made is not known", e);
            }
        }
    }

    /** The connection, if need be a new one. */
    private EtcdSession session(long deadline) throws InterruptedException {
        EtcdSession session = store.awaitSession(null, TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime()));
        if (session == null || closed || System.nanoTime() - deadline > 0) {
            throw unreachable();
        }
        return session;
    }

    /** Waits for what is being written. */
    void close() {
        closed = true;
        thread.interrupt();
        try {
            thread.join(TimeUnit.SECONDS.toMillis(5));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        for (Waiting one = waiting.poll(); one != null; one = waiting.poll()) {
            one.outcome().completeExceptionally(new StoreException("the store is closed"));
        }
    }
}
