package org.flow6.northbound.api;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Optional;
import java.util.Set;
import org.flow6.northbound.ObjectKey;
import org.flow6.northbound.api.Call.Answer;

/** {@code DELETE agents/ID}: takes a host that is gone for good out of the network. */
final class AgentRemoval {
    private static final int NO_CONTENT = 204;

    private AgentRemoval() {}

    static boolean isMeant(Call call) {
        return call.is("DELETE") && call.part(0).equals("agents") && call.path().size() == 2;
    }

    /**
     * Removes it.
     *
     * @param agents that there are
     * @param present the hosts that are there; empty where that is not known
     * @throws NeutronError if there is no such agent for the caller, the host is there, or ports are bound to it
     */
    static Answer of(Call call, Draft draft, Agents agents, Optional<Set<String>> present) throws NeutronError {
        String id = call.part(1);
        if (call.caller().isAdmin() && agents.isSelf(id)) {
            throw inUse(id, "it is the host that answers");
        }
        String host = draft.catalog().all(Records.HOSTS).stream()
                .map(one -> one.path("name").asText())
                .filter(name -> call.caller().isAdmin() && Agents.id(name).equals(id))
                .findFirst()
                .orElseThrow(() ->
                        NeutronError.notFound("AgentNotFound", "Agent with agent_id=" + id + " could not be found."));
        if (present.map(hosts -> hosts.contains(host)).orElse(false)) {
            throw inUse(id, "host " + host + " is alive: end its Flow6 first");
        }
        for (JsonNode port : draft.catalog().all(Ports.ALL)) {
            if (port.path("binding:host_id").asText().equals(host)) {
                throw inUse(id, "port " + port.path("id").asText() + " is bound to host " + host);
            }
        }
        draft.remove(new ObjectKey(Records.HOSTS, host));
        return new Answer(NO_CONTENT, Optional.empty());
    }

    private static NeutronError inUse(String id, String reason) {
        return NeutronError.conflict("AgentInUse", "Agent " + id + " is in use: " + reason + ".");
    }
}
