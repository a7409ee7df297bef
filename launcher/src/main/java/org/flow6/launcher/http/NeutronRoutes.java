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
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.flow6.northbound.api.Call;
import org.flow6.northbound.api.Call.Answer;
import org.flow6.northbound.api.NeutronApi;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Neutron's API under {@code /v2.0}, and its versions at {@code /}. */
final class NeutronRoutes {
    private static final Logger log = LoggerFactory.getLogger(NeutronRoutes.class);
    static final String VERSION = "/v2.0";
    private static final String RESERVED = "flow6.reserved";
    private static final Set<String> READS = Set.of("GET", "HEAD");
    private static final int OK = 200;
    private static final int BAD_REQUEST = 400;
    private static final int TOO_LARGE = 413;
    private static final int WRONG_TYPE = 415;
    private static final int UNAVAILABLE = 503;
    private static final int FAILED = 500;
    private static final int LATE = 504;
    private static final int PATIENCE_SECONDS = 15;
    /** Some thousand ports at once. */
    private static final int BODY_BYTES = 4 << 20;
    /** Of all clients together; in memory it is many times as much. */
    private static final int BODIES_BYTES = 8 << 20;
    /** That clients have still to take. */
    private static final int ANSWERS_BYTES = 64 << 20;

    private static final int DEPTH = 20;

    private static final ObjectMapper MAPPER = JsonMapper.builder(JsonFactory.builder()
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxNestingDepth(DEPTH)
                            .build())
                    .build())
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private final NeutronApi api;
    private final Budget bodies = new Budget(BODIES_BYTES);
    private final Budget answers = new Budget(ANSWERS_BYTES);

    private NeutronRoutes(NeutronApi api) {
        this.api = api;
    }

    static void add(Router router, NeutronApi api) {
        NeutronRoutes routes = new NeutronRoutes(api);
        router.get("/")
                .handler(context ->
                        routes.answer(context, new Answer(OK, Optional.of(NeutronApi.versions(root(context))))));
        router.route(VERSION + "/*").failureHandler(routes::failed);
        router.route(VERSION + "/*").handler(routes::admit);
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
            refuse(context, "it is not JSON: " + e.getOriginalMessage());
            return;
        } catch (IllegalArgumentException e) {
            refuse(context, "its path has a % without two digits");
            return;
        }
        Call call = new Call(
                request.method().name(),
                path,
                query(context.queryParams()),
                body,
                Optional.ofNullable(request.getHeader("If-Match")).orElse(""),
                root(context) + VERSION,
                Audit.who(context).caller());
        Context loop = context.vertx().getOrCreateContext();
        Reserved reserved = context.get(RESERVED);
        reserved.use();
        CompletionStage<Answer> handled = handled(call);
        handled.whenComplete((answer, failure) -> loop.runOnContext(onLoop -> reserved.done()));
        CompletionStage<Answer> inTime =
                handled.toCompletableFuture().copy().orTimeout(PATIENCE_SECONDS, TimeUnit.SECONDS);
        inTime.whenComplete((done, failure) -> loop.runOnContext(onLoop -> finish(context, call, done, failure)));
    }

    private CompletionStage<Answer> handled(Call call) {
        try {
            return api.handle(call);
        } catch (RuntimeException e) {
            return CompletableFuture.failedFuture(e);
        }
    }

    /** Takes a body that is JSON, if there is room for it. */
    private void admit(RoutingContext context) {
        HttpServerRequest request = context.request();
        long octets = length(request);
        Reserved reserved = new Reserved(bodies, octets);
        if (octets > 0 && !READS.contains(request.method().name()) && !isJson(request.getHeader("Content-Type"))) {
            Refusals.send(
                    context, WRONG_TYPE, "HTTPUnsupportedMediaType", "bodies are of Content-Type: application/json");
        } else if (octets > BODY_BYTES) {
            tooLarge(context);
        } else if (!bodies.take(octets)) {
            busy(context);
        } else {
            context.put(RESERVED, reserved);
            context.response().closeHandler(gone -> reserved.leave());
            context.next();
        }
    }

    /** As the request says; the most that there may be where it does not. */
    private static long length(HttpServerRequest request) {
        String said = request.getHeader("Content-Length");
        if (said == null) {
            return request.getHeader("Transfer-Encoding") == null ? 0 : BODY_BYTES;
        }
        try {
            return Long.parseLong(said);
        } catch (NumberFormatException e) {
            return BODY_BYTES;
        }
    }

    private static boolean isJson(@Nullable String type) {
        return type != null && type.split(";", 2)[0].strip().equalsIgnoreCase("application/json");
    }

    private static void busy(RoutingContext context) {
        context.response().putHeader("Retry-After", "1");
        Refusals.send(context, UNAVAILABLE, "ServiceUnavailable", "too much is under way: try again");
    }

    private static void tooLarge(RoutingContext context) {
        Refusals.send(context, TOO_LARGE, "RequestTooLarge", "the body has more than " + BODY_BYTES + " bytes");
    }

    private void finish(RoutingContext context, Call call, @Nullable Answer done, @Nullable Throwable failure) {
        Answer answer = done;
        if (answer == null) {
            log.error("{} {}", call.method(), call.path(), failure);
            answer = failure instanceof TimeoutException
                    ? NeutronApi.error(LATE, "GatewayTimeout", "no answer in time; it may still be done")
                    : NeutronApi.error(FAILED, "HTTPInternalServerError", "a defect of Flow6; its log says more");
        }
        Audit.tell(context, answer.status());
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

    private static void refuse(RoutingContext context, String reason) {
        Reserved reserved = context.get(RESERVED);
        reserved.leave();
        Refusals.send(context, BAD_REQUEST, "HTTPBadRequest", "the request is malformed: " + reason);
    }

    private void failed(RoutingContext context) {
        Reserved reserved = context.get(RESERVED);
        if (reserved != null) {
            reserved.leave();
        }
        if (context.statusCode() == TOO_LARGE) {
            tooLarge(context);
        } else {
            context.next();
        }
    }

    private void answer(RoutingContext context, Answer answer) {
        Audit.tell(context, answer.status());
        HttpServerResponse response = context.response();
        if (answer.body().isEmpty()) {
            response.setStatusCode(answer.status()).end();
            return;
        }
        byte[] body;
        try {
            body = MAPPER.writeValueAsBytes(answer.body().get());
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
        if (!answers.take(body.length)) {
            busy(context);
            return;
        }
        response.setStatusCode(answer.status()).putHeader("content-type", "application/json");
        response.end(Buffer.buffer(body)).onComplete(sent -> answers.give(body.length));
    }

    /** Room for a body, from when it begins to come until it has been dealt with. */
    private static final class Reserved {
        private final Budget of;
        private final long octets;
        private boolean used;
        private boolean given;

        Reserved(Budget of, long octets) {
            this.of = of;
            this.octets = octets;
        }

        /** It is there as a whole, and needed though its client may go. */
        void use() {
            used = true;
        }

        void done() {
            if (!given) {
                given = true;
                of.give(octets);
            }
        }

        /** Its client has gone, or is refused. */
        void leave() {
            if (!used) {
                done();
            }
        }
    }
}
