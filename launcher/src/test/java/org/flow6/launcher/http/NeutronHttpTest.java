package org.flow6.launcher.http;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.flow6.northbound.StoreState;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Neutron's API over HTTP, and what is no request of it. */
class NeutronHttpTest {
    private static final HttpClient CLIENT = HttpClient.newHttpClient();

    @TempDir
    @SuppressWarnings("NullAway.Init") // set by JUnit
    Path folder;

    @SuppressWarnings("NullAway.Init") // set before each test
    private ServedNetwork flow6;

    @BeforeEach
    void start() throws Exception {
        flow6 = ServedNetwork.over(folder, HttpApi.Limits.DEFAULT, Protection.NONE, CLIENT);
    }

    @AfterEach
    void stop() {
        flow6.close();
    }

    private static JsonNode json(HttpResponse<String> answer) throws IOException {
        assertThat(answer.headers().firstValue("content-type")).contains("application/json");
        assertThat(answer.headers().firstValue("x-openstack-request-id"))
                .get()
                .asString()
                .startsWith("req-");
        return new ObjectMapper().readTree(answer.body());
    }

    private String network() throws Exception {
        HttpResponse<String> made = flow6.post("/v2.0/networks", "{\"network\": {\"name\": \"é😀\"}}");
        assertThat(made.statusCode()).isEqualTo(201);
        return json(made).path("network").path("id").asText();
    }

    /** Checks that a request is refused in Neutron's form, and changes nothing. */
    private void assertRefused(HttpRequest.Builder request, int status, String message) throws Exception {
        StoreState before = flow6.store().state();
        HttpResponse<String> answer = flow6.send(request);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
        assertThat(json(answer).path("NeutronError").path("message").asText()).contains(message);
        assertThat(flow6.store().state()).isEqualTo(before);
        assertThat(flow6.get("/v2.0/networks").statusCode()).isEqualTo(200);
    }

