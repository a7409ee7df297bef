package org.flow6.northbound.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.IntNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.math.BigInteger;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.flow6.northbound.api.Conversion.Unfit;

/** Conversions of what is not an address. */
final class Conversions {
    static final Conversion BOOLEAN = Conversion.as("true or false", value -> {
        String text = value.isValueNode() ? value.asText().strip().toLowerCase(Locale.ROOT) : "";
        if (Set.of("true", "1", "on", "t", "yes", "y").contains(text)) {
            return BooleanNode.TRUE;
        } else if (Set.of("false", "0", "off", "f", "no", "n").contains(text)) {
            return BooleanNode.FALSE;
        }
        throw new Unfit(quoted(value) + " cannot be converted to boolean");
    });

    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
    private static final int SHOWN = 200;
    /** RFC 1035 §3.1: two octets more on the wire. */
    private static final int LONGEST_NAME = 253;

    private static final Pattern DOMAIN =
            Pattern.compile("(LABEL\\.)*LABEL\\.?".replace("LABEL", "[a-z0-9_]([a-z0-9_-]{0,61}[a-z0-9_])?"));

    private Conversions() {}

    /** A value as errors show it, not the whole of a large one. */
    static String quoted(JsonNode value) {
        String text = value.isNull() ? "None" : value.isValueNode() ? value.asText() : value.toString();
        String shown = text.length() > SHOWN ? start(text) + "…" : text;
        return value.isNull() ? shown : "'" + shown + "'";
    }

    /** Cut where no character is of two halves. */
    private static String start(String text) {
        return text.substring(0, Character.isHighSurrogate(text.charAt(SHOWN - 1)) ? SHOWN - 1 : SHOWN);
    }

    /** Text of so many characters at most; line ends and other control characters are none of it. */
    static Conversion text(int longest) {
        return Conversion.as("text of at most " + longest + " characters", value -> {
            if (!value.isTextual()) {
                throw new Unfit(quoted(value) + " is not a valid string");
            }
            String text = value.asText();
            if (text.length() > longest) {
                throw new Unfit(quoted(value) + " exceeds maximum length of " + longest);
            }
            if (text.codePoints().anyMatch(point -> point == 0 || Character.getType(point) == Character.SURROGATE)) {
                throw new Unfit("it has characters that are none");
            }
            return value;
        });
    }

    static Conversion notEmpty(int longest) {
        Conversion text = text(longest);
        return Conversion.as("text of 1 to " + longest + " characters", value -> {
            if (text.of(value).asText().isBlank()) {
                throw new Unfit("Blank strings are not permitted");
            }
            return value;
        });
    }

    /** A whole number in a range, also as text. */
    static Conversion number(int least, int most) {
        return Conversion.as(
                most == Integer.MAX_VALUE ? "a number from " + least + " on" : "a number, " + least + " to " + most,
                value -> {
                    String text = value.isIntegralNumber() || value.isTextual()
                            ? value.asText().strip()
                            : "";
                    if (!text.matches("[+-]?[0-9]{1,20}")) {
                        throw new Unfit(quoted(value) + " is not an integer");
                    }
                    BigInteger number = new BigInteger(text);
                    if (least == 0 && number.signum() < 0) {
                        throw new Unfit(quoted(value) + " should be non-negative");
                    }
                    if (number.compareTo(BigInteger.valueOf(least)) < 0
                            || number.compareTo(BigInteger.valueOf(most)) > 0) {
                        throw new Unfit(quoted(value) + " is not in range " + least + " through " + most);
                    }
                    return IntNode.valueOf(number.intValue());
                });
    }

    /** 4 or 6. */
    static Conversion ipVersion() {
        Conversion number = number(0, 99);
        return Conversion.as("4 or 6", value -> {
            JsonNode converted = number.of(value);
            if (converted.asInt() != 4 && converted.asInt() != 6) {
                throw new Unfit(quoted(value) + " is not in [4, 6]");
            }
            return converted;
        });
    }

