package org.flow6.northbound.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import org.flow6.network.file.Violation;
import org.flow6.northbound.LiveNetwork;
import org.flow6.northbound.Store;
import org.flow6.northbound.StoreException;
import org.flow6.northbound.StoreStatus;
import org.flow6.northbound.Transaction;
import org.flow6.northbound.Transaction.Outcome;
import org.flow6.northbound.api.Call.Answer;
import org.flow6.northbound.api.Views.View;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The API: reads answer from what the store was told of last, writes go one after the other, each upon what the one before
 * left, and are answered when the store has kept them. For all threads.
 */
public final class NeutronApi implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(NeutronApi.class);
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
    private static final int UNAVAILABLE = 503;
    private static final int WAITING = 1000;
    /** So often is a write tried again that others were quicker than. */
    private static final int ATTEMPTS = 10;

    private static final long OVERTAKEN_NANOS = TimeUnit.MILLISECONDS.toNanos(5);

    private final Store store;
    private final LiveNetwork network;
    private final Supplier<Instant> clock;
    private final Agents agents;
    private final Reads reads;
    private final Views views;
    /** Empty: the catalog is always there. */
    private final Optional<Idle> idle;

    private final ExecutorService writer =
            new ThreadPoolExecutor(1, 1, 0, TimeUnit.SECONDS, new LinkedBlockingQueue<>(WAITING), task -> {
                Thread thread = new Thread(task, "api-writes");
                thread.setDaemon(true);
                return thread;
            });

    /** One that has all at hand from now on, as {@link #NeutronApi(Store, LiveNetwork, Optional, Supplier, Optional)}. */
    public NeutronApi(Store store, LiveNetwork network, Optional<ThisHost> self, Supplier<Instant> clock) {
        this(store, network, self, clock, Optional.empty());
    }

    /**
     * @param network of the store
     * @param self the host that serves it; empty: one that is none of the network's
     * @param clock for times of objects
     * @param idle how long it has at hand what it needs to answer, since it was last asked; empty: for ever
     */
    public NeutronApi(
            Store store,
            LiveNetwork network,
            Optional<ThisHost> self,
            Supplier<Instant> clock,
            Optional<Duration> idle) {
        this.store = store;
        this.network = network;
        this.clock = clock;
        agents = new Agents(store, self, clock);
        reads = new Reads(agents);
        Map<String, Resource> resources = new LinkedHashMap<>(Records.all());
        Resources.all().forEach(resource -> resources.put(resource.collection(), resource));
        views = Views.of(store, Catalog.empty(resources));
        this.idle = idle.map(time -> new Idle(time, writer, this::giveUp));
        if (idle.isEmpty()) {
            views.open();
        }
    }

    private void giveUp() {
        views.close();
        network.partly();
    }

    /** Does what a call says. */
    public CompletionStage<Answer> handle(Call call) {
        if (!call.body().map(SoundJson::isSound).orElse(true)) {
            return CompletableFuture.completedFuture(refusable(() -> {
                throw NeutronError.badRequest("Body contains invalid data");
            }));
        }
        StoreStatus status = store.status();
        if (!status.known()) {
            return CompletableFuture.completedFuture(
                    failed("the network is not known yet: " + status.error().orElse("it is being read")));
        }
        boolean isRead = call.is("GET") || call.is("HEAD");
        Optional<Catalog> ready = isRead && store.isCurrent() ? ready(call) : Optional.empty();
        if (ready.isPresent()) {
            return CompletableFuture.completedFuture(refusable(() -> reads.answer(call, ready.get())));
        }
        try {
            return CompletableFuture.supplyAsync(() -> refusable(() -> inTurn(call, isRead)), writer);
        } catch (RejectedExecutionException e) {
            return CompletableFuture.completedFuture(failed("too many writes wait: try again"));
        }
    }

    /** What a call can be answered from at once, without making something first. */
    private Optional<Catalog> ready(Call call) {
        if (Extensions.isFixed(call)) {
            return Optional.of(views.nothing());
        }
        if (!Extensions.isAboutHosts(call)) {
            idle.ifPresent(Idle::use);
        }
        return views.ready().map(View::catalog).filter(catalog -> isPrepared(call, catalog));
    }

    private Answer inTurn(Call call, boolean isRead) throws NeutronError {
        store.refresh();
        if (views.ready().isEmpty()) {
            if (isRead && Extensions.isAboutHosts(call)) {
                return reads.answer(call, views.only(Records.HOSTS));
            }
            views.open();
            idle.ifPresent(Idle::begin);
        }
        idle.ifPresent(Idle::use);
        return isRead ? prepared(call) : write(call);
    }

    private boolean isPrepared(Call call, Catalog catalog) {
        Resource listed = reads.find(call);
        return listed == null || store.readOnly().isPresent() || listed.isPrepared(call.caller(), catalog);
    }

    private interface Work {
        Answer done() throws NeutronError;
    }

    private static Answer refusable(Work work) {
        try {
            return work.done();
        } catch (NeutronError e) {
            return error(e.status(), e.type(), e.getMessage());
        } catch (StoreException e) {
            return failed(String.valueOf(e.getMessage()));
        }
    }

    private static Answer failed(String message) {
        return error(UNAVAILABLE, "ServiceUnavailable", message);
    }

    /**
     * What is answered where no version is asked for.
     *
     * @param base what links begin with: {@code http://host:9696}
     */
    public static JsonNode versions(String base) {
        return Extensions.versions(base);
    }

    /** An answer with Neutron's body of errors. */
    public static Answer error(int status, String type, String message) {
        ObjectNode body = JSON.objectNode();
        body.putObject("NeutronError").put("type", type).put("message", message).put("detail", "");
        return new Answer(status, Optional.of(body));
    }

    /** A read for which something has to be made first; without it where nothing can be kept now. */
    private Answer prepared(Call call) throws NeutronError {
        for (int attempt = 0;
                attempt < ATTEMPTS && !isPrepared(call, views.newest().catalog());
                attempt++) {
            View now = views.newest();
            Draft draft = new Draft(now.state(), now.catalog(), time());
            reads.resource(call).prepare(call.caller(), draft);
            try {
                if (draft.isEmpty() || committed(call, draft)) {
                    return reads.answer(call, draft.catalog());
                }
            } catch (StoreException e) {
                break;
            }
        }
        return reads.answer(call, views.newest().catalog());
    }

    // Writes.

    private Answer write(Call call) throws NeutronError {
        if (call.caller().role() == Caller.Role.READER) {
            throw NeutronError.forbidden("readers change nothing");
        }
        Optional<String> readOnly = store.readOnly();
        if (readOnly.isPresent()) {
            throw NeutronError.forbidden(readOnly.get());
        }
        OptionalLong certain = OptionalLong.empty();
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            View now = views.newest();
            try {
                Draft draft = new Draft(now.state(), now.catalog(), time());
                Supplier<Answer> answer = changed(call, draft);
                if (draft.isEmpty() || committed(call, draft)) {
                    return answer.get();
                }
                views.awaitChange(now, attempt);
            } catch (NeutronError refusal) {
                // Others may have changed what stands against it: whoever is refused has to know of all that was there
                // before.
                certain = certain.isPresent() ? certain : OptionalLong.of(store.newest());
                if (now.state().revision() >= certain.getAsLong()) {
                    throw refusal;
                }
                views.awaitRevision(certain.getAsLong());
            }
        }
        throw NeutronError.conflict("RetryRequest", "others changed the same objects at the same time: try again");
    }

    private Supplier<Answer> changed(Call call, Draft draft) throws NeutronError {
        if (call.part(0).equals(Quotas.ALL)) {
            Answer answer = Quotas.change(call, draft);
            return () -> answer;
        }
        if (AgentRemoval.isMeant(call)) {
            Answer answer = AgentRemoval.of(call, draft, agents, store.presentHosts());
            return () -> answer;
        }
        return Changes.of(reads.resource(call), call, draft);
    }

    private String time() {
        return clock.get().truncatedTo(ChronoUnit.SECONDS).toString();
    }

    private boolean committed(Call call, Draft draft) throws NeutronError {
        Transaction transaction = draft.transaction(call.part(0).equals(Ports.ALL));
        Optional<Violation> wrong = network.attempt(transaction.writes());
        if (wrong.isPresent() && isOvertaken(transaction)) {
            return false;
        }
        if (wrong.isPresent()) {
            throw NeutronError.badRequest("InvalidInput", "Invalid input for operation: " + words(wrong.get()));
        }
        try {
            Outcome outcome = store.commit(transaction).toCompletableFuture().join();
            return outcome instanceof Outcome.Committed;
        } catch (CompletionException e) {
            if (e.getCause() instanceof StoreException cause) {
                throw cause;
            }
            throw e;
        } finally {
            network.withdraw();
        }
    }

    /** Whether something has changed since; the next view of it is on its way then, and what is wrong may be our part. */
    private boolean isOvertaken(Transaction transaction) {
        if (store.state().revision() == transaction.base()) {
            return false;
        }
        LockSupport.parkNanos(OVERTAKEN_NANOS);
        return true;
    }

    private static String words(Violation wrong) {
        String field = wrong.field().isEmpty() ? "" : wrong.field() + ": ";
        return wrong.type() + " " + wrong.id() + ": " + field + wrong.message();
    }

    @Override
    public void close() {
        writer.shutdown();
        try {
            if (!writer.awaitTermination(5, TimeUnit.SECONDS)) {
                log.warn("writes are still under way");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