    private HttpRequest.Builder posted(byte[] body) {
        return flow6.at("/v2.0/networks")
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofByteArray(body));
    }

    @Test
    void servesWhatItIsAskedTo() throws Exception {
        assertThat(flow6.get("/").statusCode()).isEqualTo(200);
        String id = network();
        HttpResponse<String> shown = flow6.get("/v2.0/networks/" + id + ".json");
        assertThat(json(shown).path("network").path("name").asText()).isEqualTo("é😀");
        HttpRequest.Builder put =
                flow6.at("/v2.0/networks/" + id + "/tags/blue").PUT(BodyPublishers.noBody());
        assertThat(flow6.send(put).statusCode()).isEqualTo(201);
        HttpResponse<String> gone = flow6.send(flow6.at("/v2.0/networks/" + id).DELETE());
        assertThat(gone.statusCode()).isEqualTo(204);
        assertThat(gone.body()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "text/plain",
        "application/x-www-form-urlencoded",
        "application/xml",
        "multipart/form-data",
        "text/json",
        "json",
        "''"
    })
    void takesBodiesThatAreJsonAlone(String type) throws Exception {
        HttpRequest.Builder request =
                flow6.at("/v2.0/networks").POST(BodyPublishers.ofString("{\"network\": {\"name\": \"a\"}}"));
        assertRefused(
                type.isEmpty() ? request : request.header("Content-Type", type),
                415,
                "bodies are of Content-Type: application/json");
        HttpRequest.Builder right = flow6.at("/v2.0/networks")
                .header("Content-Type", "Application/JSON; charset=utf-8")
                .POST(BodyPublishers.ofString("{\"network\": {}}"));
        assertThat(flow6.send(right).statusCode()).isEqualTo(201);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{",
                "{\"network\": {}} {}",
                "nothing",
                "{\"network\": {\"mtu\": 01}}",
                "{\"network\": {\"mtu\": NaN}}",
                "{'network': {}}",
                "{\"network\": {\"name\": \"a\nb\"}}",
                "{\"network\": {\"name\": \"\\x\"}}",
                "\u0000"
            })
    void refusesWhatIsNotJson(String text) throws Exception {
        assertRefused(posted(text.getBytes(UTF_8)), 400, "the request is malformed: it is not JSON: ");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\u00ff",
                "\u00c3(",
                "\u00c0\u0080",
                "\u00e2\u0082",
                "\u00f8\u0088\u0080\u0080\u0080",
                "\u00ed\u00a0\u0080"
            })
    void refusesBrokenUtf8(String octets) throws Exception {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        body.writeBytes("{\"network\": {\"name\": \"".getBytes(UTF_8));
        body.writeBytes(octets.getBytes(ISO_8859_1));
        body.writeBytes("\"}}".getBytes(UTF_8));
        assertRefused(posted(body.toByteArray()), 400, "");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            {"network": {"name": "\\ud800"}}                 | Body contains invalid data
            {"network": {"flow6": {"a": [1e999]}}}           | Body contains invalid data
            {"network": {"nam\\ud83d\\ude00": 1}}            | Unrecognized attribute(s)
            {"network": {"name": null}}                      | Invalid input for name
            {"network": {"name": ["a"]}}                     | Invalid input for name
            {"network": {"admin_state_up": "perhaps"}}       | Invalid input for admin_state_up
            {"network": {"bogus": 1}}                        | Unrecognized attribute(s) 'bogus'
            {"network": {"id": "a"}}                         | Attribute 'id' not allowed in POST
            {"network": [1]}                                 | Body contains invalid data
            {"networks": {}}                                 | Unable to find 'network' in request body
            {"networks": []}                                 | Resources required
            []                                               | Body contains invalid data
            null                                             | Body contains invalid data
            """)
    void refusesWhatIsNoNetwork(String body, String message) throws Exception {
        assertRefused(posted(body.getBytes(UTF_8)), 400, message);
    }

    @Test
    void refusesWhatIsTooDeep() throws Exception {
        for (int depth : List.of(21, 100_000)) {
            String deep = "{\"network\": {\"flow6\": " + "[".repeat(depth) + "]".repeat(depth) + "}}";
            assertRefused(posted(deep.getBytes(UTF_8)), 400, "nesting depth");
        }
    }

    @Test
    void refusesWhatIsTooLarge() throws Exception {
        String large = "the body has more than 4194304 bytes";
        String head = String.join(
                "\r\n",
                "POST /v2.0/networks HTTP/1.1",
                "Host: localhost",
                "Content-Type: application/json",
                "Connection: close",
                "");
        assertThat(flow6.exchange((head + "Content-Length: 10000000\r\n\r\n" + " ".repeat(10_000_000)).getBytes(UTF_8)))
                .startsWith("HTTP/1.1 413 ")
                .contains(large);
        String chunk = "100000\r\n" + " ".repeat(1 << 20) + "\r\n";
        assertThat(flow6.exchange(
                        (head + "Transfer-Encoding: chunked\r\n\r\n" + chunk.repeat(4) + "1\r\n \r\n0\r\n\r\n")
                                .getBytes(UTF_8)))
                .startsWith("HTTP/1.1 413 ")
                .contains(large);
        String many = "{\"networks\": [" + "{},".repeat(1000) + "{}]}";
        assertRefused(posted(many.getBytes(UTF_8)), 400, "at most 1000 at once, not 1001");
    }

    @Test
    void boundsWhatManyClientsSendAtOnce() throws Exception {
        byte[] body = ("{\"network\": {\"name\": \"" + "x".repeat((4 << 20) - 100) + "\"}}").getBytes(UTF_8);
        List<CompletableFuture<HttpResponse<String>>> answers = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            answers.add(CLIENT.sendAsync(posted(body).build(), HttpResponse.BodyHandlers.ofString()));
        }
        for (CompletableFuture<HttpResponse<String>> answer : answers) {
            assertThat(answer.join().statusCode()).isIn(400, 503);
        }
        assertRefused(posted(body), 400, "exceeds maximum length of 255");
        assertRefused(posted(body), 400, "exceeds maximum length of 255");
    }

    @Test
    void refusesAStaleRevision() throws Exception {
        String path = "/v2.0/networks/" + network();
        HttpRequest.Builder stale = flow6.at(path)
                .header("Content-Type", "application/json")
                .header("If-Match", "revision_number=7")
                .PUT(BodyPublishers.ofString("{\"network\": {\"name\": \"b\"}}"));
        assertRefused(stale, 412, "Constrained to 7, but current revision is 0");
        assertRefused(flow6.at(path).header("If-Match", "é?").DELETE(), 412, "current revision is 0");
        assertThat(flow6.send(flow6.at(path)
                                .header("If-Match", "revision_number=0")
                                .DELETE())
                        .statusCode())
                .isEqualTo(204);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/v2.0/networks/a%2Fb",
                "/v2.0/networks/%00",
                "/v2.0/networks/%ff%fe",
                "/v2.0/networks/..%2f..%2fetc",
                "/v2.0/networks/x/y/z",
                "/v2.0/bogus",
                "/v2.0/%F0%9F%98%80",
                "/v2.0/networks/%0d%0aSet-Cookie:%20a"
            })
    void findsNothingAtOddPaths(String path) throws Exception {
        assertRefused(flow6.at(path), 404, "could not be found");
        assertRefused(flow6.at(path).DELETE(), 404, "could not be found");
    }

    @Test
    void refusesOddQueriesAndMethods() throws Exception {
        for (String query :
                List.of("limit=-1", "marker=none", "sort_key=bogus", "bogus=1", "sort_key=id&sort_dir=up")) {
            assertRefused(flow6.at("/v2.0/networks?" + query), 400, "");
        }
        assertThat(flow6.get("/v2.0/networks?name=%ff%00&fields=%F0").statusCode())
                .isEqualTo(200);
        for (String method : List.of("PATCH", "PUT", "DELETE", "OPTIONS", "BREW")) {
            HttpRequest.Builder request = flow6.at("/v2.0/networks")
                    .header("Content-Type", "application/json")
                    .method(method, BodyPublishers.ofString("{\"network\": {}}"));
            assertRefused(request, 404, "could not be found");
        }
    }
}
