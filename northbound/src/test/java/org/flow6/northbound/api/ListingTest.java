package org.flow6.northbound.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.flow6.northbound.api.ApiCalls.Reply;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ListingTest extends ApiScene {
    @BeforeEach
    void open() {
        for (String name : new String[] {"c", "a", "e", "b", "d"}) {
            api.post(
                    "networks",
                    "{network: {name: '" + name + "', mtu: " + (name.compareTo("c") < 0 ? 9000 : 1400) + "}}");
        }
    }

    private static List<String> names(Reply reply) {
        assertThat(reply.status()).as(reply.error()).isEqualTo(200);
        List<String> names = new ArrayList<>();
        reply.body()
                .path("networks")
                .forEach(network -> names.add(network.path("name").asText()));
        return names;
    }

    private List<String> names(String query) {
        return names(api.get("networks?" + query));
    }

    @Test
    void isOrderedByIdOrAsWanted() {
        List<String> ids = new ArrayList<>();
        api.get("networks")
                .object()
                .forEach(network -> ids.add(network.path("id").asText()));
        assertThat(ids).isSorted();
        assertThat(names("sort_key=name")).containsExactly("a", "b", "c", "d", "e");
        assertThat(names("sort_key=name&sort_dir=desc")).containsExactly("e", "d", "c", "b", "a");
        assertThat(names("sort_key=mtu&sort_dir=asc&sort_key=name&sort_dir=desc"))
                .containsExactly("e", "d", "c", "b", "a");
        assertThat(names("sort_key=mtu&sort_dir=desc&sort_key=name&sort_dir=asc"))
                .containsExactly("a", "b", "c", "d", "e");
    }

    @Test
    void refusesOrdersThatAreNone() {
        assertThat(api.get("networks?sort_key=x").error())
                .isEqualTo("400 HTTPBadRequest: ['x'] is invalid attribute for sort_keys");
        assertThat(api.get("networks?sort_key=name&sort_dir=up").error())
                .startsWith("400 HTTPBadRequest: ['up'] is invalid value for sort_dirs");
        assertThat(api.get("networks?sort_key=name&sort_key=mtu&sort_dir=asc").error())
                .isEqualTo("400 HTTPBadRequest: The number of sort_keys and sort_dirs must be same");
    }

    @Test
    void comesInPages() {
        List<String> seen = new ArrayList<>();
        Reply page = api.get("networks?limit=2&sort_key=name&name=a&name=b&name=c&name=d&name=e");
        seen.addAll(names(page));
        assertThat(seen).containsExactly("a", "b");
        assertThat(rels(page)).containsExactly("next");
        page = follow(page, "next");
        seen.addAll(names(page));
        assertThat(rels(page)).containsExactly("next", "previous");
        assertThat(names(follow(page, "previous"))).containsExactly("a", "b");
        page = follow(page, "next");
        seen.addAll(names(page));
        assertThat(rels(page)).containsExactly("previous");
        assertThat(seen).containsExactly("a", "b", "c", "d", "e");
        assertThat(names(follow(page, "previous"))).containsExactly("c", "d");
    }

    private static List<String> rels(Reply page) {
        List<String> rels = new ArrayList<>();
        page.body()
                .path("networks_links")
                .forEach(link -> rels.add(link.path("rel").asText()));
        return rels;
    }

    private Reply follow(Reply page, String rel) {
        for (JsonNode link : page.body().path("networks_links")) {
            if (link.path("rel").asText().equals(rel)) {
                String href = link.path("href").asText();
                assertThat(href).startsWith("http://host/v2.0/networks?limit=2&sort_key=name&name=a&name=b");
                return api.get(href.substring("http://host/v2.0/".length()));
            }
        }
        throw new AssertionError("no " + rel + " in " + page.body());
    }

    @Test
    void pagesHaveLimits() {
        assertThat(names("limit=0")).hasSize(5);
        assertThat(api.get("networks?limit=0").body().has("networks_links")).isFalse();
        assertThat(names("limit=9")).hasSize(5);
        assertThat(names("sort_key=name&limit=2&page_reverse=True")).containsExactly("d", "e");
        assertThat(api.get("networks?limit=-1").error())
                .isEqualTo("400 HTTPBadRequest: Limit must be an integer 0 or greater and not '-1'");
        assertThat(api.get("networks?marker=none").status()).isEqualTo(400);
    }

    @Test
    void showsTheFieldsThatAreAskedFor() {
        Reply reply = api.get("networks?fields=name&fields=flavor&sort_key=name&limit=1");
        assertThat(reply.object()).isEqualTo(ApiCalls.parsed("[{name: 'a'}]"));
        String id = api.get("networks?name=a").object().at("/0/id").asText();
        assertThat(api.get("networks/" + id + "?fields=id&fields=name").object())
                .isEqualTo(ApiCalls.parsed("{id: '" + id + "', name: 'a'}"));
    }

    @Test
    void hasThoseWithOneOfTheValuesOfEachFilter() {
        assertThat(names("name=a&name=c&name=zz")).containsExactlyInAnyOrder("a", "c");
        assertThat(names("name=a&name=c&mtu=9000")).containsExactly("a");
        assertThat(names("mtu=%20")).isEmpty();
        assertThat(names("name=")).isEmpty();
        assertThat(names("description=")).hasSize(5);
        assertThat(names("admin_state_up=False")).isEmpty();
        assertThat(names("admin_state_up=maybe")).isEmpty();
        assertThat(names("admin_state_up=true&router:external=False")).hasSize(5);
        String id = api.get("networks?name=a").object().at("/0/id").asText();
        assertThat(names("id=" + id + "&id=none")).containsExactly("a");
        assertThat(names("id=" + id + "&name=b")).isEmpty();
        assertThat(api.get("networks?bogus=1&worse=2").error())
                .isEqualTo("400 HTTPBadRequest: ['bogus', 'worse'] is invalid attribute for filtering");
    }

    @Test
    void hasThoseOfAProject() {
        api.post("networks", "{network: {name: 'x', project_id: 'p'}}");
        for (String attribute : new String[] {"tenant_id", "project_id"}) {
            assertThat(names(attribute + "=p")).containsExactly("x");
            assertThat(names(attribute + "=")).hasSize(5);
            assertThat(names(attribute + "=q")).isEmpty();
        }
    }

    @Test
    void hasThoseWithTags() {
        tag("a", "red", "blue");
        tag("b", "red");
        tag("c", "green");
        assertThat(names("tags=red")).containsExactlyInAnyOrder("a", "b");
        assertThat(names("tags=red,blue")).containsExactly("a");
        assertThat(names("tags-any=blue,green")).containsExactlyInAnyOrder("a", "c");
        assertThat(names("not-tags=red,blue")).containsExactlyInAnyOrder("b", "c", "d", "e");
        assertThat(names("not-tags-any=red,green")).containsExactlyInAnyOrder("d", "e");
    }

    private void tag(String name, String... tags) {
        String id = api.get("networks?name=" + name).object().at("/0/id").asText();
        for (String tag : tags) {
            assertThat(api.put("networks/" + id + "/tags/" + tag, "{}").status())
                    .isEqualTo(201);
        }
    }

    @Test
    void ofOneNameIsFoundAmongMany() {
        List<String> names = new ArrayList<>(List.of("a", "b", "c", "d", "e"));
        Collections.shuffle(names);
        for (String name : names) {
            assertThat(names("name=" + name)).containsExactly(name);
        }
    }
}
