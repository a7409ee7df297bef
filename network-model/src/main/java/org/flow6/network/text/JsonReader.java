package org.flow6.network.text;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.flow6.network.text.Node.Entry;
import org.flow6.network.text.Node.Mapping;
import org.flow6.network.text.Node.Scalar;
import org.flow6.network.text.Node.Sequence;
import org.jspecify.annotations.Nullable;

/** Reads a JSON document into nodes. */
final class JsonReader {
    private static final JsonFactory FACTORY = JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(Format.MAX_DEPTH)
                    .build())
            .build();

    private final JsonParser parser;

    private JsonReader(JsonParser parser) {
        this.parser = parser;
    }

    /** The document in a range of UTF-8 bytes; null if there is nothing but blanks. */
    static @Nullable Node read(byte[] text, int from, int to) throws SyntaxError {
        try (JsonParser parser = FACTORY.createParser(text, from, to - from)) {
            JsonReader reader = new JsonReader(parser);
            if (parser.nextToken() == null) {
                return null;
            }
            Node root = reader.node();
            if (parser.nextToken() != null) {
                throw new SyntaxError(reader.line(), "a second value begins here: there must be one");
            }
            return root;
        } catch (JsonProcessingException e) {
            throw new SyntaxError(
                    line(e.getLocation()),
                    String.valueOf(e.getOriginalMessage()).lines().findFirst().orElse("is not JSON"));
        } catch (IOException e) {
            throw new SyntaxError(1, String.valueOf(e.getMessage()));
        }
    }

    private Node node() throws IOException, SyntaxError {
        int line = line();
        JsonToken token = parser.currentToken();
        return switch (token) {
            case START_OBJECT -> mapping(line);
            case START_ARRAY -> sequence(line);
            case VALUE_NULL -> new Node.Null(line);
            case VALUE_STRING, VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT, VALUE_TRUE, VALUE_FALSE ->
                new Scalar(line, Words.shared(parser.getText()), token != JsonToken.VALUE_STRING);
            default -> throw new SyntaxError(line, "unexpected " + token);
        };
    }

    private Sequence sequence(int line) throws IOException, SyntaxError {
        List<Node> elements = new ArrayList<>();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            elements.add(node());
        }
        return new Sequence(line, elements);
    }

    private Mapping mapping(int line) throws IOException, SyntaxError {
        List<Entry> entries = new ArrayList<>();
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            int keyLine = line();
            String key = Words.shared(parser.currentName());
            parser.nextToken();
            entries.add(new Entry(keyLine, key, node()));
        }
        return new Mapping(line, entries);
    }

    private int line() {
        return line(parser.currentTokenLocation());
    }

    private static int line(@Nullable JsonLocation location) {
        return location == null ? 1 : Math.max(1, location.getLineNr());
    }
}
