package org.flow6.launcher;

import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.flow6.launcher.configuration.ApiAccess;
import org.flow6.launcher.configuration.Configuration;
import org.flow6.launcher.configuration.ConfigurationFile;
import org.flow6.launcher.configuration.ListenAddress;
import org.flow6.launcher.configuration.RefusedConfiguration;
import org.flow6.launcher.configuration.Setting;
import org.flow6.launcher.http.HttpApi;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A whole running Flow6: the core, what serves it over HTTP, and the watch on its configuration file. */
public final class Flow6 implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(Flow6.class);

    /** How long what else there is waits for flows to be in a switch: where none is, it is needed soon all the same. */
    private static final int HEAD_START_MILLIS = 250;

    private final ConfigurationFile file;
    private final Controls controls;
    private final CompletableFuture<HttpApi> api = new CompletableFuture<>();
    private final CompletableFuture<Void> end = new CompletableFuture<>();
    private volatile @Nullable WatchedFile watched;
    private volatile @Nullable Served served;
    private volatile @Nullable Heap heap;
    private byte[] text;
    private Configuration newest;

    private Flow6(ConfigurationFile file, byte[] text, Configuration configuration, Controls controls) {
        this.file = file;
        this.text = text;
        this.newest = configuration;
        this.controls = controls;
    }

    /**
     * Starts the core, and in the background all else, which leaves the processors to the core until a switch has its flows.
     *
     * @throws RefusedConfiguration saying all that is wrong with the configuration file
     * @throws StartFailure saying what keeps the core from starting
     */
    public static Flow6 start(ConfigurationFile file, Core core) throws RefusedConfiguration, StartFailure {
        byte[] text = file.content();
        Configuration configuration = file.parse(text);
        Flow6 flow6 = new Flow6(file, text, configuration, core.start(configuration));
        Thread rest = new Thread(() -> flow6.startRest(configuration), "start");
        rest.setDaemon(true);
        rest.start();
        return flow6;
    }

    Controls controls() {
        return controls;
    }

    /** Completes when HTTP is served; never if the configuration asks for none. */
    CompletionStage<HttpApi> api() {
        return api;
    }

    /**
     * Waits until Flow6 is closed.
     *
     * @throws StartFailure if something that started in the background failed
     */
    public void await() throws StartFailure, InterruptedException {
        try {
            end.get();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof StartFailure failure) {
                throw failure;
            }
            throw new IllegalStateException(e.getCause());
        }
    }

    @Override
    public void close() {
        if (end.complete(null)) {
            log.info("ends; the flows stay in the switches");
        }
        controls.close();
        HttpApi http = api.getNow(null);
        if (http != null) {
            http.close();
        }
        Served protectedBy = served;
        if (protectedBy != null) {
            protectedBy.close();
        }
        Heap lookedAfter = heap;
        if (lookedAfter != null) {
            lookedAfter.close();
        }
        WatchedFile watch = watched;
        if (watch != null) {
            watch.close();
        }
    }

    private void startRest(Configuration configuration) {
        controls.inStep()
                .toCompletableFuture()
                .completeOnTimeout(null, HEAD_START_MILLIS, TimeUnit.MILLISECONDS)
                .join();
        try {
            watched = WatchedFile.start(file.path(), this::changed);
        } catch (IOException e) {
            log.warn("{}: cannot be watched, so changes take effect at the next start: {}", file.name(), e.toString());
        }
        configuration.api().ifPresent(listen -> serve(listen, configuration.access()));
        heap = Heap.start();
    }

    private void serve(ListenAddress listen, ApiAccess wanted) {
        Served opened;
        try {
            opened = Served.open(wanted);
        } catch (IOException e) {
            end.completeExceptionally(new StartFailure(List.of(String.valueOf(e.getMessage()))));
            return;
        }
        served = opened;
        // Indexes what is in the store: not for the thread that is to serve.
        controls.api();
        HttpApi.start(listen, controls, HttpApi.Limits.DEFAULT, opened.protection())
                .whenComplete((started, failure) -> {
                    if (failure == null) {
                        opened.follow(started);
                        log.info(
                                "HTTP{} at {}",
                                wanted.tls().isPresent() ? "S" : "",
                                new ListenAddress(listen.address(), started.port()));
                        api.complete(started);
                    } else {
                        Throwable cause = failure instanceof CompletionException && failure.getCause() != null
                                ? failure.getCause()
                                : failure;
                        end.completeExceptionally(new StartFailure(
                                List.of("api.listen: cannot listen at " + listen + ": " + cause.getMessage())));
                    }
                });
    }

    /** Puts in force what can be of a configuration file that may have changed. Called by one thread only. */
    private void changed() {
        Configuration next;
        try {
            byte[] now = file.content();
            if (Arrays.equals(now, text)) {
                return;
            }
            text = now;
            next = file.parse(now);
        } catch (RefusedConfiguration e) {
            e.problems().forEach(log::error);
            log.error("{}: refused; what was in force stays in force", file.name());
            return;
        }
        if (!next.apps().equals(newest.apps())) {
            next.apps().forEach(this::enable);
        }
        if (!next.tunnel().equals(newest.tunnel())) {
            log.info("tunnel changed by {}", file.name());
            controls.tunnel(next.tunnel());
        }
        if (!next.bridgeMappings().equals(newest.bridgeMappings())) {
            log.info("bridge_mappings changed by {}", file.name());
            controls.bridgeMappings(next.bridgeMappings());
        }
        List<String> waiting =
                next.waitingSince(newest).stream().map(Setting::path).toList();
        if (!waiting.isEmpty()) {
            log.warn("{}: changed, takes effect at the next start: {}", file.name(), String.join(", ", waiting));
        }
        newest = next;
    }

    private void enable(String app, boolean enabled) {
        Boolean before = controls.apps().get(app);
        if (before != null && before != enabled) {
            log.info("app {} {} by {}", app, enabled ? "enabled" : "disabled", file.name());
            controls.enable(app, enabled);
        }
    }
}
