package org.flow6.launcher.http;

import io.vertx.core.Context;
import io.vertx.core.Handler;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import org.flow6.launcher.access.Access;
import org.flow6.launcher.access.Who;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Lets requests pass of clients that do not ask too often and, where they have to, say who they are. */
final class Guard implements Handler<RoutingContext> {
    private static final Logger log = LoggerFactory.getLogger(Guard.class);
    private static final int UNAUTHORIZED = 401;
    private static final int TOO_MANY = 429;
    private static final int UNAVAILABLE = 503;

    private final Optional<Access> access;
    private final @Nullable RateLimit limit;

    Guard(Protection protection) {
        access = protection.access();
        limit = protection.rate().isPresent() ? new RateLimit(protection.rate().getAsInt()) : null;
    }

    @Override
    public void handle(RoutingContext context) {
        HttpServerRequest request = context.request();
        int wait = limit == null || request.remoteAddress() == null
                ? 0
                : limit.secondsToWait(String.valueOf(request.remoteAddress().hostAddress()), System.nanoTime());
        if (wait > 0) {
            context.response().putHeader("Retry-After", Integer.toString(wait));
            Refusals.send(context, TOO_MANY, "TooManyRequests", "too many requests: wait for " + wait + " s");
        } else if (access.isEmpty()) {
            Audit.who(context, Who.ANYBODY);
            context.next();
        } else if (request.path().equals("/")) {
            // Clients look for the versions before they have a token.
            context.next();
        } else {
            identify(context, access.get());
        }
    }

    private static void identify(RoutingContext context, Access access) {
        Optional<String> token = token(context.request());
        if (token.isEmpty()) {
            unauthorized(context, access, "a token is needed");
            return;
        }
        CompletionStage<Optional<Who>> asked = access.who(token.get());
        CompletableFuture<Optional<Who>> answer = asked.toCompletableFuture();
        if (answer.isDone() && !answer.isCompletedExceptionally()) {
            decide(context, access, answer.join());
            return;
        }
        Context loop = context.vertx().getOrCreateContext();
        context.request().pause();
        asked.whenComplete((who, failure) -> loop.runOnContext(onLoop -> {
            if (!context.response().closed()) {
                if (failure == null) {
                    decide(context, access, who);
                } else {
                    unknown(context, failure);
                }
                context.request().resume();
            }
        }));
    }

    private static void unknown(RoutingContext context, Throwable failure) {
        Throwable cause =
                failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
        if (cause instanceof Access.Unavailable) {
            log.warn("{}", cause.getMessage());
        } else {
            log.error("a token could not be looked at", cause);
        }
        context.response().putHeader("Retry-After", "1");
        Refusals.send(context, UNAVAILABLE, "ServiceUnavailable", "who you are cannot be told now: try again");
    }

    private static void decide(RoutingContext context, Access access, Optional<Who> who) {
        if (who.isEmpty()) {
            unauthorized(context, access, "the token is wrong or has expired, or has no role in a project");
        } else {
            Audit.who(context, who.get());
            context.next();
        }
    }

    private static void unauthorized(RoutingContext context, Access access, String why) {
        context.response().putHeader("WWW-Authenticate", access.challenge());
        Refusals.send(context, UNAUTHORIZED, "Unauthorized", why);
    }

    /** As Neutron's clients send one: as it is, or as a password, whose user's name and a dot may be before it. */
    static Optional<String> token(HttpServerRequest request) {
        String plain = request.getHeader("X-Auth-Token");
        if (plain != null && !plain.isEmpty()) {
            return Optional.of(plain);
        }
        String header = request.getHeader("Authorization");
        int space = header == null ? -1 : header.indexOf(' ');
        if (header == null || space < 0) {
            return Optional.empty();
        }
        String value = header.substring(space + 1).strip();
        return switch (header.substring(0, space).toLowerCase(Locale.ROOT)) {
            case "bearer" -> Optional.of(value).filter(token -> !token.isEmpty());
            case "basic" -> password(value);
            default -> Optional.empty();
        };
    }

    private static Optional<String> password(String base64) {
        String pair;
        try {
            pair = new String(Base64.getDecoder().decode(base64), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
        int colon = pair.indexOf(':');
        if (colon < 0) {
            return Optional.empty();
        }
        String name = pair.substring(0, colon) + ".";
        String password = pair.substring(colon + 1);
        return Optional.of(password.startsWith(name) ? password : name + password);
    }
}
