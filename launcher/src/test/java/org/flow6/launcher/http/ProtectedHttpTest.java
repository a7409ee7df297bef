package org.flow6.launcher.http;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.flow6.launcher.access.TokenEntry;
import org.flow6.launcher.access.TokenFile;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.LoggerFactory;

/** HTTP that other machines reach: by TLS, with tokens. */
class ProtectedHttpTest {
    private static final String NETWORK = "{\"network\": {\"name\": \"a\"}}";
    private static final int RATE = 1000;

    @TempDir
    @SuppressWarnings("NullAway.Init") // set by JUnit
    static Path folder;

    @SuppressWarnings("NullAway.Init") // set before all tests
    private static ServedNetwork flow6;

    @SuppressWarnings("NullAway.Init") // set before all tests
    private static TokenFile tokens;

    @SuppressWarnings("NullAway.Init") // set before all tests
    private static String reader;

    @SuppressWarnings("NullAway.Init") // set before all tests
    private static String member;

    @SuppressWarnings("NullAway.Init") // set before all tests
    private static String admin;

    private final Queue<String> logged = new ConcurrentLinkedQueue<>();
    private final AppenderBase<ILoggingEvent> appender = new AppenderBase<>() {
        @Override
        protected void append(ILoggingEvent event) {
            logged.add(event.getFormattedMessage());
        }
    };

    @BeforeAll
    static void start() throws Exception {
        certify("a");
        reader = token("rita", "web", "reader");
        member = token("mia", "web", "member");
        admin = token("ada", "-", "admin");
        tokens = TokenFile.read(folder.resolve("tokens"));
        flow6 = serve(RATE);
    }

    private static ServedNetwork serve(int rate) throws Exception {
        Protection protection = new Protection(
                Optional.of(new Protection.Pem(folder.resolve("cert.pem"), folder.resolve("key.pem"))),
                Optional.of(tokens),
                OptionalInt.of(rate));
        return ServedNetwork.over(folder.resolve("network" + rate), HttpApi.Limits.DEFAULT, protection, client());
    }

    @AfterAll
    static void stop() {
        flow6.close();
        tokens.close();
    }

    @BeforeEach
    void listen() {
        appender.start();
        logger().addAppender(appender);
    }

    @AfterEach
    void leave() {
        logger().detachAppender(appender);
    }

    private static Logger logger() {
        return (Logger) LoggerFactory.getLogger(Audit.class);
    }

    private static String token(String name, String project, String role) throws IOException {
        TokenEntry.New made = TokenEntry.make(name, project, role);
        TokenFile.add(folder.resolve("tokens"), made.entry());
        return made.token();
    }

    /** Makes a key and a certificate that signs itself. */
    private static void certify(String name) throws IOException, InterruptedException {
        List<String> command = List.of(
                ("openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 2 -keyout key.pem"
                                + " -out cert.pem -addext subjectAltName=IP:127.0.0.1 -subj /CN=" + name)
                        .split(" "));
        Process openssl = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .start();
        String said = new String(openssl.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(openssl.waitFor()).as(said).isZero();
    }

    /** One that trusts the certificate alone that there is now. */
    private static HttpClient client() throws Exception {
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        try (var pem = Files.newInputStream(folder.resolve("cert.pem"))) {
            store.setCertificateEntry(
                    "a", CertificateFactory.getInstance("X.509").generateCertificate(pem));
        }
        TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(store);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, trust.getTrustManagers(), null);
        return HttpClient.newBuilder().sslContext(context).build();
    }

    private static int status(String method, String path, String token, String body) throws Exception {
        return send(method, path, token, body).statusCode();
    }

