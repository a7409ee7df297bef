package org.flow6.northbound.etcd;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.etcd.jetcd.KeyValue;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Optional;
import org.flow6.network.Fact;
import org.flow6.network.FactExchange.Place;
import org.flow6.network.FactExchange.Told;

/** Facts as values of etcd's keys: {@code {"value": TEXT, "until": TIME}}, the second one of those that end. */
final class FactText {
    private static final ObjectMapper MAPPER = new ObjectMapper();

    private FactText() {}

    static String of(Fact fact) {
        ObjectNode text = MAPPER.createObjectNode().put("value", fact.value());
        fact.until().ifPresent(until -> text.put("until", until.toString()));
        return text.toString();
    }

    /** Empty for what no Flow6 of this version has written. */
    static Optional<Told> told(Place place, KeyValue pair) {
        try {
            JsonNode text = MAPPER.readTree(pair.getValue().toString(StandardCharsets.UTF_8));
            Optional<Instant> until = text.hasNonNull("until")
                    ? Optional.of(Instant.parse(text.path("until").asText()))
                    : Optional.empty();
            Fact fact = new Fact(place.key(), text.path("value").asText(), until);
            return text.path("value").isTextual()
                    ? Optional.of(new Told(fact, pair.getModRevision()))
                    : Optional.empty();
        } catch (JsonProcessingException | DateTimeException e) {
            return Optional.empty();
        }
    }
}
