package org.flow6.northbound.etcd;

import static org.assertj.core.api.Assertions.assertThat;

import io.etcd.jetcd.Client;
import io.etcd.jetcd.options.GetOption;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.flow6.northbound.api.UniqueNames;

/** One etcd, with its data in a folder. */
final class Etcd implements AutoCloseable {
    private final Path folder;
    private final String scheme;
    private final List<String> more;
    private final int port;
    private final int peers;
    private Process process;

    Etcd(Path folder, String scheme, String... more) throws IOException {
        this.folder = folder;
        this.scheme = scheme;
        this.more = List.of(more);
        try (ServerSocket one = free();
                ServerSocket other = free()) {
            port = one.getLocalPort();
            peers = other.getLocalPort();
        }
        process = start();
    }

    private static ServerSocket free() throws IOException {
        return new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
    }

    URI endpoint() {
        return URI.create(scheme + "://127.0.0.1:" + port);
    }

    /** Settings of a host of its own. */
    EtcdSettings settings(String host) {
        return new EtcdSettings(
                List.of(endpoint()),
                "/flow6",
                Optional.empty(),
                Optional.empty(),
                host,
                Optional.empty(),
                Optional.of(folder.resolve(host.replace('/', '_') + ".snapshot")),
                UniqueNames::of);
    }

    private Process start() throws IOException {
        List<String> command = new ArrayList<>(List.of(
                "etcd",
                "--data-dir=" + folder.resolve("data"),
                "--listen-client-urls=" + endpoint(),
                "--advertise-client-urls=" + endpoint(),
                "--listen-peer-urls=http://127.0.0.1:" + peers,
                "--initial-advertise-peer-urls=http://127.0.0.1:" + peers,
                "--initial-cluster=default=http://127.0.0.1:" + peers));
        command.addAll(more);
        return new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(
                        folder.resolve("etcd.log").toFile()))
                .start();
    }

    /** Writes a key as nobody of ours would. */
    void put(String key, String value) throws Exception {
        try (Client client = Client.builder().endpoints(endpoint()).build()) {
            client.getKVClient().put(EtcdKeys.bytes(key), EtcdKeys.bytes(value)).get(10, TimeUnit.SECONDS);
        }
    }

    /** All keys that begin so, in their order. */
    List<String> keys(String start) throws Exception {
        try (Client client = Client.builder().endpoints(endpoint()).build()) {
            GetOption all =
                    GetOption.builder().isPrefix(true).withKeysOnly(true).build();
            return client.getKVClient().get(EtcdKeys.bytes(start), all).get(10, TimeUnit.SECONDS).getKvs().stream()
                    .map(pair -> pair.getKey().toString(StandardCharsets.UTF_8))
                    .toList();
        }
    }

    static EtcdStore connected(EtcdSettings settings) throws InterruptedException {
        EtcdStore store = EtcdStore.open(settings);
        until(() -> store.status().connected());
        return store;
    }

    static void until(BooleanSupplier condition) throws InterruptedException {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime()).as("in time").isLessThan(deadline);
            Thread.sleep(10);
        }
    }

    void kill() {
        process.destroyForcibly().onExit().join();
    }

    void restart() throws IOException {
        process = start();
    }

    @Override
    public void close() {
        kill();
    }
}
