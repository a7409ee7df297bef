package org.flow6.northbound.etcd;

import io.etcd.jetcd.Client;
import io.etcd.jetcd.ClientBuilder;
import io.grpc.netty.GrpcSslContexts;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslProvider;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.time.Duration;
import java.util.Optional;
import org.flow6.northbound.etcd.EtcdSettings.Tls;
import org.flow6.northbound.etcd.EtcdSettings.User;

/** Clients of one node of etcd, as settings say. */
final class EtcdClient {
    private static final int CONNECT_MILLIS = 1000;
    /** Of a whole answer: what came while nobody listened comes in one. */
    private static final int MOST_BYTES = 64 << 20;

    private EtcdClient() {}

    /** @throws IOException if a file that is needed cannot be read */
    static Client of(URI endpoint, EtcdSettings settings) throws IOException {
        ClientBuilder builder = Client.builder()
                .target(target(endpoint))
                .connectTimeout(Duration.ofMillis(CONNECT_MILLIS))
                .keepaliveTime(Duration.ofSeconds(10))
                .keepaliveTimeout(Duration.ofSeconds(3))
                .maxInboundMessageSize(MOST_BYTES)
                .waitForReady(false)
                .retryMaxAttempts(0);
        if (endpoint.getScheme().equals("https")) {
            builder.sslContext(tls(settings.tls().orElse(new Tls(Optional.empty(), Optional.empty()))));
        }
        if (settings.user().isPresent()) {
            User user = settings.user().get();
            builder.user(EtcdKeys.bytes(user.name())).password(EtcdKeys.bytes(password(user)));
        }
        return builder.build();
    }

    /** As jetcd wants it, which takes no brackets. */
    private static String target(URI endpoint) {
        String host = endpoint.getHost().replace("[", "%5B").replace("]", "%5D");
        return "ip:///" + host + ":" + endpoint.getPort();
    }

    private static String password(User user) throws IOException {
        return Files.readString(user.passwordFile()).lines().findFirst().orElse("");
    }

    private static SslContext tls(Tls tls) throws IOException {
        SslContextBuilder builder = SslContextBuilder.forClient();
        tls.ca().ifPresent(ca -> builder.trustManager(ca.toFile()));
        tls.own()
                .ifPresent(own ->
                        builder.keyManager(own.certificate().toFile(), own.key().toFile()));
        return GrpcSslContexts.configure(builder, SslProvider.JDK).build();
    }
}
