package org.flow6.northbound.api;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.flow6.northbound.api.Attribute.Use;

/** The reference of the API, in Markdown. */
public final class ApiPage {
    /** In the meaning of an attribute, what comes before its default if that is no single value. */
    private static final String DEFAULT = " Default: ";

    private static final String BEFORE = """
            # Neutron's API

            This page is made by `bin/flow6 api-page`.

            With `api.listen` ([configuration](configuration.md)) Flow6 serves Neutron's API v2.0: what the `openstack` client,
            Terraform, tempest and other programs speak. Its address is what `api.listen` says, without a path:

            ```sh
            export OS_AUTH_TYPE=none OS_ENDPOINT=http://127.0.0.1:9696
            openstack network create blue
            openstack subnet create --network blue --ip-version 6 --subnet-range 2001:db8:1::/64 \\
                --ipv6-ra-mode slaac --ipv6-address-mode slaac blue6
            openstack port create --network blue vm1
            ```

            With `northbound.embedded` it changes the network; a write is answered when it is on the disk. With `northbound.file`
            it shows what the file states and what follows from that, and refuses all writes with status 403.

            ## Calls

            | call | does |
            |---|---|
            | `GET /` | names the version of the API |
            | `GET /v2.0/extensions` | names the extensions of Neutron's that there are |
            | `GET /v2.0/COLLECTION` | lists resources |
            | `POST /v2.0/COLLECTION` | makes one, or several in a list: all or none |
            | `GET`, `PUT`, `DELETE /v2.0/COLLECTION/ID` | shows, changes, removes one |
            | `GET`, `PUT`, `DELETE /v2.0/COLLECTION/ID/tags` and `…/tags/TAG` | shows and changes its tags, where it has some |
            %s| `GET`, `PUT`, `DELETE /v2.0/quotas/PROJECT` | how many resources a project may have |
            | `GET /v2.0/agents` | the hosts, the one that answers among them; `alive` is null where that is not known |
            | `DELETE /v2.0/agents/ID` | takes out a host that is gone for good: it is not alive, and no port is bound to it |
            | `GET /v2.0/network-ip-availabilities` | how many addresses of each subnet are used |

            Lists take attributes as filters (each value of one that is named more than once will do), `tags`, `tags-any`,
            `not-tags` and `not-tags-any`, `fields`, `sort_key` and `sort_dir`, and `limit`, `marker` and `page_reverse`.
            With `If-Match: revision_number=N` a resource is changed only if it has not changed since.

            Errors are Neutron's: `{"NeutronError": {"type": …, "message": …, "detail": ""}}`, with its status codes. What the switches
            could not do is refused with status 400 and the reason; nothing is kept then. Status 503: it cannot be kept now.

            ## Attributes

            `POST` and `PUT` say when a request may name an attribute; an attribute without either is told by Flow6 alone. `admin`:
            only administrators name it. Lists can be filtered and sorted by those with `filter` and `sort`. `flow6` has what Neutron has
            no attribute for, as in the [network file](network-file.md).
            """;

    private ApiPage() {}

    /** The page. */
    public static String render() {
        StringBuilder page = new StringBuilder(BEFORE.formatted(actions()));
        for (Resource resource : Resources.all()) {
            page.append("\n## `")
                    .append(path(resource))
                    .append("`\n\n")
                    .append("| attribute | value | said | default | lists | meaning |\n|---|---|---|---|---|---|\n");
            resource.attributes().forEach(attribute -> page.append(row(attribute)));
        }
        return page.toString();
    }

    private static String path(Resource resource) {
        return resource.collection().replace('_', '-');
    }

    private static String actions() {
        return Resources.all().stream()
                .flatMap(resource -> resource.actions().entrySet().stream()
                        .map(action -> "| `PUT /v2.0/%s/ID/%s` | %s |\n"
                                .formatted(path(resource), action.getKey(), action.getValue())))
                .collect(Collectors.joining());
    }

    private static String row(Attribute attribute) {
        String meaning = attribute.meaning();
        int at = meaning.indexOf(DEFAULT);
        String fallback =
                at >= 0 ? meaning.substring(at + DEFAULT.length(), meaning.length() - 1) : fallback(attribute);
        return "| `%s` | %s | %s | %s | %s | %s |\n"
                .formatted(
                        attribute.name(),
                        attribute.conversion().form(),
                        said(attribute),
                        fallback,
                        lists(attribute),
                        at >= 0 ? meaning.substring(0, at) : meaning);
    }

    private static String fallback(Attribute attribute) {
        JsonNode fallback = attribute.fallback();
        if (fallback == null) {
            return attribute.is(Use.REQUIRED) ? "required" : "";
        }
        return fallback.isTextual() && fallback.asText().isEmpty() ? "none" : "`" + fallback + "`";
    }

    private static String said(Attribute attribute) {
        List<String> said = new ArrayList<>();
        if (attribute.is(Use.POST)) {
            said.add("POST");
        }
        if (attribute.is(Use.PUT)) {
            said.add("PUT");
        }
        if (attribute.is(Use.ADMIN)) {
            said.add("admin");
        }
        if (attribute.is(Use.HIDDEN)) {
            said.add("not shown");
        }
        return String.join(", ", said);
    }

    private static String lists(Attribute attribute) {
        List<String> lists = new ArrayList<>();
        if (attribute.is(Use.FILTER)) {
            lists.add("filter");
        }
        if (attribute.is(Use.SORT)) {
            lists.add("sort");
        }
        return String.join(", ", lists);
    }
}
