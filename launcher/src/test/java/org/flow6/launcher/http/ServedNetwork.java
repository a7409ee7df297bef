package org.flow6.launcher.http;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.flow6.launcher.configuration.ListenAddress;
import org.flow6.northbound.EmbeddedStore;
import org.flow6.northbound.LiveNetwork;
import org.flow6.northbound.Store;
import org.flow6.northbound.api.NeutronApi;

/** HTTP on a free port of this machine, before an API over a store in a folder. */
record ServedNetwork(Store store, NeutronApi api, HttpApi http, HttpClient client, String scheme)
        implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    static ServedNetwork over(Path folder, HttpApi.Limits limits, Protection protection, HttpClient client)
            throws Exception {
        Store store = EmbeddedStore.open(folder);
        NeutronApi api = new NeutronApi(store, LiveNetwork.of(store, outcome -> {}), Optional.empty(), Instant::now);
        HttpApi http = HttpApi.start(ListenAddress.parse("127.0.0.1:0"), new StillControls(api), limits, protection)
                .toCompletableFuture()
                .get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
        return new ServedNetwork(store, api, http, client, protection.tls().isPresent() ? "https" : "http");
    }

    HttpRequest.Builder at(String path) {
        return HttpRequest.newBuilder(URI.create(scheme + "://127.0.0.1:" + http.port() + path))
                .timeout(PATIENCE);
    }

    HttpResponse<String> send(HttpRequest.Builder request) throws IOException, InterruptedException {
        return client.send(request.build(), BodyHandlers.ofString());
    }

    HttpResponse<String> get(String path) throws IOException, InterruptedException {
        return send(at(path));
    }

    HttpResponse<String> post(String path, String json) throws IOException, InterruptedException {
        return send(at(path).header("Content-Type", "application/json").POST(BodyPublishers.ofString(json)));
    }

    /** All that comes for a text, over a connection of its own, until the server closes it. */
    String exchange(byte[] request) throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), http.port())) {
            socket.setSoTimeout((int) PATIENCE.toMillis());
            socket.getOutputStream().write(request);
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    @Override
    public void close() {
        http.close();
        api.close();
        store.close();
    }
}
