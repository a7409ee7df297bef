package org.flow6.northbound.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.flow6.northbound.api.Call.Answer;
import org.jspecify.annotations.Nullable;

/** Answers what is asked of a catalog. */
final class Reads {
    private static final int OK = 200;

    private final Map<String, Resource> byPath = new LinkedHashMap<>();
    private final Agents agents;

    Reads(Agents agents) {
        this.agents = agents;
        Resources.all().forEach(resource -> byPath.put(resource.collection().replace('_', '-'), resource));
    }

    /** What a call is about; null if that is no resource. */
    @Nullable
    Resource find(Call call) {
        return byPath.get(call.part(0));
    }

    Resource resource(Call call) throws NeutronError {
        Resource resource = find(call);
        if (resource == null) {
            throw NeutronError.notFound("HTTPNotFound", "The resource could not be found.");
        }
        return resource;
    }

    Answer answer(Call call, Catalog catalog) throws NeutronError {
        Optional<JsonNode> fixed = Extensions.answer(call, catalog, agents);
        if (fixed.isPresent()) {
            return new Answer(OK, fixed);
        }
        Resource resource = resource(call);
        if (call.path().size() == 1) {
            Listing listing = new Listing(resource, call.query());
            List<ObjectNode> seen = new ArrayList<>();
            for (ObjectNode object : listing.candidates(catalog)) {
                if (resource.isSeen(object, catalog, call.caller())) {
                    seen.add(Shown.of(resource, object, catalog, call.caller()));
                }
            }
            String url = call.base() + "/" + call.part(0);
            return new Answer(OK, Optional.of(listing.of(seen, url)));
        }
        ObjectNode object = Shown.found(resource, call.part(1), catalog, call.caller());
        if (call.path().size() == 2) {
            ObjectNode shown = Shown.of(resource, object, catalog, call.caller());
            return new Answer(
                    OK, Optional.of(Shown.wrapped(resource, new Listing(resource, call.query()).fields(shown))));
        }
        if (resource.isTagged() && call.part(2).equals("tags")) {
            return Tags.read(object, call);
        }
        throw NeutronError.notFound("HTTPNotFound", "The resource could not be found.");
    }
}
