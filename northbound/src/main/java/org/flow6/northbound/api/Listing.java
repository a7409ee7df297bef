package org.flow6.northbound.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Predicate;
import org.flow6.northbound.api.Attribute.Use;
import org.flow6.northbound.api.Conversion.Unfit;
import org.jspecify.annotations.Nullable;

/** A list of a resource as a query wants it: which of them, in what order, from where on, and what of each. */
final class Listing {
    private static final Set<String> NO_FILTERS =
            Set.of("fields", "sort_key", "sort_dir", "limit", "marker", "page_reverse");

    private final Resource resource;
    private final Map<String, List<String>> query;

    Listing(Resource resource, Map<String, List<String>> query) {
        this.resource = resource;
        this.query = query;
    }

    /** The objects that may be asked for: all, unless the query says something that they are found by. */
    Collection<ObjectNode> candidates(Catalog catalog) {
        for (Map.Entry<String, List<String>> parameter : query.entrySet()) {
            String name = parameter.getKey().equals("tenant_id") ? "project_id" : parameter.getKey();
            Attribute attribute = resource.attribute(name);
            Set<String> values = new LinkedHashSet<>(parameter.getValue());
            if (attribute == null || !attribute.is(Use.FILTER) || values.contains("") || values.contains("None")) {
                continue;
            }
            if (name.equals("id")) {
                return values.stream()
                        .map(id -> catalog.get(resource.collection(), id))
                        .filter(Objects::nonNull)
                        .toList();
            }
            if (attribute.is(Use.INDEX)) {
                return found(catalog, attribute, values);
            }
        }
        return catalog.all(resource.collection());
    }

    private List<ObjectNode> found(Catalog catalog, Attribute attribute, Set<String> texts) {
        Set<String> values = new LinkedHashSet<>();
        for (String text : texts) {
            JsonNode value = converted(attribute, text);
            if (value != null) {
                values.add(value.asText());
            }
        }
        return values.stream()
                .flatMap(value -> catalog.find(resource.collection(), attribute.name(), value).stream())
                .toList();
    }

    /**
     * The objects asked for, and the links to what is before and after.
     *
     * @param objects complete, and all of them the caller's to see
     * @param url of the collection, as the client called it
     */
    ObjectNode of(List<ObjectNode> objects, String url) throws NeutronError {
        Predicate<ObjectNode> filter = filter();
        List<ObjectNode> wanted =
                new ArrayList<>(objects.stream().filter(filter).toList());
        wanted.sort(order());
        int limit = limit();
        boolean backwards = Boolean.parseBoolean(first("page_reverse"));
        int from = 0;
        int to = wanted.size();
        String marker = first("marker");
        if (!marker.isEmpty()) {
            int at = indexOf(wanted, marker);
            from = backwards ? 0 : at + 1;
            to = backwards ? at : to;
        }
        if (limit > 0) {
            from = backwards ? Math.max(from, to - limit) : from;
            to = Math.min(to, from + limit);
        }
        ArrayNode page = JsonNodeFactory.instance.arrayNode();
        wanted.subList(from, to).forEach(object -> page.add(fields(object)));
        ObjectNode answer = JsonNodeFactory.instance.objectNode();
        answer.set(resource.collection(), page);
        if (limit > 0 && from < to) {
            links(answer, url, wanted, from, to);
        }
        return answer;
    }

    private void links(ObjectNode answer, String url, List<ObjectNode> wanted, int from, int to) {
        ArrayNode links = JsonNodeFactory.instance.arrayNode();
        if (to < wanted.size()) {
            links.addObject().put("rel", "next").put("href", href(url, wanted.get(to - 1), false));
        }
        if (from > 0) {
            links.addObject().put("rel", "previous").put("href", href(url, wanted.get(from), true));
        }
        if (!links.isEmpty()) {
            answer.set(resource.collection() + "_links", links);
        }
    }

