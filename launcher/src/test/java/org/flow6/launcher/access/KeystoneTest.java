package org.flow6.launcher.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.flow6.northbound.api.Caller;
import org.flow6.northbound.api.Caller.Role;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Against a server that knows as much of Keystone's API as is asked for. */
class KeystoneTest {
    private static final Instant START = Instant.parse("2026-11-21T12:00:00Z");

    @TempDir
    @SuppressWarnings("NullAway.Init") // set by JUnit
    Path folder;

    private final Map<String, String> tokens = new ConcurrentHashMap<>();
    private final List<String> asked = new CopyOnWriteArrayList<>();
    private volatile String service = "own-1";
    private volatile Instant now = START;

    @SuppressWarnings("NullAway.Init") // set before each test
    private HttpServer server;

    @SuppressWarnings("NullAway.Init") // set before each test
    private Keystone keystone;

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/v3/auth/tokens", this::answer);
        server.start();
        Path password = Files.writeString(folder.resolve("password"), "secret\n");
        URI url = URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/v3");
        KeystoneClient client = new KeystoneClient(
                new KeystoneClient.Account(url, "flow6", password, "service", "Default", Optional.empty()));
        keystone = new Keystone(client, url, () -> now);
    }

    @AfterEach
    void stop() {
        keystone.close();
        server.stop(0);
    }

    private void answer(HttpExchange exchange) throws IOException {
        String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        if (exchange.getRequestMethod().equals("POST")) {
            asked.add("login");
            exchange.getResponseHeaders().add("X-Subject-Token", service);
            boolean right = body.contains("\"password\":\"secret\"") && body.contains("\"name\":\"flow6\"");
            exchange.sendResponseHeaders(right ? 201 : 401, -1);
        } else if (!service.equals(exchange.getRequestHeaders().getFirst("X-Auth-Token"))) {
            exchange.sendResponseHeaders(401, -1);
        } else {
            String token = exchange.getRequestHeaders().getFirst("X-Subject-Token");
            asked.add(token);
            byte[] found = tokens.getOrDefault(token, "").getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(found.length == 0 ? 404 : 200, found.length == 0 ? -1 : found.length);
            exchange.getResponseBody().write(found);
        }
        exchange.close();
    }

    private static String token(String project, String expires, String... roles) {
        String named = List.of(roles).stream()
                .map(role -> "{\"name\":\"" + role + "\"}")
                .toList()
                .toString();
        return "{\"token\":{\"user\":{\"name\":\"alice\"}," + project + "\"roles\":" + named + ",\"expires_at\":\""
                + expires + "\"}}";
    }

    private static String web(String... roles) {
        return token("\"project\":{\"id\":\"web\"},", "2026-11-21T13:00:00.000000Z", roles);
    }

    private Optional<Who> who(String token) {
        return keystone.who(token).toCompletableFuture().join();
    }

    @Test
    void tellsWhoHasATokenByTheHighestRole() {
        tokens.putAll(Map.of("a", web("reader", "admin", "x"), "m", web("member", "reader"), "r", web("reader")));
        assertThat(who("a")).contains(new Who("alice", new Caller("web", Role.ADMIN)));
        assertThat(who("m")).contains(new Who("alice", new Caller("web", Role.MEMBER)));
        assertThat(who("r")).contains(new Who("alice", new Caller("web", Role.READER)));
        assertThat(asked).containsExactly("login", "a", "m", "r");
    }

    @Test
    void letsNobodyInWithoutARoleInAProject() {
        tokens.put("roles", web("auditor"));
        tokens.put("project", token("", "2026-11-21T13:00:00Z", "admin"));
        tokens.put("old", token("\"project\":{\"id\":\"web\"},", "2026-11-21T11:59:59Z", "admin"));
        for (String token : List.of("roles", "project", "old", "none", "x".repeat(10_000))) {
            assertThat(who(token)).as(token).isEmpty();
        }
    }

    @Test
    void asksAgainWhenAnAnswerIsOld() {
        tokens.put("m", web("member"));
        assertThat(who("m")).isPresent();
        assertThat(who("late")).isEmpty();
        now = START.plus(Duration.ofSeconds(9));
        tokens.put("late", web("member"));
        assertThat(who("late")).isEmpty();
        assertThat(asked).containsExactly("login", "m", "late");
        now = START.plus(Duration.ofSeconds(11));
        assertThat(who("late")).isPresent();
        tokens.remove("m");
        now = START.plus(Duration.ofSeconds(299));
        assertThat(who("m")).isPresent();
        now = START.plus(Duration.ofSeconds(301));
        assertThat(who("m")).isEmpty();
    }

    @Test
    void forgetsATokenWhenItExpires() {
        tokens.put("short", token("\"project\":{\"id\":\"web\"},", "2026-11-21T12:00:30Z", "member"));
        assertThat(who("short")).isPresent();
        now = START.plus(Duration.ofSeconds(30));
        assertThat(who("short")).isEmpty();
    }

    @Test
    void logsInAnewWhenItsOwnTokenIsRefused() {
        tokens.put("m", web("member"));
        tokens.put("n", web("member"));
        assertThat(who("m")).isPresent();
        service = "own-2";
        assertThat(who("n")).isPresent();
        assertThat(asked).containsExactly("login", "m", "login", "n");
    }

    @Test
    void saysThatItCannotBeTold() throws IOException {
        Files.writeString(folder.resolve("password"), "wrong");
        assertThatThrownBy(() -> who("m"))
                .cause()
                .isInstanceOf(Access.Unavailable.class)
                .hasMessage("Keystone lets flow6 not in: 401");
        Files.writeString(folder.resolve("password"), "secret");
        tokens.put("m", web("member"));
        assertThat(who("m")).isPresent();
        tokens.put("odd", "[]");
        assertThatThrownBy(() -> who("odd")).cause().isInstanceOf(Access.Unavailable.class);
        server.stop(0);
        assertThatThrownBy(() -> who("n"))
                .cause()
                .isInstanceOf(Access.Unavailable.class)
                .hasMessageStartingWith("Keystone cannot be reached: ");
        assertThat(who("m")).isPresent();
    }
}
