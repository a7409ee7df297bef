package org.flow6.northbound.api;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;

/** JSON that can be written as it was read: its texts are of whole characters, its numbers are finite. */
final class SoundJson {
    private SoundJson() {}

    static boolean isSound(JsonNode value) {
        if (value.isTextual()) {
            return isSound(value.asText());
        } else if (value.isFloatingPointNumber()) {
            return Double.isFinite(value.asDouble());
        }
        for (Map.Entry<String, JsonNode> entry : value.properties()) {
            if (!isSound(entry.getKey())) {
                return false;
            }
        }
        for (JsonNode element : value) {
            if (!isSound(element)) {
                return false;
            }
        }
        return true;
    }

    /** Halves of characters that stand in no pair cannot be written in UTF-8. */
    private static boolean isSound(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (Character.isSurrogate(c)) {
                boolean pair = Character.isHighSurrogate(c)
                        && i + 1 < text.length()
                        && Character.isLowSurrogate(text.charAt(i + 1));
                if (!pair) {
                    return false;
                }
                i++;
            }
        }
        return true;
    }
}
