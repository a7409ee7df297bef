package org.flow6.northbound.api;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;

/**
 * The host that serves the API.
 *
 * @param said its name, {@code tunnel_ip} and {@code physical_networks}, as the network lists hosts; without a tunnel only
 *     some of it
 * @param since when it began to
 */
public record ThisHost(ObjectNode said, Instant since) {
    String name() {
        return said.path("name").asText();
    }
}
