package org.flow6.northbound.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.flow6.network.file.Violation;
import org.flow6.northbound.LiveNetwork;
import org.flow6.northbound.ObjectKey;
import org.flow6.northbound.StoreState;
import org.flow6.northbound.api.ApiCalls.Reply;
import org.flow6.northbound.api.RandomRequests.Made;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the API makes of requests that its own description makes up. */
class NeutronApiRandomTest {
    private static final int REQUESTS = 1500;

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path folder;

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void refusesWithoutAChangeAndKeepsWhatItTakes(long seed) {
        RandomRequests requests = new RandomRequests(seed);
        Map<String, Integer> outcomes = new TreeMap<>();
        List<Violation> violations = new CopyOnWriteArrayList<>();
        try (ApiCalls api = ApiCalls.over(folder)) {
            var unused = LiveNetwork.of(api.store(), outcome -> violations.addAll(outcome.violations()));
            for (int i = 0; i < REQUESTS; i++) {
                StoreState before = api.store().state();
                Made made = requests.next(before);
                String what = "seed " + seed + ", request " + i + ": " + made;
                Reply reply = api.call(made.method(), made.path(), made.body());
                outcomes.merge(made.method() + " " + reply.status() / 100, 1, Integer::sum);
                if (reply.status() >= 400) {
                    checkRefusal(reply, what);
                    // To read groups makes the default one.
                    boolean reads = made.method().equals("GET");
                    assertThat(reads || api.store().state().equals(before))
                            .as(what)
                            .isTrue();
                } else {
                    checkTaken(api, made, reply, what);
                }
                assertThat(violations).as(what).isEmpty();
            }
        }
        assertThat(outcomes).containsKeys("POST 2", "POST 4", "PUT 2", "PUT 4", "DELETE 2", "GET 2", "GET 4");
        assertThat(outcomes.get("POST 2")).isGreaterThan(REQUESTS / 20);
    }

    private static void checkRefusal(Reply reply, String what) {
        assertThat(reply.status()).as(what + ": " + reply).isBetween(400, 499);
        assertThat(reply.body().at("/NeutronError/type").asText()).as(what).isNotEmpty();
        assertThat(reply.message()).as(what).isNotEmpty().hasSizeLessThan(4000);
    }

    private static void checkTaken(ApiCalls api, Made made, Reply reply, String what) {
        String path = made.path().split("\\?", 2)[0];
        String[] parts = path.substring(1).split("/", -1);
        if (made.method().equals("POST")) {
            JsonNode all = reply.object();
            for (JsonNode one : all.isArray() ? all : List.of(all)) {
                Reply read = api.get(path + "/" + one.path("id").asText());
                assertThat(read.object()).as(what).isEqualTo(one);
            }
        } else if (made.method().equals("PUT") && parts.length == 2) {
            assertThat(api.get(path).body()).as(what).isEqualTo(reply.body());
        } else if (made.method().equals("DELETE") && parts.length == 2) {
            ObjectKey key = new ObjectKey(parts[0].replace('-', '_'), parts[1]);
            assertThat(api.store().state().objects().containsKey(key)).as(what).isFalse();
        }
    }
}
