package org.flow6.northbound;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.flow6.network.Id;
import org.flow6.network.Network;
import org.flow6.network.NetworkModel;
import org.flow6.network.Port;
import org.flow6.network.SecurityGroup;
import org.flow6.network.Wanted;
import org.flow6.northbound.LiveNetwork.Picture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which ports a shared network has, and how it comes to have others. */
class LiveNetworkTest {
    private static final long SHORT_MILLIS = 1;
    private static final long LONG_MILLIS = 3_600_000;

    private EmbeddedStore store;
    private final Pictures pictures = new Pictures();

    /** What is told of a network. */
    private static final class Pictures {
        private Picture newest = new Picture(NetworkModel.EMPTY, List.of(), Wanted.NONE, 0);
        private int count;

        synchronized void told(Picture picture) {
            newest = picture;
            count++;
            notifyAll();
        }

        synchronized Picture newest() {
            return newest;
        }

        synchronized int count() {
            return count;
        }

        synchronized Set<String> await(Predicate<Set<String>> condition) throws InterruptedException {
            long end = System.nanoTime() + 30_000_000_000L;
            while (!condition.test(ports())) {
                long left = (end - System.nanoTime()) / 1_000_000;
                assertThat(left).as("not in time: %s", ports()).isPositive();
                wait(left);
            }
            return ports();
        }

        synchronized Set<String> ports() {
            return newest.model().ports().keySet().stream().map(Id::value).collect(Collectors.toSet());
        }
    }

    @BeforeEach
    void open(@TempDir Path folder) {
        store = EmbeddedStore.open(folder);
        put("hosts", "here", "{'name': 'here', 'tunnel_ip': 'fd00::1'}");
        put("hosts", "there", "{'name': 'there', 'tunnel_ip': 'fd00::2'}");
        for (String name : Set.of("blue", "red")) {
            put("networks", name, "{'id': '" + name + "'}");
            put("security_groups", name, "{'id': '" + name + "'}");
        }
        put("routers", "r1", "{'id': 'r1'}");
    }

    @AfterEach
    void close() {
        store.close();
    }

    private void put(String collection, String id, String json) {
        commit(Map.of(new ObjectKey(collection, id), Optional.of(json.replace('\'', '"'))));
    }

    private void commit(Map<ObjectKey, Optional<String>> writes) {
        store.commit(new Transaction(Map.of(), writes)).toCompletableFuture().join();
    }

    private void port(int number, String network, String group, String more) {
        put("ports", "p" + number, text(number, network, group, more));
    }

    private static String text(int number, String network, String group, String more) {
        return "{'id': 'p%d', 'network_id': '%s', 'mac_address': '02:00:00:00:00:%02x', 'security_groups': ['%s']%s}"
                .formatted(number, network, number, group, more)
                .replace('\'', '"');
    }

    private static String on(String host) {
        return ", 'binding:host_id': '" + host + "'";
    }

    private LiveNetwork follow(long keptMillis) {
        LiveNetwork live = LiveNetwork.sharedBy("here", keptMillis, pictures::told);
        live.follow(store);
        return live;
    }

    private static Wanted networks(String... names) {
        return new Wanted(
                false, Set.of(names).stream().map(Id::<Network>of).collect(Collectors.toSet()), Set.of(), Set.of());
    }

    @Test
    void portsThatNobodyWantsAreLeftOut() {
        port(1, "blue", "blue", on("here"));
        port(2, "blue", "blue", on("there"));
        port(3, "red", "red", "");
        try (LiveNetwork live = follow(LONG_MILLIS)) {
            assertThat(pictures.ports()).containsExactly("p1");
            assertThat(pictures.newest().leftOut()).isEqualTo(2);
            assertThat(pictures.newest().known()).isEqualTo(Wanted.NONE);
            assertThat(pictures.newest().violations()).isEmpty();
            assertThat(live.exists(Id.of("p2"))).isTrue();
            assertThat(live.exists(Id.of("p9"))).isFalse();
            assertThat(live.hostOf(Id.of("p2"))).contains("there");
            assertThat(live.hostOf(Id.of("p3"))).isEmpty();
            assertThat(live.hostOf(Id.of("p9"))).isEmpty();
        }
    }

