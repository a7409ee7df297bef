package org.flow6.launcher;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.flow6.core.Controller;
import org.flow6.network.NetworkModel;
import org.flow6.network.file.Violation;
import org.flow6.northbound.EmbeddedStore;
import org.flow6.northbound.LiveNetwork;
import org.flow6.northbound.LiveNetwork.Picture;
import org.flow6.northbound.Store;
import org.flow6.northbound.StoreException;
import org.flow6.northbound.StoreStatus;
import org.flow6.northbound.api.NeutronApi;
import org.flow6.northbound.api.ThisHost;
import org.flow6.northbound.etcd.EtcdSettings;
import org.flow6.northbound.etcd.EtcdStore;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Feeds the controller with what is in a store, and with each change of it. */
final class StoreFeed implements Feed {
    private static final Logger log = LoggerFactory.getLogger(StoreFeed.class);

    /** How long what the API needs beyond the switches is kept at hand. */
    private static final Duration IDLE = Duration.ofMinutes(10);

    private final Store store;
    private final Controller controller;
    private final BlindRules blind = new BlindRules();
    private final LiveNetwork live;
    private final ThisHost self;
    private final Optional<Duration> idle;
    private @Nullable NeutronApi api;
    private Set<Violation> told = Set.of();

    private StoreFeed(Store store, ThisHost self, Controller controller) {
        this.store = store;
        this.controller = controller;
        this.self = self;
        idle = Optional.empty();
        live = LiveNetwork.of(store, this::take);
    }

    /** With a store that many hosts share, of which this one keeps at hand what it needs. */
    private StoreFeed(Store store, String host, ThisHost self, Controller controller) {
        this.store = store;
        this.controller = controller;
        this.self = self;
        idle = Optional.of(IDLE);
        live = LiveNetwork.sharedBy(host, this::take);
        controller.ports(live);
        live.follow(store);
    }

    /** Opens the store of a folder. */
    static Start open(Path folder, ThisHost self) {
        EmbeddedStore store;
        try {
            store = EmbeddedStore.open(folder);
        } catch (StoreException e) {
            StartFailure failure = failure("embedded", e);
            return controller -> {
                throw failure;
            };
        }
        log.info("{}: {} objects", folder, store.state().objects().size());
        return controller -> new StoreFeed(store, self, controller);
    }

    /** Begins to follow a store in etcd; until it is known, the switches keep the flows that they have. */
    static Start follow(EtcdSettings settings, ThisHost self) {
        EtcdStore store = EtcdStore.open(settings);
        return controller -> {
            controller.share(store.facts());
            return new StoreFeed(store, settings.host(), self, controller);
        };
    }

    static StartFailure failure(String key, StoreException e) {
        return new StartFailure(List.of("northbound." + key + ": " + e.getMessage()));
    }

    private void take(Picture picture) {
        if (!store.status().known()) {
            return;
        }
        NetworkModel model = picture.model();
        controller.network(model, picture.known(), model.ports().size() + picture.leftOut());
        blind.tell(model);
        List<Violation> violations = picture.violations();
        violations.stream()
                .filter(violation -> !told.contains(violation))
                .forEach(violation -> log.error("{}", violation));
        if (!violations.isEmpty()) {
            String more = violations.size() > 1 ? " and " + (violations.size() - 1) + " more" : "";
            controller.networkRefused(violations.get(0) + more);
        }
        told = Set.copyOf(violations);
    }

    @Override
    public StoreStatus status() {
        return store.status();
    }

    /** Made when it is asked for first: to index a large store takes time, which the first flows have before it. */
    @Override
    public synchronized Optional<NeutronApi> api() {
        if (api == null) {
            api = new NeutronApi(store, live, Optional.of(self), Instant::now, idle);
        }
        return Optional.of(api);
    }

    @Override
    public synchronized void close() {
        if (api != null) {
            api.close();
        }
        live.close();
        store.close();
    }
}
