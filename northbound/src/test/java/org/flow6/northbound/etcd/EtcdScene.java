package org.flow6.northbound.etcd;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.flow6.northbound.ObjectKey;
import org.flow6.northbound.Store;
import org.flow6.northbound.Transaction;
import org.flow6.northbound.Transaction.Outcome;
import org.junit.jupiter.api.io.TempDir;

/** Transactions of a few objects, and a folder for an etcd. */
abstract class EtcdScene {
    static final ObjectKey VM1 = new ObjectKey("ports", "vm1");
    static final ObjectKey VM2 = new ObjectKey("ports", "vm/2");
    static final ObjectKey BLUE = new ObjectKey("networks", "blue");

    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path folder;

    static Transaction.Builder tx() {
        return new Transaction.Builder();
    }

    static Outcome commit(Store store, Transaction transaction) {
        return store.commit(transaction).toCompletableFuture().join();
    }

    static Outcome commit(Store store, Transaction.Builder transaction) {
        return commit(store, transaction.build());
    }

    static long revision(Outcome outcome) {
        assertThat(outcome).isInstanceOf(Outcome.Committed.class);
        return ((Outcome.Committed) outcome).revision();
    }

    static String port(String network, String address) {
        return "{\"network_id\":\"" + network + "\",\"mac_address\":\"02:00:00:00:00:0" + address
                + "\",\"fixed_ips\":[{\"subnet_id\":\"s\",\"ip_address\":\"2001:db8::" + address + "\"}]}";
    }
}