    @Test
    void whatTellsHowFarOthersReachIsThere() {
        put(
                "ports",
                "router",
                "{'id': 'router', 'network_id': 'red', 'mac_address': '02:00:00:00:01:01', 'security_groups': [],"
                        + " 'device_owner': 'network:router_interface', 'device_id': 'r1', 'binding:host_id': 'there'}");
        port(1, "red", "red", on("there"));
        put("ports", "p2", "{'id': 'p2', 'network_id': 'red', 'mac_address': '02:00:00:00:00:02'}");
        port(3, "red", "red", ", 'binding:profile': {'interface_name': 'tap3', 'more': {'interface_name': []}}");
        port(4, "red", "red", ", 'binding:profile': {'interface_name': 'tap4'}" + on("there"));
        put("ports", "p5", "[]");
        put("ports", "p6", "no JSON");
        try (LiveNetwork live = follow(LONG_MILLIS)) {
            assertThat(pictures.ports())
                    .as("a router's, of a default group, wherever an interface is named so")
                    .containsExactlyInAnyOrder("router", "p2", "p3");
            assertThat(pictures.newest().violations())
                    .as("what is wrong is told")
                    .hasSize(2);
            assertThat(live.exists(Id.of("p4"))).isTrue();
        }
    }

    @Test
    void whatIsWantedComesInAndStaysForSomeTime() throws InterruptedException {
        port(1, "blue", "blue", on("there"));
        port(2, "red", "red", on("there"));
        port(3, "blue", "red", on("there"));
        try (LiveNetwork live = follow(LONG_MILLIS)) {
            live.want(networks("blue"));
            assertThat(pictures.await(ports -> ports.contains("p1"))).containsExactlyInAnyOrder("p1", "p3");
            assertThat(pictures.newest().known().covers(networks("blue"))).isTrue();
            live.want(new Wanted(false, Set.of(), Set.of(Id.<SecurityGroup>of("red")), Set.of()));
            pictures.await(ports -> ports.equals(Set.of("p1", "p2", "p3")));
            port(4, "blue", "blue", on("there"));
            assertThat(pictures.ports()).as("blue is known still").contains("p4");
            live.want(new Wanted(false, Set.of(), Set.of(), Set.of(Id.<Port>of("p9"))));
            port(9, "red", "blue", on("there"));
            pictures.await(ports -> ports.contains("p9"));
        }
    }

    @Test
    void whatIsWantedNoMoreGoes() throws InterruptedException {
        port(1, "blue", "blue", on("there"));
        port(2, "red", "red", on("there"));
        try (LiveNetwork live = follow(SHORT_MILLIS)) {
            live.want(networks("blue", "red"));
            pictures.await(ports -> ports.equals(Set.of("p1", "p2")));
            live.want(networks("red"));
            pictures.await(ports -> ports.equals(Set.of("p2")));
            assertThat(pictures.newest().known()).isEqualTo(networks("red"));
            port(3, "blue", "blue", on("there"));
            assertThat(pictures.ports()).containsExactly("p2");
            assertThat(pictures.newest().leftOut()).isEqualTo(2);
        }
    }

    @Test
    void portsComeAndGoWithTheirHost() {
        port(1, "blue", "blue", on("there"));
        try (LiveNetwork live = follow(LONG_MILLIS)) {
            assertThat(pictures.ports()).isEmpty();
            port(1, "blue", "blue", on("here"));
            assertThat(pictures.ports()).containsExactly("p1");
            assertThat(live.hostOf(Id.of("p1"))).isEmpty();
            port(1, "blue", "blue", on("there"));
            assertThat(pictures.ports()).isEmpty();
            assertThat(live.hostOf(Id.of("p1"))).contains("there");
            commit(Map.of(new ObjectKey("ports", "p1"), Optional.empty()));
            assertThat(pictures.newest().leftOut()).isZero();
            assertThat(live.exists(Id.of("p1"))).isFalse();
        }
    }

