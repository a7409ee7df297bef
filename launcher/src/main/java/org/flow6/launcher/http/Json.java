package org.flow6.launcher.http;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonSerializer;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.ser.std.ToStringSerializer;
import java.io.IOException;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/** Records as JSON: names in snake case, instants as ISO 8601 in UTC, an empty optional as null. */
final class Json {
    private static final ObjectMapper MAPPER = JsonMapper.builder()
            .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
            .addModule(new SimpleModule("flow6")
                    .addSerializer(Instant.class, ToStringSerializer.instance)
                    .addSerializer(new OptionalSerializer()))
            .build();

    private Json() {}

    /** @throws IllegalArgumentException if the value is of a kind that has no JSON */
    static byte[] of(Object value) {
        try {
            return MAPPER.writeValueAsBytes(value);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(value.getClass() + " as JSON", e);
        }
    }

    static byte[] error(String message) {
        return of(Map.of("error", message));
    }

    private static final class OptionalSerializer extends JsonSerializer<Optional<?>> {
        @Override
        @SuppressWarnings("unchecked") // a class of a type with a wildcard cannot be written otherwise
        public Class<Optional<?>> handledType() {
            return (Class<Optional<?>>) (Class<?>) Optional.class;
        }

        @Override
        public void serialize(Optional<?> value, JsonGenerator json, SerializerProvider provider) throws IOException {
            provider.defaultSerializeValue(value.orElse(null), json);
        }
    }
}
