package org.flow6.northbound.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;
import org.flow6.northbound.api.Attribute.Use;
import org.flow6.northbound.api.Call.Answer;

/** What calls change of the resources that are kept. */
final class Changes {
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
    private static final int OK = 200;
    private static final int CREATED = 201;
    private static final int NO_CONTENT = 204;

    private Changes() {}

    /**
     * Puts into a draft what a call changes.
     *
     * @return the answer, once the draft is kept
     */
    static Supplier<Answer> of(Resource resource, Call call, Draft draft) throws NeutronError {
        if (call.path().size() == 1 && call.is("POST")) {
            return created(resource, call, draft);
        }
        if (call.path().size() < 2) {
            throw notAllowed();
        }
        ObjectNode object = Shown.found(resource, call.part(1), draft.catalog(), call.caller());
        draft.hold(resource.collection(), call.part(1));
        requireOwner(resource, object, call, draft.catalog());
        requireRevision(object, call);
        if (call.path().size() == 2 && call.is("PUT")) {
            return updated(resource, object, call, draft);
        } else if (call.path().size() == 2 && call.is("DELETE")) {
            resource.delete(object, new Request(call.caller(), JSON.objectNode()), draft);
            return () -> new Answer(NO_CONTENT, Optional.empty());
        } else if (resource.isTagged() && call.part(2).equals("tags")) {
            return Tags.change(resource, object, call, draft);
        }
        if (call.path().size() == 3 && call.is("PUT")) {
            ObjectNode answer =
                    resource.act(call.part(2), object, call.body().orElseGet(JSON::objectNode), call.caller(), draft);
            return () -> new Answer(OK, Optional.of(answer));
        }
        throw notAllowed();
    }

    private static NeutronError notAllowed() {
        return NeutronError.notFound("HTTPNotFound", "The resource could not be found.");
    }

    private static void requireOwner(Resource resource, ObjectNode object, Call call, Catalog catalog)
            throws NeutronError {
        boolean removes = call.path().size() == 2 && call.is("DELETE");
        boolean may = removes
                ? resource.mayRemove(object, catalog, call.caller())
                : call.caller().owns(Catalog.text(object, "project_id"));
        if (!may) {
            throw NeutronError.forbidden(
                    "rule:" + (removes ? "delete_" : "update_") + resource.member() + " is disallowed by policy");
        }
    }

    private static void requireRevision(ObjectNode object, Call call) throws NeutronError {
        String wanted = call.ifMatch();
        String has = object.path("revision_number").asText();
        if (!wanted.isEmpty() && !wanted.equals("revision_number=" + has)) {
            throw NeutronError.preconditionFailed(
                    "Constrained to " + wanted.replace("revision_number=", "") + ", but current revision is " + has);
        }
    }

    private static Supplier<Answer> created(Resource resource, Call call, Draft draft) throws NeutronError {
        JsonNode body = body(call);
        boolean several = body.path(resource.collection()).isArray();
        List<String> ids = new ArrayList<>();
        for (ObjectNode said : Bodies.several(resource, body)) {
            ObjectNode object = Bodies.created(resource, said, call.caller());
            own(object, call.caller());
            String id = UUID.randomUUID().toString();
            object.put("id", id);
            Quotas.check(resource, object.path("project_id").asText(), draft.catalog());
            resource.create(object, new Request(call.caller(), said), draft);
            ids.add(id);
        }
        return () -> {
            ArrayNode list = JSON.arrayNode();
            ids.forEach(id -> {
                ObjectNode made = draft.catalog().get(resource.collection(), id);
                if (made != null) {
                    list.add(Shown.of(resource, made, draft.catalog(), call.caller()));
                }
            });
            ObjectNode answer = JSON.objectNode();
            answer.set(several ? resource.collection() : resource.member(), several ? list : list.path(0));
            return new Answer(CREATED, Optional.of(answer));
        };
    }

    /** A project, in its newer name; another's only administrators say. */
    private static void own(ObjectNode object, Caller caller) throws NeutronError {
        String said = object.has("project_id") ? Catalog.text(object, "project_id") : Catalog.text(object, "tenant_id");
        if (!said.isEmpty() && !caller.owns(said)) {
            throw NeutronError.forbidden("only administrators make something for another project");
        }
        object.put("project_id", said.isEmpty() ? caller.project() : said);
        object.remove("tenant_id");
    }

    private static Supplier<Answer> updated(Resource resource, ObjectNode before, Call call, Draft draft)
            throws NeutronError {
        ObjectNode said = Bodies.converted(resource, Bodies.one(resource, body(call)), Use.PUT, call.caller());
        ObjectNode after = before.deepCopy();
        after.setAll(said);
        resource.update(before, after, new Request(call.caller(), said), draft);
        String id = call.part(1);
        return () -> {
            ObjectNode made = draft.catalog().get(resource.collection(), id);
            return new Answer(
                    OK,
                    Optional.ofNullable(made)
                            .map(object -> Shown.wrapped(
                                    resource, Shown.of(resource, object, draft.catalog(), call.caller()))));
        };
    }

    private static JsonNode body(Call call) throws NeutronError {
        if (call.body().isEmpty()) {
            throw NeutronError.badRequest("Resource body required");
        }
        return call.body().get();
    }
}
