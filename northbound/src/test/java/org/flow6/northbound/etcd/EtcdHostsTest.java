package org.flow6.northbound.etcd;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.flow6.northbound.etcd.Etcd.connected;
import static org.flow6.northbound.etcd.Etcd.until;

import java.util.Optional;
import java.util.Set;
import org.flow6.northbound.Document;
import org.flow6.northbound.ObjectKey;
import org.flow6.northbound.StoreException;
import org.junit.jupiter.api.Test;

/** Who is among the hosts of a store. */
class EtcdHostsTest extends EtcdScene {
    @Test
    void hostsAreAmongThoseOfTheNetworkEvenIfTheyAreGone() throws Exception {
        String self = "{\"name\":\"b\",\"tunnel_ip\":\"fd00::1\"}";
        ObjectKey key = new ObjectKey("hosts", "b");
        try (Etcd etcd = new Etcd(folder, "http");
                EtcdStore a = connected(etcd.settings("a"))) {
            try (EtcdStore b = connected(etcd.settings("b").as(self))) {
                until(() -> a.presentHosts().equals(Optional.of(Set.of("b"))));
                until(() -> b.state().objects().containsKey(key));
            }
            until(() -> a.presentHosts().equals(Optional.of(Set.of())));
            Document there = a.state().objects().get(key);
            assertThat(there).isNotNull();
            assertThat(there.json()).isEqualTo(self);
        }
    }

    @Test
    void withAHostThatIsTakenOutGoesWhatOnlyItWrote() throws Exception {
        String self = "{\"name\":\"b\",\"tunnel_ip\":\"fd00::1\"}";
        ObjectKey key = new ObjectKey("hosts", "b");
        try (Etcd etcd = new Etcd(folder, "http");
                EtcdStore a = connected(etcd.settings("a"))) {
            etcd.put("/flow6/facts/b/kind/net/x", "{}");
            etcd.put("/flow6/facts/b0/kind/net/x", "{}");
            try (EtcdStore b = connected(etcd.settings("b").as(self))) {
                until(() -> a.state().objects().containsKey(key));
                // While it is there it comes back.
                revision(commit(a, tx().remove(key)));
                until(() -> !b.state().objects().containsKey(key));
                until(() -> a.state().objects().containsKey(key));
                assertThat(etcd.keys("/flow6/facts/")).containsExactly("/flow6/facts/b0/kind/net/x");
            }
            etcd.put("/flow6/facts/b/kind/net/x", "{}");
            revision(commit(a, tx().remove(key)));
            assertThat(etcd.keys("/flow6/"))
                    .containsExactly(
                            "/flow6/facts/b0/kind/net/x", "/flow6/objects", "/flow6/structure", "/flow6/writers/a");
        }
    }

    @Test
    void aCommandKeepsNothingAndWaitsForEtcd() throws Exception {
        try (Etcd etcd = new Etcd(folder, "http")) {
            try (EtcdStore command = EtcdStore.open(etcd.settings("a").forCommand())) {
                command.awaitConnection(20_000);
                revision(commit(command, tx().put(BLUE, "{}")));
            }
            etcd.kill();
            try (EtcdStore again = EtcdStore.open(etcd.settings("a").forCommand())) {
                assertThat(again.status().known()).isFalse();
                assertThatThrownBy(() -> again.awaitConnection(1))
                        .isInstanceOf(StoreException.class)
                        .hasMessageContaining("etcd cannot be reached");
            }
        }
    }
}
