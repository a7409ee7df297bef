package org.flow6.core.ovsdb;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.util.Optional;

/** A single value of a column: RFC 7047 §5.1 {@code <atom>}. */
sealed interface Atom {
    record Text(String value) implements Atom {
        @Override
        public JsonNode toJson() {
            return JsonNodeFactory.instance.textNode(value);
        }
    }

    record Int(long value) implements Atom {
        @Override
        public JsonNode toJson() {
            return JsonNodeFactory.instance.numberNode(value);
        }
    }

    record Real(double value) implements Atom {
        @Override
        public JsonNode toJson() {
            return JsonNodeFactory.instance.numberNode(value);
        }
    }

    record Bool(boolean value) implements Atom {
        @Override
        public JsonNode toJson() {
            return JsonNodeFactory.instance.booleanNode(value);
        }
    }

    record Uuid(java.util.UUID value) implements Atom {
        @Override
        public JsonNode toJson() {
            return JsonNodeFactory.instance.arrayNode().add("uuid").add(value.toString());
        }
    }

    /** A row inserted by the same transaction, by the name given to it there; only ever sent. */
    record NamedUuid(String name) implements Atom {
        @Override
        public JsonNode toJson() {
            return JsonNodeFactory.instance.arrayNode().add("named-uuid").add(name);
        }
    }

    JsonNode toJson();

    /** The atom, or empty where {@code json} is none (a set, a map, null, an integer above 64 bits, a new kind). */
    static Optional<Atom> decode(JsonNode json) {
        if (json.isTextual()) {
            return Optional.of(new Text(json.textValue()));
        }
        if (json.isIntegralNumber()) {
            return json.canConvertToLong() ? Optional.of(new Int(json.longValue())) : Optional.empty();
        }
        if (json.isNumber()) {
            return Optional.of(new Real(json.doubleValue()));
        }
        if (json.isBoolean()) {
            return Optional.of(new Bool(json.booleanValue()));
        }
        if (json.isArray() && json.size() == 2 && "uuid".equals(json.get(0).textValue())) {
            return uuid(json.get(1).asText()).map(Uuid::new);
        }
        return Optional.empty();
    }

    /** A UUID in its one form of 36 characters: {@code UUID.fromString} alone takes shorter ones too. */
    static Optional<java.util.UUID> uuid(String text) {
        if (text.length() != 36) {
            return Optional.empty();
        }
        try {
            return Optional.of(java.util.UUID.fromString(text));
        } catch (IllegalArgumentException notOne) {
            return Optional.empty();
        }
    }
}
