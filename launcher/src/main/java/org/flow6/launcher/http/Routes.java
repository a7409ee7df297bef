package org.flow6.launcher.http;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import com.fasterxml.jackson.databind.JsonNode;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.netty.handler.codec.TooLongFrameException;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClosedException;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.net.HostAndPort;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.BodyHandler;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.Comparator;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import org.flow6.core.Status;
import org.flow6.core.Status.AppStatus;
import org.flow6.launcher.Controls;
import org.flow6.launcher.StatsCall;
import org.flow6.launcher.access.Who;
import org.flow6.northbound.StoreStatus;
import org.projectfloodlight.openflow.types.DatapathId;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What is answered under which path. */
final class Routes implements Handler<HttpServerRequest> {
    private static final Logger log = LoggerFactory.getLogger(Routes.class);
    private static final String JSON = "application/json";
    private static final String PROMETHEUS = "text/plain; version=0.0.4; charset=utf-8";
    private static final Pattern LOCAL = Pattern.compile("(?i)localhost|127(\\.\\d{1,3}){3}|\\[?::1]?");
    private static final int SWITCH_SECONDS = 15;

    /** What is shown of the core and of what keeps the network, side by side. */
    private record Whole(@JsonUnwrapped Status core, StoreStatus northbound) {}

    private final Controls controls;
    private final PrometheusMeterRegistry registry;
    private final Router router;

    Routes(Vertx vertx, Controls controls, PrometheusMeterRegistry registry, int bodyBytes, Protection protection) {
        this.controls = controls;
        this.registry = registry;
        this.router = Router.router(vertx);
        router.route().handler(Audit::begin);
        if (protection.access().isEmpty()) {
            router.route().handler(Routes::refuseOtherNames);
        }
        router.route().handler(new Guard(protection));
        // First, for what fails there to be answered in Neutron's form.
        controls.api().ifPresent(api -> NeutronRoutes.add(router, api));
        router.route().failureHandler(context -> failed(context, bodyBytes));
        router.get("/status")
                .handler(context ->
                        later(context, controls.status().thenApply(core -> new Whole(core, controls.northbound()))));
        router.get("/metrics").handler(this::metrics);
        router.get("/apps").handler(context -> later(context, controls.status().thenApply(Status::apps)));
        router.get("/apps/:name").handler(this::app);
        router.put("/apps/:name")
                .handler(BodyHandler.create(false).setBodyLimit(bodyBytes))
                .handler(this::enable);
        router.get("/stats/switches").handler(this::switches);
        for (StatsCall call : StatsCall.values()) {
            router.get("/stats/" + call.path() + "/:dpid").handler(context -> stats(context, call));
            if (call.takesNumber()) {
                router.get("/stats/" + call.path() + "/:dpid/:number").handler(context -> stats(context, call));
            }
        }
        router.errorHandler(404, context -> fail(context, 404, "nothing is served at " + context.normalizedPath()));
        router.errorHandler(
                405,
                context -> fail(
                        context, 405, "not served: " + context.request().method() + " " + context.normalizedPath()));
    }

    @Override
    public void handle(HttpServerRequest request) {
        router.handle(request);
    }

    /** Answers what is not HTTP, or too much of it, and closes. */
    static void invalid(HttpServerRequest request) {
        Throwable cause = request.decoderResult().cause();
        boolean tooLong = cause instanceof TooLongFrameException;
        String reason = cause == null || cause.getMessage() == null ? "not HTTP" : cause.getMessage();
        boolean line = tooLong && reason.contains("line");
        int code = tooLong ? line ? 414 : 431 : 400;
        answer(request.response(), code, JSON, Json.error(reason))
                .onComplete(sent -> request.connection().close());
    }

    /** A page in a browser here could else make its own name lead to this server, and act in its user's place. */
    private static void refuseOtherNames(RoutingContext context) {
        HostAndPort asked = context.request().authority();
        if (asked == null || LOCAL.matcher(asked.host()).matches()) {
            context.next();
        } else {
            fail(context, 403, "ask for localhost or an address of it, not for '" + asked.host() + "'");
        }
    }

    private void metrics(RoutingContext context) {
        later(context, controls.status(), status -> {
            byte[] meters = registry.scrape().getBytes(StandardCharsets.UTF_8);
            answer(context.response(), 200, PROMETHEUS, meters);
        });
    }

    private void app(RoutingContext context) {
        String name = context.pathParam("name");
        if (controls.apps().containsKey(name)) {
            later(context, state(name));
        } else {
            unknownApp(context);
        }
    }