    private String href(String url, ObjectNode marker, boolean backwards) {
        StringBuilder href = new StringBuilder(url).append('?');
        query.forEach((name, values) -> {
            if (!name.equals("marker") && !name.equals("page_reverse")) {
                values.forEach(value -> href.append(encoded(name))
                        .append('=')
                        .append(encoded(value))
                        .append('&'));
            }
        });
        href.append("marker=").append(encoded(marker.path("id").asText()));
        return backwards ? href.append("&page_reverse=True").toString() : href.toString();
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    private static int indexOf(List<ObjectNode> wanted, String id) throws NeutronError {
        for (int i = 0; i < wanted.size(); i++) {
            if (wanted.get(i).path("id").asText().equals(id)) {
                return i;
            }
        }
        throw NeutronError.badRequest("Invalid marker: '" + id + "' is not in the list");
    }

    private int limit() throws NeutronError {
        String text = first("limit");
        if (text.isEmpty()) {
            return 0;
        }
        if (!text.matches("[0-9]{1,9}")) {
            throw NeutronError.badRequest("Limit must be an integer 0 or greater and not '" + text + "'");
        }
        return Integer.parseInt(text);
    }

    private String first(String name) {
        List<String> values = query.getOrDefault(name, List.of());
        return values.isEmpty() ? "" : values.get(0);
    }

    /** What the query wants to see of each; names that nothing has are passed over, as clients ask for what Nova has, too. */
    ObjectNode fields(ObjectNode object) {
        List<String> names = query.getOrDefault("fields", List.of());
        return names.isEmpty()
                ? object
                : JsonNodeFactory.instance.objectNode().setAll(object.deepCopy().retain(names));
    }

    private Comparator<ObjectNode> order() throws NeutronError {
        List<String> keys = query.getOrDefault("sort_key", List.of());
        List<String> directions = query.getOrDefault("sort_dir", List.of());
        if (!directions.isEmpty() && directions.size() != keys.size()) {
            throw NeutronError.badRequest("The number of sort_keys and sort_dirs must be same");
        }
        Comparator<ObjectNode> order = null;
        for (int i = 0; i < keys.size(); i++) {
            String key = keys.get(i);
            Attribute attribute = resource.attribute(key);
            if (attribute == null || !attribute.is(Use.SORT)) {
                throw NeutronError.badRequest("['" + key + "'] is invalid attribute for sort_keys");
            }
            String direction = directions.isEmpty() ? "asc" : directions.get(i);
            if (!direction.equals("asc") && !direction.equals("desc")) {
                throw NeutronError.badRequest(
                        "['" + direction + "'] is invalid value for sort_dirs, valid value is 'asc' and 'desc'");
            }
            Comparator<ObjectNode> next = Comparator.comparing(object -> object.path(key), Listing::compare);
            next = direction.equals("desc") ? Collections.reverseOrder(next) : next;
            order = order == null ? next : order.thenComparing(next);
        }
        Comparator<ObjectNode> byId =
                Comparator.comparing(object -> object.path("id").asText());
        return order == null ? byId : order.thenComparing(byId);
    }

    private static int compare(JsonNode left, JsonNode right) {
        if (left.isNumber() && right.isNumber()) {
            return left.decimalValue().compareTo(right.decimalValue());
        }
        return left.asText().compareTo(right.asText());
    }

    private Predicate<ObjectNode> filter() throws NeutronError {
        List<Predicate<ObjectNode>> all = new ArrayList<>();
        List<String> unknown = new ArrayList<>();
        for (Map.Entry<String, List<String>> parameter : query.entrySet()) {
            String name = parameter.getKey();
            if (NO_FILTERS.contains(name)) {
                continue;
            }
            Predicate<ObjectNode> tags = resource.isTagged() ? TagFilters.of(name, parameter.getValue()) : null;
            Predicate<ObjectNode> special = tags == null ? resource.filter(name, parameter.getValue()) : tags;
            Attribute attribute = resource.attribute(name);
            if (special != null) {
                all.add(special);
            } else if (attribute != null && attribute.is(Use.FILTER)) {
                all.add(values(attribute, parameter.getValue()));
            } else {
                unknown.add("'" + name + "'");
            }
        }
        if (!unknown.isEmpty()) {
            throw NeutronError.badRequest(unknown + " is invalid attribute for filtering");
        }
        return object -> all.stream().allMatch(one -> one.test(object));
    }

    private static Predicate<ObjectNode> values(Attribute attribute, List<String> texts) {
        List<JsonNode> wanted = new ArrayList<>();
        for (String text : texts) {
            JsonNode value = converted(attribute, text);
            if (value != null) {
                wanted.add(value);
            }
        }
        String name = attribute.name();
        return object -> {
            JsonNode value = object.path(name);
            if (value.isArray()) {
                return wanted.stream().anyMatch(one -> contains(value, one.asText()));
            }
            return wanted.stream().anyMatch(one -> equal(one, value));
        };
    }

    /** Null where no resource can have such a value. */
    private static @Nullable JsonNode converted(Attribute attribute, String text) {
        JsonNode value = Conversions.text(text);
        try {
            return attribute.conversion().of(value);
        } catch (Unfit e) {
            return text.isEmpty() || text.equals("None")
                    ? value
                    : attribute.conversion().equals(Conversions.BOOLEAN) ? null : value;
        }
    }

    private static boolean equal(JsonNode wanted, JsonNode value) {
        if (value.isNull() || value.isMissingNode()) {
            return wanted.asText().isEmpty() || wanted.asText().equals("None");
        }
        return wanted.asText().equals(value.asText());
    }

    private static boolean contains(JsonNode list, String wanted) {
        for (JsonNode one : list) {
            if (one.asText().equals(wanted)) {
                return true;
            }
        }
        return false;
    }
}
