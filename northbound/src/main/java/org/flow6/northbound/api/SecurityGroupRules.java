package org.flow6.northbound.api;

import com.fasterxml.jackson.databind.node.ObjectNode;

/** To come. */
final class SecurityGroupRules extends Resource {
    static final String ALL = "security_group_rules";

    SecurityGroupRules() {
        super("security_group_rules", "security_group_rule", "SecurityGroupRules");
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
