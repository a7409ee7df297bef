package org.flow6.northbound.api;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** To come. */
final class SecurityGroups extends Resource {
    static final String ALL = "security_groups";
    private static final String DEFAULT = "default";

    SecurityGroups() {
        super("security_groups", "security_group", "SecurityGroup");
        common(255);
    }

    /** The id of a project's default group, which is made if need be. */
    static String defaultOf(String project, Draft draft) throws NeutronError {
        for (ObjectNode group : draft.catalog().find(ALL, DEFAULT, "of " + project)) {
            draft.hold(ALL, group.path("id").asText());
            return group.path("id").asText();
        }
        ObjectNode group = JsonNodeFactory.instance.objectNode();
        group.put("id", UUID.randomUUID().toString()).put("name", "default").put("project_id", project);
        draft.put(ALL, group);
        return group.path("id").asText();
    }

    @Override
    List<Map.Entry<String, String>> indexed(ObjectNode group) {
        List<Map.Entry<String, String>> found = super.indexed(group);
        if (Catalog.text(group, "name").equals("default")) {
            found.add(Map.entry(DEFAULT, "of " + Catalog.text(group, "project_id")));
        }
        return found;
    }

    @Override
    void create(ObjectNode object, Request request, Draft draft) throws NeutronError {
        draft.put(ALL, object);
    }

    @Override
    void update(ObjectNode before, ObjectNode after, Request request, Draft draft) throws NeutronError {
        draft.put(ALL, after);
    }

    @Override
    void delete(ObjectNode object, Request request, Draft draft) throws NeutronError {
        draft.remove(ALL, object);
    }
}
