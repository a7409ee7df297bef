package org.flow6.northbound.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.flow6.northbound.api.Attribute.Use;
import org.jspecify.annotations.Nullable;

/**
 * A type of resource: its names, its attributes, and the rules that go beyond single attributes. A subclass adds attributes
 * and rules; none of its code is about one attribute's form.
 */
abstract class Resource {
    private final String collection;
    private final String member;
    /** How errors call it: {@code Network}, whose absence is NetworkNotFound. */
    private final String title;

    private final Map<String, Attribute> attributes = new LinkedHashMap<>();

    /**
     * @param collection as in the API's paths, with underscores: {@code security_groups}
     * @param member what one is called in requests and answers: {@code security_group}
     */
    Resource(String collection, String member, String title) {
        this.collection = collection;
        this.member = member;
        this.title = title;
    }

    /** With the attributes that all resources have, and a name. */
    final void common(int longestName) {
        nameless();
        add(Attribute.of("name", Conversions.text(longestName), "For people.", Use.POST, Use.PUT, Use.FILTER, Use.SORT)
                .or(""));
    }

    /** With the attributes that all resources have. */
    final void nameless() {
        add(
                Attribute.of(
                        "id",
                        Conversions.notEmpty(255),
                        "What others refer to it by; made by Flow6.",
                        Use.FILTER,
                        Use.SORT),
                Attribute.of(
                        "project_id",
                        Conversions.text(255),
                        "Whose it is. Default: the caller's.",
                        Use.POST,
                        Use.FILTER,
                        Use.SORT,
                        Use.INDEX),
                Attribute.of(
                        "tenant_id",
                        Conversions.text(255),
                        "The project's older name.",
                        Use.POST,
                        Use.FILTER,
                        Use.SORT),
                Attribute.of(
                                "description",
                                Conversions.text(1024),
                                "For people.",
                                Use.POST,
                                Use.PUT,
                                Use.FILTER,
                                Use.SORT)
                        .or(""),
                Attribute.of(
                        "revision_number",
                        Conversions.number(0, Integer.MAX_VALUE),
                        "How often it changed.",
                        Use.FILTER,
                        Use.SORT),
                Attribute.of("created_at", Conversions.text(40), "When it was made, UTC.", Use.FILTER, Use.SORT),
                Attribute.of("updated_at", Conversions.text(40), "When it changed last, UTC.", Use.FILTER, Use.SORT));
    }

    final void tagged() {
        add(Attribute.of("tags", Conversions.listOf(Conversions.text(255), 50), "Words to find it by; set at …/tags.")
                .orNone());
    }

    final void add(Attribute... some) {
        for (Attribute attribute : some) {
            attributes.put(attribute.name(), attribute);
        }
    }

    final String collection() {
        return collection;
    }

    final String member() {
        return member;
    }

    final String title() {
        return title;
    }

    final Collection<Attribute> attributes() {
        return attributes.values();
    }

    final @Nullable Attribute attribute(String name) {
        return attributes.get(name);
    }

    final boolean isTagged() {
        return attributes.containsKey("tags");
    }

    /** What an object is found by: attributes and their values. */
    List<Map.Entry<String, String>> indexed(ObjectNode object) {
        List<Map.Entry<String, String>> found = new ArrayList<>();
        for (Attribute attribute : attributes.values()) {
            if (attribute.is(Use.INDEX)) {
                String value = Catalog.text(object, attribute.name());
                if (!value.isEmpty()) {
                    found.add(Map.entry(attribute.name(), value));
                }
            }
        }
        return found;
    }

    NeutronError notFound(String id) {
        return NeutronError.notFound(title + "NotFound", title + " " + id + " could not be found.");
    }

    /** Completes and checks a new one, whose attributes fit each for itself, and puts it into the draft. */
    abstract void create(ObjectNode object, Request request, Draft draft) throws NeutronError;

    /**
     * Checks a changed one, and puts it into the draft.
     *
     * @param after with what the request says
     */
    abstract void update(ObjectNode before, ObjectNode after, Request request, Draft draft) throws NeutronError;

    /** Checks that one may go, and removes it from the draft with what goes along. */
    abstract void delete(ObjectNode object, Request request, Draft draft) throws NeutronError;

    /**
     * Does what only this type of resource does: {@code PUT /routers/ID/add_router_interface}.
     *
     * @return the answer's body
     */
    ObjectNode act(String action, ObjectNode object, JsonNode body, Caller caller, Draft draft) throws NeutronError {
        throw NeutronError.notFound("HTTPNotFound", "The resource could not be found.");
    }

    /** What {@link #act} does, by the names of the actions, for users. */
    Map<String, String> actions() {
        return Map.of();
    }

    /** Whether all is there that Neutron makes before a caller lists them; else {@link #prepare} makes it. */
    boolean isPrepared(Caller caller, Catalog catalog) {
        return true;
    }

    void prepare(Caller caller, Draft draft) throws NeutronError {}

    /** Those that are there though none is kept in their place, by their ids. */
    Map<String, ObjectNode> standing() {
        return Map.of();
    }

    /** Adds what is not kept but follows from other objects. */
    void complete(ObjectNode shown, Catalog catalog, Caller caller) {}

    /**
     * A filter by something that is no attribute, or one in parts.
     *
     * @return null if there is none of that name
     */
    @Nullable
    Predicate<ObjectNode> filter(String name, List<String> values) throws NeutronError {
        return null;
    }

    /** Whether a caller may see an object. */
    boolean isSeen(ObjectNode object, Catalog catalog, Caller caller) {
        return caller.owns(Catalog.text(object, "project_id")) || isShared(object, catalog);
    }

    /** Whether a caller who sees an object may remove it. */
    boolean mayRemove(ObjectNode object, Catalog catalog, Caller caller) {
        return caller.owns(Catalog.text(object, "project_id"));
    }

    /** Whether an object is shown to callers that do not own it. */
    boolean isShared(JsonNode object, Catalog catalog) {
        return object.path("shared").asBoolean();
    }
}