    /** A domain name (RFC 1035 §2.3.4, RFC 1123 §2.1), in small letters; empty for none. */
    static Conversion domainName() {
        Conversion text = text(LONGEST_NAME);
        return Conversion.as("a domain name, or an empty text", value -> {
            String name = text.of(value.isNull() ? text("") : value).asText().toLowerCase(Locale.ROOT);
            if (!name.isEmpty() && !DOMAIN.matcher(name).matches()) {
                throw new Unfit(quoted(value) + " not a valid PQDN or FQDN");
            }
            return text(name);
        });
    }

    /** One of some words, with exactly these letters. */
    static Conversion oneOf(String... words) {
        Set<String> known = new LinkedHashSet<>(List.of(words));
        return Conversion.as("one of " + String.join(", ", known), value -> {
            if (!value.isTextual() || !known.contains(value.asText())) {
                throw new Unfit(quoted(value) + " is not in " + list(known));
            }
            return value;
        });
    }

    private static String list(Set<String> words) {
        return words.stream().map(word -> "'" + word + "'").toList().toString();
    }

    /** Each element converted; JSON's null is an empty list. Of twice the same Neutron keeps neither, but refuses. */
    static Conversion listOf(Conversion element, int most) {
        return Conversion.as("list of at most " + most + ": " + element.form(), value -> {
            if (value.isNull()) {
                return JSON.arrayNode();
            }
            if (!value.isArray()) {
                throw new Unfit(quoted(value) + " is not a list");
            }
            if (value.size() > most) {
                throw new Unfit("Exceeded maximum amount of " + most + " elements");
            }
            ArrayNode list = JSON.arrayNode(value.size());
            Set<JsonNode> seen = new LinkedHashSet<>();
            for (JsonNode one : value) {
                JsonNode converted = element.of(one);
                if (!seen.add(converted)) {
                    throw new Unfit("Duplicate items in the list: " + quoted(converted));
                }
                list.add(converted);
            }
            return list;
        });
    }

    /** A mapping of these keys and no others; those in {@code required} must be there. */
    static Conversion mapping(Map<String, Conversion> keys, Set<String> required) {
        return Conversion.as("mapping of " + described(keys, required), value -> {
            if (!(value instanceof ObjectNode mapping)) {
                throw new Unfit(quoted(value) + " is not a dictionary");
            }
            for (String key : required) {
                if (!mapping.has(key)) {
                    throw new Unfit("Validation of dictionary's keys failed. Expected keys: " + list(required)
                            + " Provided keys: "
                            + mapping.propertyStream().map(Map.Entry::getKey).toList());
                }
            }
            ObjectNode converted = JSON.objectNode();
            for (Map.Entry<String, JsonNode> entry : mapping.properties()) {
                Conversion conversion = keys.get(entry.getKey());
                if (conversion == null) {
                    throw new Unfit("Unexpected keys supplied: " + entry.getKey());
                }
                converted.set(entry.getKey(), conversion.of(entry.getValue()));
            }
            return converted;
        });
    }

    private static String described(Map<String, Conversion> keys, Set<String> required) {
        return keys.entrySet().stream()
                .sorted(Map.Entry.comparingByKey())
                .map(key -> key.getKey() + (required.contains(key.getKey()) ? "" : " (optional)") + ": "
                        + key.getValue().form())
                .collect(Collectors.joining("; "));
    }

    /** Any mapping that is not too large: nobody here looks at it. */
    static Conversion anyMapping(int longest) {
        return Conversion.as("a mapping", value -> {
            if (!value.isObject()) {
                throw new Unfit(quoted(value) + " is not a dictionary");
            }
            if (value.toString().length() > longest) {
                throw new Unfit("it exceeds maximum length of " + longest);
            }
            return value;
        });
    }

    /** Text; JSON's null is an empty one. */
    static Conversion textOrNull(int longest) {
        Conversion text = text(longest);
        return Conversion.as(text.form(), value -> value.isNull() ? text("") : text.of(value));
    }

    static JsonNode text(String text) {
        return TextNode.valueOf(text);
    }
}
