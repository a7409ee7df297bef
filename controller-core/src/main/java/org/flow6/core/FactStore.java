package org.flow6.core;

import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.flow6.flow.Moment;
import org.flow6.network.AddressClaim;
import org.flow6.network.FactExchange;
import org.flow6.network.FactExchange.Place;
import org.flow6.network.FactExchange.Told;
import org.flow6.network.Facts;
import org.flow6.network.Id;
import org.flow6.network.MulticastListener;
import org.flow6.network.MulticastRole;
import org.flow6.network.Neighbor;
import org.flow6.network.Port;
import org.flow6.network.UnreachableHop;
import org.jspecify.annotations.Nullable;
import org.projectfloodlight.openflow.types.DatapathId;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What apps remember: in memory, and with a file also over restarts. Changes hold at once; many that come together are
 * written together. Beside them is what apps of other hosts remember and tell. For any thread.
 */
final class FactStore implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(FactStore.class);

    private static final long LOOK_NANOS = TimeUnit.SECONDS.toNanos(1);

    private final Optional<FactFile> file;
    private final ErrorLog errors;
    private final SharedFacts shared;
    private final ExecutorService writer = Executors.newSingleThreadExecutor(task -> {
        Thread t = new Thread(task, "facts");
        t.setDaemon(true);
        return t;
    });

    private final List<Runnable> onLearned = new CopyOnWriteArrayList<>();

    private volatile Facts facts = Facts.NONE;
    private volatile List<AddressClaim> claims = List.of();
    private volatile List<Neighbor> neighbors = List.of();
    private volatile List<UnreachableHop> unreachableHops = List.of();
    private volatile List<MulticastListener> multicastListeners = List.of();
    private volatile List<MulticastRole> multicastRoles = List.of();
    private List<CompletableFuture<Void>> waiting = new ArrayList<>();
    /** Whether nothing was remembered at the start. */
    private final boolean anew;

    private @Nullable FactExchange exchange;
    /** Whether what other hosts tell is known. */
    private boolean listening;

    private boolean failing;
    private long looked = System.nanoTime();

    /**
     * Starts with what the file holds. A file that cannot be read is put aside, with an error; in a folder that cannot be
     * written nothing is kept, with a warning.
     */
    FactStore(Optional<FactFile> file, ErrorLog errors, SharedFacts shared) {
        this.shared = shared;
        this.file = file.filter(FactFile::isWritable);
        this.errors = errors;
        file.ifPresent(known -> {
            try {
                facts = known.read();
                read(kind -> true);
            } catch (IOException e) {
                LOG.error("{}", e.getMessage());
                errors.add(String.valueOf(e.getMessage()));
            }
            if (this.file.isEmpty()) {
                String problem = known + ": cannot be written, so what apps learn is forgotten when Flow6 ends";
                LOG.warn("{}", problem);
                errors.add(problem);
            }
        });
        anew = facts.size() == 0;
    }

    /** How many facts of this host hold. */
    synchronized int held() {
        forgetWhatIsOver();
        return facts.size();
    }

    /** Which addresses ports claim; the same list for as long as nothing of that changes. */
    List<AddressClaim> claims() {
        return claims;
    }

    /** Which neighbors routers learned; the same list for as long as nothing of that changes. */
    List<Neighbor> neighbors() {
        return neighbors;
    }

    /** Next hops that switches found to be unreachable; the same list for as long as nothing of that changes. */
    List<UnreachableHop> unreachableHops() {
        return unreachableHops;
    }

    /** Who listens to multicast groups; the same list for as long as nothing of that changes. */
    List<MulticastListener> multicastListeners() {
        return multicastListeners;
    }

    /** What is known of receivers of multicast; the same list for as long as nothing of that changes. */
    List<MulticastRole> multicastRoles() {
        return multicastRoles;
    }

    /** Whether a change is one to what is remembered now. */
    boolean wouldChange(Facts.Change change) {
        Facts now = facts;
        return !isSame(now.with(change), now);
    }

    /** Has this run whenever any of these lists changes; it must return at once. */
    void onLearned(Runnable listener) {
        onLearned.add(listener);
    }

    void forget(Runnable listener) {
        onLearned.remove(listener);
    }

    Moment moment() {
        return new Moment(Instant.now(), facts);
    }

    /** Completes when the change is on the disk, or when that failed, which is an error in the status. */
    synchronized CompletableFuture<Void> apply(Facts.Change change) {
        leaveOutWhatIsOver();
        Facts next = facts.with(change);
        if (isSame(next, facts)) {
            return CompletableFuture.completedFuture(null);
        }
        facts = next;
        tell(change);
        if (read(change::concerns)) {
            onLearned.forEach(Runnable::run);
        }
        if (file.isEmpty()) {
            return CompletableFuture.completedFuture(null);
        }
        CompletableFuture<Void> written = new CompletableFuture<>();
        waiting.add(written);
        if (waiting.size() == 1) {
            FactFile known = file.get();
            try {
                writer.execute(() -> write(known));
            } catch (RejectedExecutionException closed) {
                written.complete(null);
            }
        }
        return written;
    }

    /** Takes from the facts what switches look at, of the kinds that changed; whether there is something of that. */
    private boolean read(Predicate<String> changed) {
        boolean some = false;
        if (changed.test(AddressClaim.KIND)) {
            claims = AddressClaim.among(facts);
            some = true;
        }
        if (changed.test(Neighbor.KIND)) {
            neighbors = Neighbor.among(facts);
            some = true;
        }
        if (changed.test(UnreachableHop.KIND)) {
            unreachableHops = UnreachableHop.among(facts);
            some = true;
        }
        if (changed.test(MulticastListener.KIND)) {
            multicastListeners = MulticastListener.among(facts);
            some = true;
        }
        if (changed.test(MulticastRole.KIND)) {
            multicastRoles = MulticastRole.among(facts);
            some = true;
        }
        return some;
    }

    // Other hosts.

    /** Shows the facts of other hosts beside these, and tells them of these. */
    void share(FactExchange with) {
        exchange = with;
        with.follow(this::heard);
    }

    private synchronized void heard(Map<Place, Optional<Told>> news) {
        boolean first = !listening;
        Facts.Change change = shared.heard(news, facts.own(), first && anew, Instant.now());
        listening = true;
        if (first) {
            tell(new Facts.Change(facts.own().all().toList(), List.of()));
        }
        Set<String> kinds =
                news.keySet().stream().map(place -> place.key().kind()).collect(Collectors.toSet());
        take(change, kinds::contains);
        tell(shared.unlike(news.keySet(), facts.own()));
    }

    /** The ports that are bound at a switch from now on. */
    synchronized void bound(DatapathId datapathId, Set<Id<Port>> ports) {
        Facts shown = shared.others();
        Facts.Change change = shared.bound(datapathId, ports, facts.own(), Instant.now());
        if (listening && (!change.isEmpty() || !isSame(shown, shared.others()))) {
            take(change, shared::shares);
        }
    }

    /** Shows others' facts as they are now, and changes own ones. */
    private void take(Facts.Change change, Predicate<String> changed) {
        facts = facts.beside(shared.others());
        var unused = apply(change);
        if (read(changed)) {
            onLearned.forEach(Runnable::run);
        }
    }

    private void tell(Facts.Change change) {
        FactExchange told = exchange;
        Facts.Change some = told == null || !listening ? Facts.Change.NONE : shared.toTell(change);
        if (told != null && !some.isEmpty()) {
            told.tell(some);
        }
    }

    /** Now and then: it takes a look at every fact, and what is over does no harm but by its number. */
    private void leaveOutWhatIsOver() {
        long now = System.nanoTime();
        if (now - looked > LOOK_NANOS) {
            looked = now;
            forgetWhatIsOver();
        }
    }

    private void forgetWhatIsOver() {
        Facts.Change over = facts.over(Instant.now());
        facts = facts.with(over);
        tell(over);
    }

    /** By identity: comparing them takes longer than all else. */
    @SuppressWarnings("ReferenceEquality")
    private static boolean isSame(Facts one, Facts other) {
        return one == other;
    }

    private void write(FactFile known) {
        List<CompletableFuture<Void>> written;
        Facts now;
        synchronized (this) {
            written = waiting;
            waiting = new ArrayList<>();
            now = facts.own();
        }
        try {
            known.write(now);
            if (failing) {
                LOG.info("facts are kept over a restart again");
            }
            failing = false;
        } catch (IOException | RuntimeException e) {
            if (!failing) {
                String problem = "facts cannot be kept over a restart: " + e;
                LOG.error("{}", problem);
                errors.add(problem);
            }
            failing = true;
        } finally {
            written.forEach(one -> one.complete(null));
        }
    }

    /** Waits for what is being written. */
    @Override
    public void close() {
        writer.shutdown();
        try {
            if (!writer.awaitTermination(5, TimeUnit.SECONDS)) {
                LOG.error("facts are still being written");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
