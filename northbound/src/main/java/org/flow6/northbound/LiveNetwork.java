package org.flow6.northbound;

import com.google.common.collect.Lists;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.flow6.network.Id;
import org.flow6.network.NetworkModel;
import org.flow6.network.Port;
import org.flow6.network.PortSource;
import org.flow6.network.Wanted;
import org.flow6.network.file.NetworkObjects;
import org.flow6.network.file.NetworkObjects.Name;
import org.flow6.network.file.NetworkObjects.Outcome;
import org.flow6.network.file.Violation;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The network that a store's objects make, which follows their changes. Of one that many hosts share it has the ports that
 * somebody wants to know; the others stay the text that they are. Before a change is made it can be tried whether the
 * network can be so. For all threads; trying is for one at a time.
 */
public final class LiveNetwork implements PortSource, AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(LiveNetwork.class);
    /** So many ports come in or go out between two changes of the store. */
    private static final int BATCH = 500;
    /** So long ports stay that nobody wants any more. */
    private static final long KEPT_MILLIS = 60_000;

    private final Consumer<Picture> listener;
    private final Gate gate;
    private final long keptMillis;
    private final NetworkObjects objects = new NetworkObjects(this::named);
    private final ScheduledExecutorService worker = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread thread = new Thread(task, "network");
        thread.setDaemon(true);
        return thread;
    });
    private final AtomicBoolean asked = new AtomicBoolean();
    private final AtomicBoolean sweeping = new AtomicBoolean();

    private volatile StoreState state = StoreState.EMPTY;
    /** What the store has of objects that are being changed. */
    private Map<ObjectKey, Optional<String>> making = Map.of();

    private Outcome newest = objects.change(Map.of());
    /** Tried, and to be expected from the store. */
    private Map<ObjectKey, Optional<String>> ahead = Map.of();

    private volatile Wanted wanted = Wanted.NONE;
    /** Whether all of it is needed, to try changes. */
    private volatile boolean whole;
    /** What the newest network has. */
    private volatile Wanted known;

    /**
     * A network at a moment.
     *
     * @param violations of what is not as it is wanted
     * @param known of which ports it has all
     * @param leftOut how many ports it does not have
     */
    public record Picture(NetworkModel model, List<Violation> violations, Wanted known, int leftOut) {}

    private LiveNetwork(Optional<String> host, long keptMillis, Consumer<Picture> listener) {
        this.listener = listener;
        this.keptMillis = keptMillis;
        gate = new Gate(host);
        known = gate.isOpen() ? Wanted.ALL : Wanted.NONE;
    }

    /**
     * One that has everything.
     *
     * @param listener told of the network as it is, and at each change of it; by a thread that must not wait for long
     */
    public static LiveNetwork of(Store store, Consumer<Picture> listener) {
        LiveNetwork network = new LiveNetwork(Optional.empty(), KEPT_MILLIS, listener);
        network.follow(store);
        return network;
    }

    /**
     * One that has what a host needs, and what is wanted else; it is to {@link #follow} a store.
     *
     * @param host the name that {@code binding:host_id} gives it
     */
    public static LiveNetwork sharedBy(String host, Consumer<Picture> listener) {
        return new LiveNetwork(Optional.of(host), KEPT_MILLIS, listener);
    }

    /** As {@link #sharedBy}, with a time after which ports go that nobody wants any more. */
    static LiveNetwork sharedBy(String host, long keptMillis, Consumer<Picture> listener) {
        return new LiveNetwork(Optional.of(host), keptMillis, listener);
    }

    /** One that follows no store, in place of that of a store that nobody writes. */
    public static LiveNetwork still() {
        return new LiveNetwork(Optional.empty(), KEPT_MILLIS, picture -> {});
    }

    /** Begins to follow a store. */
    public synchronized void follow(Store store) {
        StoreState start = store.watch(this::changed);
        changed(start, StoreState.EMPTY.differenceTo(start));
    }

    private synchronized void changed(StoreState now, Map<ObjectKey, Optional<Document>> difference) {
        if (difference.isEmpty() && state.revision() > 0) {
            state = now;
            return;
        }
        Map<ObjectKey, Optional<String>> writes = new HashMap<>();
        difference.forEach((key, document) -> writes.put(key, document.map(Document::json)));
        if (writes.equals(ahead)) {
            ahead = Map.of();
        } else {
            withdraw();
            newest = change(writes);
        }
        state = now;
        tell();
    }

    private void tell() {
        listener.accept(new Picture(newest.model(), newest.violations(), known, gate.leftOut()));
    }

    private Outcome change(Map<ObjectKey, Optional<String>> writes) {
        Map<Name, Optional<String>> changes = gate.pass(writes);
        if (changes.isEmpty()) {
            return newest;
        }
        making = writes;
        Outcome outcome = objects.change(changes);
        making = Map.of();
        return outcome;
    }

    /** A port that another object names, and that is not left out from now on. */
    private Optional<String> named(Name port) {
        ObjectKey key = new ObjectKey(port.list(), port.id());
        Optional<String> json = making.containsKey(key) ? making.getOrDefault(key, Optional.empty()) : kept(key);
        gate.name(port.id(), json.isPresent());
        return json;
    }

    private Optional<String> kept(ObjectKey key) {
        return Optional.ofNullable(state.objects().get(key)).map(Document::json);
    }

    // What is known.

    @Override
    public void want(Wanted ports) {
        wanted = ports;
        if (!asked.getAndSet(true)) {
            var unused = run(this::settle, 0);
        }
    }

    @Override
    public boolean exists(Id<Port> port) {
        return state.objects().containsKey(new ObjectKey(Gate.PORTS, port.value()));
    }

    @Override
    public Optional<String> hostOf(Id<Port> port) {
        return gate.hostOf(port.value());
    }

    /** Has all ports known from its return on, until {@link #partly}; may take seconds. */
    public void wholly() {
        if (!gate.isOpen() && !(whole && known.all())) {
            whole = true;
            run(this::settle, 0).join();
        }
    }

    /** Has ports go that nobody wants; not to be called while something is tried. */
    public void partly() {
        if (!gate.isOpen()) {
            whole = false;
            var unused = run(this::sweep, 0);
        }
    }

    private CompletableFuture<Void> run(Runnable task, long millis) {
        CompletableFuture<Void> done = new CompletableFuture<>();
        Runnable completed = () -> {
            try {
                task.run();
            } catch (RuntimeException e) {
                log.error("the network stays as it is", e);
            } finally {
                done.complete(null);
            }
        };
        try {
            var unused = worker.schedule(completed, millis, TimeUnit.MILLISECONDS);
        } catch (RejectedExecutionException closed) {
            done.complete(null);
        }
        return done;
    }

    /** Lets in what is wanted, and has it go later what is not. */
    private void settle() {
        asked.set(false);
        letIn(whole ? Wanted.ALL : wanted);
        if (!whole && !wanted.covers(known) && !sweeping.getAndSet(true)) {
            var unused = run(this::sweep, keptMillis);
        }
    }

    private void letIn(Wanted more) {
        Wanted next = known.with(more);
        List<ObjectKey> waiting;
        synchronized (this) {
            gate.want(next);
            waiting = gate.waiting();
        }
        changeEach(waiting);
        synchronized (this) {
            if (!waiting.isEmpty() || !known.equals(next)) {
                known = next;
                tell();
            }
        }
    }

    private void sweep() {
        sweeping.set(false);
        Wanted next = wanted;
        // What is wanted by now may not be in yet.
        letIn(next);
        List<ObjectKey> surplus;
        synchronized (this) {
            if (whole || next.covers(known)) {
                return;
            }
            known = next;
            gate.want(next);
            surplus = gate.surplus();
        }
        changeEach(surplus);
        synchronized (this) {
            tell();
        }
    }

    /** Has ports come in or go out, as the gate would have it now, a few at a time: the store's changes do not wait long. */
    private void changeEach(List<ObjectKey> ports) {
        for (List<ObjectKey> some : Lists.partition(ports, BATCH)) {
            synchronized (this) {
                Map<ObjectKey, Optional<String>> writes = new HashMap<>();
                some.forEach(key -> writes.put(key, kept(key)));
                newest = change(writes);
            }
        }
    }

    // What is tried.

    /**
     * Whether the network can be as these writes would make it. If so, either they are made next or {@link #withdraw} is
     * called.
     *
     * @return what would be wrong with it that is not now; empty: nothing
     */
    public Optional<Violation> attempt(Map<ObjectKey, Optional<String>> writes) {
        wholly();
        return attemptWholly(writes);
    }

    private synchronized Optional<Violation> attemptWholly(Map<ObjectKey, Optional<String>> writes) {
        withdraw();
        Set<Violation> before = new HashSet<>(newest.violations());
        Outcome tried = change(writes);
        Optional<Violation> wrong = tried.violations().stream()
                .filter(violation -> !before.contains(violation))
                .findFirst();
        ahead = Map.copyOf(writes);
        newest = tried;
        if (wrong.isPresent()) {
            withdraw();
        }
        return wrong;
    }

    /** What was tried is not made. */
    public synchronized void withdraw() {
        if (ahead.isEmpty()) {
            return;
        }
        Map<ObjectKey, Optional<String>> back = new HashMap<>();
        ahead.keySet().forEach(key -> back.put(key, kept(key)));
        ahead = Map.of();
        newest = change(back);
    }

    @Override
    public void close() {
        worker.shutdownNow();
    }
}
