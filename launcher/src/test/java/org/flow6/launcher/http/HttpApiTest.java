package org.flow6.launcher.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.flow6.launcher.configuration.ListenAddress;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HttpApiTest {
    private static final ListenAddress ANYWHERE = ListenAddress.parse("127.0.0.1:0");
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final HttpClient CLIENT =
            HttpClient.newBuilder().connectTimeout(PATIENCE).build();

    @SuppressWarnings("NullAway.Init") // set before each test
    private HttpApi api;

    @BeforeEach
    void start() throws Exception {
        api = start(HttpApi.Limits.DEFAULT);
    }

    private static HttpApi start(HttpApi.Limits limits) throws Exception {
        return HttpApi.start(ANYWHERE, new StillControls(), limits)
                .toCompletableFuture()
                .get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
    }

    @AfterEach
    void stop() {
        api.close();
    }

    private HttpRequest.Builder at(String path) {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + api.port() + path))
                .timeout(PATIENCE);
    }

    private static HttpResponse<String> send(HttpRequest.Builder request) throws Exception {
        return CLIENT.send(request.build(), BodyHandlers.ofString());
    }

    private static JsonNode json(HttpResponse<String> answer) throws IOException {
        assertThat(answer.headers().firstValue("content-type")).contains("application/json");
        return new ObjectMapper().readTree(answer.body());
    }

    private void assertError(HttpResponse<String> answer, int code, String message) throws IOException {
        assertThat(answer.statusCode()).isEqualTo(code);
        assertThat(json(answer).size()).isEqualTo(1);
        assertThat(json(answer).path("error").asText()).isEqualTo(message);
    }

    @Test
    void showsTheStatusInSnakeCase() throws Exception {
        HttpResponse<String> answer = send(at("/status"));

        assertThat(answer.statusCode()).isEqualTo(200);
        JsonNode status = json(answer);
        assertThat(status.path("started_at").asText()).isEqualTo("2026-11-21T03:04:05.678Z");
        assertThat(status.path("switches").path(0).path("dpid").asText()).isEqualTo("00:00:00:00:00:00:00:01");
        assertThat(status.path("switches")
                        .path(0)
                        .path("last_reconcile")
                        .path("flow_mods")
                        .asLong())
                .isEqualTo(7);
        assertThat(status.path("apps").path("l2").path("error").isNull()).isTrue();
        assertThat(status.path("network").path("error").asText()).isEqualTo("network.yaml:1: bad");
        assertThat(status.path("hosts").toString())
                .isEqualTo("{\"reachable\":{\"hostB\":true,\"hostC\":null},\"gateways\":{\"Router_1\":\"hostB\"}}");
        assertThat(status.path("ports_bound").asInt()).isEqualTo(2);
        assertThat(status.path("punts").path("nd-duplicate-check").asInt()).isEqualTo(3);
        assertThat(status.path("last_errors").path(0).path("message").asText()).isEqualTo("network.yaml:1: bad");
    }

    @Test
    void showsMetricsOfTheCoreAndOfJava() throws Exception {
        HttpResponse<String> answer = send(at("/metrics"));

        assertThat(answer.headers().firstValue("content-type")).contains("text/plain; version=0.0.4; charset=utf-8");
        assertThat(answer.body())
                .contains("flow6_punts_total{reason=\"nd-duplicate-check\"} 3.0\n")
                .contains("jvm_memory_used_bytes{")
                .contains("jvm_gc_")
                .contains("jvm_threads_live_threads ");
    }

    @Test
    void switchesAnApp() throws Exception {
        HttpResponse<String> put = send(at("/apps/l2").PUT(BodyPublishers.ofString("{\"enabled\": false}")));

        assertThat(put.statusCode()).isEqualTo(200);
        assertThat(put.body()).isEqualTo("{\"enabled\":false,\"healthy\":true,\"flows\":0,\"error\":null}");
        assertThat(send(at("/apps/l2")).body()).isEqualTo(put.body());
        assertThat(send(at("/apps")).body()).isEqualTo("{\"l2\":" + put.body() + "}");
    }

    @Test
    void refusesWhatItCannotSwitch() throws Exception {
        assertError(send(at("/apps/l3")), 404, "there is no app 'l3'; there are l2");
        assertError(
                send(at("/apps/l3").PUT(BodyPublishers.ofString("{\"enabled\": false}"))),
                404,
                "there is no app 'l3'; there are l2");
        assertError(
                send(at("/apps/l2").PUT(BodyPublishers.ofString("{\"enabled\": false, \"x\": 1}"))),
                400,
                "unknown key 'x'; known is 'enabled'");
        assertError(
                send(at("/apps/l2").PUT(BodyPublishers.noBody())),
                400,
                "expected {\"enabled\": true} or {\"enabled\": false}");
        assertError(
                send(at("/apps/l2").PUT(BodyPublishers.ofString(" ".repeat(65537)))),
                413,
                "the body has more than 65536 bytes");
        assertThat(json(send(at("/apps/l2"))).path("enabled").asBoolean()).isTrue();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            /stats/desc/1               | desc OptionalLong.empty
            /stats/flow/1               | flow OptionalLong.empty
            /stats/aggregateflow/1      | aggregateflow OptionalLong.empty
            /stats/port/1               | port OptionalLong.empty
            /stats/port/1/4294967294    | port OptionalLong[4294967294]
            /stats/portdesc/1           | portdesc OptionalLong.empty
            /stats/meter/1              | meter OptionalLong.empty
            /stats/meter/1/5            | meter OptionalLong[5]
            """)
    void answersRyusCalls(String path, String answer) throws Exception {
        assertThat(send(at(path)).body()).isEqualTo("{\"1\":\"" + answer + "\"}");
    }

    @Test
    void listsSwitchesAsRyuDoes() throws Exception {
        assertThat(send(at("/stats/switches")).body()).isEqualTo("[1,18446462598732840962]");
    }

    @Test
    void tellsOfSwitchesThatDoNotAnswer() throws Exception {
        assertError(send(at("/stats/flow/3")), 404, "no switch 3 is connected");
        assertError(send(at("/stats/flow/18446462598732840962")), 502, "the session has ended");
        String notNumbers = "the switch, and what follows it, are decimal numbers";
        assertError(send(at("/stats/flow/one")), 400, notNumbers);
        assertError(send(at("/stats/port/1/-1")), 400, notNumbers);
        assertError(send(at("/stats/flow/99999999999999999999")), 400, notNumbers);
    }

    @Test
    void servesNothingElse() throws Exception {
        assertError(send(at("/")), 404, "nothing is served at /");
        assertError(send(at("/stats/flow/1/2")), 404, "nothing is served at /stats/flow/1/2");
        assertError(send(at("/status").DELETE()), 405, "not served: DELETE /status");
        assertError(send(at("/apps").PUT(BodyPublishers.noBody())), 405, "not served: PUT /apps");
    }

    @Test
    void refusesToBeAskedByAnotherName() throws Exception {
        assertThat(exchange("GET /status HTTP/1.1\r\nHost: evil.example:80\r\nConnection: close\r\n\r\n"))
                .startsWith("HTTP/1.1 403 ");
        for (String name : List.of("localhost:1", "127.0.0.1:1", "[::1]:1", "LOCALHOST")) {
            assertThat(exchange("GET /apps HTTP/1.1\r\nHost: " + name + "\r\nConnection: close\r\n\r\n"))
                    .startsWith("HTTP/1.1 200 ");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\u0000\u0001\u0002\r\n\r\n",
                "GET\r\n\r\n",
                "GET / HTTP/1.1\r\nA B: c\r\n\r\n",
                "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"
            })
    void survivesWhatIsNotHttp(String garbage) throws Exception {
        exchange(garbage);
        assertThat(send(at("/apps")).statusCode()).isEqualTo(200);
    }

    @Test
    void boundsHeaders() throws Exception {
        assertThat(exchange("GET /" + "x".repeat(5000) + " HTTP/1.1\r\n\r\n")).contains(" 414 ");
        assertThat(exchange("GET / HTTP/1.1\r\nA: " + "x".repeat(9000) + "\r\n\r\n"))
                .contains(" 431 ");
    }

    @Test
    void closesConnectionsThatTakeTooLong() throws Exception {
        try (HttpApi hasty = start(new HttpApi.Limits(10, Duration.ofMillis(300), 1000));
                Socket silent = connect(hasty);
                Socket headers = connect(hasty);
                Socket body = connect(hasty)) {
            headers.getOutputStream().write("GET /status HTTP/1.1\r\nHost: ".getBytes(UTF_8));
            body.getOutputStream()
                    .write("PUT /apps/l2 HTTP/1.1\r\nHost: localhost\r\nContent-Length: 5\r\n\r\n{".getBytes(UTF_8));
            for (Socket socket : List.of(silent, headers, body)) {
                assertThat(socket.getInputStream().readAllBytes()).isEmpty();
            }
        }
    }

    @Test
    void closesAConnectionThatTricklesOn() throws Exception {
        try (HttpApi hasty = start(new HttpApi.Limits(10, Duration.ofMillis(300), 1000));
                Socket socket = connect(hasty)) {
            socket.setSoTimeout(20);
            assertThatThrownBy(() -> {
                        socket.getOutputStream().write("GET /status HTTP/1.1\r\nA: ".getBytes(UTF_8));
                        while (!isClosedWithin20Millis(socket)) {
                            socket.getOutputStream().write('x');
                        }
                        throw new SocketException("closed in the end");
                    })
                    .isInstanceOf(SocketException.class);
        }
    }

    private static boolean isClosedWithin20Millis(Socket socket) throws IOException {
        try {
            return socket.getInputStream().read() < 0;
        } catch (SocketTimeoutException stillOpen) {
            return false;
        }
    }

    @Test
    void boundsConnectionsAndTakesNewOnesWhenOthersGo() throws Exception {
        try (HttpApi small = start(new HttpApi.Limits(2, PATIENCE, 1000))) {
            List<Socket> sockets = new ArrayList<>();
            for (int i = 0; i < 3; i++) {
                sockets.add(connect(small));
            }
            assertThat(sockets.get(2).getInputStream().read()).isEqualTo(-1);
            sockets.get(0).close();
            String answer;
            do {
                answer = exchange(small, "GET /apps HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");
            } while (answer.isEmpty());
            assertThat(answer).startsWith("HTTP/1.1 200 ");
            sockets.get(1).close();
        }
    }

    @Test
    void tellsThatItsPortIsTaken() {
        ListenAddress taken = ListenAddress.parse("127.0.0.1:" + api.port());
        assertThatThrownBy(() -> HttpApi.start(taken, new StillControls(), HttpApi.Limits.DEFAULT)
                        .toCompletableFuture()
                        .get(PATIENCE.toSeconds(), TimeUnit.SECONDS))
                .cause()
                .isInstanceOf(BindException.class);
    }

    private String exchange(String request) throws IOException {
        return exchange(api, request);
    }

    private static String exchange(HttpApi with, String request) throws IOException {
        try (Socket socket = connect(with)) {
            socket.getOutputStream().write(request.getBytes(UTF_8));
            return new String(socket.getInputStream().readAllBytes(), UTF_8);
        } catch (SocketException closedAtOnce) {
            return "";
        }
    }

    private static Socket connect(HttpApi to) throws IOException {
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), to.port());
        socket.setSoTimeout((int) PATIENCE.toMillis());
        return socket;
    }
}