    @Test
    void portsThatOthersNameAreThere() throws InterruptedException {
        port(1, "red", "red", on("there"));
        port(2, "red", "red", on("there"));
        try (LiveNetwork live = follow(SHORT_MILLIS)) {
            put(
                    "floatingips",
                    "f1",
                    "{'id': 'f1', 'floating_network_id': 'blue', 'floating_ip_address': '2001:db8::1', 'port_id': 'p1'}");
            assertThat(pictures.ports()).containsExactly("p1");
            Map<ObjectKey, Optional<String>> both = new LinkedHashMap<>();
            both.put(new ObjectKey("ports", "p3"), Optional.of(text(3, "red", "red", on("there"))));
            both.put(
                    new ObjectKey("networks", "red"),
                    Optional.of("{\"id\": \"red\", \"flow6\": {\"trusted_router\": [\"p2\"], \"trusted_dhcp_server\":"
                            + " \"p3\", \"multicast\": {\"receivers\": [\"p1\"]}}}"));
            commit(both);
            assertThat(pictures.ports()).containsExactlyInAnyOrder("p1", "p2", "p3");
            assertThat(pictures.newest().violations()).isEmpty();
            live.want(networks("red"));
            live.want(networks("blue"));
            pictures.await(ports -> pictures.newest().known().equals(networks("blue")));
            port(2, "red", "blue", on("there"));
            assertThat(pictures.ports()).as("whoever wants them").containsExactlyInAnyOrder("p1", "p2", "p3");
            assertThat(pictures.newest().violations()).isEmpty();
        }
    }

    @Test
    void whatIsTriedIsTriedOfAll() throws InterruptedException {
        port(1, "red", "red", on("there"));
        port(2, "red", "red", on("there"));
        try (LiveNetwork live = follow(LONG_MILLIS)) {
            Map<ObjectKey, Optional<String>> twice = Map.of(
                    new ObjectKey("ports", "p3"),
                    Optional.of(text(3, "red", "red", "").replace(":03", ":01")));
            assertThat(live.attempt(twice))
                    .hasValueSatisfying(wrong -> assertThat(wrong.message()).contains("is also the MAC address of"));
            assertThat(pictures.ports()).containsExactlyInAnyOrder("p1", "p2");
            assertThat(pictures.newest().known().all()).isTrue();
            Map<ObjectKey, Optional<String>> good =
                    Map.of(new ObjectKey("ports", "p3"), Optional.of(text(3, "red", "red", on("there"))));
            assertThat(live.attempt(good)).isEmpty();
            commit(good);
            live.withdraw();
            assertThat(pictures.ports()).contains("p3");
            live.partly();
            pictures.await(Set::isEmpty);
            assertThat(pictures.newest().leftOut()).isEqualTo(3);
        }
    }

    @Test
    void manyComeInAndGo() throws InterruptedException {
        Map<ObjectKey, Optional<String>> many = new LinkedHashMap<>();
        for (int i = 1; i <= 1200; i++) {
            many.put(
                    new ObjectKey("ports", "p" + i),
                    Optional.of(("{'id': 'p%d', 'network_id': 'red', 'mac_address':"
                                    + " '02:00:00:00:%02x:%02x', 'security_groups': []}")
                            .formatted(i, i >> 8, i & 0xff)
                            .replace('\'', '"')));
        }
        commit(many);
        try (LiveNetwork live = follow(SHORT_MILLIS)) {
            live.want(networks("red"));
            pictures.await(ports -> ports.size() == 1200);
            live.want(Wanted.NONE);
            pictures.await(Set::isEmpty);
            int told = pictures.count();
            live.want(Wanted.NONE);
            live.wholly();
            assertThat(pictures.ports()).hasSize(1200);
            assertThat(pictures.count()).as("told once of all of it").isEqualTo(told + 1);
        }
    }
}
