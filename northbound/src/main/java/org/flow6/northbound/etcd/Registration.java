package org.flow6.northbound.etcd;

import java.util.Map;
import java.util.Optional;
import org.flow6.northbound.Document;
import org.flow6.northbound.ObjectKey;
import org.flow6.northbound.Transaction;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * This host among those of the network: a lease says that it is there, for as long as it is; an object, how it is reached,
 * until it is taken out for good. Nothing where the host is none of the network's.
 */
final class Registration {
    static final String HOSTS = "hosts";

    private static final Logger log = LoggerFactory.getLogger(Registration.class);

    private final EtcdStore store;
    private final String host;
    private final Optional<String> self;
    private volatile boolean underWay;

    Registration(EtcdStore store, EtcdSettings settings) {
        this.store = store;
        host = settings.host();
        self = settings.self();
    }

    /** Says that this host is there, if it has not; where etcd takes nothing now, later. */
    void announce(EtcdSession session) throws EtcdFailure {
        if (self.isEmpty() || session.isAnnounced()) {
            return;
        }
        try {
            session.present(host, self.get());
        } catch (EtcdFailure e) {
            if (!e.isRefusal()) {
                throw e;
            }
            log.debug("not announced yet: {}", e.getMessage());
        }
    }

    /** Puts this host among those of the network, if it is not there as it is. */
    void connected() {
        Document known = known();
        if (self.isPresent() && (known == null || !known.json().equals(self.get()))) {
            put(self.get());
        }
    }

    /** Somebody may have taken this host for gone. What was refused is not tried again before there is a new connection. */
    void check() {
        if (self.isPresent() && known() == null && !underWay) {
            put(self.get());
        }
    }

    private ObjectKey key() {
        return new ObjectKey(HOSTS, host);
    }

    private @Nullable Document known() {
        return store.state().objects().get(key());
    }

    private void put(String as) {
        underWay = true;
        store.commit(new Transaction(Map.of(), Map.of(key(), Optional.of(as)))).whenComplete((outcome, failure) -> {
            underWay = failure != null;
            if (failure != null) {
                log.error("host {} cannot be put into etcd: {}", host, failure.getMessage());
            }
        });
    }
}
