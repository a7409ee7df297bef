package org.flow6.launcher.http;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadFeature;
import java.io.IOException;
import java.io.UncheckedIOException;

/** The body of {@code PUT /apps/NAME}. */
sealed interface AppSwitch {
    record Ok(boolean enabled) implements AppSwitch {}

    record Malformed(String reason) implements AppSwitch {}

    /** Reads <code>{"enabled": false}</code>, which is all that may stand there. */
    static AppSwitch parse(byte[] body) {
        try (JsonParser json = Factory.JSON.createParser(body)) {
            return parse(json);
        } catch (JsonProcessingException e) {
            return new Malformed("not JSON: " + e.getOriginalMessage());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static AppSwitch parse(JsonParser json) throws IOException {
        if (json.nextToken() != JsonToken.START_OBJECT) {
            return new Malformed("expected {\"enabled\": true} or {\"enabled\": false}");
        }
        AppSwitch result = new Malformed("'enabled' is missing");
        while (json.nextToken() == JsonToken.FIELD_NAME) {
            String key = json.currentName();
            if (!key.equals("enabled")) {
                return new Malformed("unknown key '" + key + "'; known is 'enabled'");
            }
            JsonToken value = json.nextToken();
            if (value != JsonToken.VALUE_TRUE && value != JsonToken.VALUE_FALSE) {
                return new Malformed("'enabled' is not true or false");
            }
            result = new Ok(value == JsonToken.VALUE_TRUE);
        }
        return json.nextToken() == null ? result : new Malformed("something follows the JSON object");
    }

    /** Apart, as an interface's fields would be public. */
    final class Factory {
        private static final JsonFactory JSON = JsonFactory.builder()
                .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                .build();

        private Factory() {}
    }
}
