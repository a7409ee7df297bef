package org.flow6.launcher.http;

import io.micrometer.core.instrument.binder.jvm.JvmGcMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.file.FileSystemOptions;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.net.PemKeyCertOptions;
import io.vertx.core.net.SSLOptions;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.flow6.launcher.Controls;
import org.flow6.launcher.configuration.ListenAddress;

/** Serves {@code /status}, {@code /metrics}, {@code /apps} and Ryu's {@code /stats} over HTTP. */
public final class HttpApi implements AutoCloseable {
    private static final Set<String> TLS = Set.of("TLSv1.3", "TLSv1.2");
    private static final Duration HANDSHAKE = Duration.ofSeconds(5);

    private final Vertx vertx;
    private final PrometheusMeterRegistry registry;
    private final JvmGcMetrics garbage = new JvmGcMetrics();
    private final HttpServer server;
    private final Protection protection;

    /**
     * What clients may take up.
     *
     * @param connections at once
     * @param patience for a request, and for its answer to be taken
     * @param bodyBytes of a request
     */
    public record Limits(int connections, Duration patience, int bodyBytes) {
        public static final Limits DEFAULT = new Limits(256, Duration.ofSeconds(30), 64 << 10);
    }

    private HttpApi(Vertx vertx, PrometheusMeterRegistry registry, HttpServer server, Protection protection) {
        this.vertx = vertx;
        this.registry = registry;
        this.server = server;
        this.protection = protection;
    }

    /** Begins to serve clients on this machine. */
    static CompletionStage<HttpApi> start(ListenAddress listen, Controls controls, Limits limits) {
        return start(listen, controls, limits, Protection.NONE);
    }

    /** Begins to serve; the stage completes when clients can connect, or fails with what the socket says. */
    public static CompletionStage<HttpApi> start(
            ListenAddress listen, Controls controls, Limits limits, Protection protection) {
        PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
        controls.bindTo(registry);
        Vertx vertx = vertx();
        CompletableFuture<HttpApi> started = new CompletableFuture<>();
        vertx.runOnContext(onLoop -> {
            Connections connections = new Connections(vertx, limits.connections(), limits.patience());
            Routes routes = new Routes(vertx, controls, registry, limits.bodyBytes(), protection);
            HttpServer server = vertx.createHttpServer(options(limits, protection))
                    .connectionHandler(connections::opened)
                    .invalidRequestHandler(Routes::invalid)
                    .exceptionHandler(clientsFault -> {})
                    .requestHandler(request -> {
                        follow(request, connections);
                        routes.handle(request);
                    });
            server.listen(listen.port(), listen.host()).onComplete(listening -> {
                if (listening.succeeded()) {
                    started.complete(new HttpApi(vertx, registry, server, protection).measured());
                } else {
                    vertx.close();
                    started.completeExceptionally(listening.cause());
                }
            });
        });
        return started;
    }

    /** The port that clients connect to. */
    public int port() {
        return server.actualPort();
    }

    /** Takes over the certificate and its key, which may have changed, for connections from now on. */
    public CompletionStage<Boolean> renew() {
        return protection
                .tls()
                .map(pem -> server.updateSSLOptions(new SSLOptions()
                                .setKeyCertOptions(keyAndCertificate(pem))
                                .setEnabledSecureTransportProtocols(TLS))
                        .toCompletionStage())
                .orElseGet(() -> CompletableFuture.completedFuture(false));
    }

    @Override
    public void close() {
        vertx.close();
        garbage.close();
        registry.close();
    }

    private HttpApi measured() {
        new JvmMemoryMetrics().bindTo(registry);
        new JvmThreadMetrics().bindTo(registry);
        garbage.bindTo(registry);
        return this;
    }

    private static void follow(HttpServerRequest request, Connections connections) {
        connections.progressed(request.connection());
        request.response().endHandler(sent -> connections.progressed(request.connection()));
    }

    private static Vertx vertx() {
        // Names are not looked up and files not served: no resolver, no cache folder.
        System.setProperty("vertx.disableDnsResolver", "true");
        System.setProperty("vertx.logger-delegate-factory-class-name", "io.vertx.core.logging.SLF4JLogDelegateFactory");
        return Vertx.vertx(new VertxOptions()
                .setEventLoopPoolSize(1)
                .setWorkerPoolSize(1)
                .setInternalBlockingPoolSize(1)
                .setBlockedThreadCheckInterval(1)
                .setBlockedThreadCheckIntervalUnit(TimeUnit.HOURS)
                .setFileSystemOptions(
                        new FileSystemOptions().setFileCachingEnabled(false).setClassPathResolvingEnabled(false)));
    }

    private static PemKeyCertOptions keyAndCertificate(Protection.Pem pem) {
        return new PemKeyCertOptions()
                .setCertPath(pem.certificate().toString())
                .setKeyPath(pem.key().toString());
    }

    private static HttpServerOptions options(Limits limits, Protection protection) {
        HttpServerOptions options = options(limits);
        protection.tls().ifPresent(pem -> options.setSsl(true)
                .setUseAlpn(false)
                .setKeyCertOptions(keyAndCertificate(pem))
                .setEnabledSecureTransportProtocols(TLS)
                .setSslHandshakeTimeout(HANDSHAKE.toMillis())
                .setSslHandshakeTimeoutUnit(TimeUnit.MILLISECONDS));
        return options;
    }

    private static HttpServerOptions options(Limits limits) {
        return new HttpServerOptions()
                // Else a connection counts only from its first byte on.
                .setHttp2ClearTextEnabled(false)
                .setIdleTimeout((int) limits.patience().toMillis())
                .setIdleTimeoutUnit(TimeUnit.MILLISECONDS)
                .setMaxInitialLineLength(4096)
                .setMaxHeaderSize(8192)
                .setReuseAddress(true);
    }
}
