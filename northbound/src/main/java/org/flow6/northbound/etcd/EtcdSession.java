package org.flow6.northbound.etcd;

import io.etcd.jetcd.ByteSequence;
import io.etcd.jetcd.Client;
import io.etcd.jetcd.KeyValue;
import io.etcd.jetcd.Txn;
import io.etcd.jetcd.Watch;
import io.etcd.jetcd.common.exception.CompactedException;
import io.etcd.jetcd.kv.GetResponse;
import io.etcd.jetcd.kv.TxnResponse;
import io.etcd.jetcd.options.GetOption;
import io.etcd.jetcd.options.PutOption;
import io.etcd.jetcd.options.WatchOption;
import io.etcd.jetcd.watch.WatchEvent;
import io.etcd.jetcd.watch.WatchResponse;
import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A connection to one node of etcd. It is not mended: whoever has one that fails closes it and makes another. */
final class EtcdSession implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(EtcdSession.class);
    private static final int ANSWER_MILLIS = 2500;
    /** So long is waited before the same is asked again: without a leader etcd forgets what it is asked. */
    private static final int AGAIN_MILLIS = 300;

    private static final int PAGE = 500;
    private static final int WAITING = 4096;

    private static final int LEASE_SECONDS = 10;

    private final URI endpoint;
    private final EtcdKeys keys;
    private final Client client;
    private final BlockingQueue<News> news = new ArrayBlockingQueue<>(WAITING);
    /** What there is no room for among the news. */
    private volatile @Nullable Failed failed;
    /** Fails with the connection, and all that waits for an answer with it. */
    private final CompletableFuture<Void> ending = new CompletableFuture<>();

    private volatile long lease;

    /** What an answer or a watch says. */
    sealed interface News {}

    record Changed(List<WatchEvent> events) implements News {}

    /** The hosts that are there, all of them. */
    record Present(Set<String> hosts) implements News {}

    /** That etcd answers, and its newest transaction of ours. */
    record Alive(long newest) implements News {}

    /** @param compacted whether what was asked for is forgotten */
    record Failed(String reason, boolean compacted) implements News {}

    /** All there is at a revision. */
    record Contents(long revision, List<KeyValue> pairs) {}

    private EtcdSession(URI endpoint, EtcdKeys keys, Client client) {
        this.endpoint = endpoint;
        this.keys = keys;
        this.client = client;
    }

    /** @throws EtcdFailure if a file that is needed cannot be read */
    static EtcdSession open(URI endpoint, EtcdSettings settings, EtcdKeys keys) throws EtcdFailure {
        try {
            return new EtcdSession(endpoint, keys, EtcdClient.of(endpoint, settings));
        } catch (IOException e) {
            throw new EtcdFailure(e.toString(), e);
        }
    }

    URI endpoint() {
        return endpoint;
    }

    /** Reads all objects as they are at one moment. */
    Contents contents() throws EtcdFailure {
        return contents(keys.newest(), keys.end());
    }

    /** Reads all keys from one on and before another, page by page, as they are at one moment. */
    Contents contents(ByteSequence first, ByteSequence end) throws EtcdFailure {
        List<KeyValue> pairs = new ArrayList<>();
        ByteSequence from = first;
        long revision = 0;
        while (true) {
            GetOption option = GetOption.builder()
                    .withRange(end)
                    .withRevision(revision)
                    .withLimit(PAGE)
                    .build();
            GetResponse page = await(client.getKVClient().get(from, option));
            revision = revision == 0 ? page.getHeader().getRevision() : revision;
            pairs.addAll(page.getKvs());
            if (!page.isMore()) {
                return new Contents(revision, pairs);
            }
            from = pairs.get(pairs.size() - 1).getKey().concat(ByteSequence.from(new byte[1]));
        }
    }

    /** The newest revision of etcd, as its leader knows it. */
    long revision() throws EtcdFailure {
        return askForNewest().getHeader().getRevision();
    }

    /** The revision of the newest transaction of ours, as etcd's leader knows it; 0 if there was none. */
    long newest() throws EtcdFailure {
        return newest(askForNewest());
    }

    private static long newest(GetResponse answer) {
        return answer.getKvs().stream()
                .mapToLong(KeyValue::getModRevision)
                .findFirst()
                .orElse(0);
    }

    private GetResponse askForNewest() throws EtcdFailure {
        CompletableFuture<GetResponse> first = new CompletableFuture<>();
        for (int waited = 0; waited < ANSWER_MILLIS - AGAIN_MILLIS && !first.isDone(); waited += AGAIN_MILLIS) {
            var unused = client.getKVClient().get(keys.newest()).whenComplete((answer, failure) -> {
                if (failure == null) {
                    first.complete(answer);
                } else {
                    first.completeExceptionally(failure);
                }
            });
            try {
                return await(first, AGAIN_MILLIS);
            } catch (EtcdFailure e) {
                if (!(e.getCause() instanceof TimeoutException)) {
                    throw e;
                }
            }
        }
        return await(first, AGAIN_MILLIS);
    }

    /** @throws EtcdFailure if etcd refuses it, or if it is not known whether it has happened: the connection is lost then */
    TxnResponse transact(Function<Txn, Txn> transaction) throws EtcdFailure {
        try {
            return await(transaction.apply(client.getKVClient().txn()).commit());
        } catch (EtcdFailure e) {
            if (!e.isRefusal() && !(e.getCause() instanceof InterruptedException)) {
                put(new Failed(String.valueOf(e.getMessage()), false));
            }
            throw e;
        }
    }

    Client client() {
        return client;
    }

    /** Follows all objects from a revision on, this one included. */
    void watch(long revision) {
        WatchOption option = WatchOption.builder()
                .withRange(keys.end())
                .withRevision(revision)
                .withRequireLeader(true)
                .build();
        client.getWatchClient().watch(keys.newest(), option, new Watch.Listener() {
            @Override
            public void onNext(WatchResponse response) {
                put(new Changed(response.getEvents()));
            }

            @Override
            public void onError(Throwable cause) {
                put(new Failed(EtcdFailure.reason(cause), cause instanceof CompactedException));
            }

            @Override
            public void onCompleted() {
                put(new Failed("the watch has ended", false));
            }
        });
    }

    /** Says that a host is there, until nobody does so for some seconds. */
    void present(String host, String text) throws EtcdFailure {
        long id = await(client.getLeaseClient().grant(LEASE_SECONDS)).getID();
        PutOption option = PutOption.builder().withLeaseId(id).build();
        await(client.getKVClient().put(keys.host(host), EtcdKeys.bytes(text), option));
        lease = id;
    }

    boolean isAnnounced() {
        return lease != 0;
    }

    /** Says that this host is there no longer. */
    void leave() {
        if (lease != 0) {
            try {
                await(client.getLeaseClient().revoke(lease));
            } catch (EtcdFailure e) {
                log.debug("the lease ends by itself: {}", e.getMessage());
            }
        }
    }

    /** Asks whether etcd is there, and who else; the news say. A host that has said it is there says so again. */
    void ask() {
        probe();
        GetOption option = GetOption.builder()
                .withRange(keys.endOfHosts())
                .withKeysOnly(true)
                .build();
        var unused = client.getKVClient()
                .get(keys.host(""), option)
                .thenAccept(answer -> put(new Present(answer.getKvs().stream()
                        .map(pair -> keys.host(pair.getKey()))
                        .collect(Collectors.toUnmodifiableSet()))));
        if (lease != 0) {
            var unusedAlive = client.getLeaseClient().keepAliveOnce(lease).exceptionally(failure -> {
                put(new Failed(EtcdFailure.reason(failure), false));
                return null;
            });
        }
    }

    /** Asks whether etcd is there; the news say. */
    void probe() {
        var unused = client.getKVClient()
                .get(keys.newest())
                .orTimeout(ANSWER_MILLIS, TimeUnit.MILLISECONDS)
                .whenComplete((answer, failure) -> put(
                        failure == null ? new Alive(newest(answer)) : new Failed(EtcdFailure.reason(failure), false)));
    }

    /** What came next; null if nothing did in time. */
    @Nullable
    News next(long millis) throws InterruptedException {
        News next = news.poll(failed == null ? millis : 0, TimeUnit.MILLISECONDS);
        return next == null ? failed : next;
    }

    private void put(News one) {
        if (failed != null) {
            return;
        }
        if (one instanceof Failed failure) {
            fail(failure);
        } else if (!news.offer(one)) {
            fail(new Failed("changes come faster than they are taken", false));
        }
    }

    private void fail(Failed failure) {
        failed = failure;
        ending.completeExceptionally(new IOException(failure.reason()));
    }

    private <T> T await(CompletableFuture<T> answer) throws EtcdFailure {
        return await(answer, ANSWER_MILLIS);
    }

    private <T> T await(CompletableFuture<T> answer, int millis) throws EtcdFailure {
        try {
            CompletableFuture.anyOf(answer, ending).get(millis, TimeUnit.MILLISECONDS);
            return answer.join();
        } catch (ExecutionException | TimeoutException e) {
            throw new EtcdFailure(EtcdFailure.reason(e), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new EtcdFailure("interrupted", e);
        }
    }

    @Override
    public void close() {
        fail(new Failed("closed", false));
        client.close();
    }
}
