package org.flow6.northbound.api;

import static org.assertj.core.api.Assertions.assertThat;

import org.flow6.northbound.api.ApiCalls.Reply;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class TagsTest extends ApiScene {
    @SuppressWarnings("NullAway.Init")
    private String tags;

    @BeforeEach
    void open() {
        tags = "networks/" + api.post("networks", "{network: {}}").id() + "/tags";
    }

    private void assertTags(String expected) {
        assertThat(api.get(tags).body()).isEqualTo(ApiCalls.parsed("{tags: " + expected + "}"));
    }

    @Test
    void comeOneByOne() {
        Reply made = api.put(tags + "/red", "");
        assertThat(made.status()).isEqualTo(201);
        assertThat(made.body().isMissingNode()).isTrue();
        assertThat(api.put(tags + "/blue", "").status()).isEqualTo(201);
        assertThat(api.put(tags + "/red", "").status()).isEqualTo(201);
        assertTags("['red', 'blue']");
        assertThat(api.get(tags + "/red").status()).isEqualTo(204);
        assertThat(api.get(tags + "/green").error()).isEqualTo("404 TagNotFound: Tag green could not be found.");
    }

    @Test
    void comeAllAtOnce() {
        Reply set = api.put(tags, "{tags: ['red', 'blue']}");
        assertThat(set.status()).isEqualTo(200);
        assertThat(set.body()).isEqualTo(ApiCalls.parsed("{tags: ['red', 'blue']}"));
        api.put(tags, "{tags: ['green']}");
        assertTags("['green']");
        assertThat(api.get(tags.replace("/tags", "")).object().path("tags")).isEqualTo(ApiCalls.parsed("['green']"));
    }

    @Test
    void go() {
        api.put(tags, "{tags: ['red', 'blue', 'green']}");
        assertThat(api.delete(tags + "/red").status()).isEqualTo(204);
        assertThat(api.delete(tags + "/red").error()).isEqualTo("404 TagNotFound: Tag red could not be found.");
        assertTags("['blue', 'green']");
        assertThat(api.delete(tags).status()).isEqualTo(204);
        assertTags("[]");
    }

    @Test
    void changeTheRevision() {
        api.put(tags + "/red", "");
        assertThat(api.get(tags.replace("/tags", ""))
                        .object()
                        .path("revision_number")
                        .asInt())
                .isEqualTo(1);
    }

    @Test
    void areTextsAndNotTooMany() {
        assertThat(api.put(tags, "{tags: 'red'}").error()).isEqualTo("400 HTTPBadRequest: Invalid tags body");
        assertThat(api.put(tags, "{}").status()).isEqualTo(400);
        assertThat(api.put(tags, "{tags: [1]}").status()).isEqualTo(400);
        assertThat(api.put(tags, "{tags: ['red', 'red']}").status()).isEqualTo(400);
        assertThat(api.put(tags + "/" + "x".repeat(256), "").status()).isEqualTo(400);
        for (int i = 0; i < 50; i++) {
            assertThat(api.put(tags + "/" + i, "").status()).isEqualTo(201);
        }
        assertThat(api.put(tags + "/50", "").status()).isEqualTo(400);
        assertThat(api.post(tags, "{tags: []}").status()).isEqualTo(404);
    }

    @Test
    void areOfWhatIsThereAndTheCallers() {
        assertThat(api.get("networks/none/tags").status()).isEqualTo(404);
        assertThat(api.put("networks/none/tags/x", "").status()).isEqualTo(404);
        assertThat(api.by("member").put(tags + "/x", "").status()).isEqualTo(404);
        String shared = api.post("networks", "{network: {shared: true}}").id();
        assertThat(api.by("member").put("networks/" + shared + "/tags/x", "").status())
                .isEqualTo(403);
        for (String collection : new String[] {"subnets", "subnetpools", "ports"}) {
            assertThat(api.get(collection + "/none/tags").status()).isEqualTo(404);
        }
    }
}
