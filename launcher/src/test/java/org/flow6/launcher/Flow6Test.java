package org.flow6.launcher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.flow6.launcher.access.TokenEntry;
import org.flow6.launcher.access.TokenFile;
import org.flow6.launcher.configuration.ConfigurationFile;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

class Flow6Test {
    private static final long PATIENCE_SECONDS = 20;

    @TempDir
    @SuppressWarnings("NullAway.Init") // set by JUnit
    Path folder;

    private final BlockingQueue<String> logged = new LinkedBlockingQueue<>();
    private final AppenderBase<ILoggingEvent> appender = new AppenderBase<>() {
        @Override
        protected void append(ILoggingEvent event) {
            logged.add(event.getFormattedMessage());
        }
    };
    private final IdleCore core = new IdleCore();

    @SuppressWarnings("NullAway.Init") // each test starts it
    private Flow6 flow6;

    @BeforeEach
    void listen() {
        appender.start();
        logger().addAppender(appender);
    }

    @AfterEach
    void stop() {
        flow6.close();
        logger().detachAppender(appender);
    }

    private static Logger logger() {
        return (Logger) LoggerFactory.getLogger(Flow6.class);
    }

    private Flow6 start(String text) throws Exception {
        flow6 = Flow6.start(new ConfigurationFile(write(text), "flow6.yaml", core.known()), core);
        return flow6;
    }

    private Path write(String text) throws IOException {
        Path next = Files.writeString(folder.resolve("next"), text);
        return Files.move(next, folder.resolve("flow6.yaml"), StandardCopyOption.ATOMIC_MOVE);
    }

    private String next() throws InterruptedException {
        return String.valueOf(logged.poll(PATIENCE_SECONDS, TimeUnit.SECONDS));
    }

    @Test
    void appliesAppsAndTellsWhatWaitsForTheNextStart() throws Exception {
        start("apps: {l2: {enabled: true}}");
        write("apps: {l2: {enabled: false}}");
        assertThat(next()).isEqualTo("app l2 disabled by flow6.yaml");
        write("tunnel: {type: vxlan, local_ip: \"fd00::1\"}\napps: {l2: {enabled: false}}");
        assertThat(next()).isEqualTo("tunnel changed by flow6.yaml");
        write("tunnel: {type: vxlan, local_ip: \"fd00::1\"}\nhost: b\napi: {listen: 127.0.0.1:1}");
        assertThat(next()).isEqualTo("app l2 enabled by flow6.yaml");
        assertThat(next()).isEqualTo("flow6.yaml: changed, takes effect at the next start: host, api.listen");
    }

    @Test
    void refusesABadChangeAsAWhole() throws Exception {
        start("apps: {l2: {enabled: true}}");
        write("apps: {l2: {enabled: false}, l9: {enabled: true}}");
        assertThat(next()).isEqualTo("flow6.yaml:1: apps.l9: unknown app; known are l2, nd-responder");
        assertThat(next()).isEqualTo("flow6.yaml: refused; what was in force stays in force");
        write("apps: {nd-responder: {enabled: false}}");
        assertThat(next()).isEqualTo("app nd-responder disabled by flow6.yaml");
        flow6.close();
        assertThat(next()).isEqualTo("ends; the flows stay in the switches");
    }

    @Test
    void letsTheFileWinOverWhatHttpSaidOnlyWhenItsAppsChange() throws Exception {
        start("host: a\napi: {listen: 127.0.0.1:0}");
        assertThat(next()).startsWith("HTTP at 127.0.0.1:");
        flow6.controls().enable("l2", false).toCompletableFuture().join();
        write("host: b\napi: {listen: 127.0.0.1:0}");
        assertThat(next()).isEqualTo("flow6.yaml: changed, takes effect at the next start: host");
        assertThat(flow6.controls().apps()).containsEntry("l2", false);
        write("host: b\napi: {listen: 127.0.0.1:0}\napps: {nd-responder: {enabled: false}}");
        assertThat(next()).isEqualTo("app l2 enabled by flow6.yaml");
        assertThat(next()).isEqualTo("app nd-responder disabled by flow6.yaml");
    }

    @Test
    void followsItsTokens() throws Exception {
        Path tokens = folder.resolve("tokens");
        TokenFile.add(tokens, TokenEntry.make("ada", "-", "admin").entry());
        start("api: {listen: 127.0.0.1:0, tokens: tokens}");
        int port = flow6.api()
                .toCompletableFuture()
                .get(PATIENCE_SECONDS, TimeUnit.SECONDS)
                .port();
        TokenEntry.New rita = TokenEntry.make("rita", "web", "reader");
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/apps"))
                .header("X-Auth-Token", rita.token())
                .build();
        HttpClient client = HttpClient.newHttpClient();
        assertThat(client.send(request, BodyHandlers.discarding()).statusCode()).isEqualTo(401);
        TokenFile.add(tokens, rita.entry());
        while (client.send(request, BodyHandlers.discarding()).statusCode() == 401) {
            Thread.onSpinWait();
        }
        assertThat(client.send(request, BodyHandlers.discarding()).statusCode()).isEqualTo(200);
    }

    @Test
    void endsWhereItsTokensAreNone() throws Exception {
        Files.writeString(folder.resolve("tokens"), "ada\n");
        start("api: {listen: 127.0.0.1:0, tokens: tokens}");
        assertThat(catchThrowableOfType(StartFailure.class, flow6::await))
                .hasMessage(folder.resolve("tokens") + ":1: not NAME PROJECT ROLE HASH");
    }

    @Test
    void endsWhereItsPortIsTaken() throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            start("api: {listen: 127.0.0.1:" + taken.getLocalPort() + "}");
            assertThat(catchThrowableOfType(StartFailure.class, flow6::await))
                    .hasMessage("api.listen: cannot listen at 127.0.0.1:" + taken.getLocalPort()
                            + ": Address already in use");
        }
    }
}
