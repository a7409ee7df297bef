package org.flow6.northbound.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;
import org.flow6.northbound.EmbeddedStore;
import org.flow6.northbound.LiveNetwork;
import org.flow6.northbound.ObjectKey;
import org.flow6.northbound.Store;
import org.flow6.northbound.Transaction;
import org.flow6.northbound.api.Caller.Role;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AgentsTest {
    private static final Instant SINCE = Instant.parse("2026-11-21T11:00:00Z");
    private static final Instant NOW = Instant.parse("2026-11-21T12:00:00.5Z");

    private static ApiCalls on(Path folder, String self) {
        Store store = EmbeddedStore.open(folder);
        ThisHost host = new ThisHost((ObjectNode) ApiCalls.parsed(self), SINCE);
        NeutronApi api = new NeutronApi(store, LiveNetwork.of(store, outcome -> {}), Optional.of(host), () -> NOW);
        return new ApiCalls(store, api, Caller.ANYBODY);
    }

    private static void put(ApiCalls api, String name, String host) {
        api.store()
                .commit(new Transaction.Builder()
                        .put(new ObjectKey("hosts", name), ApiCalls.parsed(host).toString())
                        .build())
                .toCompletableFuture()
                .join();
    }

    @Test
    void haveTheHostThatServesThemAmongThem(@TempDir Path folder) {
        try (ApiCalls api = on(folder, "{name: 'hostA', physical_networks: ['p']}")) {
            JsonNode agent = api.get("agents").object().path(0);
            assertThat(agent.path("host").asText()).isEqualTo("hostA");
            assertThat(agent.path("alive").asBoolean()).isTrue();
            assertThat(agent.path("heartbeat_timestamp").asText()).isEqualTo("2026-11-21 12:00:00");
            assertThat(agent.path("started_at").asText()).isEqualTo("2026-11-21 11:00:00");
            assertThat(agent.path("configurations"))
                    .isEqualTo(ApiCalls.parsed("{tunnel_ip: null, physical_networks: ['p']}"));
            assertThat(api.get("agents/" + agent.path("id").asText()).object()).isEqualTo(agent);
            assertThat(api.get("agents?alive=True").object()).hasSize(1);
            assertThat(api.as("p1", Role.MEMBER).get("agents").object()).isEmpty();
        }
    }

    @Test
    void areTheNetworksHosts(@TempDir Path folder) {
        try (ApiCalls api = on(folder, "{name: 'hostA', tunnel_ip: '2001:db8::a'}")) {
            put(api, "hostA", "{name: 'hostA', tunnel_ip: '2001:db8::1', physical_networks: []}");
            put(api, "hostB", "{name: 'hostB', tunnel_ip: '2001:db8::b', description: 'rack 2'}");
            JsonNode agents = api.get("agents").object();
            assertThat(agents).hasSize(2);
            assertThat(agents.at("/0/alive").asBoolean()).isTrue();
            assertThat(agents.at("/0/configurations/tunnel_ip").asText()).isEqualTo("2001:db8::1");
            JsonNode other = agents.path(1);
            assertThat(other.path("description").asText()).isEqualTo("rack 2");
            for (String unknown : new String[] {"alive", "heartbeat_timestamp", "started_at"}) {
                assertThat(other.has(unknown) && other.path(unknown).isNull())
                        .as(unknown)
                        .isTrue();
            }
        }
    }
}
