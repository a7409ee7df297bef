package org.flow6.network.file;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.flow6.network.text.Format;
import org.flow6.network.text.Node;
import org.flow6.network.text.Node.Entry;
import org.flow6.network.text.Node.Mapping;
import org.flow6.network.text.Node.Scalar;
import org.flow6.network.text.Node.Sequence;
import org.flow6.network.text.SyntaxError;
import org.jspecify.annotations.Nullable;

/**
 * Reads YAML values with a long list in them, such as the routes of a router, without reading again the elements that were
 * there before. The list is cut out, what is left is read with one element in its place, and each element by itself. What
 * cannot be read like that is read as a whole.
 */
final class LongLists {
    /** A list of fewer elements is read as fast. */
    private static final int MANY = 64;

    private static final int LEAST_BYTES = 4096;
    private static final String STAND_IN = "the elements of a long list";

    /** Elements by their text, as if it began on line 1; those of the reading before, and of this one. */
    private Map<String, Node> before = Map.of();

    private Map<String, Node> now = new ConcurrentHashMap<>();

    /** A list's stretch of a text: where each element begins, and the end of the last. */
    private record Stretch(int column, List<Integer> starts, int end) {}

    /** A reading is over: what it did not need is forgotten. */
    void age() {
        if (!now.isEmpty()) {
            before = now;
            now = new ConcurrentHashMap<>();
        }
    }

    /** Like {@link Format#read}; by several threads. */
    @Nullable
    Node read(byte[] text, int from, int to) throws SyntaxError {
        Stretch list = to - from < LEAST_BYTES ? null : longest(text, from, to);
        if (list != null) {
            try {
                Node read = read(text, from, to, list);
                if (read != null) {
                    return read;
                }
            } catch (SyntaxError e) {
                // What is wrong, if anything, the text as a whole shows.
            }
        }
        return Format.YAML.read(text, from, to);
    }

    /** Null where the list is not what it seems: a text of several lines, say. */
    private @Nullable Node read(byte[] text, int from, int to, Stretch list) throws SyntaxError {
        byte[] rest = without(text, from, to, list);
        Node root = Format.YAML.read(rest, 0, rest.length);
        if (root == null) {
            return null;
        }
        List<Node> elements = new ArrayList<>(list.starts().size());
        int line = 1 + newlines(text, from, list.starts().get(0));
        for (int i = 0; i < list.starts().size(); i++) {
            int start = list.starts().get(i);
            int end = i + 1 < list.starts().size() ? list.starts().get(i + 1) : list.end();
            elements.add(moved(element(text, start, end), line - 1));
            line += newlines(text, start, end);
        }
        boolean[] found = new boolean[1];
        Node whole = inserted(root, elements, found);
        return found[0] ? whole : null;
    }

    private Node element(byte[] text, int start, int end) throws SyntaxError {
        // Whatever the characters are: it tells one from another.
        String key = new String(text, start, end - start, StandardCharsets.ISO_8859_1);
        Node known = now.get(key);
        if (known == null) {
            known = before.get(key);
            if (known == null) {
                Node read = Format.YAML.read(text, start, end);
                if (!(read instanceof Sequence list) || list.elements().size() != 1) {
                    throw new SyntaxError(1, "not a single element");
                }
                known = list.elements().get(0);
            }
            now.put(key, known);
        }
        return known;
    }

    /** The text with one element in the place of all, on as many lines. */
    private static byte[] without(byte[] text, int from, int to, Stretch list) {
        int first = list.starts().get(0);
        String instead = " ".repeat(list.column()) + "- " + STAND_IN + "\n".repeat(newlines(text, first, list.end()));
        byte[] middle = instead.getBytes(StandardCharsets.US_ASCII);
        byte[] rest = new byte[first - from + middle.length + to - list.end()];
        System.arraycopy(text, from, rest, 0, first - from);
        System.arraycopy(middle, 0, rest, first - from, middle.length);
        System.arraycopy(text, list.end(), rest, first - from + middle.length, to - list.end());
        return rest;
    }

