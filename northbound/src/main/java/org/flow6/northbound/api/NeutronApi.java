package org.flow6.northbound.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
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
    private static final int OK = 200;
    private static final int UNAVAILABLE = 503;
    private static final int WAITING = 1000;
    /** So often is a write tried again that others were quicker than. */
    private static final int ATTEMPTS = 10;

    private static final long OVERTAKEN_NANOS = TimeUnit.MILLISECONDS.toNanos(5);

    private final Store store;
    private final LiveNetwork network;
    private final Map<String, Resource> byPath = new LinkedHashMap<>();
    private final Supplier<Instant> clock;
    private final Agents agents;
    private final Views views;
    private final ExecutorService writer =
            new ThreadPoolExecutor(1, 1, 0, TimeUnit.SECONDS, new LinkedBlockingQueue<>(WAITING), task -> {
                Thread thread = new Thread(task, "api-writes");
                thread.setDaemon(true);
                return thread;
            });

    /**
     * @param network of the store
     * @param self the host that serves it; empty: one that is none of the network's
     * @param clock for times of objects
     */
    public NeutronApi(Store store, LiveNetwork network, Optional<ThisHost> self, Supplier<Instant> clock) {
        this.store = store;
        this.network = network;
        this.clock = clock;
        agents = new Agents(store, self, clock);
        Map<String, Resource> resources = new LinkedHashMap<>(Records.all());
        for (Resource resource : Resources.all()) {
            resources.put(resource.collection(), resource);
            byPath.put(resource.collection().replace('_', '-'), resource);
        }
        views = Views.of(store, Catalog.empty(resources));
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
        boolean reads = call.is("GET") || call.is("HEAD");
        if (reads && store.isCurrent() && isPrepared(call)) {
            return CompletableFuture.completedFuture(
                    refusable(() -> read(call, views.newest().catalog())));
        }
        try {
            return CompletableFuture.supplyAsync(
                    () -> refusable(() -> {
                        store.refresh();
                        return reads ? prepared(call) : write(call);
                    }),
                    writer);
        } catch (RejectedExecutionException e) {
            return CompletableFuture.completedFuture(failed("too many writes wait: try again"));
        }
    }

    private boolean isPrepared(Call call) {
        Resource listed = byPath.get(call.part(0));
        return listed == null
                || store.readOnly().isPresent()
                || listed.isPrepared(call.caller(), views.newest().catalog());
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

    private Resource resource(Call call) throws NeutronError {
        Resource resource = byPath.get(call.part(0));
        if (resource == null) {
            throw NeutronError.notFound("HTTPNotFound", "The resource could not be found.");
        }
        return resource;
    }

    // Reads.

    private Answer read(Call call, Catalog catalog) throws NeutronError {
        Optional<JsonNode> fixed = Extensions.answer(call, catalog, agents);
        if (fixed.isPresent()) {
            return new Answer(OK, fixed);
        }
        Resource resource = resource(call);
        if (call.path().size() == 1) {
            Listing listing = new Listing(resource, call.query());
            List<ObjectNode> seen = new ArrayList<>();
            for (ObjectNode object : listing.candidates(catalog)) {
                if (resource.isSeen(object, catalog, call.caller())) {
                    seen.add(Shown.of(resource, object, catalog, call.caller()));
                }
            }
            String url = call.base() + "/" + call.part(0);
            return new Answer(OK, Optional.of(listing.of(seen, url)));
        }
        ObjectNode object = Shown.found(resource, call.part(1), catalog, call.caller());
        if (call.path().size() == 2) {
            ObjectNode shown = Shown.of(resource, object, catalog, call.caller());
            return new Answer(
                    OK, Optional.of(Shown.wrapped(resource, new Listing(resource, call.query()).fields(shown))));
        }
        if (resource.isTagged() && call.part(2).equals("tags")) {
            return Tags.read(object, call);
        }
        throw NeutronError.notFound("HTTPNotFound", "The resource could not be found.");
    }

    /** A read for which something has to be made first; without it where nothing can be kept now. */
    private Answer prepared(Call call) throws NeutronError {
        for (int attempt = 0; attempt < ATTEMPTS && !isPrepared(call); attempt++) {
            View now = views.newest();
            Draft draft = new Draft(now.state(), now.catalog(), time());
            resource(call).prepare(call.caller(), draft);
            try {
                if (draft.isEmpty() || committed(call, draft)) {
                    return read(call, draft.catalog());
                }
            } catch (StoreException e) {
                break;
            }
        }
        return read(call, views.newest().catalog());
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
        return Changes.of(resource(call), call, draft);
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