    private static HttpResponse<String> send(String method, String path, String token, String body) throws Exception {
        HttpRequest.Builder request = flow6.at(path)
                .header("Content-Type", "application/json")
                .method(method, body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body));
        return flow6.send(token.isEmpty() ? request : request.header("X-Auth-Token", token));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"/status", "/metrics", "/apps", "/apps/l2", "/stats/switches", "/stats/desc/1", "/v2.0/networks"
            })
    void showsEverythingToReadersAlone(String path) throws Exception {
        HttpResponse<String> refused = send("GET", path, "", "");
        assertThat(refused.statusCode()).isEqualTo(401);
        assertThat(refused.headers().firstValue("www-authenticate")).contains("Bearer realm=\"flow6\"");
        assertThat(refused.body()).contains("a token is needed");
        for (String wrong : List.of(reader + "x", "rita.", "notused", "rita")) {
            assertThat(status("GET", path, wrong, "")).as(wrong).isEqualTo(401);
        }
        for (String token : List.of(reader, member, admin)) {
            assertThat(status("GET", path, token, "")).isEqualTo(200);
        }
    }

    @Test
    void letsAdministratorsSwitchAppsAlone() throws Exception {
        String body = "{\"enabled\": true}";
        assertThat(status("PUT", "/apps/l2", "", body)).isEqualTo(401);
        assertThat(status("PUT", "/apps/l2", reader, body)).isEqualTo(403);
        assertThat(status("PUT", "/apps/l2", member, body)).isEqualTo(403);
        assertThat(status("PUT", "/apps/l2", admin, body)).isEqualTo(200);
    }

    @Test
    void showsItsVersionsToAnybody() throws Exception {
        HttpResponse<String> versions = send("GET", "/", "", "");
        assertThat(versions.statusCode()).isEqualTo(200);
        assertThat(versions.body()).contains("https://127.0.0.1:" + flow6.http().port() + "/v2.0/");
    }

    @Test
    void takesTokensAsClientsSendThem() throws Exception {
        String secret = member.substring("mia.".length());
        for (String right :
                List.of("Bearer " + member, "bearer  " + member, basic("mia:" + secret), basic("mia:" + member))) {
            assertThat(authorized(right)).as(right).isEqualTo(200);
        }
        for (String wrong : List.of(
                "Bearer",
                "Bearer ",
                "Bearer " + secret,
                "Digest " + member,
                basic("rita:" + secret),
                basic("mia"),
                basic("mia:"),
                "Basic %%%",
                member)) {
            assertThat(authorized(wrong)).as(wrong).isEqualTo(401);
        }
    }

    private static String basic(String pair) {
        return "Basic " + Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8));
    }

    private static int authorized(String header) throws Exception {
        return flow6.send(flow6.at("/v2.0/networks").header("Authorization", header))
                .statusCode();
    }

    @Test
    void keepsProjectsApart() throws Exception {
        assertThat(status("POST", "/v2.0/networks", reader, NETWORK)).isEqualTo(403);
        HttpResponse<String> made = send("POST", "/v2.0/networks", member, NETWORK);
        assertThat(made.statusCode()).isEqualTo(201);
        assertThat(made.body()).contains("\"project_id\":\"web\"");
        String id = made.body().replaceAll(".*\"id\":\"([^\"]+)\".*", "$1");
        assertThat(status("GET", "/v2.0/networks/" + id, reader, "")).isEqualTo(200);
        String other = token("otto", "db", "member");
        tokens.reread();
        assertThat(status("GET", "/v2.0/networks/" + id, other, "")).isEqualTo(404);
        assertThat(status("DELETE", "/v2.0/networks/" + id, other, "")).isEqualTo(404);
        assertThat(status("DELETE", "/v2.0/networks/" + id, admin, "")).isEqualTo(204);
    }

    @Test
    void writesALineForEachWrite() throws Exception {
        HttpResponse<String> made = send("POST", "/v2.0/networks", member, NETWORK);
        send("GET", "/v2.0/networks", member, "");
        send("POST", "/v2.0/networks", reader, NETWORK);
        send("POST", "/v2.0/networks?x=1", "mia.wrong", NETWORK);
        send("PUT", "/apps/l2", admin, "{\"enabled\": true}");
        send("POST", "/v2.0/a%0aforged", member, "{");
        String id = made.headers().firstValue("x-openstack-request-id").orElseThrow();
        List<String> lines = new ArrayList<>(logged);
        assertThat(lines.get(0)).isEqualTo("api: mia web POST /v2.0/networks 201 " + id);
        assertThat(lines.stream().map(line -> line.replaceAll(" req-[0-9a-f-]+$", "")))
                .containsExactly(
                        "api: mia web POST /v2.0/networks 201",
                        "api: rita web POST /v2.0/networks 403",
                        "api: - - POST /v2.0/networks 401",
                        "api: ada - PUT /apps/l2 200",
                        "api: mia web POST /v2.0/a%0aforged 400");
        assertThat(lines.toString()).doesNotContain(member).doesNotContain("wrong");
    }

    @Test
    void asksClientsThatComeTooOftenToWait() throws Exception {
        try (ServedNetwork slow = serve(1)) {
            HttpRequest.Builder request = slow.at("/v2.0/networks").header("X-Auth-Token", reader);
            List<HttpResponse<String>> answers = new ArrayList<>();
            do {
                answers.add(slow.send(request));
            } while (answers.get(answers.size() - 1).statusCode() == 200);
            HttpResponse<String> last = answers.get(answers.size() - 1);
            assertThat(last.statusCode()).isEqualTo(429);
            assertThat(last.headers().firstValue("retry-after")).contains("1");
            assertThat(last.body()).contains("\"NeutronError\":{\"type\":\"TooManyRequests\"");
            assertThat(answers).hasSizeGreaterThan(2);
        }
    }

    @Test
    void takesOverACertificate() throws Exception {
        Path cert = folder.resolve("cert.pem");
        String before = subject(cert);
        certify("b");
        assertThat(flow6.http().renew().toCompletableFuture().join()).isTrue();
        HttpResponse<String> answer = client().send(
                        flow6.at("/status").header("X-Auth-Token", reader).build(),
                        HttpResponse.BodyHandlers.ofString());
        X509Certificate shown =
                (X509Certificate) answer.sslSession().orElseThrow().getPeerCertificates()[0];
        assertThat(shown.getSubjectX500Principal().getName()).isEqualTo("CN=b").isNotEqualTo(before);
    }

    private static String subject(Path file) throws Exception {
        try (var pem = Files.newInputStream(file)) {
            X509Certificate one =
                    (X509Certificate) CertificateFactory.getInstance("X.509").generateCertificate(pem);
            return one.getSubjectX500Principal().getName();
        }
    }
}
