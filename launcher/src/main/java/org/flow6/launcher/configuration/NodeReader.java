package org.flow6.launcher.configuration;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLParser;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import org.flow6.launcher.configuration.Node.Entry;
import org.flow6.launcher.configuration.Node.Mapping;
import org.flow6.launcher.configuration.Node.Null;
import org.flow6.launcher.configuration.Node.Scalar;
import org.flow6.launcher.configuration.Node.Sequence;
import org.jspecify.annotations.Nullable;

/** Reads one YAML document into nodes. */
final class NodeReader {
    private static final int MAX_DEPTH = 32;
    private static final YAMLFactory YAML = YAMLFactory.builder()
            // The default of factories, but not of their builders.
            .enable(YAMLParser.Feature.EMPTY_STRING_AS_NULL)
            .streamReadConstraints(
                    StreamReadConstraints.builder().maxNestingDepth(MAX_DEPTH).build())
            .build();

    private final YAMLParser parser;

    private NodeReader(YAMLParser parser) {
        this.parser = parser;
    }

    /** A document in UTF-8; an empty mapping if there is nothing but blanks and comments. */
    static Node read(byte[] text) throws SyntaxError {
        try (YAMLParser parser = YAML.createParser(text)) {
            NodeReader reader = new NodeReader(parser);
            if (parser.nextToken() == null) {
                return new Mapping(1, List.of());
            }
            Node root = reader.node();
            if (parser.nextToken() != null) {
                throw new SyntaxError(reader.line(), "a second document begins here: there must be one");
            }
            return root;
        } catch (JsonProcessingException e) {
            throw new SyntaxError(line(e.getLocation()), reason(e));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Node node() throws IOException, SyntaxError {
        int line = line();
        if (parser.isCurrentAlias()) {
            throw new SyntaxError(line, "*" + parser.getText() + ": aliases are not read here");
        }
        JsonToken token = parser.currentToken();
        return switch (token) {
            case START_OBJECT -> mapping(line);
            case START_ARRAY -> sequence(line);
            case VALUE_NULL -> new Null(line);
            case VALUE_STRING -> new Scalar(line, parser.getText(), true);
            case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT, VALUE_TRUE, VALUE_FALSE ->
                new Scalar(line, parser.getText(), false);
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
            String key = parser.currentName();
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

    /** The parser's own words, without the excerpts that come after. */
    private static String reason(JsonProcessingException e) {
        return e.getOriginalMessage().lines().findFirst().orElse("not YAML");
    }
}