    private void enable(RoutingContext context) {
        Who who = Audit.who(context);
        if (!who.isAdmin()) {
            fail(context, 403, "only administrators switch apps");
            return;
        }
        String name = context.pathParam("name");
        if (!controls.apps().containsKey(name)) {
            unknownApp(context);
            return;
        }
        Buffer body = context.body().buffer();
        AppSwitch wanted = AppSwitch.parse(body == null ? new byte[0] : body.getBytes());
        if (wanted instanceof AppSwitch.Ok ok) {
            log.info("app {} {} by HTTP", name, ok.enabled() ? "enabled" : "disabled");
            later(context, controls.enable(name, ok.enabled()).thenCompose(done -> state(name)));
        } else if (wanted instanceof AppSwitch.Malformed malformed) {
            fail(context, 400, malformed.reason());
        }
    }

    private CompletionStage<AppStatus> state(String app) {
        return controls.status()
                .thenApply(status -> Objects.requireNonNull(status.apps().get(app), app));
    }

    private void unknownApp(RoutingContext context) {
        fail(
                context,
                404,
                "there is no app '" + context.pathParam("name") + "'; there are "
                        + String.join(", ", controls.apps().keySet()));
    }

    private void switches(RoutingContext context) {
        ok(
                context,
                controls.switches().stream()
                        .map(Routes::decimal)
                        .sorted(Comparator.naturalOrder())
                        .toList());
    }

    private static BigInteger decimal(DatapathId datapath) {
        return new BigInteger(Long.toUnsignedString(datapath.getLong()));
    }

    private void stats(RoutingContext context, StatsCall call) {
        String dpid = context.pathParam("dpid");
        String number = context.pathParam("number");
        DatapathId datapath;
        OptionalLong only;
        try {
            datapath = DatapathId.of(datapathId(dpid));
            only = number == null
                    ? OptionalLong.empty()
                    : OptionalLong.of(Integer.toUnsignedLong(Integer.parseUnsignedInt(number)));
        } catch (NumberFormatException e) {
            fail(context, 400, "the switch, and what follows it, are decimal numbers");
            return;
        }
        Optional<CompletionStage<JsonNode>> answer = controls.stats(call, datapath, only);
        answer.ifPresentOrElse(
                stage -> later(context, stage), () -> fail(context, 404, "no switch " + dpid + " is connected"));
    }

    /** Decimal, or hexadecimal with 0x, as Ryu takes it. */
    private static long datapathId(String text) {
        return text.startsWith("0x") ? Long.parseUnsignedLong(text.substring(2), 16) : Long.parseUnsignedLong(text);
    }

    private static void later(RoutingContext context, CompletionStage<?> stage) {
        later(context, stage, value -> ok(context, value));
    }

    private static <T> void later(RoutingContext context, CompletionStage<T> stage, Consumer<T> answer) {
        Context loop = context.vertx().getOrCreateContext();
        CompletionStage<T> inTime = stage.toCompletableFuture().copy().orTimeout(SWITCH_SECONDS, TimeUnit.SECONDS);
        inTime.whenComplete((value, failure) -> loop.runOnContext(onLoop -> {
            if (context.response().closed()) {
                log.debug("{}: the client has gone", context.normalizedPath());
            } else if (failure == null) {
                answer.accept(value);
            } else {
                unanswered(context, failure);
            }
        }));
    }

    private static void unanswered(RoutingContext context, Throwable failure) {
        Throwable cause =
                failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
        if (cause instanceof TimeoutException) {
            fail(context, 504, "no answer in time");
        } else {
            fail(context, 502, String.valueOf(cause.getMessage()));
        }
    }

    /** Answers what a handler has thrown, or the parts of Vert.x before it. */
    private static void failed(RoutingContext context, int bodyBytes) {
        int code = context.statusCode();
        if (context.response().closed() || context.failure() instanceof HttpClosedException) {
            log.debug("{}: the client has gone", context.normalizedPath());
        } else if (code == 413) {
            fail(context, 413, "the body has more than " + bodyBytes + " bytes");
        } else if (code >= 400 && code < 500) {
            fail(context, code, "bad request");
        } else {
            log.error("{} {}", context.request().method(), context.normalizedPath(), context.failure());
            fail(context, 500, "a defect of Flow6; its log says more");
        }
    }

    private static void ok(RoutingContext context, Object value) {
        Audit.tell(context, 200);
        answer(context.response(), 200, JSON, Json.of(value));
    }

    private static void fail(RoutingContext context, int code, String message) {
        Audit.tell(context, code);
        answer(context.response(), code, JSON, Json.error(message));
    }

    private static Future<Void> answer(HttpServerResponse response, int code, String type, byte[] body) {
        return response.setStatusCode(code).putHeader("content-type", type).end(Buffer.buffer(body));
    }
}
