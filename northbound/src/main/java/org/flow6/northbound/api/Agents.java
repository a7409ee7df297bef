package org.flow6.northbound.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Supplier;
import org.flow6.northbound.Store;

/** The hosts, as Neutron shows its agents. */
final class Agents {
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
    /** As Neutron tells agents' times, UTC. */
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss").withZone(ZoneOffset.UTC);

    private final Store store;
    private final Optional<ThisHost> self;
    private final Supplier<Instant> clock;

    /** @param self listed also where the network has no hosts */
    Agents(Store store, Optional<ThisHost> self, Supplier<Instant> clock) {
        this.store = store;
        this.self = self;
        this.clock = clock;
    }

    /** Those that a caller may see: administrators all, others none. */
    ArrayNode of(Caller caller, Catalog catalog) {
        ArrayNode agents = JSON.arrayNode();
        if (!caller.isAdmin()) {
            return agents;
        }
        Optional<Set<String>> present = store.presentHosts();
        boolean listed = false;
        for (ObjectNode host : catalog.all(Records.HOSTS)) {
            agents.add(agent(host, present));
            listed |= isSelf(id(host.path("name").asText()));
        }
        if (self.isPresent() && !listed) {
            agents.add(agent(self.get().said(), present));
        }
        return agents;
    }

    /** Whether an id is of the host that answers. */
    boolean isSelf(String id) {
        return self.map(host -> id(host.name()).equals(id)).orElse(false);
    }

    /** One that is not heard of has no heartbeat; of whom nobody knows whether it is there, {@code alive} is null. */
    private ObjectNode agent(JsonNode host, Optional<Set<String>> present) {
        String name = host.path("name").asText();
        ObjectNode agent = JSON.objectNode()
                .put("id", id(name))
                .put("agent_type", "Open vSwitch agent")
                .put("binary", "flow6")
                .put("host", name)
                .put("topic", "N/A")
                .put("admin_state_up", true)
                .putNull("availability_zone")
                .put("description", host.path("description").asText());
        boolean here = isSelf(id(name));
        boolean alive = here || present.map(hosts -> hosts.contains(name)).orElse(false);
        if (here || present.isPresent()) {
            agent.put("alive", alive);
        } else {
            agent.putNull("alive");
        }
        agent.put("heartbeat_timestamp", alive ? TIME.format(clock.get()) : null);
        agent.put("started_at", here ? self.map(one -> TIME.format(one.since())).orElse(null) : null);
        ObjectNode configurations = agent.putObject("configurations");
        configurations.put("tunnel_ip", host.path("tunnel_ip").asText(null));
        ArrayNode networks = configurations.putArray("physical_networks");
        host.path("physical_networks").forEach(networks::add);
        return agent;
    }

    /** The id of a host's agent, which follows from its name. */
    static String id(String name) {
        return UUID.nameUUIDFromBytes(name.getBytes(StandardCharsets.UTF_8)).toString();
    }
}
