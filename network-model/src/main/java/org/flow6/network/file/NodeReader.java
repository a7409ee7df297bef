package org.flow6.network.file;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLParser;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.flow6.network.file.Node.Entry;
import org.flow6.network.file.Node.Mapping;
import org.flow6.network.file.Node.Scalar;
import org.flow6.network.file.Node.Sequence;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.LoaderOptions;

/** Reads one document into nodes, resolving YAML's anchors, aliases and merge keys. */
final class NodeReader {
    /** The languages a network file may be written in. */
    enum Format {
        YAML,
        JSON
    }

    static final int MAX_BYTES = 512 << 20;
    private static final int MAX_DEPTH = 32;
    /** Values that aliases may stand for, all together: enough for several in each of 100,000 resources. */
    private static final int MAX_ALIASED = 2_000_000;

    private static final StreamReadConstraints CONSTRAINTS =
            StreamReadConstraints.builder().maxNestingDepth(MAX_DEPTH).build();
    private static final JsonFactory JSON =
            JsonFactory.builder().streamReadConstraints(CONSTRAINTS).build();
    private static final YAMLFactory YAML = yaml();

    private final JsonParser parser;
    private final Map<String, Anchored> anchors = new HashMap<>();
    private int nodes;
    private int aliased;

    /** @param size how many nodes it stands for, those behind its own aliases included */
    private record Anchored(Node node, int size) {}

    private NodeReader(JsonParser parser) {
        this.parser = parser;
    }

    private static YAMLFactory yaml() {
        LoaderOptions options = new LoaderOptions();
        options.setCodePointLimit(MAX_BYTES);
        options.setNestingDepthLimit(MAX_DEPTH);
        return YAMLFactory.builder()
                .loaderOptions(options)
                .streamReadConstraints(CONSTRAINTS)
                .build();
    }

    /** The document in a range of UTF-8 bytes; null if there is nothing but blanks and comments. */
    static @Nullable Node read(byte[] text, int from, int to, Format format) throws SyntaxError {
        JsonFactory factory = format == Format.YAML ? YAML : JSON;
        try (JsonParser parser = factory.createParser(text, from, to - from)) {
            NodeReader reader = new NodeReader(parser);
            if (parser.nextToken() == null) {
                return null;
            }
            Node root = reader.node();
            if (parser.nextToken() != null) {
                throw new SyntaxError(reader.line(), "a second document begins here: a network file is one document");
            }
            return root;
        } catch (JsonProcessingException e) {
            throw new SyntaxError(line(e.getLocation()), reason(e));
        } catch (IOException e) {
            throw new SyntaxError(1, String.valueOf(e.getMessage()));
        }
    }

    private Node node() throws IOException, SyntaxError {
        if (parser instanceof YAMLParser yaml) {
            if (yaml.isCurrentAlias()) {
                return alias(yaml.getText());
            }
            String anchor = yaml.getObjectId();
            if (anchor != null) {
                int before = nodes;
                Node node = plainNode();
                anchors.put(anchor, new Anchored(node, nodes - before));
                return node;
            }
        }
        return plainNode();
    }

    private Node alias(String name) throws SyntaxError {
        Anchored anchored = anchors.get(name);
        if (anchored == null) {
            throw new SyntaxError(line(), "*" + name + " names no anchor that ends before it");
        }
        aliased += anchored.size;
        nodes += anchored.size;
        if (aliased > MAX_ALIASED) {
            throw new SyntaxError(line(), "aliases stand for more than " + MAX_ALIASED + " values");
        }
        return anchored.node;
    }

    private Node plainNode() throws IOException, SyntaxError {
        nodes++;
        int line = line();
        JsonToken token = parser.currentToken();
        return switch (token) {
            case START_OBJECT -> mapping(line);
            case START_ARRAY -> sequence(line);
            case VALUE_NULL -> new Node.Null(line);
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
        List<Node> merged = new ArrayList<>();
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            int keyLine = line();
            String key = parser.currentName();
            parser.nextToken();
            Node value = node();
            if (key.equals("<<") && parser instanceof YAMLParser) {
                merged.addAll(value instanceof Sequence several ? several.elements() : List.of(value));
            } else {
                entries.add(new Entry(keyLine, key, value));
            }
        }
        merge(entries, merged);
        return new Mapping(line, entries);
    }

    /** Adds the entries of other mappings whose keys are not there yet (https://yaml.org/type/merge.html). */
    private static void merge(List<Entry> entries, List<Node> merged) throws SyntaxError {
        if (merged.isEmpty()) {
            return;
        }
        Set<String> present = new HashSet<>();
        entries.forEach(entry -> present.add(entry.key()));
        for (Node node : merged) {
            if (!(node instanceof Mapping mapping)) {
                throw new SyntaxError(node.line(), "<< merges mappings, not " + node.describe());
            }
            for (Entry entry : mapping.entries()) {
                if (present.add(entry.key())) {
                    entries.add(entry);
                }
            }
        }
    }

    private int line() {
        return line(parser.currentTokenLocation());
    }

    private static int line(@Nullable JsonLocation location) {
        return location == null ? 1 : Math.max(1, location.getLineNr());
    }

    /** The parser's own words without its excerpts of the text and their positions, which are indented. */
    private static String reason(JsonProcessingException e) {
        String words = String.valueOf(e.getOriginalMessage())
                .lines()
                .filter(line -> !line.isBlank() && !Character.isWhitespace(line.charAt(0)))
                .collect(Collectors.joining("; "));
        return words.contains("mapping values are not allowed here")
                ? words + ": an address that ends in a colon needs quotes"
                : words;
    }
}
