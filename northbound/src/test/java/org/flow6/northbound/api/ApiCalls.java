package org.flow6.northbound.api;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.flow6.northbound.EmbeddedStore;
import org.flow6.northbound.Store;

/** Calls of an API over a store of its own. JSON may have single quotes, and names without any. */
final class ApiCalls implements AutoCloseable {
    private static final ObjectMapper JSON = JsonMapper.builder()
            .enable(JsonReadFeature.ALLOW_SINGLE_QUOTES, JsonReadFeature.ALLOW_UNQUOTED_FIELD_NAMES)
            .build();

    private final Store store;
    private final NeutronApi api;
    private Caller caller = new Caller("p1", Caller.Role.ADMIN);

    /** What came of a call. */
    record Reply(int status, JsonNode body) {
        /** The status and the type of an error. */
        String error() {
            return status + " " + body.path("NeutronError").path("type").asText();
        }

        String message() {
            return body.path("NeutronError").path("message").asText();
        }
    }

    ApiCalls(Path folder) {
        store = EmbeddedStore.open(folder);
        api = new NeutronApi(store, () -> Instant.parse("2026-01-02T03:04:05.678Z"));
    }

    Store store() {
        return store;
    }

    /** Who makes the next calls. */
    void as(String project, Caller.Role role) {
        caller = new Caller(project, role);
    }

    Reply get(String path) {
        return call("GET", path, "");
    }

    Reply post(String path, String json) {
        return call("POST", path, json);
    }

    Reply put(String path, String json) {
        return call("PUT", path, json);
    }

    Reply delete(String path) {
        return call("DELETE", path, "");
    }

    /** The id of what a POST makes, which must succeed. */
    String made(String path, String json) {
        Reply reply = post(path, json);
        if (reply.status() != 201) {
            throw new AssertionError(reply.toString());
        }
        return reply.body()
                .path(0)
                .path("id")
                .asText(reply.body().iterator().next().path("id").asText());
    }

    private Reply call(String method, String path, String json) {
        String[] halves = path.split("\\?", 2);
        List<String> parts = new ArrayList<>(List.of(halves[0].split("/")));
        parts.removeIf(String::isEmpty);
        Map<String, List<String>> query = new LinkedHashMap<>();
        for (String parameter : halves.length > 1 ? halves[1].split("&") : new String[0]) {
            String[] named = parameter.split("=", 2);
            query.computeIfAbsent(named[0], name -> new ArrayList<>())
                    .add(URLDecoder.decode(named[1], StandardCharsets.UTF_8));
        }
        Call.Answer answer = api.handle(
                        new Call(method, parts, query, parsed(json), "", "http://localhost:9696/v2.0", caller))
                .toCompletableFuture()
                .join();
        return new Reply(answer.status(), answer.body().orElse(MissingNode.getInstance()));
    }

    private static Optional<JsonNode> parsed(String json) {
        try {
            return json.isEmpty() ? Optional.empty() : Optional.of(JSON.readTree(json));
        } catch (JsonProcessingException e) {
            throw new AssertionError(e);
        }
    }

    @Override
    public void close() {
        api.close();
        store.close();
    }
}
