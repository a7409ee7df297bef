package org.flow6.northbound.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.flow6.northbound.EmbeddedStore;
import org.flow6.northbound.LiveNetwork;
import org.flow6.northbound.LiveNetwork.Picture;
import org.flow6.northbound.ObjectKey;
import org.flow6.northbound.Transaction;
import org.flow6.northbound.api.ApiCalls.Reply;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An API that gives up what it needs to answer when nobody asks it. */
class IdleApiTest {
    private EmbeddedStore store;
    private LiveNetwork network;
    private final LinkedBlockingQueue<Picture> pictures = new LinkedBlockingQueue<>();

    @BeforeEach
    void open(@TempDir Path folder) {
        store = EmbeddedStore.open(folder);
        store.commit(new Transaction(
                        Map.of(),
                        Map.of(
                                new ObjectKey("hosts", "hostA"),
                                Optional.of("{\"name\": \"hostA\", \"tunnel_ip\": \"fd00::1\"}"),
                                new ObjectKey("hosts", "hostB"),
                                Optional.of("{\"name\": \"hostB\", \"tunnel_ip\": \"fd00::2\"}"))))
                .toCompletableFuture()
                .join();
        network = LiveNetwork.sharedBy("hostA", pictures::add);
        network.follow(store);
    }

    @AfterEach
    void close() {
        network.close();
        store.close();
    }

    private ApiCalls api(Duration idle) {
        ThisHost self = new ThisHost(JsonNodeFactory.instance.objectNode().put("name", "hostA"), Instant.EPOCH);
        NeutronApi api = new NeutronApi(store, network, Optional.of(self), Instant::now, Optional.of(idle));
        return new ApiCalls(store, api, Caller.ANYBODY);
    }

    private Picture await(int leftOut) throws InterruptedException {
        while (true) {
            Picture next = pictures.poll(30, TimeUnit.SECONDS);
            assertThat(next).as("a network with %d ports left out", leftOut).isNotNull();
            if (next.leftOut() == leftOut) {
                return next;
            }
        }
    }

    @Test
    void allIsAtHandAgainWhenItIsAsked() throws InterruptedException {
        try (ApiCalls api = api(Duration.ofMillis(1))) {
            String red = api.made("networks", "{network: {name: 'red'}}");
            String port = api.made("ports", "{port: {network_id: '" + red + "', 'binding:host_id': 'hostB'}}");
            await(1);
            assertThat(api.get("ports/" + port).status()).isEqualTo(200);
            assertThat(api.get("ports?network_id=" + red).object()).hasSize(1);
            String mac = api.get("ports/" + port).object().path("mac_address").asText();
            Reply refused = api.post("ports", "{port: {network_id: '" + red + "', mac_address: '" + mac + "'}}");
            assertThat(refused.refusal()).isEqualTo("409 MacAddressInUse");
            assertThat(api.put("ports/" + port, "{port: {name: 'p'}}").status()).isEqualTo(200);
            await(1);
            assertThat(api.get("ports/" + port).object().path("name").asText()).isEqualTo("p");
            assertThat(api.delete("ports/" + port).status()).isEqualTo(204);
            await(0);
            assertThat(api.get("ports").object()).isEmpty();
        }
    }

    @Test
    void readsLeaveTheNetworkAsItIs() throws InterruptedException {
        try (ApiCalls api = api(Duration.ofMinutes(10))) {
            String red = api.made("networks", "{network: {name: 'red'}}");
            api.made("ports", "{port: {network_id: '" + red + "', 'binding:host_id': 'hostB'}}");
        }
        network.partly();
        await(1);
        try (ApiCalls api = api(Duration.ofMinutes(10))) {
            assertThat(api.get("ports").object()).hasSize(1);
            assertThat(api.get("agents").object()).hasSize(2);
            assertThat(pictures).isEmpty();
        }
    }

    @Test
    void hostsAndWhatIsFixedAreToldWithoutTheRest() {
        try (ApiCalls api = api(Duration.ofMinutes(10))) {
            assertThat(api.get("agents").object()).hasSize(2);
            assertThat(api.get("agents/" + Agents.id("hostB"))
                            .object()
                            .path("host")
                            .asText())
                    .isEqualTo("hostB");
            assertThat(api.get("agents/none").status()).isEqualTo(404);
            assertThat(api.get("extensions").object()).isNotEmpty();
            assertThat(api.get("nothing").status()).isEqualTo(404);
        }
    }
}
