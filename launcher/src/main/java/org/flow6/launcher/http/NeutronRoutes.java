package org.flow6.launcher.http;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.vertx.core.Context;
import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.BodyHandler;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.flow6.northbound.api.Call;
import org.flow6.northbound.api.Call.Answer;
import org.flow6.northbound.api.Caller;
import org.flow6.northbound.api.NeutronApi;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Neutron's API under {@code /v2.0}, and its versions at {@code /}. */
final class NeutronRoutes {
    private static final Logger log = LoggerFactory.getLogger(NeutronRoutes.class);
    private static final String VERSION = "/v2.0";
    private static final Set<String> READS = Set.of("GET", "HEAD");
    private static final int OK = 200;
    private static final int BAD_REQUEST = 400;
    private static final int TOO_LARGE = 413;
    private static final int FAILED = 500;
    private static final int LATE = 504;
    private static final int PATIENCE_SECONDS = 15;
    /** Some thousand ports at once. */
    private static final int BODY_BYTES = 4 << 20;

    private static final int DEPTH = 20;

    private static final ObjectMapper MAPPER = JsonMapper.builder(JsonFactory.builder()
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxNestingDepth(DEPTH)
                            .build())
                    .build())
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private final NeutronApi api;

    private NeutronRoutes(NeutronApi api) {
        this.api = api;
    }

    static void add(Router router, NeutronApi api) {
        NeutronRoutes routes = new NeutronRoutes(api);
        router.get("/")
                .handler(context -> answer(context, new Answer(OK, Optional.of(NeutronApi.versions(root(context))))));
        router.route(VERSION + "/*").failureHandler(NeutronRoutes::failed);
        router.route(VERSION + "/*").handler(BodyHandler.create(false).setBodyLimit(BODY_BYTES));
        router.route(VERSION + "/*").handler(routes::handle);
    }

    private void handle(RoutingContext context) {
        HttpServerRequest request = context.request();
        Optional<JsonNode> body;
        List<String> path;
        try {
            body = body(context);
            path = path(request.path());
        } catch (JsonProcessingException e) {
            answer(context, malformed("it is not JSON: " + e.getOriginalMessage()));
            return;
        } catch (IllegalArgumentException e) {
            answer(context, malformed("its path has a % without two digits"));
            return;
        }
        Call call = new Call(
                request.method().name(),
                path,
                query(context.queryParams()),
                body,
                Optional.ofNullable(request.getHeader("If-Match")).orElse(""),
                root(context) + VERSION,
                Caller.ANYBODY);
        Context loop = context.vertx().getOrCreateContext();
        CompletionStage<Answer> inTime =
                api.handle(call).toCompletableFuture().copy().orTimeout(PATIENCE_SECONDS, TimeUnit.SECONDS);
        inTime.whenComplete((done, failure) -> loop.runOnContext(onLoop -> finish(context, call, done, failure)));
    }

    private static void finish(RoutingContext context, Call call, @Nullable Answer done, @Nullable Throwable failure) {
        Answer answer = done;
        if (answer == null) {
            log.error("{} {}", call.method(), call.path(), failure);
            answer = failure instanceof TimeoutException
                    ? NeutronApi.error(LATE, "GatewayTimeout", "no answer in time; it may still be done")
                    : NeutronApi.error(FAILED, "HTTPInternalServerError", "a defect of Flow6; its log says more");
        }
        if (!READS.contains(call.method())) {
            log.info("api: {} /{} {}", call.method(), String.join("/", call.path()), answer.status());
        }
        if (!context.response().closed()) {
            answer(context, answer);
        }
    }

    private static Optional<JsonNode> body(RoutingContext context) throws JsonProcessingException {
        Buffer buffer = context.body().buffer();
        if (buffer == null || buffer.length() == 0) {
            return Optional.empty();
        }
        try {
            JsonNode read = MAPPER.readTree(buffer.getBytes());
            return read == null || read.isMissingNode() ? Optional.empty() : Optional.of(read);
        } catch (JsonProcessingException e) {
            throw e;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What follows the version, without empty parts. */
    private static List<String> path(String raw) {
        List<String> parts = new ArrayList<>();
        for (String part : raw.substring(VERSION.length()).split("/", -1)) {
            // A plus is no space in a path.
            String text = URLDecoder.decode(part.replace("+", "%2B"), StandardCharsets.UTF_8);
            if (!text.isEmpty()) {
                parts.add(text.endsWith(".json") ? text.substring(0, text.length() - ".json".length()) : text);
            }
        }
        return parts;
    }

    private static Map<String, List<String>> query(MultiMap parameters) {
        Map<String, List<String>> query = new LinkedHashMap<>();
        parameters.forEach(one ->
                query.computeIfAbsent(one.getKey(), first -> new ArrayList<>()).add(one.getValue()));
        return query;
    }

    private static String root(RoutingContext context) {
        HttpServerRequest request = context.request();
        String host =
                request.authority() == null ? "localhost" : request.authority().toString();
        return request.scheme() + "://" + host;
    }

    private static Answer malformed(String reason) {
        return NeutronApi.error(BAD_REQUEST, "HTTPBadRequest", "the request is malformed: " + reason);
    }

    private static void failed(RoutingContext context) {
        if (context.statusCode() == TOO_LARGE) {
            answer(
                    context,
                    NeutronApi.error(TOO_LARGE, "RequestTooLarge", "the body has more than " + BODY_BYTES + " bytes"));
        } else {
            context.next();
        }
    }

    private static void answer(RoutingContext context, Answer answer) {
        HttpServerResponse response = context.response().setStatusCode(answer.status());
        response.putHeader("X-Openstack-Request-Id", "req-" + UUID.randomUUID());
        if (answer.body().isEmpty()) {
            response.end();
            return;
        }
        response.putHeader("content-type", "application/json");
        try {
            response.end(Buffer.buffer(MAPPER.writeValueAsBytes(answer.body().get())));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }
}
