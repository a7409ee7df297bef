package org.flow6.northbound.api;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.mapping;
import static java.util.stream.Collectors.toList;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Optional;
import java.util.stream.Stream;
import org.flow6.northbound.EmbeddedStore;
import org.flow6.northbound.LiveNetwork;
import org.flow6.northbound.Store;

/** Calls of an API over a store in a folder; bodies are JSON, in which quotes may be single, or left out of keys. */
record ApiCalls(Store store, NeutronApi api, Caller caller) implements AutoCloseable {
    private static final JsonMapper MAPPER = JsonMapper.builder()
            .enable(JsonReadFeature.ALLOW_SINGLE_QUOTES, JsonReadFeature.ALLOW_UNQUOTED_FIELD_NAMES)
            .build();

    /** @param body missing where there is none */
    record Reply(int status, JsonNode body) {
        /** The one object, or the list, that the body holds. */
        JsonNode object() {
            return body.path(body.fieldNames().next());
        }

        String id() {
            return object().path("id").asText();
        }

        /** The status and the type of an error. */
        String refusal() {
            return status + " " + body.at("/NeutronError/type").asText();
        }

        String message() {
            return body.at("/NeutronError/message").asText();
        }

        String error() {
            JsonNode error = body.path("NeutronError");
            return status + " " + error.path("type").asText() + ": "
                    + error.path("message").asText();
        }
    }

    static ApiCalls over(Path folder) {
        Store store = EmbeddedStore.open(folder);
        LiveNetwork network = LiveNetwork.of(store, outcome -> {});
        NeutronApi api =
                new NeutronApi(store, network, Optional.empty(), () -> Instant.parse("2026-11-21T12:00:00.5Z"));
        return new ApiCalls(store, api, Caller.ANYBODY);
    }

    /** The same API, called by a project's member. */
    ApiCalls by(String project) {
        return as(project, Caller.Role.MEMBER);
    }

    /** The same API, called by somebody else. */
    ApiCalls as(String project, Caller.Role role) {
        return new ApiCalls(store, api, new Caller(project, role));
    }

    /** The id of what a POST makes, which must succeed. */
    String made(String path, String json) {
        Reply reply = post(path, json);
        if (reply.status() != 201) {
            throw new AssertionError(reply.toString());
        }
        return reply.id();
    }

    /** The id of a subnet that is made, of the family that its prefix has. */
    String subnet(String network, String cidr, String rest) {
        int version = cidr.contains(":") ? 6 : 4;
        return made(
                "subnets",
                "{subnet: {network_id: '" + network + "', ip_version: " + version + ", cidr: '" + cidr + "'" + rest
                        + "}}");
    }

    Reply get(String path) {
        return call("GET", path, Optional.empty());
    }

    Reply post(String path, String json) {
        return call("POST", path, Optional.of(parsed(json)));
    }

    Reply put(String path, String json) {
        return call("PUT", path, Optional.of(parsed(json)));
    }

    Reply delete(String path) {
        return call("DELETE", path, Optional.empty());
    }

    Reply call(String method, String path, Optional<JsonNode> body) {
        String[] parts = path.split("\\?", 2);
        var query = Stream.of(parts)
                .skip(1)
                .flatMap(all -> Stream.of(all.split("&")))
                .map(parameter -> parameter.split("=", 2))
                .collect(groupingBy(
                        pair -> pair[0],
                        LinkedHashMap::new,
                        mapping(pair -> URLDecoder.decode(pair[1], StandardCharsets.UTF_8), toList())));
        Call call = new Call(
                method,
                Stream.of(parts[0].split("/")).filter(name -> !name.isEmpty()).toList(),
                query,
                body,
                "",
                "http://host/v2.0",
                caller);
        Call.Answer answer = api.handle(call).toCompletableFuture().join();
        return new Reply(answer.status(), answer.body().map(ApiCalls::sent).orElse(MissingNode.getInstance()));
    }

    /** As it comes to a client. */
    private static JsonNode sent(JsonNode body) {
        try {
            return MAPPER.readTree(MAPPER.writeValueAsBytes(body));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static JsonNode parsed(String json) {
        try {
            return MAPPER.readTree(json);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(json, e);
        }
    }

    @Override
    public void close() {
        api.close();
        store.close();
    }
}