    private static Node inserted(Node node, List<Node> elements, boolean[] found) {
        if (node instanceof Sequence list) {
            if (list.elements().size() == 1
                    && list.elements().get(0) instanceof Scalar scalar
                    && scalar.text().equals(STAND_IN)) {
                found[0] = true;
                return new Sequence(list.line(), elements);
            }
            return new Sequence(
                    list.line(),
                    list.elements().stream()
                            .map(element -> inserted(element, elements, found))
                            .toList());
        }
        return node instanceof Mapping mapping
                ? new Mapping(
                        mapping.line(),
                        mapping.entries().stream()
                                .map(entry ->
                                        new Entry(entry.line(), entry.key(), inserted(entry.value(), elements, found)))
                                .toList())
                : node;
    }

    private static Node moved(Node node, int lines) {
        if (node instanceof Scalar scalar) {
            return new Scalar(scalar.line() + lines, scalar.text(), scalar.plain());
        } else if (node instanceof Sequence list) {
            List<Node> elements = new ArrayList<>(list.elements().size());
            list.elements().forEach(element -> elements.add(moved(element, lines)));
            return new Sequence(list.line() + lines, elements);
        } else if (node instanceof Mapping mapping) {
            List<Entry> entries = new ArrayList<>(mapping.entries().size());
            mapping.entries()
                    .forEach(entry ->
                            entries.add(new Entry(entry.line() + lines, entry.key(), moved(entry.value(), lines))));
            return new Mapping(mapping.line() + lines, entries);
        }
        return new Node.Null(node.line() + lines);
    }

    /**
     * The longest list whose elements begin lines of their own, in a column behind the first line's; null if none is long, or if
     * there may be anchors, of which one element knows another's.
     */
    private static @Nullable Stretch longest(byte[] text, int from, int to) {
        Stretch longest = null;
        List<Integer> starts = new ArrayList<>();
        int outer = column(text, from, to);
        int list = -1;
        for (int at = from; at < to; at = next(text, at, to)) {
            int column = column(text, at, to);
            int first = at + column;
            boolean blank = first >= to || text[first] == '\n' || text[first] == '\r' || text[first] == '#';
            boolean element = !blank && text[first] == '-' && first + 1 < to && text[first + 1] == ' ';
            if (list >= 0 && !blank && (column < list || (column == list && !element))) {
                longest = longer(longest, list, starts, at);
                list = -1;
            }
            if (element && list < 0 && column > outer) {
                list = column;
                starts = new ArrayList<>();
            }
            if (element && column == list) {
                starts.add(at);
            }
        }
        if (list >= 0) {
            longest = longer(longest, list, starts, to);
        }
        return longest == null || mayHaveAnchors(text, from, to) ? null : longest;
    }

    private static @Nullable Stretch longer(@Nullable Stretch longest, int column, List<Integer> starts, int end) {
        int most = longest == null ? MANY - 1 : longest.starts().size();
        return starts.size() > most ? new Stretch(column, starts, end) : longest;
    }

    private static boolean mayHaveAnchors(byte[] text, int from, int to) {
        for (int i = from; i < to; i++) {
            if (text[i] == '&' || text[i] == '*' || text[i] == '\t' || Layout.isUnusualLineBreak(text, i)) {
                return true;
            }
        }
        return false;
    }

    private static int column(byte[] text, int at, int to) {
        int end = at;
        while (end < to && text[end] == ' ') {
            end++;
        }
        return end - at;
    }

    private static int next(byte[] text, int at, int to) {
        int end = at;
        while (end < to && text[end] != '\n') {
            end++;
        }
        return Math.min(end + 1, to);
    }

    private static int newlines(byte[] text, int from, int to) {
        int lines = 0;
        for (int i = from; i < to; i++) {
            lines += text[i] == '\n' ? 1 : 0;
        }
        return lines;
    }
}
