package org.flow6.northbound.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;
import org.flow6.network.file.NetworkFile;
import org.flow6.northbound.FileStore;
import org.flow6.northbound.LiveNetwork;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The API of a network that is in a file. */
class ReadOnlyApiTest {
    private final FileStore store = new FileStore(Path.of("/etc/network.yaml"));
    private final ApiCalls api = new ApiCalls(
            store, new NeutronApi(store, LiveNetwork.still(), Optional.empty(), Instant::now), Caller.ANYBODY);

    private void file(String text) {
        NetworkFile.Valid valid = (NetworkFile.Valid) NetworkFile.parse("network.yaml", text);
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        store.take(() -> FileNetwork.objects("network.yaml", bytes, valid.model(), "2026-11-21T12:00:00Z"));
    }

    @AfterEach
    void close() {
        api.close();
    }

    @Test
    void showsTheFileAsItIsNow() {
        file("networks: [{id: blue}]");
        assertThat(api.get("networks").object().path(0).path("mtu").asInt()).isEqualTo(1500);
        assertThat(api.get("networks/red").refusal()).isEqualTo("404 NetworkNotFound");
        file("networks: [{id: red, name: r}]");
        assertThat(api.get("networks/red").object().path("name").asText()).isEqualTo("r");
        assertThat(api.get("networks").object()).hasSize(1);
    }

    @Test
    void makesNoDefaultGroupForWhoeverAsks() {
        file("networks: [{id: blue}]");
        assertThat(api.by("p").get("security-groups").object()).isEmpty();
    }

    @Test
    void refusesWritesAndNamesTheFile() {
        file("networks: [{id: blue}]");
        for (ApiCalls.Reply reply : new ApiCalls.Reply[] {
            api.post("networks", "{network: {}}"),
            api.put("networks/blue", "{network: {name: 'x'}}"),
            api.put("networks/blue/tags/red", ""),
            api.delete("networks/blue")
        }) {
            assertThat(reply.refusal()).isEqualTo("403 PolicyNotAuthorized");
            assertThat(reply.message()).contains("/etc/network.yaml");
        }
    }
}
