package org.flow6.network.text;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.flow6.network.text.Node.Entry;
import org.flow6.network.text.Node.Mapping;
import org.flow6.network.text.Node.Scalar;
import org.flow6.network.text.Node.Sequence;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.events.AliasEvent;
import org.yaml.snakeyaml.events.Event;
import org.yaml.snakeyaml.events.NodeEvent;
import org.yaml.snakeyaml.events.ScalarEvent;
import org.yaml.snakeyaml.parser.Parser;
import org.yaml.snakeyaml.parser.ParserImpl;
import org.yaml.snakeyaml.reader.ReaderException;
import org.yaml.snakeyaml.reader.StreamReader;

/** Reads a YAML document into nodes, resolving anchors, aliases and merge keys. */
final class YamlReader {
    /** Values that aliases may stand for, all together: enough for several in each of 100,000 resources. */
    private static final int MAX_ALIASED = 2_000_000;

    private static final Set<String> NULLS = Set.of("", "~", "null", "Null", "NULL");
    private static final String MERGE = "<<";
    private static final LoaderOptions OPTIONS = new LoaderOptions();

    static {
        OPTIONS.setCodePointLimit(Format.MAX_BYTES);
    }

    private final Parser parser;
    private final Map<String, Anchored> anchors = new HashMap<>();
    private int nodes;
    private int aliased;
    private int depth;

    /** @param size how many nodes it stands for, those behind its own aliases included */
    private record Anchored(Node node, int size) {}

    private YamlReader(Parser parser) {
        this.parser = parser;
    }

    /** The document in a range of UTF-8 bytes; null if there is nothing but blanks and comments. */
    static @Nullable Node read(byte[] text, int from, int to) throws SyntaxError {
        String decoded = decode(text, from, to);
        try {
            return new YamlReader(new ParserImpl(new StreamReader(decoded), OPTIONS)).document();
        } catch (ReaderException e) {
            String before = decoded.substring(0, decoded.offsetByCodePoints(0, e.getPosition()));
            throw new SyntaxError(
                    1 + (int) before.chars().filter(c -> c == '\n').count(),
                    String.format("U+%04X is not allowed in YAML", e.getCodePoint()));
        } catch (MarkedYAMLException e) {
            Mark mark = e.getProblemMark() != null ? e.getProblemMark() : e.getContextMark();
            throw new SyntaxError(mark == null ? 1 : mark.getLine() + 1, reason(e));
        } catch (YAMLException e) {
            throw new SyntaxError(1, String.valueOf(e.getMessage()));
        }
    }

    private static String reason(MarkedYAMLException e) {
        String problem = e.getContext() == null ? e.getProblem() : e.getContext() + ": " + e.getProblem();
        return problem.contains("mapping values are not allowed here")
                ? problem + ": an address that ends in a colon needs quotes"
                : problem;
    }

    private static String decode(byte[] text, int from, int to) throws SyntaxError {
        boolean ascii = true;
        for (int i = from; i < to && ascii; i++) {
            ascii = text[i] >= 0;
        }
        if (ascii) {
            return new String(text, from, to - from, StandardCharsets.US_ASCII);
        }
        ByteBuffer in = ByteBuffer.wrap(text, from, to - from);
        CharBuffer out = CharBuffer.allocate(to - from);
        CharsetDecoder decoder = StandardCharsets.UTF_8.newDecoder();
        CoderResult result = decoder.decode(in, out, true);
        if (result.isError()) {
            int line = 1;
            for (int i = from; i < in.position(); i++) {
                line += text[i] == '\n' ? 1 : 0;
            }
            throw new SyntaxError(line, "is not UTF-8");
        }
        return out.flip().toString();
    }

    private @Nullable Node document() throws SyntaxError {
        parser.getEvent();
        if (parser.getEvent().is(Event.ID.StreamEnd)) {
            return null;
        }
        Node root = node(parser.getEvent());
        parser.getEvent();
        Event after = parser.getEvent();
        if (!after.is(Event.ID.StreamEnd)) {
            throw new SyntaxError(line(after), "a second document begins here: there must be one");
        }
        return root;
    }

    private Node node(Event event) throws SyntaxError {
        if (event instanceof AliasEvent alias) {
            return aliased(alias);
        }
        int before = nodes;
        Node node = unanchored(event);
        String anchor = event instanceof NodeEvent begins ? begins.getAnchor() : null;
        if (anchor != null) {
            anchors.put(anchor, new Anchored(node, nodes - before));
        }
        return node;
    }

    private Node aliased(AliasEvent alias) throws SyntaxError {
        Anchored anchored = anchors.get(alias.getAnchor());
        if (anchored == null) {
            throw new SyntaxError(line(alias), "*" + alias.getAnchor() + " names no anchor that ends before it");
        }
        aliased += anchored.size;
        nodes += anchored.size;
        if (aliased > MAX_ALIASED) {
            throw new SyntaxError(line(alias), "aliases stand for more than " + MAX_ALIASED + " values");
        }
        return anchored.node;
    }

    private Node unanchored(Event event) throws SyntaxError {
        nodes++;
        if (event instanceof ScalarEvent scalar) {
            return scalar.isPlain() && NULLS.contains(scalar.getValue())
                    ? new Node.Null(line(event))
                    : new Scalar(line(event), Words.shared(scalar.getValue()), scalar.isPlain());
        }
        if (++depth > Format.MAX_DEPTH) {
            throw new SyntaxError(line(event), "values are nested deeper than " + Format.MAX_DEPTH);
        }
        Node node = event.is(Event.ID.SequenceStart) ? sequence(line(event)) : mapping(line(event));
        depth--;
        return node;
    }

    private Sequence sequence(int line) throws SyntaxError {
        List<Node> elements = new ArrayList<>();
        for (Event event = parser.getEvent(); !event.is(Event.ID.SequenceEnd); event = parser.getEvent()) {
            elements.add(node(event));
        }
        return new Sequence(line, elements);
    }

    private Mapping mapping(int line) throws SyntaxError {
        List<Entry> entries = new ArrayList<>();
        List<Node> merged = new ArrayList<>(0);
        for (Event event = parser.getEvent(); !event.is(Event.ID.MappingEnd); event = parser.getEvent()) {
            Node key = node(event);
            Node value = node(parser.getEvent());
            if (!(key instanceof Scalar scalar)) {
                throw new SyntaxError(key.line(), key.describe() + " is not a key");
            }
            if (scalar.text().equals(MERGE)) {
                merged.addAll(value instanceof Sequence several ? several.elements() : List.of(value));
            } else {
                entries.add(new Entry(line(event), scalar.text(), value));
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
                throw new SyntaxError(node.line(), MERGE + " merges mappings, not " + node.describe());
            }
            for (Entry entry : mapping.entries()) {
                if (present.add(entry.key())) {
                    entries.add(entry);
                }
            }
        }
    }

    private static int line(Event event) {
        return event.getStartMark().getLine() + 1;
    }
}
